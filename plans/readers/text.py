"""Plain text and Markdown, in whatever encoding an office computer wrote it."""

import codecs

from domain.errors import Message, Problem, Severity, UnreadableDocument
from domain.text import nfc
from plans.document import Document
from plans.readers.legacy_encoding import from_tcvn3, from_vni, to_unicode, vietnamese_words
from plans.readers.limits import bounded

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


def read_text(content: bytes) -> Document:
    """Raises UnreadableDocument for content that is no text."""
    text, encoding = decode(content)
    text, typed = to_unicode(text)
    encoding = typed or encoding
    lines = [line.replace("\f", "").replace("\x00", "") for line in nfc(text).splitlines()]
    return Document(bounded(lines), (legacy_note(encoding),) if encoding else ())


def legacy_note(encoding: str) -> Problem:
    """The note that a text was converted, for every reader that converts."""
    return Problem(
        Severity.NOTE,
        "legacy_encoding",
        Message(f"Văn bản gõ bằng bảng mã {encoding} đã được chuyển sang Unicode.", f"text in {encoding} was converted to Unicode"),
        Message("Xem lại chữ hoa và dấu.", "check capitals and marks"),
    )


def decode(content: bytes) -> tuple[str, str | None]:
    """The text of bytes, and the name of the encoding when it was not Unicode."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), None
    if wide := _wide_encoding(content):
        return content.decode(wide, errors="replace"), None
    if _looks_binary(content):
        raise _no_text()
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        return _from_one_byte(content)


def _from_one_byte(content: bytes) -> tuple[str, str | None]:
    latin = content.decode("cp1252", errors="replace")
    raw = content.decode("latin-1")
    candidates = (
        (nfc(content.decode("cp1258", errors="replace")), "Windows-1258"),
        (from_tcvn3(raw), "TCVN3"),
        (from_vni(latin), "VNI"),
        (content.decode("utf-8", errors="replace"), None),
    )
    text, name = max(candidates, key=lambda c: vietnamese_words(c[0]))
    return text, name


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of its Latin letters and blanks is zero."""
    sample = content[:4000]
    if len(sample) < 4 or sample.count(0) < len(sample) / 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else None


def _looks_binary(content: bytes) -> bool:
    sample = content[:8000]
    return sum(byte in _CONTROLS for byte in sample) > len(sample) / 100


def _no_text() -> UnreadableDocument:
    return UnreadableDocument(
        "Tệp này không phải văn bản. Hãy dùng tệp Word (.docx, .doc), OpenDocument (.odt), PDF hoặc văn bản thường (.txt, .md).",
        "the file holds no text; use Word (.docx, .doc), OpenDocument (.odt), PDF, or plain text (.txt, .md)",
    )
