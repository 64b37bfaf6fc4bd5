"""The thesaurus of administrative Vietnamese and the list of abbreviations: data that staff edit, read with care."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from classifier.normalise import fold_words, normalise
from classifier.reading import Abbreviation, Abbreviations, same_sound
from domain.errors import Message, Problem, Severity

WEAK = 0.5
"""What a phrase marked `*` counts: it hints at a concept, it does not name it."""

_HEADING = re.compile(r"\[([a-z0-9_]+)\]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of saying `concept`: `words` folded, `accented` as written (lower case), `weight` 1 or WEAK."""

    concept: str
    words: str
    accented: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Thesaurus:
    names: dict[str, str]
    phrases: tuple[Phrase, ...]


def parse_thesaurus(text: str) -> tuple[Thesaurus, tuple[Problem, ...]]:
    """The thesaurus in `text`, and the lines that could not be used. A phrase belongs to the first concept that lists it."""
    names: dict[str, str] = {}
    phrases: dict[tuple[str, str], Phrase] = {}
    problems: list[Problem] = []
    concept: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("["):
            heading = _HEADING.fullmatch(stripped)
            concept = heading[1] if heading else None
            if not heading:
                problems.append(
                    _bad(number, f"dòng tiêu đề không đọc được: {stripped[:40]}", f"unreadable heading {stripped[:40]!r}")
                )
            elif concept in names:
                problems.append(_bad(number, f"khái niệm “{concept}” có hai lần", f"concept {concept!r} is there twice"))
            else:
                names[heading[1]] = heading[2].strip() or heading[1]
            continue
        if concept is None:
            problems.append(_bad(number, "cách nói đứng trước mọi khái niệm", "a phrase before the first concept"))
            continue
        for written in stripped.split("|"):
            plain = written.strip()
            weak = plain.endswith("*")
            words = _words(plain.rstrip("*"))
            if not words:
                if plain:
                    problems.append(_bad(number, f"cách nói trống: {plain}", f"an empty phrase {plain!r}"))
                continue
            accented = tuple(re.findall(r"\w+", normalise(plain.rstrip("*")).accented))
            phrases.setdefault((concept, words), Phrase(concept, words, accented, WEAK if weak else 1.0))
    return Thesaurus(names, tuple(phrases.values())), tuple(problems)


def parse_abbreviations(text: str) -> tuple[Abbreviations, tuple[Problem, ...]]:
    entries: list[Abbreviation] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        short, equals, long = stripped.partition("=")
        exact = long.rstrip().endswith("!")
        words = tuple(_words(long.rstrip().rstrip("!")).split())
        parts = tuple(_words(short).split())
        if not equals or not words or not parts:
            problems.append(
                _bad(number, f"cần dạng “TẮT = đầy đủ”: {stripped[:40]}", f"not of the form SHORT = long: {stripped[:40]!r}")
            )
            continue
        entries.append(Abbreviation(parts, words, short.strip() if exact else None))
    return Abbreviations(entries), tuple(problems)


@lru_cache(maxsize=1)
def shipped_thesaurus() -> Thesaurus:
    return parse_thesaurus(data_text("thesaurus.txt"))[0]


@lru_cache(maxsize=1)
def shipped_abbreviations() -> Abbreviations:
    return parse_abbreviations(data_text("abbreviations.txt"))[0]


def data_text(name: str) -> str:
    return files("classifier").joinpath("data", name).read_text("utf-8")


def _words(text: str) -> str:
    return " ".join(same_sound(w) for w in fold_words(text).split())


def _bad(line: int, vi: str, en: str) -> Problem:
    return Problem(Severity.DOUBT, "thesaurus_line", Message(vi, en), line=line)
