"""Paragraphs, zones and the outline: nothing that a person wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from plans.outline import Item, outline
from plans.paragraphs import Paragraph, clean, is_noise, joined, printed_lines
from plans.zones import Zones, zones
from tests.plans.builders import a_sample

MARKERS = (
    "",
    "I. ",
    "II - ",
    "A. ",
    "1. ",
    "2/ ",
    "1.1. ",
    "1.1 - ",
    "a) ",
    "đ) ",
    "(1) ",
    "- ",
    "+ ",
    "* ",
    "• ",
    "Đợt 1: ",
    "# ",
    "| a | ",
)
WORDS = (
    "NỘI DUNG",
    "tuyên truyền",
    "Kế hoạch",
    "KẾ HOẠCH",
    "Nơi nhận:",
    "trước ngày 30/11",
    "Phụ lục",
    "2",
    "như sau:",
    "x\ty",
    "Sở Y tế;",
    "(đã",
)
LINES = st.lists(
    st.builds(lambda m, w: m + " ".join(w), st.sampled_from(MARKERS), st.lists(st.sampled_from(WORDS), max_size=6)), max_size=40
)


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, (number,)) for number, text in enumerate(texts, 1)]


def shape(item: Item) -> list[object]:
    return [[child.text, *shape(child)] for child in item.children]


def everything(parts: Zones) -> list[Paragraph]:
    inner = [line for appendix in parts.appendices for line in appendix]
    return [*parts.letterhead, *parts.title, *parts.opening, *parts.body, *parts.ending, *inner]


@given(LINES)
def test_the_outline_never_loses_a_line(lines: list[str]) -> None:
    written = [number for number, line in enumerate(lines, 1) if not is_noise(clean(line))]
    root = outline(joined(printed_lines(lines)))
    assert sorted(n for item in root.walk() for n in item.lines) == written
    kept = " ".join(item.text for item in root.walk())
    for number in written:
        assert all(word in kept for word in clean(lines[number - 1]).split() if len(word) > 4 and word.isalpha())


@given(st.lists(st.text(max_size=60), max_size=30) | LINES)
def test_every_written_line_belongs_to_exactly_one_zone(lines: list[str]) -> None:
    written = [number for number, line in enumerate(lines, 1) if not is_noise(clean(line))]
    assert sorted(n for p in everything(zones(lines)) for n in p.lines) == written


def test_items_nest_by_convention_and_numbers_restart() -> None:
    root = outline(paragraphs("I. AN", "1. B", "a) C", "- D", "đ) E", "2. F", "II. GI", "1. H"))
    assert shape(root) == [["AN", ["B", ["C", ["D"]], ["E"]], ["F"]], ["GI", ["H"]]]


def test_dotted_numbers_stand_under_the_number_above() -> None:
    root = outline(paragraphs("II. AN", "1. B", "1.1. C", "+ D", "1.2 - E", "2. F", "2.1. G"))
    assert shape(root) == [["AN", ["B", ["C", ["D"]], ["E"]], ["F", ["G"]]]]


def test_a_labelled_item_stands_under_a_number_or_above_one() -> None:
    under = outline(paragraphs("1. A", "Chủ đề 1: B", "Chủ đề 2: C", "2. D"))
    assert shape(under) == [["A", ["Chủ đề 1: B"], ["Chủ đề 2: C"]], ["D"]]
    above = outline(paragraphs("I. AN", "Đợt 1: B", "1. C", "Đợt 2: D", "1. E"))
    assert shape(above) == [["AN", ["Đợt 1: B", ["C"]], ["Đợt 2: D", ["E"]]]]


def test_a_part_takes_the_heading_on_the_next_line() -> None:
    root = outline(paragraphs("Phần thứ nhất", "MỤC ĐÍCH, YÊU CẦU", "1. A"))
    assert shape(root) == [["MỤC ĐÍCH, YÊU CẦU", ["A"]]]


def test_a_paragraph_without_marker_belongs_to_the_number_above_the_bullets() -> None:
    root = outline(paragraphs("1. A", "- B", "Đoạn văn tiếp theo."))
    assert shape(root) == [["A", ["B"], ["Đoạn văn tiếp theo."]]]


def test_a_sentence_cut_by_a_page_end_is_joined_across_the_page_number() -> None:
    lines = (
        "- Khẳng định sự lãnh đạo, chỉ đạo sâu sát, kịp thời, hiệu quả của Ban",
        "",
        "- 2 -",
        "",
        "Chấp hành Đảng bộ tỉnh và các cấp ủy.",
    )
    (paragraph,) = joined(printed_lines(lines))
    assert paragraph.text.endswith("của Ban Chấp hành Đảng bộ tỉnh và các cấp ủy.")
    assert paragraph.lines == (1, 5)


def test_a_heading_and_the_text_under_it_are_not_joined() -> None:
    lines = ("2.3. Tuyên truyền cổ động trực quan trên các tuyến đường chính của xã", "", "Treo băng rôn, pa nô.")
    assert len(joined(printed_lines(lines))) == 2


def test_wrapped_text_is_put_together_again() -> None:
    words = ["tuyên", "truyền", "vận", "động", "nhân", "dân", "thực", "hiện", "nếp", "sống", "văn", "minh"]
    text = "1. Nội dung " + " ".join(words * 12) + "."
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 80:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines += [line, "2. Mục tiếp theo.", "3. Mục cuối."]
    assert [p.text for p in joined(printed_lines(lines))] == [text, "2. Mục tiếp theo.", "3. Mục cuối."]


def test_a_hyphen_inside_open_brackets_is_no_bullet() -> None:
    lines = ("1.3 - Kỷ niệm 136 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890", "- 19/5/2026) và các hoạt động.")
    assert len(joined(printed_lines(lines))) == 1


def test_the_columns_of_a_letterhead_and_an_ending_are_kept_apart() -> None:
    parts = zones(a_sample("commune_environment.txt").decode().splitlines())
    assert [p.text for p in parts.title] == ["KẾ HOẠCH", "truyền thông về bảo vệ môi trường quý II và quý III năm 2026"]
    assert parts.letterhead[0].text == "ĐẢNG ỦY XÃ SƠN HẠ\tĐẢNG CỘNG SẢN VIỆT NAM"
    assert parts.ending[0].text.startswith("Nơi nhận:\tT/M")
    assert [a[0].text for a in parts.appendices] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]


def test_the_opening_sentence_is_no_part_of_a_title_that_begins_alike() -> None:
    parts = zones(
        [
            "KẾ HOẠCH",
            "",
            "Thực hiện Đề án số 17-ĐA/TU năm 2026",
            "",
            "Thực hiện Đề án số 17-ĐA/TU, Đảng ủy xây dựng kế hoạch như sau:",
            "",
            "I. MỤC ĐÍCH",
        ]
    )
    assert [p.text for p in parts.title] == ["KẾ HOẠCH", "Thực hiện Đề án số 17-ĐA/TU năm 2026"]
    assert len(parts.opening) == 1
