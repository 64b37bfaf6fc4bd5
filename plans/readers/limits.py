"""How much of a document is read. A plan has ten pages; what goes far beyond is an accident or an attack."""

from domain.errors import UnreadableDocument

MAX_BYTES = 50_000_000
MAX_PART_BYTES = 30_000_000
"""One unpacked part of a Word or OpenDocument file."""
MAX_ARCHIVE_ENTRIES = 5_000
MAX_LINES = 20_000
MAX_LINE_LENGTH = 100_000
MAX_COLUMNS = 64
MAX_PAGES = 300
MAX_SCANNED_PAGES = 60
MAX_SCANNED_PIXELS = 25_000_000
OFFICE_SECONDS = 90
SCAN_PAGE_SECONDS = 60


def refuse_size(what_vi: str, what_en: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"Tài liệu quá lớn so với một kế hoạch ({what_vi}) nên không được đọc. Hãy tách riêng phần kế hoạch rồi thử lại.",
        f"too large for a plan ({what_en}), not read; cut out the plan itself and try again",
    )


def bounded(lines: list[str]) -> tuple[str, ...]:
    """Raises UnreadableDocument when there are more or longer lines than any plan has."""
    if len(lines) > MAX_LINES:
        raise refuse_size(f"hơn {MAX_LINES} dòng", f"over {MAX_LINES} lines")
    if any(len(line) > MAX_LINE_LENGTH for line in lines):
        raise refuse_size(f"có dòng dài hơn {MAX_LINE_LENGTH} ký tự", f"a line over {MAX_LINE_LENGTH} characters")
    return tuple(lines)
