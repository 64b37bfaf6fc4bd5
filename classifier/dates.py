"""When a post speaks of, and whether that is the plan's time."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.anniversaries import Commemoration, Event
from classifier.arrays import Flags, Matrix
from classifier.entities import Mention, Scope
from classifier.profile import Commemorated, PlanProfile
from classifier.reading import Reading

BEFORE, LONG_BEFORE, AFTER, LONG_AFTER = -0.4, -0.8, -0.15, -0.4
_DATE = re.compile(r" (\d{1,2}) (\d{1,2}) (20[0-4]\d|19[3-9]\d) ")
_YEAR = re.compile(r"(?<! den)(?<! nam den)(?<! tam nhin)(?<! den nam)(?<! tam nhin nam) (20[0-4]\d)(?= )")
_SPAN = re.compile(r" (?:19|20)\d\d (?:den )?(?:19|20)\d\d ")
SURE = 0.8
EARLIER, LATER_YEAR = 0.5, 0.3
FIRST_SENTENCE, LATER = 0.9, 0.6
"""What an anniversary counts that stands in the first sentence of the body, or after it, where the title does not name it."""
WINDOW = (-150, 90)
"""Days around an anniversary in which a post about it is expected: campaigns begin months before."""


@dataclass(frozen=True, slots=True)
class PostYear:
    """The year that a post speaks of, and how sure that is (1 = its publication date)."""

    year: int
    trust: float


def year_of(
    reading: Reading,
    published: dt.date | None,
    commemorated: Sequence[Commemoration],
    named: Sequence[Mention],
    events: dict[str, Event],
) -> PostYear | None:
    if published:
        return PostYear(published.year, 1.0)
    for each in commemorated:
        day = events[each.event].on(each.years) if each.years else None
        if day:
            return PostYear(day.year, 0.7)
    line = _SPAN.sub(" ", reading.line)
    full = [int(m[3]) for m in _DATE.finditer(line) if int(m[1]) <= 31 and int(m[2]) <= 12]
    if full:
        return PostYear(max(full), 0.8)
    bare = [int(y) for y in _YEAR.findall(line) if int(y) <= 2030]
    if bare:
        return PostYear(max(bare), 0.6)
    terms = [m.identity.value[0] for m in named if m.identity.scope is Scope.TERM]
    if terms:
        return PostYear(max(int(t or 0) for t in terms), 0.5)
    congresses = [int(m.identity.value[0] or 0) for m in named if m.identity.scope is Scope.NATIONAL_CONGRESS]
    if congresses and max(congresses) >= 10:
        return PostYear(2021 + 5 * (max(congresses) - 13), 0.4)
    return None


class DateRules:
    def __init__(self, profile: PlanProfile) -> None:
        self._profile = profile
        self.decided = [i for i, t in enumerate(profile.topics) if t.anniversaries]
        self._scale = np.array([0.5 if t.timeless else 1.0 for t in profile.topics], dtype=np.float32)

    def adjust(self, years: Sequence[PostYear | None], support: Matrix, home: Sequence[bool]) -> Matrix:
        first, last = self._profile.first_year, self._profile.last_year
        found = np.zeros(support.shape, dtype=np.float32)
        if first is None or last is None:
            return found
        end = last + (2 if self._profile.open_ended else 1)
        spans = [t.years for t in self._profile.topics]
        for row, year in enumerate(years):
            if year is None:
                continue
            gap = first - year.year
            size = (
                LONG_BEFORE
                if gap > 1
                else BEFORE
                if gap == 1
                else LONG_AFTER
                if year.year > end + 1
                else AFTER
                if year.year > end
                else 0.0
            )
            if size:
                found[row] = size * max(year.trust, 0.6) * self._scale * (0.3 if home[row] else 1.0)
                for column, span in enumerate(spans):
                    if span and span[0] <= year.year <= span[1]:
                        found[row, column] = 0.0
        return np.where(support >= 0.6, found * 0.4, found)

    def other_years(self, years: Sequence[PostYear | None]) -> Matrix:
        """The contradiction of a post that surely is of another year than the title of a topic states."""
        found = np.zeros((len(years), len(self._profile.topics)), dtype=np.float32)
        for column, topic in enumerate(self._profile.topics):
            if topic.years is None:
                continue
            first, last = topic.years
            for row, year in enumerate(years):
                if year and year.trust >= SURE:
                    if year.year < first:
                        found[row, column] = EARLIER
                    elif year.year > last + 1:
                        found[row, column] = LATER_YEAR
        return found

    def outside(self, commemoration: Commemoration) -> bool:
        """Whether the anniversary was celebrated before or after the plan's time."""
        first, last = self._profile.first_year, self._profile.last_year
        day = self._profile.events[commemoration.event].on(commemoration.years) if commemoration.years else None
        return bool(day and first and last and not first - 1 <= day.year <= last + 2)

    def anniversaries(
        self,
        commemorated: Sequence[Sequence[Commemoration]],
        said: Sequence[Sequence[tuple[int, int]]],
        published: Sequence[dt.date | None],
        years: Sequence[PostYear | None],
        readings: Sequence[Reading],
        provinces: Sequence[frozenset[str]],
    ) -> tuple[Matrix, Flags]:
        """How well each post fits the topics that are anniversaries (0 to 1), and where the years rule it out."""
        shape = (len(readings), len(self._profile.topics))
        found, out = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=bool)
        for row in range(len(readings)):
            if not commemorated[row] and not said[row]:
                continue
            for column in self.decided:
                topic = self._profile.topics[column]
                best, veto = 0.0, False
                for wanted in topic.anniversaries:
                    fit, against = _fit(wanted, commemorated[row], said[row], published[row], years[row])
                    if topic.province and topic.province not in provinces[row]:
                        fit *= 0.3
                    best, veto = max(best, fit), veto or against
                found[row, column] = best
                out[row, column] = veto and best < 0.9
        return found, out


def _fit(
    wanted: Commemorated,
    commemorated: Sequence[Commemoration],
    said: Sequence[tuple[int, int]],
    published: dt.date | None,
    year: PostYear | None,
) -> tuple[float, bool]:
    near = None
    if published and wanted.day:
        days = (published - wanted.day).days
        near = WINDOW[0] <= days <= WINDOW[1]
    mine = [c for c in commemorated if c.event == wanted.event]
    equal = [c for c in mine if c.years is not None and c.years == wanted.years]
    if equal:
        place = max(1.0 if c.in_title else FIRST_SENTENCE if not c.later else LATER for c in equal)
        return (1.0 if near is not False else 0.7) * place, False
    if any(c.years is not None for c in mine) and wanted.years is not None:
        return 0.0, True
    if mine:
        if near:
            return 0.7, False
        if near is None and year and wanted.day and year.year == wanted.day.year:
            return 0.4, False
        return (0.0 if near is False else 0.3), False
    if (
        near
        and wanted.years is not None
        and any(n == wanted.years for n, _ in said)
        and published
        and wanted.day
        and abs((published - wanted.day).days) <= 45
    ):
        return 0.5, False
    return 0.0, False
