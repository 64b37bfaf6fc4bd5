"""PDF files: their text with its places, their ruled tables, and Tesseract for pages that are pictures."""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from domain.errors import Message, Problem, Severity, UnreadableDocument
from domain.text import nfc
from plans.addresses import DOUBT, join_lines
from plans.document import Document
from plans.readers.layout import WIDEST_LETTER, Line, Page, TableRow, Word, lines_of, paragraphs_of
from plans.readers.legacy_encoding import to_unicode
from plans.readers.limits import MAX_PAGES, MAX_SCANNED_PAGES, bounded, refuse_size
from plans.readers.scan import read_words
from plans.readers.text import legacy_note

_FEWEST_CHARACTERS = 25
"""A page with fewer, and with a picture on it, is a scan."""
_MAX_TABLE_PAGES = 60
_RULE_THICKNESS = 3.0
_SHORTEST_RULE = 6.0
_MAX_CHARACTERS = 20_000
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""How pdfium gives a hyphen at the end of a line."""
_MAX_OBJECTS = 5_000
_IN_ADDRESS = re.compile(r"https?:|www\.|[A-Za-z0-9-]\.\s*[a-z]{2}", re.I)


def read_pdf(content: bytes) -> Document:
    """Raises UnreadableDocument for what is encrypted, broken or too long, MissingProgram for a scan without Tesseract."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise _unreadable(fault) from fault
    try:
        if len(pdf) > MAX_PAGES:
            raise refuse_size(f"hơn {MAX_PAGES} trang", f"over {MAX_PAGES} pages")
        return _read_pages(pdf, content)
    except pypdfium2.PdfiumError as fault:
        raise _unreadable(fault) from fault
    finally:
        pdf.close()


def _unreadable(fault: Exception) -> UnreadableDocument:
    if "password" in str(fault).lower():
        return UnreadableDocument(
            "Tệp PDF có mật khẩu nên không đọc được. Hãy lưu lại bản không đặt mật khẩu.",
            "the PDF is protected by a password; save a copy without one",
        )
    return UnreadableDocument(
        "Tệp PDF bị hỏng nên không đọc được. Hãy xuất lại tệp từ chương trình soạn thảo.",
        "the PDF is damaged; export it again",
    )


def _read_pages(pdf: pypdfium2.PdfDocument, content: bytes) -> Document:
    pages: list[Page] = []
    scanned: list[int] = []
    ruled: list[int] = []
    for index in range(len(pdf)):
        page = pdf[index]
        words = list(_words(page))
        pictures, rules = _pictures_and_rules(page)
        if sum(len(w.text) for w in words) < _FEWEST_CHARACTERS and pictures:
            scanned.append(index)
            if len(scanned) > MAX_SCANNED_PAGES:
                raise refuse_size(f"hơn {MAX_SCANNED_PAGES} trang ảnh", f"over {MAX_SCANNED_PAGES} scanned pages")
            words = read_words(page)
        elif rules and len(ruled) < _MAX_TABLE_PAGES:
            ruled.append(index)
        pages.append(lines_of(words))
        page.close()
    for index, page_lines in _with_tables(content, ruled, pages):
        pages[index] = page_lines
    text, typed = to_unicode("\n".join(paragraphs_of(pages)))
    problems = [legacy_note(typed)] if typed else []
    if scanned:
        problems.append(_scan_note(len(scanned)))
    lines = [nfc(line) for line in text.split("\n")]
    problems += [_cut_note(number) for number, line in enumerate(lines, 1) if DOUBT in line]
    return Document(bounded(lines), tuple(problems))


def _words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    """The words of a page; pdfium counts heights from the bottom."""
    height = page.get_height()
    text_page = page.get_textpage()
    count = min(text_page.count_chars(), _MAX_CHARACTERS)
    letters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    for index in range(count):
        letter = _HYPHENS.get(code := pdfium.FPDFText_GetUnicode(text_page.raw, index), chr(code))
        if letter.isspace() or letter == "\x00":
            if letters:
                yield Word("".join(letters), box[0], box[2], height - box[3], height - box[1])
                letters = []
            continue
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        if letters and (left > box[2] + (top - bottom) or left < box[0] or abs(bottom - box[1]) > (top - bottom) / 2):
            yield Word("".join(letters), box[0], box[2], height - box[3], height - box[1])
            letters = []
        if letters:
            box = [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]
        else:
            box = [left, bottom, right, top]
        letters.append(letter)
    if letters:
        yield Word("".join(letters), box[0], box[2], height - box[3], height - box[1])
    text_page.close()


