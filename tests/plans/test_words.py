"""The small readers of words: comparison, markers, dates, citations, sentences, names of bodies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.bodies import split_duty, starts_with_body, without_lead
from plans.citations import citations, first_mentions
from plans.dates import printed_times
from plans.markers import Kind, read_marker
from plans.plain import is_capitals, plain
from plans.sentences import clauses, sentences


@given(st.text())
def test_the_plain_copy_of_a_text_has_the_same_length(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_lost_marks_and_kinds_of_dashes_compare_equal() -> None:
    assert plain("CHỈNH ĐỐN – “Cổng/trang”") == plain('chinh đón - "Công/trang"') == 'chinh don - "cong/trang"'


@pytest.mark.parametrize(
    ("text", "kind", "label", "rest"),
    [
        ("I. MỤC ĐÍCH", Kind.ROMAN, "I", "MỤC ĐÍCH"),
        ("II - LỘ TRÌNH", Kind.ROMAN, "II", "LỘ TRÌNH"),
        ("IV- TỔ CHỨC", Kind.ROMAN, "IV", "TỔ CHỨC"),
        ("III. 6 tháng cuối năm", Kind.ROMAN, "III", "6 tháng cuối năm"),
        ("Phần thứ hai", Kind.PART, "thứ hai", ""),
        ("Đ. TỔ CHỨC THỰC HIỆN", Kind.SECTION_LETTER, "Đ", "TỔ CHỨC THỰC HIỆN"),
        ("2. NỘI DUNG TUYÊN TRUYỀN", Kind.CAPITAL_NUMBER, "2", "NỘI DUNG TUYÊN TRUYỀN"),
        ("1/ Mục đích", Kind.NUMBER, "1", "Mục đích"),
        ("3) Hình thức", Kind.NUMBER, "3", "Hình thức"),
        ("1.1 - Tuyên truyền", Kind.DOTTED, "1.1", "Tuyên truyền"),
        ("2.1.3. Quy trình", Kind.DOTTED, "2.1.3", "Quy trình"),
        ("đ) Giảm rác", Kind.LETTER, "đ", "Giảm rác"),
        ("a. Tình hình", Kind.LETTER, "a", "Tình hình"),
        ("(2) Nội dung", Kind.BRACKET, "2", "Nội dung"),
        ("- Tổ chức", Kind.BULLET, "", "Tổ chức"),
        ("+ Phát loa", Kind.PLUS, "", "Phát loa"),
        ("• Treo pa nô", Kind.DOT, "", "Treo pa nô"),
        ("* Lưu ý: không", Kind.STAR, "", "Lưu ý: không"),
        ("Chuyên đề 2: An toàn", Kind.LABEL, "2", "Chuyên đề 2: An toàn"),
        ("TỔ CHỨC THỰC HIỆN", Kind.CAPITALS, "", "TỔ CHỨC THỰC HIỆN"),
        ("## Nội dung", Kind.HEADING, "", "Nội dung"),
        ("### 1. Nội dung", Kind.NUMBER, "1", "Nội dung"),
    ],
)
def test_a_marker_is_read_with_its_kind_and_label(text: str, kind: Kind, label: str, rest: str) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert (marker.kind, marker.label, text[marker.end :]) == (kind, label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "37-QĐ/TW của Bộ Chính trị",
        "5/3/1947 - 5/3/2022)",
        "2",
        "12",
        "2021 - 2025 và các năm tiếp theo",
        "V.I. Lênin toàn tập",
        "1.500 tỷ đồng",
        "2.5 triệu lượt khách",
        "Phần lớn cán bộ",
        "Mix of words",
        "ở các xã",
    ],
)
def test_a_number_at_the_head_of_a_line_need_not_be_a_marker(text: str) -> None:
    assert read_marker(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ngày 05 tháng 9 năm 2026", date(2026, 9, 5), date(2026, 9, 5)),
        ("30/3/2022", date(2022, 3, 30), date(2022, 3, 30)),
        ("01-12-2026", date(2026, 12, 1), date(2026, 12, 1)),
        ("tháng 2/2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("tháng 9 năm 2026", date(2026, 9, 1), date(2026, 9, 30)),
        ("Tháng 01 - 3/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("quý II/2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("Quý IV năm 2022", date(2022, 10, 1), date(2022, 12, 31)),
        ("6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("năm 2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_printed_time_covers_days(text: str, first: date, last: date) -> None:
    (time,) = printed_times(text)
    assert (time.first(), time.last()) == (first, last)


@pytest.mark.parametrize("text", ["30/11", "tháng 9", "quý III", "6 tháng đầu năm"])
def test_a_time_without_year_is_open_until_the_year_is_known(text: str) -> None:
    (time,) = printed_times(text)
    assert time.last() is None
    known = time.last(2026)
    assert known is not None
    assert known.year == 2026


@pytest.mark.parametrize("text", ["giai đoạn 2021 - 2025", "99/99/2026", "tháng 13/2026", "số 28-KH/TU", "02/2/20267"])
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    assert [t for t in printed_times(text) if t.first() or t.last()] == []


@pytest.mark.parametrize(
    ("text", "number", "day", "issuer"),
    [
        (
            "Hướng dẫn số 124-HD/BTGTU ngày 08/10/2024 của Ban Tuyên giáo Tỉnh ủy về X",
            "124-HD/BTGTU",
            date(2024, 10, 8),
            "Ban Tuyên giáo Tỉnh ủy",
        ),
        ("Đề án số 17 - ĐA/TU của Tỉnh ủy", "17-ĐA/TU", None, "Tỉnh ủy"),
        ("Kế hoạch số 28-KH/TU, ngày 19/5/2021 của Ban Thường vụ Tỉnh ủy", "28-KH/TU", date(2021, 5, 19), "Ban Thường vụ Tỉnh ủy"),
        ("Nghị định số 118/2025/NĐ-CP ngày 05 tháng 9 năm 2025 của Chính phủ", "118/2025/NĐ-CP", date(2025, 9, 5), "Chính phủ"),
        ("Công văn 1187/UBND-VX", "1187/UBND-VX", None, None),
        ("Luật số 80/2015/QH13", "80/2015/QH13", None, None),
        ("Kế hoạch số 58-KH/TĐTN-BTG", "58-KH/TĐTN-BTG", None, None),
    ],
)
def test_a_numbered_document_is_read_with_date_and_issuer(text: str, number: str, day: date | None, issuer: str | None) -> None:
    (cited,) = citations(text)
    assert (cited.citation.number, cited.citation.date, cited.citation.issuer) == (number, day, issuer)


@pytest.mark.parametrize("text", ["05/3/2020", "2021 - 2025", "(03/02/1930 - 03/02/2025)", "COVID-19", "Đề án 17", "tin/bài"])
def test_dates_and_ranges_are_no_documents(text: str) -> None:
    assert list(citations(text)) == []


def test_a_later_full_mention_fills_what_the_first_leaves_open() -> None:
    text = "Kết luận số 21-KL/TW; Kết luận số 21-KL/TW ngày 25/10/2021 của Ban Chấp hành Trung ương"
    (citation,) = first_mentions(c.citation for c in citations(text))
    assert (citation.date, citation.issuer) == (date(2021, 10, 25), "Ban Chấp hành Trung ương")


def test_brackets_quotes_dates_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "Đăng bài (xem mục 1. Phụ lục) trước ngày 30.4. Gửi TP. Đông Lạc; báo cáo “A; B” hằng tháng. Xong."
    assert len(sentences(text)) == 3
    assert clauses(sentences(text)[1]) == ["Gửi TP. Đông Lạc", "báo cáo “A; B” hằng tháng"]


@pytest.mark.parametrize(
    ("text", "body", "duty"),
    [
        ("Ban Tuyên giáo Đảng ủy Khối tham mưu Ban Thường vụ", "Ban Tuyên giáo Đảng ủy Khối", "tham mưu Ban Thường vụ"),
        ("Giao Ban Tổ chức Tỉnh ủy chủ trì", "Ban Tổ chức Tỉnh ủy", "chủ trì"),
        ("Sở Giáo dục và Đào tạo: lồng ghép nội dung", "Sở Giáo dục và Đào tạo", "lồng ghép nội dung"),
        ("Các cấp ủy, tổ chức đảng thường xuyên tuyên truyền", "Các cấp ủy, tổ chức đảng", "thường xuyên tuyên truyền"),
        ("các cơ quan tham mưu, giúp việc Đảng ủy triển khai", "các cơ quan tham mưu, giúp việc Đảng ủy", "triển khai"),
        ("Báo và phát thanh, truyền hình Trà Giang mở chuyên mục", "Báo và phát thanh, truyền hình Trà Giang", "mở chuyên mục"),
    ],
)
def test_a_body_and_its_duty_come_apart_at_the_verb(text: str, body: str, duty: str) -> None:
    assert split_duty(text) == (body, duty)


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức hội nghị báo cáo viên",
        "Ban hành kế hoạch",
        "Phòng, chống dịch bệnh",
        "Xã hội số và kỹ năng số",
        "Hội nghị báo cáo viên",
        "Đoàn kết toàn dân",
    ],
)
def test_a_sentence_that_begins_with_a_verb_names_no_body(text: str) -> None:
    assert not starts_with_body(text)
    assert split_duty(text) is None


def test_the_words_that_give_a_duty_are_no_part_of_the_name() -> None:
    assert without_lead("Đối với các chi bộ:") == "các chi bộ"
    assert without_lead("Đề nghị Ủy ban MTTQ xã") == "Ủy ban MTTQ xã"


def test_capitals_are_told_by_their_letters() -> None:
    assert is_capitals("KT. CHỦ TỊCH")
    assert not is_capitals("Chủ tịch UBND")
    assert not is_capitals("1.")
