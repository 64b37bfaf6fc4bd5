"""A post or a topic as the rules read it: one line of folded words, each word with its place in the original."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from classifier.normalise import Normalised, normalise
from classifier.syllables import accented

MAX_BODY = 3_000
"""Characters of a body that are read: what a post is about stands in its title, lead and first paragraphs."""
BREAK = "|"
"""The word that stands for the end of a sentence: no phrase reaches over it."""

_TOKEN = re.compile(r"[0-9a-z]+|[.;:!?\u2022|]+(?=\s|$)|\.\.+")
_SAME_SOUND = {"ki": "ky", "li": "ly", "mi": "my", "si": "sy", "ti": "ty", "hi": "hy", "qui": "quy"}
"""`kỉ niệm` and `kỷ niệm` are both good Vietnamese."""


def same_sound(word: str) -> str:
    return _SAME_SOUND.get(word, word)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """`short` as folded words; `long` its folded expansion; `exact` the only spelling that counts where case matters."""

    short: tuple[str, ...]
    long: tuple[str, ...]
    exact: str | None = None


class Abbreviations:
    def __init__(self, entries: list[Abbreviation]) -> None:
        self._by_first: dict[str, list[Abbreviation]] = {}
        for entry in entries:
            self._by_first.setdefault(entry.short[0], []).append(entry)
        for found in self._by_first.values():
            found.sort(key=lambda e: -len(e.short))
        self._firsts = self._by_first.keys()

    def starting(self, word: str) -> list[Abbreviation]:
        return self._by_first.get(word, [])

    def may_stand_in(self, words: Iterable[str]) -> bool:
        return not self._firsts.isdisjoint(words)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one field's views."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """`line` is every word of title and body, one blank apart and at both ends; `starts[i]` is where word `i` begins in it.

    `begins[i]` and `ends[i]` bound word `i` in the views of its field; the first `title_words` words are the title's.
    """

    title: Normalised
    body: Normalised
    words: tuple[str, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    title_words: int
    line: str
    starts: tuple[int, ...]

    @cached_property
    def shaky(self) -> bool:
        """Whether the marks of the title or the body cannot be trusted."""
        return self.title.shaky or self.body.shaky

    def word_at(self, position: int) -> int:
        """The word that holds character `position` of the line."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """First word and one past the last word of a stretch of the line."""
        return self.word_at(start), bisect_left(self.starts, end)

    def in_title(self, word: int) -> bool:
        return word < self.title_words

    def view(self, word: int) -> Normalised:
        return self.title if word < self.title_words else self.body

    def accented(self, word: int) -> str:
        return accented(self.view(word).cased[self.begins[word] : self.ends[word]])

    def cased(self, first: int, last: int) -> str:
        """The text between two words of one field (`last` excluded) as it was typed, styles and blanks settled."""
        return self.view(first).cased[self.begins[first] : self.ends[last - 1]]

    def span(self, first: int, last: int) -> Span:
        return Span("title" if self.in_title(first) else "text", self.begins[first], self.ends[last - 1])


def read(title: str, body: str, abbreviations: Abbreviations) -> Reading:
    heading, content = normalise(title), normalise(body[:MAX_BODY])
    words: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    _append(heading, abbreviations, words, begins, ends)
    if words and words[-1] != BREAK:
        words.append(BREAK)
        begins.append(len(heading.folded))
        ends.append(len(heading.folded))
    title_words = len(words)
    _append(content, abbreviations, words, begins, ends)
    starts = tuple(accumulate((len(w) + 1 for w in words[:-1]), initial=1)) if words else ()
    return Reading(heading, content, tuple(words), tuple(begins), tuple(ends), title_words, f" {' '.join(words)} ", starts)


def _append(view: Normalised, abbreviations: Abbreviations, words: list[str], begins: list[int], ends: list[int]) -> None:
    folded = view.folded
    first: list[int] = []
    last: list[int] = []
    tokens: list[str] = []
    for match in _TOKEN.finditer(folded):
        word = match[0]
        first.append(match.start())
        last.append(match.end())
        tokens.append(_SAME_SOUND.get(word, word) if word.isalnum() else BREAK)
    if not abbreviations.may_stand_in(tokens):
        words.extend(tokens)
        begins.extend(first)
        ends.extend(last)
        return
    shouted = view.cased.isupper()
    index = 0
    while index < len(tokens):
        candidates = abbreviations.starting(tokens[index])
        chosen = next(_fitting(candidates, tokens, (first, last), index, view, shouted), None) if candidates else None
        taken = len(chosen.short) if chosen else 1
        made = chosen.long if chosen else (tokens[index],)
        words.extend(made)
        begins.extend([first[index]] * len(made))
        ends.extend([last[index + taken - 1]] * len(made))
        index += taken


def _fitting(
    entries: list[Abbreviation],
    tokens: list[str],
    bounds: tuple[list[int], list[int]],
    index: int,
    view: Normalised,
    shouted: bool,
) -> Iterator[Abbreviation]:
    """Entries that stand here. Parts of a document's symbol (`05-CT/TW`) stay as they are."""
    first, ends = bounds
    start = first[index]
    for entry in entries:
        last = index + len(entry.short) - 1
        if last >= len(tokens) or tuple(tokens[index : last + 1]) != entry.short:
            continue
        end = ends[last]
        if view.folded[max(start - 1, 0) : start] in ("/", "-") and start > 1 and not view.folded[start - 2].isspace():
            continue
        if view.folded[end : end + 1] == "/":
            continue
        if entry.exact is not None and (shouted or view.cased[start:end] != entry.exact):
            continue
        yield entry