def _pictures_and_rules(page: pypdfium2.PdfPage) -> tuple[bool, bool]:
    """Whether the page shows a picture, and whether upright lines are drawn on it, as around the cells of a table."""
    pictures, upright = False, 0
    for number, item in enumerate(page.get_objects(max_depth=3)):
        if number > _MAX_OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures = True
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()
            is_frame = right - left > _SHORTEST_RULE and top - bottom > _SHORTEST_RULE
            upright += is_frame or (right - left <= _RULE_THICKNESS and top - bottom >= _SHORTEST_RULE)
    return pictures, upright >= 2


def _with_tables(content: bytes, indices: Sequence[int], pages: Sequence[Page]) -> Iterator[tuple[int, Page]]:
    """Pages with ruled tables, the words of each table replaced by its rows."""
    if not indices:
        return
    try:
        with pdfplumber.open(io.BytesIO(content), pages=[i + 1 for i in indices]) as pdf:
            for index, page in zip(indices, pdf.pages, strict=False):
                yield index, _merge_tables(page, pages[index])
                page.close()
    except (PDFSyntaxError, PdfminerException, ValueError, KeyError, TypeError, RecursionError):
        return


def _merge_tables(page: "pdfplumber.page.Page", lines: Page) -> Page:
    merged: list[Line | TableRow] = list(lines)
    for table in page.find_tables():
        rows = [
            [_cell(page, box, text or "") for box, text in zip(drawn.cells, texts, strict=True)]
            for drawn, texts in zip(table.rows, table.extract(), strict=True)
        ]
        if len(rows) < 2 or max(len(r) for r in rows) < 2:
            continue
        left, top, right, bottom = table.bbox
        merged = [line for line in merged if isinstance(line, TableRow) or not _inside(line, left, top, right, bottom)]
        step = (bottom - top) / len(rows)
        merged += [TableRow(_row(cells), top + i * step) for i, cells in enumerate(rows)]
    return sorted(merged, key=lambda line: line.top)


def _cell(page: "pdfplumber.page.Page", box: tuple[float, float, float, float] | None, text: str) -> str:
    """The text of a cell on one line. Only where it may hold an address over two lines are their places asked for."""
    if box is None or "\n" not in text.strip() or not _IN_ADDRESS.search(text):
        return " ".join(text.split())
    left, top, right, bottom = box

    def is_in_cell(drawn: dict[str, Any]) -> bool:
        across, down = (drawn["x0"] + drawn["x1"]) / 2, (drawn["top"] + drawn["bottom"]) / 2
        return bool(left <= across < right and top <= down < bottom)

    lines = page.filter(is_in_cell).extract_text_lines(return_chars=False)
    if not lines:
        return " ".join(text.split())
    margin = right - (min(line["x0"] for line in lines) - left)
    joined = lines[0]["text"]
    for last, line in pairwise(lines):
        letter = (last["x1"] - last["x0"]) / len(last["text"])
        joined = join_lines(joined, line["text"], last["x1"] + WIDEST_LETTER * letter > margin)
    return " ".join(joined.split())


def _inside(line: Line, left: float, top: float, right: float, bottom: float) -> bool:
    middle = line.top + line.height / 2
    return top <= middle <= bottom and line.left >= left - 2 and line.right <= right + 2


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(c.split()).replace("|", "/") for c in cells) + " |"


def _scan_note(pages: int) -> Problem:
    return Problem(
        Severity.DOUBT,
        "scanned",
        Message(f"{pages} trang là ảnh quét, chữ do máy nhận dạng nên có thể sai dấu.", f"{pages} scanned pages were read by OCR"),
        Message("Đối chiếu số, ngày tháng và tên với bản gốc.", "compare numbers, dates and names with the original"),
    )


def _cut_note(line: int) -> Problem:
    return Problem(
        Severity.DOUBT,
        "cut_address",
        Message(
            "Một địa chỉ trang có thể bị ngắt ở cuối dòng, nên không đọc là địa chỉ nào.",
            "an address may be cut by the end of a printed line; it was not read as one",
        ),
        Message("Nhập địa chỉ đầy đủ bằng tay, hoặc nhập từ tệp Word.", "enter the whole address, or import the Word file"),
        line=line,
    )
