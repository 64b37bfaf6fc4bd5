"""Text of other people made safe for files that programs interpret."""

import re

CELL_LIMIT = 32_767
"""The most characters that a cell of a workbook holds (Excel specifications and limits)."""
_FORMULA = re.compile(r"\s*[=+\-@|]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def plain_text(text: str) -> str:
    """The text as a spreadsheet may hold it: no control characters, and an apostrophe before what could be taken for a formula.

    A text cell is never computed, but it is once somebody saves the sheet as CSV and opens that (OWASP, CSV injection).
    """
    clean = _CONTROL.sub("", text)
    return (f"'{clean}" if _FORMULA.match(clean) else clean)[:CELL_LIMIT]


def web_address(url: str) -> str | None:
    """The address if it is one that may be offered as a link: http or https only."""
    return url if url.lower().startswith(("http://", "https://")) and not _CONTROL.search(url) else None
