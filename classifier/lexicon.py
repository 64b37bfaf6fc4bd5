"""All phrases that are looked for, found in one pass over a reading."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import ahocorasick

from classifier.reading import Reading
from classifier.syllables import is_slip

_TONELESS = str.maketrans(
    "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)
_SURE_WITHOUT_MARKS = 4
"""A phrase of so many words is itself whatever the marks say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`words` folded, `accented` one form for each word; `proper` asks for capitals, `key` says what the phrase stands for."""

    kind: str
    key: Hashable
    words: str
    accented: tuple[str, ...]
    weight: float = 1.0
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found at the words `first` to `last` (excluded) of a reading."""

    entry: Entry
    first: int
    last: int


class Lexicon:
    def __init__(self, entries: Iterable[Entry]) -> None:
        grouped: dict[str, list[Entry]] = {}
        for entry in entries:
            grouped.setdefault(f" {entry.words} ", []).append(entry)
        self._automaton = ahocorasick.Automaton()
        for words, found in grouped.items():
            self._automaton.add_word(words, (len(words), found))
        self._automaton.make_automaton()

    def find(self, reading: Reading) -> list[Hit]:
        """Hits in order of place. Of two entries of one kind the one inside the other is left out: the longer says more."""
        hits: list[Hit] = []
        reach: dict[str, int] = {}
        found = [(end - size + 2, size, entries) for end, (size, entries) in self._automaton.iter(reading.line)]
        found.sort(key=lambda f: (f[0], -f[1]))
        starts = reading.starts
        index = 0
        for start, _, entries in found:
            while starts[index] < start:
                index += 1
            last = index + len(entries[0].accented)
            for entry in entries:
                if last <= reach.get(entry.kind, 0) and not any(
                    h.first == index and h.last == last and h.entry.kind == entry.kind for h in hits[-3:]
                ):
                    continue
                if _written_so(entry, reading, index):
                    hits.append(Hit(entry, index, last))
                    reach[entry.kind] = max(reach.get(entry.kind, 0), last)
        return hits


def _written_so(entry: Entry, reading: Reading, first: int) -> bool:
    """Whether the marks of the text allow the entry: folding makes `bão` and `báo` one word, and a slip of one tone is none."""
    size = len(entry.accented)
    view = reading.view(first)
    if entry.proper:
        typed = reading.cased(first, first + size)
        if not typed[:1].isupper() or (size > 1 and not typed.split()[-1][:1].isupper()):
            return False
    if size >= _SURE_WITHOUT_MARKS or not view.marked:
        return True
    letters = tones = 0
    for offset, wanted in enumerate(entry.accented):
        written = reading.accented(first + offset)
        if written == wanted:
            continue
        if len(written) != len(reading.words[first + offset]):
            continue  # an abbreviation or another spelling: it has no marks of its own to differ
        if not _side_by_side(reading, first, first + size) or not (size > 2 or is_slip(written) or reading.shaky):
            return False
        tones += 1
        letters += written.translate(_TONELESS) != wanted.translate(_TONELESS)
    if entry.proper or size == 1:
        return tones == 0 or (size > 1 and tones == 1 and letters == 0)
    return letters < size - 1 and tones < size


def _side_by_side(reading: Reading, first: int, last: int) -> bool:
    """Whether only blanks stand between the words: over a comma two words are a phrase only if they are spelled like it."""
    return all(reading.ends[i] + 1 == reading.begins[i + 1] for i in range(first, last - 1))
