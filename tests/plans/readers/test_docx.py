"""Word documents as Word shows them."""

import pytest
from docx.oxml import parse_xml
from docx.shared import Pt

from plans.readers.docx import read_docx
from plans.readers.docx_numbering import counted
from tests.plans.builders import WORD, Numbered, word_bytes


def texts(made: Numbered) -> list[str]:
    return [line for line in read_docx(made.bytes()).lines if line]


def run(paragraph: object, xml: str) -> None:
    paragraph._p.append(parse_xml(xml.replace(">", f" {WORD}>", 1)))


def test_automatic_numbers_are_printed_and_restart_under_a_higher_level() -> None:
    made = Numbered()
    for text, level in (
        ("MỤC ĐÍCH", 0),
        ("Một", 1),
        ("Hai", 1),
        ("a1", 2),
        ("a2", 2),
        ("gạch", 3),
        ("NỘI DUNG", 0),
        ("Ba", 1),
        ("b1", 2),
    ):
        made.add(text, level)
    assert texts(made) == ["I. MỤC ĐÍCH", "1. Một", "2. Hai", "a) a1", "b) a2", "- gạch", "II. NỘI DUNG", "1. Ba", "a) b1"]


def test_a_number_of_all_levels_is_put_together() -> None:
    made = Numbered(("decimal", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3"))
    for text, level in (("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 0), ("G", 1)):
        made.add(text, level)
    assert texts(made) == ["1. A", "1.1. B", "1.1.1 C", "1.1.2 D", "1.2. E", "2. F", "2.1. G"]


def test_a_second_list_of_the_same_kind_goes_on_unless_it_is_told_to_restart() -> None:
    made = Numbered(("decimal", "%1."))
    made.list(91, 90)
    made.list(92, 90, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for text, number in (("A", 90), ("B", 90), ("C", 91), ("D", 92), ("E", 92)):
        made.add(text, 0, number)
    assert texts(made) == ["1. A", "2. B", "3. C", "1. D", "2. E"]


def test_an_override_can_change_the_form_of_a_level() -> None:
    made = Numbered(("decimal", "%1."))
    made.list(
        91,
        90,
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/>'
        "</w:lvl></w:lvlOverride>",
    )
    made.add("X", 0, 91)
    assert texts(made) == ["C) X"]


def test_a_style_numbers_its_paragraphs_and_list_zero_takes_the_number_away() -> None:
    made = Numbered(("upperRoman", "%1 -"))
    style = made.document.styles["Heading 1"]
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {WORD}><w:numId w:val="90"/></w:numPr>'))
    made.document.add_paragraph("MỤC ĐÍCH", style="Heading 1")
    made.document.add_paragraph("NỘI DUNG", style="Heading 1")
    bare = made.document.add_paragraph("PHỤ LỤC", style="Heading 1")
    bare._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {WORD}><w:numId w:val="0"/></w:numPr>'))
    assert texts(made) == ["I - MỤC ĐÍCH", "II - NỘI DUNG", "PHỤ LỤC"]


def test_a_heading_without_number_is_marked_as_one() -> None:
    made = Numbered()
    made.document.add_heading("Nội dung tuyên truyền", 2)
    made.document.add_heading("1. Mục đích", 2)
    assert texts(made) == ["## Nội dung tuyên truyền", "1. Mục đích"]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (4, "upperRoman", "IV"),
        (19, "lowerRoman", "xix"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (3, "decimalZero", "03"),
        (5, "chicago", "5"),
        (0, "upperRoman", ""),
    ],
)
def test_numbers_are_shown_in_their_format(value: int, form: str, shown: str) -> None:
    assert counted(value, form) == shown


def test_tracked_changes_are_taken_as_accepted() -> None:
    made = Numbered()
    paragraph = made.add("Trước ngày ")
    run(paragraph, '<w:del w:id="1" w:author="x"><w:r><w:delText>30/10</w:delText></w:r></w:del>')
    run(paragraph, '<w:ins w:id="2" w:author="x"><w:r><w:t>15/10</w:t></w:r></w:ins>')
    assert texts(made) == ["Trước ngày 15/10"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    made = Numbered()
    first = made.add("Các sở, ban, ")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {WORD}><w:del w:id="3" w:author="x"/></w:rPr>'))
    made.add("ngành")
    assert texts(made) == ["Các sở, ban, ngành"]


def test_notes_hidden_text_headers_and_footers_are_left_out() -> None:
    made = Numbered()
    paragraph = made.add("Nội dung")
    run(paragraph, '<w:r><w:footnoteReference w:id="2"/></w:r>')
    hidden = paragraph.add_run(" ẩn")
    hidden.font.hidden = True
    made.document.sections[0].header.paragraphs[0].text = "ĐẦU TRANG"
    made.document.sections[0].footer.paragraphs[0].text = "CHÂN TRANG"
    assert texts(made) == ["Nội dung"]


def test_text_that_word_shows_in_capitals_is_read_in_capitals() -> None:
    made = Numbered()
    shown = made.add("")
    shown.add_run("nội dung").font.all_caps = True
    assert texts(made) == ["NỘI DUNG"]


def test_line_breaks_part_lines_and_hyphens_and_tabs_stay() -> None:
    made = Numbered()
    made.add("T/M BAN THƯỜNG VỤ\nBÍ THƯ")
    run(made.add("10"), "<w:r><w:noBreakHyphen/><w:t>KH/ĐU</w:t></w:r>")
    assert texts(made) == ["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "10-KH/ĐU"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    made = Numbered()
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    made.add("Ngoài khung")._p.append(
        parse_xml(
            f"<w:r {WORD} {namespace}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert texts(made) == ["Ngoài khung", "Trong khung"]


def test_a_table_gives_rows_and_merged_cells_repeat() -> None:
    made = Numbered()
    table = made.document.add_table(3, 3)
    for row, cells in enumerate((("STT", "Nhiệm vụ", "Đơn vị"), ("1", "A | B", "Sở Y tế"), ("2", "C", ""))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(0, 0).text = "STT\nsố"
    assert texts(made)[:1] == ["| STT<br>số | Nhiệm vụ | Đơn vị |"]
    assert texts(made)[1] == "| 1 | A / B | Sở Y tế |"
    assert texts(made)[2] == "| 2 | C | Sở Y tế |"


def test_the_table_of_a_letterhead_is_read_column_by_column() -> None:
    made = Numbered()
    table = made.document.add_table(2, 2)
    table.cell(0, 0).text = "TỈNH ỦY\nBAN TUYÊN GIÁO"
    table.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM"
    table.cell(1, 0).text = "Số 3-KH/BTG"
    table.cell(1, 1).text = "Hà Bắc, ngày 05 tháng 9 năm 2026"
    assert texts(made) == ["TỈNH ỦY", "BAN TUYÊN GIÁO", "Số 3-KH/BTG", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Bắc, ngày 05 tháng 9 năm 2026"]


def test_runs_in_a_legacy_font_are_converted_by_their_font() -> None:
    made = Numbered()
    paragraph = made.add("Kế hoạch ")
    old = paragraph.add_run("tuyªn truyÒn")
    old.font.name, old.font.size = ".VnTime", Pt(14)
    capital = paragraph.add_run(" n¨m")
    capital.font.name = ".VnTimeH"
    assert texts(made) == ["Kế hoạch tuyên truyền NĂM"]


def test_an_empty_document_has_no_lines() -> None:
    assert [line for line in read_docx(word_bytes(Numbered().document)).lines if line] == []
