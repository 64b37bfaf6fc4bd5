"""Anniversaries: which event, how many years, and the day on which that falls."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classifier.lexicon import Entry, Hit
from classifier.normalise import normalise
from classifier.reading import BREAK, Reading
from classifier.thesaurus import fold_phrase
from domain.errors import Message, Problem, Severity

EVENT = "event"
"""The kind of lexicon entries that name an event; their key is the event's id."""

_YEARS = re.compile(r" (\d{1,3}) nam (?!(?:thuc hien|kinh nghiem|toi|tiep theo|gan day|lien tiep|lien tuc|tu giam) )")
_SPAN = re.compile(r" (\d{1,2}) (\d{1,2}) (1[89]\d\d|20\d\d) (?:den )?(?:\d{1,2} )?(\d{1,2} )?(\d{1,2} )?(20\d\d|19\d\d) ")
_REACH = 14
"""Words between the number of years and the event it counts."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is commemorated; `day` is when it happened, None where only a plan names it and gives no date."""

    id: str
    day: dt.date | None
    phrases: tuple[str, ...]
    weak: tuple[str, ...] = ()

    def on(self, years: int) -> dt.date | None:
        """The day of its Nth anniversary."""
        if self.day is None:
            return None
        try:
            return self.day.replace(year=self.day.year + years)
        except ValueError:  # 29 February
            return self.day.replace(year=self.day.year + years, day=28)


@dataclass(frozen=True, slots=True)
class Commemoration:
    """An event that a text names, with the number of years if it says so; `first` to `last` (excluded) are its words."""

    event: str
    years: int | None
    first: int
    last: int
    in_title: bool
    later: bool = False
    """It stands after the first sentence of the body."""


def parse_events(text: str) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    events: list[Event] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        parts = [p.strip() for p in stripped.split("|")]
        try:
            name, day, phrases = parts
            said = [p.strip() for p in phrases.split(";") if p.strip()]
            strong = tuple(p for p in said if not p.endswith("*"))
            weak = tuple(p.rstrip("*") for p in said if p.endswith("*"))
            events.append(Event(name, dt.date.fromisoformat(day), strong, weak))
        except ValueError:
            message = Message(
                f"cần dạng “mã | năm-tháng-ngày | cách gọi; cách gọi”: {stripped[:40]}",
                f"not of the form id | yyyy-mm-dd | phrase; phrase: {stripped[:40]!r}",
            )
            problems.append(Problem(Severity.DOUBT, "events_line", message, line=number))
    return tuple(events), tuple(problems)


def event_entries(events: Iterable[Event]) -> Iterator[Entry]:
    for event in events:
        for weight, phrases in ((1.0, event.phrases), (0.5, event.weak)):
            for phrase in phrases:
                accented = tuple(re.findall(r"\w+", normalise(phrase).accented))
                yield Entry(EVENT, event.id, fold_phrase(phrase), accented, weight)


def years_said(reading: Reading) -> list[tuple[int, int]]:
    """Every `N năm` that may count an anniversary: (number, index of its word)."""
    return [(int(m[1]), reading.word_at(m.start(1))) for m in _YEARS.finditer(reading.line) if 4 < int(m[1]) <= 300]


def commemorations(reading: Reading, hits: list[Hit], events: dict[str, Event]) -> list[Commemoration]:
    """Events named in a reading, each with the years that stand nearest to it. Weak names count only with years."""
    said = years_said(reading)
    opening = _opening(reading)
    found = []
    for hit in _clear(hits):
        event = events[str(hit.entry.key)]
        years = _nearest(reading, said, hit)
        spoken = _from_span(reading, event)
        if years is None or (spoken and years not in spoken):
            years = spoken[0] if spoken else years
        if years is None and hit.entry.weight < 1:
            continue
        found.append(Commemoration(event.id, years, hit.first, hit.last, reading.in_title(hit.first), hit.first >= opening))
    return found


def _clear(hits: list[Hit]) -> list[Hit]:
    """Names of events; a weak one that overlaps a sure one is a piece of it."""
    names = [h for h in hits if h.entry.kind == EVENT]
    sure = [h for h in names if h.entry.weight == 1]
    return [h for h in names if h.entry.weight == 1 or not any(s.first < h.last and h.first < s.last for s in sure)]


def _opening(reading: Reading) -> int:
    """Where the first sentence of the body ends; a short one (a place and a date line) takes the next with it."""
    for index in range(reading.title_words, len(reading.words)):
        if reading.words[index] == BREAK and index - reading.title_words >= 8:
            return index
    return len(reading.words)


def _nearest(reading: Reading, said: list[tuple[int, int]], hit: Hit) -> int | None:
    before = [(n, w) for n, w in said if w < hit.first and hit.first - w <= _REACH]
    before = [
        (n, w) for n, w in before if BREAK not in reading.words[w : hit.first] or reading.in_title(w) != reading.in_title(hit.first)
    ]
    if before:
        return before[-1][0]
    after = [(n, w) for n, w in said if 0 <= w - hit.last <= 3 and BREAK not in reading.words[hit.last : w]]
    return after[0][0] if after else None


def _from_span(reading: Reading, event: Event) -> list[int]:
    """Years from `(19/8/1945 - 19/8/2025)`, if that is the event's own day."""
    if event.day is None or str(event.day.year) not in reading.line:
        return []
    spans = re.findall(
        rf" {event.day.day:d} {event.day.month:d} {event.day.year} (?:{event.day.day:d} {event.day.month:d} )?(20\d\d|19\d\d) ",
        _plain_days(reading.line),
    )
    return [int(y) - event.day.year for y in spans]


def _plain_days(line: str) -> str:
    return re.sub(r" 0(\d)(?= )", r" \1", line)
