"""Lines as they are printed become paragraphs: emphasis and page numbers go, sentences cut by page or line ends are joined.

A page end leaves two ordinary lines behind, and nothing marks the cut; the rule for joining them is in `_continues`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.plan import Lines
from domain.text import nfc
from plans.markers import BULLETS, SECTIONS, Kind, read_marker
from plans.plain import is_capitals, plain

_STRONG = re.compile(r"(\*{2,3}|__)(?=\S)(.*?\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]*[^\s*_])\1(?![\w*])")
_UNPAIRED = re.compile(r"^\*{2,}\s*|\s*\*{2,}$")
_ESCAPE = re.compile(r"\\([-.*_#()\[\]>+|])")
_BLANKS = re.compile(r"[^\S\t]*\t[^\S\t]*|[^\S\t]+")
_COLUMN_GAP = 5
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—.]?\s*\d{1,4}\s*(?:[-–—.]|/\s*\d{1,4})?", re.I)
_RULE = re.compile(r"[\s*_\-–—=~.|:]+")
_ENDS = re.compile(r"[.;:!?…”\")]$")
_FULL_LINE = 60
"""A line that a page end cut is a full printed line; a shorter one that stops without a full stop is a heading."""
_LONGEST_HEADING = 300
_WRAP_LIMIT = 130
"""Text with a longer line was not wrapped at a page's width."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` without emphasis marks, on one line; `lines` where it stood."""

    text: str
    lines: Lines
    after_blank: bool = False

    @property
    def is_row(self) -> bool:
        return self.text.startswith("|")


def clean(line: str) -> str:
    """NFC, one blank for a run of blanks, a tab for a gap between columns, without Markdown emphasis and escapes."""
    text = nfc(line).replace("\ufeff", "").replace("\u200b", "").replace("\u00ad", "")
    text = text.strip(" \r\n\v\f\u00a0") if text.count("\t") > 1 and text.strip() else text.strip()
    if "*" in text or "_" in text:
        text = _UNPAIRED.sub("", _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text)))
    text = _ESCAPE.sub(r"\1", text)
    return _BLANKS.sub(lambda m: "\t" if "\t" in m[0] or len(m[0]) >= _COLUMN_GAP else " ", text)


def is_noise(text: str) -> bool:
    """A blank line, a page number or a drawn line: nothing that a person wrote."""
    return not text or bool(_RULE.fullmatch(text)) or bool(_PAGE_NUMBER.fullmatch(text))


def printed_lines(lines: Sequence[str]) -> list[Paragraph]:
    """Every line that says something, cleaned, one by one."""
    found = []
    after_blank = True
    for number, line in enumerate(lines, 1):
        text = clean(line)
        if is_noise(text):
            after_blank = True
            continue
        found.append(Paragraph(text, (number,), after_blank))
        after_blank = False
    return found


def joined(lines: Iterable[Paragraph], wrapped: bool = True) -> list[Paragraph]:
    """Paragraphs, with the halves of cut ones put together. Without `wrapped` no line ends at a page's width."""
    printed = list(lines)
    width = _wrap_width(printed) if wrapped else None
    found: list[Paragraph] = []
    last = Paragraph("", ())
    for line in printed:
        if found and _continues(found[-1], last, line, width):
            found[-1] = Paragraph(f"{found[-1].text} {line.text}", found[-1].lines + line.lines, found[-1].after_blank)
        else:
            found.append(line)
        last = line
    return found


def in_brackets(first: str, second: str) -> bool:
    """`(19/5/1890` and `- 19/5/2026), …`: a line that begins with a hyphen inside open brackets is no bullet."""
    opened = first.rfind("(")
    return opened > first.rfind(")") and len(first) - opened < 40 and bool(re.match(r"[-–]\s*\d", second)) and ")" in second[:40]


def _wrap_width(lines: Sequence[Paragraph]) -> int | None:
    """The width at which a text was wrapped, None where a line is a paragraph."""
    texts = [p for p in lines if not p.is_row]
    if len(texts) < 8:
        return None
    lengths = sorted(len(p.text) for p in texts)
    adjacent = sum(not p.after_blank for p in texts)
    if lengths[-1] > _WRAP_LIMIT or adjacent < len(texts) / 2:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    return width if width >= 50 else None


def _continues(paragraph: Paragraph, last: Paragraph, line: Paragraph, width: int | None) -> bool:
    """Whether `line` is the rest of `paragraph`, whose last printed line is `last`.

    A line with a marker never is. One that starts in lower case is. A capital or a digit may follow a cut inside a name or a
    citation: then the first half must have stopped without a mark of punctuation, and must not be a heading.
    """
    if paragraph.is_row or line.is_row:
        return False
    if in_brackets(paragraph.text, line.text):
        return True
    head, mark = read_marker(paragraph.text), read_marker(line.text)
    if is_capitals(paragraph.text) and head and head.kind in SECTIONS:
        return mark is not None and mark.kind is Kind.CAPITALS and not line.after_blank
    if mark or is_capitals(line.text) or plain(line.text).startswith("noi nhan"):
        return False
    if width and not line.after_blank and len(last.text) >= 0.75 * width:
        return not (_ENDS.search(last.text) and line.text[:1].isupper() and len(last.text) < 0.9 * width)
    if line.text[:1].islower():
        return True
    is_heading = head is not None and head.kind not in BULLETS and len(paragraph.text) < _LONGEST_HEADING
    return not (_ENDS.search(paragraph.text) or is_heading) and len(paragraph.text) >= _FULL_LINE
