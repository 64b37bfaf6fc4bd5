"""Files that mean harm, or are broken, are refused in both languages; nothing crashes and nothing runs away."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BamsatError, UnreadableDocument
from plans.readers.limits import MAX_PAGES, MAX_PART_BYTES
from plans.reading import plan_of_lines, read_plan
from tests.plans.builders import WORD, a_sample, a_word_plan, converted
from tests.plans.test_outline import LINES


def a_docx(document: bytes, **parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def in_body(inner: str) -> bytes:
    return f"<w:document {WORD}><w:body>{inner}</w:body></w:document>".encode()


ENTITY = (
    '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    f"<w:document {WORD}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {WORD}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)


def an_odt(content: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), b"application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def many_entries() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", b"x")
        for number in range(6_000):
            archive.writestr(f"x/{number}", b"")
    return stream.getvalue()


def many_pages() -> bytes:
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(MAX_PAGES + 1):
        pdf.new_page(100, 100)
    stream = BytesIO()
    pdf.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"  \n ", "rỗng"),
        (a_docx(b" " * (MAX_PART_BYTES + 10)), "quá lớn"),
        (a_docx(in_body("<w:p/>"), numbering=b" " * (MAX_PART_BYTES + 10)), "quá lớn"),
        (an_odt(b" " * (MAX_PART_BYTES + 10)), "quá lớn"),
        (many_entries(), "quá lớn"),
        (many_pages(), "quá lớn"),
        (b"x " * 30_000_000, "quá lớn"),
        (b"x\n" * 25_000, "quá lớn"),
        (a_docx(ENTITY.encode()), "thực thể"),
        (a_docx(LAUGHS.encode()), "thực thể"),
        (an_odt(ENTITY.encode()), "thực thể"),
        (a_docx(in_body("<w:sdt>" * 50_000)), "hỏng"),
        (a_docx(in_body("<w:p><w:r><w:t>x")), "hỏng"),
        (a_docx(b"not xml"), "hỏng"),
        (b"PK\x03\x04 word/document.xml and nothing more", "hỏng"),
        (b"%PDF-1.7\n1 0 obj <<", "hỏng"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "không phải văn bản"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_or_broken_file_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_plan(content, "plan")
    assert words in refused.value.message.vi
    assert refused.value.message.en


def test_a_pdf_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"secret"}}'
    locked = converted(a_word_plan(), f"pdf:writer_pdf_Export:{options}", tmp_path)
    with pytest.raises(UnreadableDocument) as refused:
        read_plan(locked, "plan.pdf")
    assert "mật khẩu" in refused.value.message.vi


def test_a_cell_that_claims_a_million_columns_stays_small() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    draft = read_plan(a_docx(in_body(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>")), "plan")
    assert max(len(line) for line in draft.lines) < 1000


def test_a_long_line_without_sense_is_read_in_bounded_time() -> None:
    line = "- " + "Sở Y tế, " * 1500 + "(" * 500 + " 1/1/2026 - " * 300 + "10-KH/TU " * 300
    draft = read_plan("\n".join(("KẾ HOẠCH", "x", "I. NỘI DUNG", line, "II. TỔ CHỨC THỰC HIỆN", line)).encode(), "plan")
    assert draft.plan.title == "KẾ HOẠCH x"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=80), max_size=20) | LINES)
def test_any_lines_give_a_draft(lines: list[str]) -> None:
    plan, problems = plan_of_lines(lines)
    topics = [t.id for t in plan.topics]
    assert len(topics) == len(set(topics))
    assert {t.parent for t in plan.topics if t.parent} <= set(topics)
    assert {t.phase for t in plan.topics if t.phase} <= {p.id for p in plan.phases}
    assert all(p.message.vi and p.message.en for p in problems)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**9))
def test_mangled_documents_never_crash(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(chance.choice((a_word_plan(), a_sample("commune_environment.txt"), a_sample("ward_congress.md"))))
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(content))
        if chance.random() < 0.5:
            content[at] = chance.randrange(256)
        else:
            del content[at : at + chance.randint(1, 200)]
    try:
        read_plan(bytes(content), "plan")
    except BamsatError as refused:
        assert refused.message.vi


@pytest.mark.parametrize("seed", range(25))
def test_a_mangled_pdf_never_crashes(seed: int, pdf_plan: bytes) -> None:
    chance = random.Random(seed)
    content = bytearray(pdf_plan)
    for _ in range(40):
        content[chance.randrange(20, len(content))] = chance.randrange(256)
    try:
        read_plan(bytes(content), "plan")
    except BamsatError as refused:
        assert refused.message.vi
