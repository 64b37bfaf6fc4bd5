"""The same plan from Word, LibreOffice, a PDF printer and a scanner; the format is told by content."""

from datetime import date
from pathlib import Path

import docx
import pytest

from domain.errors import MissingProgram
from domain.plan import Plan
from plans.addresses import web_addresses
from plans.formats import FORMATS, recognise
from plans.reading import read_plan
from tests.plans.builders import converted, word_bytes


def said(plan: Plan) -> dict[str, object]:
    return {
        "number": plan.number,
        "title": plan.title,
        "issuing_body": plan.issuing_body,
        "issued_on": plan.issued_on,
        "place": plan.place,
        "signed_by": plan.signed_by and (plan.signed_by.role, plan.signed_by.name),
        "based_on": [(c.number, c.date) for c in plan.based_on],
        "topics": [(t.id, t.parent, t.title) for t in plan.topics],
        "duties": [(o.assignee, o.deadline, o.quantity) for o in plan.obligations],
        "recipients": plan.recipients,
    }


EXPECTED = {
    "number": "15/KH-UBND",
    "title": "KẾ HOẠCH Tuyên truyền cải cách hành chính năm 2026",
    "issuing_body": "Ủy ban nhân dân xã Sơn Hạ",
    "issued_on": date(2026, 1, 5),
    "place": "Sơn Hạ",
    "signed_by": ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "Trần Văn Mẫu"),
    "based_on": [("10/KH-UBND", date(2026, 1, 2))],
    "topics": [
        ("1", None, "Dịch vụ công trực tuyến"),
        ("1.a", "1", "Cách nộp hồ sơ trên mạng"),
        ("1.b", "1", "Cách trả phí, lệ phí không dùng tiền mặt"),
        ("2", None, "Chữ ký số cá nhân"),
    ],
    "duties": [
        ("Văn phòng HĐND và UBND xã", None, 2.0),
        ("Văn phòng HĐND và UBND xã", date(2026, 12, 15), None),
        ("Phòng Văn hóa - Xã hội", date(2026, 6, 30), 2.0),
        ("Trung tâm Phục vụ hành chính công xã", date(2026, 6, 30), None),
    ],
    "recipients": ("UBND tỉnh", "Các thôn", "Lưu: VT"),
}


def test_a_word_plan_is_read_whole(word_plan: bytes) -> None:
    draft = read_plan(word_plan, "plan.bin")
    assert draft.format == "docx"
    assert said(draft.plan) == EXPECTED


@pytest.mark.parametrize("form", ["odt", "doc", "rtf"])
def test_what_libreoffice_writes_reads_like_the_word_plan(form: str, word_plan: bytes, tmp_path: Path) -> None:
    draft = read_plan(converted(word_plan, form, tmp_path), "plan.bin")
    assert draft.format == form
    assert said(draft.plan) == EXPECTED


def test_a_printed_pdf_reads_like_the_word_plan(pdf_plan: bytes) -> None:
    draft = read_plan(pdf_plan, "plan.bin")
    assert draft.format == "pdf"
    assert said(draft.plan) == EXPECTED


def test_a_scan_is_read_by_tesseract_and_said_to_be_one(scanned_plan: bytes) -> None:
    draft = read_plan(scanned_plan, "plan.bin")
    assert draft.format == "pdf"
    plan = draft.plan
    assert (plan.number, plan.issued_on, len(plan.topics)) == ("15/KH-UBND", date(2026, 1, 5), 4)
    assert plan.topics[0].title == "Dịch vụ công trực tuyến"
    assert "scanned" in [p.code for p in draft.problems]


def test_lines_of_fields_point_into_the_draft(pdf_plan: bytes) -> None:
    draft = read_plan(pdf_plan, "plan.pdf")
    for topic in draft.plan.topics:
        assert topic.title.split()[0] in draft.lines[topic.lines[0] - 1]
    for duty in draft.plan.obligations:
        assert duty.lines
        assert all(1 <= n <= len(draft.lines) for n in duty.lines)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "doc"),
        (b"{\\rtf1 x}", "rtf"),
        ("KẾ HOẠCH".encode(), "text"),
        (b"PK\x03\x04 word/document.xml", "docx"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    ],
)
def test_a_format_is_recognised_by_its_content(content: bytes, name: str) -> None:
    assert recognise(content) == name
    assert name in FORMATS


def test_addresses_cut_by_narrow_cells_of_a_printed_table_are_whole(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    rows = [
        ("STT", "Tên đơn vị", "Trang thông tin điện tử", "Trang Facebook"),
        ("1", "Sở Khoa học và Công nghệ", "https://sokhoahoccongnghe.namphong.gov.vn", "facebook.com/khcn.np"),
        ("2", "Sở Công Thương", "socongthuongtinh.namphong.example.vn", "https://www.facebook.com/socongthuongtinhnamphong"),
        ("3", "Sở Y tế", "https://syt.namphong.gov.vn", "syt.example.vn\nfacebook.com/syt"),
    ]
    for number, texts in enumerate(rows):
        for cell, text in zip(table.rows[0].cells if not number else table.add_row().cells, texts, strict=True):
            cell.text = text
    draft = read_plan(converted(word_bytes(document), "pdf", tmp_path), "plan.pdf")
    assert [web_addresses(line) for line in draft.lines if line.startswith("|")][1:] == [
        [text for cell in row[2:] for text in cell.split("\n")] for row in rows[1:]
    ]
    assert "cut_address" not in [p.code for p in draft.problems]


def test_a_missing_libreoffice_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plans.readers.office.shutil.which", lambda name: None)
    with pytest.raises(MissingProgram) as missing:
        read_plan(b"{\\rtf1 x}", "plan.rtf")
    assert "libreoffice-writer" in missing.value.message.vi


def test_a_missing_tesseract_is_named_with_what_to_install(scanned_plan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plans.readers.scan.shutil.which", lambda name: None)
    with pytest.raises(MissingProgram) as missing:
        read_plan(scanned_plan, "plan.pdf")
    assert "tesseract-ocr-vie" in missing.value.message.vi


def test_missing_vietnamese_data_is_named_with_what_to_install(scanned_plan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plans.readers.scan.pytesseract.get_languages", lambda: ["eng"])
    with pytest.raises(MissingProgram) as missing:
        read_plan(scanned_plan, "plan.pdf")
    assert "tesseract-ocr-vie" in missing.value.message.vi
