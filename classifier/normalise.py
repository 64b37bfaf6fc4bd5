"""One comparable form for however a text was typed, with the way back to the characters of the original.

Three views of a text have the same length, so one offset serves all of them:

* `cased`: NFC, styled letters as plain ones, one kind of dash, quote and blank;
* `accented`: `cased` in lower case;
* `folded`: `accented` without marks, plain ASCII where it can be. Everything is matched on this one, so that NFD, capitals,
  missing or misplaced marks change nothing; the accented view only settles what folding made ambiguous.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from classifier.syllables import FOLDED, accented, cuts, is_slip

NORMALISER = 1
"""Raised whenever the folded form of some text changes: models and cached features name the version they were made with."""

UNMARKED_SHARE = 0.05
"""Below this share of characters with marks a text was typed without them (real posts: median 28 %, first percentile 19 %)."""

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_DOUBLE_QUOTES = frozenset("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02")
_SINGLE_QUOTES = frozenset("\u2018\u2019\u201a\u201b\u2032\uff07\u00b4`")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f"
_NAMED_LETTER = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])|(?:NEGATIVE )?(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])")

_MARKED_WORD = re.compile(r"\b[a-z]*[^\W\d_a-z][^\W\d_]*\b")
_MARK = re.compile(r"[\u0300-\u036f]")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_UNSEEN = re.compile(rf"[{_INVISIBLE}]+")
_BLANKS = re.compile(r" {2,}")
_LETTER_RUN = re.compile(r"[^\W\d_]{5,}")


class _PlainLetters(dict[int, int]):
    """`str.translate` table, filled as characters are met: one character for one, whatever its style."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        if character in _DASHES:
            plain = "-"
        elif character in _DOUBLE_QUOTES:
            plain = '"'
        elif character in _SINGLE_QUOTES:
            plain = "'"
        elif character.isspace():
            plain = " "
        elif code < 0x250 or 0x1E00 <= code < 0x2000:
            plain = character
        else:
            named = _NAMED_LETTER.match(unicodedata.name(character, ""))
            compatible = unicodedata.normalize("NFKC", character)
            plain = (named[1] or named[2]) if named else compatible if len(compatible) == 1 else character
            if named and named[1]:
                plain = plain.lower()
        self[code] = ord(plain)
        return self[code]


_PLAIN = _PlainLetters()


@dataclass(frozen=True)
class Normalised:
    """A text in its three views. `starts`/`origins` map a stretch of the views to the original; empty where they are equal."""

    cased: str
    folded: str
    length: int
    starts: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that `[start, end)` of the views was made from."""
        if not self.starts:
            return start, end
        return self._at(start), min(self._at(end - 1) + self._width(end - 1), self.length)

    def _at(self, position: int) -> int:
        index = bisect_right(self.starts, position) - 1
        return self.origins[index] + position - self.starts[index]

    def _width(self, position: int) -> int:
        """How many characters of the original the character at `position` came from: more than one where marks were apart."""
        index = bisect_right(self.starts, position)
        if index < len(self.starts) and self.starts[index] == position + 1:
            return max(self.origins[index] - self._at(position), 1)
        return 1

    @cached_property
    def accented(self) -> str:
        return accented(self.cased)

    @cached_property
    def shaky(self) -> bool:
        """Whether its marks cannot be trusted: some of its words, names left out, are slips."""
        words = _MARKED_WORD.finditer(self.accented)
        return any(self.cased[m.start()].islower() and is_slip(m[0]) for m in words)

    @cached_property
    def marked(self) -> bool:
        """Whether the text was typed with marks, so that the accented view may contradict the folded one."""
        letters = len(self.cased) - self.cased.count(" ")
        plain = len(self.cased.encode("ascii", "ignore"))
        return len(self.cased) - plain > UNMARKED_SHARE * letters


def normalise(text: str) -> Normalised:
    """The views of `text`. Idempotent: a view normalised again is itself; NFC and NFD of a text give the same views."""
    pieces: list[tuple[int, int]] = []
    cased = text.translate(_PLAIN)
    if _MARK.search(cased) or not unicodedata.is_normalized("NFC", cased):
        cased, pieces = _compose(cased)
    unseen = [(m.start(), m.end(), "") for m in _UNSEEN.finditer(cased)]
    if unseen:
        cased, pieces = _apply(cased, unseen, pieces)
    edits = _edits(cased)
    if edits:
        cased, pieces = _apply(cased, edits, pieces)
    starts, origins = zip(*pieces, strict=True) if pieces else ((), ())
    return Normalised(cased, cased.translate(FOLDED), len(text), starts, origins)


def fold_words(text: str) -> str:
    """A phrase as it is looked for: folded words with one blank between them, punctuation dropped."""
    return " ".join(re.findall(r"[0-9a-z]+", normalise(text).folded))


def _compose(text: str) -> tuple[str, list[tuple[int, int]]]:
    """NFC, and where each stretch of it began in `text`. Composition never crosses a character of combining class 0.

    A tone that was typed before the mark of its letter (`ó` with a circumflex behind) still makes one letter; marks that
    belong to no letter are dropped.
    """
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    made = shift = 0
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        part = unicodedata.normalize("NFC", text[position:end])
        if any(map(unicodedata.combining, part)):
            apart = unicodedata.normalize("NFD", part)
            letters = "".join(sorted(apart[1:], key=_TONES.__contains__))
            part = "".join(c for c in unicodedata.normalize("NFC", apart[0] + letters) if not unicodedata.combining(c))
        if not pieces or shift != position - made:
            shift = position - made
            pieces.append((made, position))
        parts.append(part)
        made += len(part)
        position = end
    return "".join(parts), pieces


def _edits(cased: str) -> list[tuple[int, int, str]]:
    """What to replace: `(start, end, by)` for runs of blanks and words written together."""
    edits = [(m.start(), m.end(), " ") for m in _BLANKS.finditer(cased)]
    for run in _LETTER_RUN.finditer(cased):
        start = run.start()
        edits.extend((start + cut, start + cut, " ") for cut in cuts(run[0]))
    return sorted(edits)


def _apply(cased: str, edits: list[tuple[int, int, str]], pieces: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    parts: list[str] = []
    kept: list[tuple[int, int]] = []
    position = made = 0
    for start, end, by in [*edits, (len(cased), len(cased), "")]:
        if start < position:
            continue
        if start > position:
            kept.append((made, position))
            parts.append(cased[position:start])
            made += start - position
        if by:
            kept.append((made, start))
            parts.append(by)
            made += len(by)
        position = end
    if not pieces:
        return "".join(parts), kept
    return "".join(parts), _chain(kept, pieces, made)


def _chain(outer: list[tuple[int, int]], inner: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Two maps one after the other, as one."""
    starts = [s for s, _ in inner]
    chained: list[tuple[int, int]] = []
    for (made, middle), following in zip(outer, [*(s for s, _ in outer[1:]), length], strict=True):
        size = following - made
        index = bisect_right(starts, middle) - 1
        while True:
            start, origin = inner[index]
            begin = max(start, middle)
            chained.append((made + begin - middle, origin + begin - start))
            index += 1
            if index >= len(inner) or starts[index] >= middle + size:
                break
    return chained
