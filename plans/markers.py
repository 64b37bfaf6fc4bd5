"""Markers at the head of a paragraph: `II.`, `1.1 -`, `đ)`, `-`, `Chủ đề 2:` ... and how they nest.

Conventions: Nghị định 30/2020/NĐ-CP, Phụ lục I (Phần, I., 1., a), letters of the Vietnamese alphabet) and the habits of
Party offices (`I -`, `1.1 -`, `1/`, `+` below `-`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from plans.plain import is_capitals, plain


class Kind(StrEnum):
    PART = "part"
    SECTION_LETTER = "section_letter"
    ROMAN = "roman"
    CAPITALS = "capitals"
    """A heading in capitals that has no number."""
    HEADING = "heading"
    """A heading of the word processor (or Markdown) that has no number."""
    CAPITAL_NUMBER = "capital_number"
    """`1. MỤC TIÊU`: a numbered section in a plan without Roman numbers."""
    CAPITAL_LETTER = "capital_letter"
    """`A. Sở Tư pháp`: a lettered item, often below a Roman number."""
    LABEL = "label"
    """`Chủ đề 1:`, `Đợt 2 (...)`: the words belong to the text."""
    NUMBER = "number"
    DOTTED = "dotted"
    LETTER = "letter"
    BRACKET = "bracket"
    STAR = "star"
    BULLET = "bullet"
    DOT = "dot"
    PLUS = "plus"


_RANK = {
    Kind.PART: 0,
    Kind.SECTION_LETTER: 10,
    Kind.ROMAN: 20,
    Kind.CAPITALS: 20,
    Kind.HEADING: 21,
    Kind.CAPITAL_NUMBER: 30,
    Kind.CAPITAL_LETTER: 32,
    Kind.LABEL: 35,
    Kind.NUMBER: 40,
    Kind.DOTTED: 50,
    Kind.LETTER: 60,
    Kind.BRACKET: 65,
    Kind.STAR: 70,
    Kind.BULLET: 75,
    Kind.DOT: 80,
    Kind.PLUS: 85,
}
BULLETS = frozenset({Kind.STAR, Kind.BULLET, Kind.DOT, Kind.PLUS})
SECTIONS = frozenset({Kind.PART, Kind.SECTION_LETTER, Kind.ROMAN, Kind.CAPITALS, Kind.HEADING, Kind.CAPITAL_NUMBER})
NUMBERED = frozenset({Kind.CAPITAL_LETTER, Kind.LABEL, Kind.NUMBER, Kind.DOTTED, Kind.LETTER, Kind.BRACKET})


@dataclass(frozen=True, slots=True)
class Marker:
    """`label` without punctuation (`1.1`, `a`, `II`), `depth` the number of parts of a dotted number or the level of a heading,
    `end` where the text after the marker begins."""

    kind: Kind
    label: str
    end: int
    depth: int = 1

    @property
    def level(self) -> tuple[Kind, int]:
        return self.kind, self.depth

    @property
    def rank(self) -> int:
        """Where the marker stands by convention; a lower rank is nearer to the root."""
        return _RANK[self.kind] + (self.depth if self.kind in (Kind.DOTTED, Kind.HEADING) else 0)

    @property
    def reach(self) -> int:
        """The lowest rank that this marker closes when its level is new: a labelled item may stand under any numbered one."""
        return _RANK[Kind.STAR] if self.kind is Kind.LABEL else self.rank


LABEL_WORDS = (
    r"(?:chu de|chuyen de|noi dung|nhiem vu|nhom(?: noi dung| nhiem vu)?|dot|giai doan|buoc|hoat dong|muc|dieu|tuan|thong diep)"
)
_PART = re.compile(r"(?:phan|chuong)\s+(?P<label>thu\s+\w+|[ivx]+|[a-d]|\d{1,2})\b\s*[.:/)-]?\s*")
_SECTION_LETTER = re.compile(r"(?P<label>[A-HĐ])\s*[.\-–/)]\s*(?=\S{2})")
_ROMAN = re.compile(r"(?P<label>[IVX]{1,6})\s*(?:[.\-–:/)]|\s[-–])+\s*(?=$|[^\W\d_]{2}|\d+\s|[“\"(])")
_LABEL = re.compile(rf"{LABEL_WORDS}\s+(?:thu\s+)?(?P<label>\d{{1,2}}|[ivx]{{1,5}}|nhat|hai|ba|tu|nam)\s*(?:[.:(,-]|$)")
_DOTTED = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})(?P<stop>\s*[.\-–:/)]+)?\s+(?=\S)")
_NUMBER = re.compile(r"(?P<label>\d{1,2})\s*(?:[.)/:](?=\s|[^\W\d_]|[“\"(])|[-–]\s)\s*")
_LETTER = re.compile(r"(?P<label>[a-zđ])\s*(?:[.)/]\s*(?=[\s\w“\"])|-\s)\s*")
_BRACKET = re.compile(r"\((?P<label>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*")
_STAR = re.compile(r"\*\s+")
_BULLET = re.compile(r"[-–—−]\s*(?=\S)")
_DOT = re.compile(r"[•●▪■◦○‣➢➤►✓❖♦·§]\s*|o\s+(?=[^\W\d_])")
_PLUS = re.compile(r"\+\s*(?=\S)")
_HEADING = re.compile(r"(#{1,6})\s+")
_LONGEST_LETTERED = 120
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}


def _roman_number(label: str) -> int | None:
    """The value of a Roman number as an office writes it, None for letters that are not one (`IIX`, `VX`)."""
    values = [_ROMAN_VALUE[c] for c in label]
    total = sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    tens, rest = divmod(total, 10)
    return total if label == "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[rest] else None


def read_marker(text: str) -> Marker | None:
    """The marker that a paragraph begins with. `text` is stripped NFC; a bare number or a cut citation is no marker."""
    if match := _HEADING.match(text):
        inner = read_marker(text[match.end() :])
        if inner and inner.kind is not Kind.CAPITALS:
            return Marker(inner.kind, inner.label, match.end() + inner.end, inner.depth)
        return Marker(Kind.HEADING, "", match.end(), len(match[1]))
    first = text[:1]
    if not first or first == "|":
        return None
    if (match := _ROMAN.match(text)) and _roman_number(match["label"]):
        return Marker(Kind.ROMAN, match["label"], match.end())
    if first.isdigit():
        return _read_number(text)
    if first.isupper():
        return _read_words(text)
    for kind, pattern in (
        (Kind.BRACKET, _BRACKET),
        (Kind.STAR, _STAR),
        (Kind.DOT, _DOT),
        (Kind.BULLET, _BULLET),
        (Kind.PLUS, _PLUS),
    ):
        if (match := pattern.match(text)) and match.end() < len(text):
            return Marker(kind, match.groupdict().get("label") or "", match.end())
    if match := _LETTER.match(text):
        return Marker(Kind.LETTER, match["label"], match.end())
    return None


def _read_number(text: str) -> Marker | None:
    if (match := _DOTTED.match(text)) and (match["stop"] or _starts_sentence(text[match.end() :])):
        return Marker(Kind.DOTTED, match["label"], match.end(), match["label"].count(".") + 1)
    if match := _NUMBER.match(text):
        rest = text[match.end() :]
        return Marker(Kind.CAPITAL_NUMBER if is_capitals(rest) and " " in rest else Kind.NUMBER, match["label"], match.end())
    return None


def _read_words(text: str) -> Marker | None:
    bare = plain(text)
    if match := _PART.match(bare):
        label = text[match.start("label") : match.end("label")]
        if label[0].isupper() or label[0].isdigit() or label.lower().startswith("thứ"):
            return Marker(Kind.PART, label, match.end())
    if match := _SECTION_LETTER.match(text):
        if is_capitals(text[match.end() :]):
            return Marker(Kind.SECTION_LETTER, match["label"], match.end())
        if text[match.end()].isupper() and len(text) <= _LONGEST_LETTERED:
            return Marker(Kind.CAPITAL_LETTER, match["label"], match.end())
    if match := _LABEL.match(bare):
        return Marker(Kind.LABEL, text[match.start("label") : match.end("label")], 0)
    if is_capitals(text) and " " in text and len(text) <= 250 and not text.startswith("|"):
        return Marker(Kind.CAPITALS, "", 0)
    return None


def _starts_sentence(text: str) -> bool:
    return text[:1].isupper() or text[:1] in '“"(‘'
