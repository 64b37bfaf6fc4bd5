"""The thesaurus of administrative Vietnamese and the list of abbreviations: data that staff edit, read with care."""

import re
from dataclasses import dataclass
from importlib.resources import files

from classifier.normalise import fold_words, normalise
from classifier.reading import Abbreviation, Abbreviations, same_sound
from domain.errors import Message, Problem, Severity

WEAK = 0.5
"""What a phrase marked `*` counts: it hints at a concept, it does not name it."""

_HEADING = re.compile(r"\[([~_@+]*)([a-z0-9_]+)(?:\s*<\s*([a-z0-9_]+))?\]\s*(.*)")
BROADER = 0.5
"""What a narrower concept counts for the broader one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of saying `concept`: `words` folded, `accented` as written (lower case), `weight` 1 or WEAK."""

    concept: str
    words: str
    accented: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """`broader` leads from a concept to the one it is part of; `actors` are who acts, not what is done; `masks` are proper names
    that hide the concepts inside them; `territorial` are matters that each province has for itself; `fields` are so wide
    that two texts meet in them only by half unless they say the same."""

    names: dict[str, str]
    phrases: tuple[Phrase, ...]
    broader: dict[str, str]
    actors: frozenset[str]
    masks: frozenset[str]
    territorial: frozenset[str]
    fields: frozenset[str]


def parse_thesaurus(text: str) -> tuple[Thesaurus, tuple[Problem, ...]]:
    """The thesaurus in `text`, and the lines that could not be used. A phrase belongs to the first concept that lists it."""
    names: dict[str, str] = {}
    broader: dict[str, tuple[int, str]] = {}
    marked: dict[str, set[str]] = {mark: set() for mark in "~_@+"}
    phrases: dict[tuple[str, str], Phrase] = {}
    problems: list[Problem] = []
    concept: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("["):
            heading = _HEADING.fullmatch(stripped)
            concept = heading[2] if heading else None
            if not heading:
                problems.append(
                    _bad(number, f"dòng tiêu đề không đọc được: {stripped[:40]}", f"unreadable heading {stripped[:40]!r}")
                )
            elif concept in names:
                problems.append(_bad(number, f"khái niệm “{concept}” có hai lần", f"concept {concept!r} is there twice"))
            else:
                names[heading[2]] = heading[4].strip() or heading[2]
                if heading[3]:
                    broader[heading[2]] = (number, heading[3])
                for mark in heading[1]:
                    marked[mark].add(heading[2])
            continue
        if concept is None:
            problems.append(_bad(number, "cách nói đứng trước mọi khái niệm", "a phrase before the first concept"))
            continue
        for written in stripped.split("|"):
            plain = written.strip()
            weak = plain.endswith("*")
            words = fold_phrase(plain.rstrip("*"))
            if not words:
                if plain:
                    problems.append(_bad(number, f"cách nói trống: {plain}", f"an empty phrase {plain!r}"))
                continue
            accented = tuple(re.findall(r"\w+", normalise(plain.rstrip("*")).accented))
            phrases.setdefault((concept, words), Phrase(concept, words, accented, WEAK if weak else 1.0))
    for number, wider in broader.values():
        if wider not in names:
            problems.append(_bad(number, f"không có khái niệm rộng hơn “{wider}”", f"no broader concept {wider!r}"))
    known = {n: w for n, (_, w) in broader.items() if w in names}
    return Thesaurus(names, tuple(phrases.values()), known, *(frozenset(marked[m]) for m in "~_@+")), tuple(problems)


def parse_abbreviations(text: str) -> tuple[Abbreviations, tuple[Problem, ...]]:
    entries: list[Abbreviation] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        short, equals, long = stripped.partition("=")
        exact = long.rstrip().endswith("!")
        words = tuple(fold_phrase(long.rstrip().rstrip("!")).split())
        parts = tuple(fold_phrase(short).split())
        if not equals or not words or not parts:
            problems.append(
                _bad(number, f"cần dạng “TẮT = đầy đủ”: {stripped[:40]}", f"not of the form SHORT = long: {stripped[:40]!r}")
            )
            continue
        entries.append(Abbreviation(parts, words, short.strip() if exact else None))
    return Abbreviations(entries), tuple(problems)


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a numbered document is about, in the years (`first` to `last`, both included) in which its number means it."""

    type: str
    number: int
    issuer: str
    first: int
    last: int
    concepts: tuple[str, ...]


_DOCUMENT_LINE = re.compile(r"(\d+)[-/](\w+)[-/](\w+)\s*\|\s*(\d{4})?-?(\d{4})?\s*\|\s*(.+)")


def parse_documents(text: str, thesaurus: Thesaurus) -> tuple[tuple[KnownDocument, ...], tuple[Problem, ...]]:
    known: list[KnownDocument] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        parts = _DOCUMENT_LINE.fullmatch(stripped)
        concepts = tuple(c.strip() for c in parts[6].split(";")) if parts else ()
        if not parts or not all(c in thesaurus.names for c in concepts):
            problems.append(
                _bad(
                    number,
                    f"cần dạng “số | năm-năm | khái niệm”: {stripped[:40]}",
                    f"not NUMBER | years | concepts: {stripped[:40]!r}",
                )
            )
            continue
        kind, issuer = fold_words(parts[2]), fold_words(parts[3])
        known.append(KnownDocument(kind, int(parts[1]), issuer, int(parts[4] or 0), int(parts[5] or 9999), concepts))
    return tuple(known), tuple(problems)


def data_text(name: str) -> str:
    return files("classifier").joinpath("data", name).read_text("utf-8")


def fold_phrase(text: str) -> str:
    """A phrase as readings hold it: folded words, spellings of one sound settled."""
    return " ".join(same_sound(w) for w in fold_words(text).split())


def _bad(line: int, vi: str, en: str) -> Problem:
    return Problem(Severity.DOUBT, "thesaurus_line", Message(vi, en), line=line)
