"""The kinds of file that a plan is read from.

To add one: a reader in plans/readers/ and a line here (docs/adding_a_plan_format.md).
"""

from collections.abc import Callable
from dataclasses import dataclass

from domain.errors import UnreadableDocument
from plans.document import Document
from plans.readers.docx import read_docx
from plans.readers.limits import MAX_BYTES, refuse_size
from plans.readers.office import reader_of
from plans.readers.pdf import read_pdf
from plans.readers.text import read_text

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """`recognises` is asked with the whole content and must be quick; `read` gives its text or raises a BamsatError."""

    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Document]


def _archive_holding(name: bytes) -> Callable[[bytes], bool]:
    """A ZIP archive with a part of that name; names stand uncompressed in the directory at its end."""
    return lambda content: content.startswith(b"PK\x03\x04") and name in content


FORMATS: dict[str, Format] = {
    "docx": Format(_archive_holding(b"word/document"), read_docx),
    "odt": Format(_archive_holding(b"application/vnd.oasis.opendocument.text"), reader_of(".odt")),
    "pdf": Format(lambda content: b"%PDF-" in content[:_HEAD], read_pdf),
    "doc": Format(lambda content: content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), reader_of(".doc")),
    "rtf": Format(lambda content: content.startswith(b"{\\rtf"), reader_of(".rtf")),
    "text": Format(lambda content: True, read_text),
}
"""Asked in order; the first that recognises the content reads it."""


def recognise(content: bytes) -> str:
    """The name of the format that the content is in, whatever its file is called. Raises UnreadableDocument for what no plan is."""
    if not content.strip():
        raise UnreadableDocument(
            "Tệp rỗng. Hãy chọn tệp kế hoạch khác.",
            "the file is empty; choose another one",
        )
    if len(content) > MAX_BYTES:
        raise refuse_size(f"hơn {MAX_BYTES // 1_000_000} MB", f"over {MAX_BYTES // 1_000_000} MB")
    return next(name for name, kind in FORMATS.items() if kind.recognises(content))
