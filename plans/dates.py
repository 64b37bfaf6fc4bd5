"""Days, months, quarters, halves and years as plans print them, as calendar days.

A printed time covers days: `quý II/2026` is 1 April to 30 June 2026. What lacks its year stays open until the caller knows it.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plans.plain import plain


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A stretch of months `first_month`..`last_month` of `year`, or one `day`; `start` and `end` are offsets in the text."""

    start: int
    end: int
    year: int | None
    first_month: int | None = None
    last_month: int | None = None
    day: int | None = None

    def first(self, year: int | None = None) -> date | None:
        """The first day; `year` is taken where none is printed. None without a year, or for a day that no calendar has."""
        return self._day(year, self.first_month or 1, self.day or 1)

    def last(self, year: int | None = None) -> date | None:
        known = self.year or year
        month = self.last_month or 12
        if known is None or not 1 <= month <= 12:
            return None
        return self._day(year, month, self.day or monthrange(known, month)[1])

    def _day(self, year: int | None, month: int, day: int) -> date | None:
        known = self.year or year
        if known is None or (self.day is not None and self.first_month is None):
            return None
        try:
            return date(known, month, day)
        except ValueError:
            return None


_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:ngay\s+)?(?<![\d/.])(?P<day>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>(?:1[89]|20)\d\d)(?!\d)",
        r"ngay\s+(?P<day>\d{1,2})\s*thang\s+(?P<month>\d{1,2})(?:\s*(?:nam\s+|[/-]\s*)(?P<year>(?:19|20)\d\d)(?!\d))?",
        r"(?:ngay\s+|mung\s+)?(?<![\d/.,-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/]|\s*/\s*\d|-[a-z])",
        r"(?:ngay|mung)\s+(?P<day>\d{1,2})(?!\d|\s*(?:/|thang|-\s*\d))(?=.{0,12}(?:hang|cua|moi)\s+thang)",
        r"(?:tu\s+)?thang\s+(?P<from>\d{1,2})\s*(?:-|den)\s*(?P<month>\d{1,2})\s*(?:nam\s+|[/]\s*)(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<=truoc )ngay\s+(?P<day>\d{1,2})(?!\s*[/\d-]|\s*thang)",
        r"thang\s+(?P<month>\d{1,2})\s*(?:nam\s+|[/-]\s*)(?P<year>(?:19|20)\d\d)(?!\d)",
        r"thang\s+(?P<month>\d{1,2})(?![\d/])",
        r"(?<![\d/.])(?P<month>\d{1,2})\s*/\s*(?P<year>20\d\d)(?!\d)(?!/)",
        r"quy\s+(?P<quarter>iv|i{1,3}|[1-4])\b\s*(?:(?:nam\s+|[/-]\s*|,?\s*nam\s+)(?P<year>(?:19|20)\d\d)(?!\d))?",
        r"(?:(?:6|06|sau)\s+thang|nua)\s+(?P<half>dau|cuoi)\s+nam(?:\s+(?P<year>(?:19|20)\d\d)(?!\d))?",
        r"(?:9|09|chin)\s+thang\s+(?P<nine>dau)\s+nam(?:\s+(?P<year>(?:19|20)\d\d)(?!\d))?",
        r"nam\s+(?P<year>(?:19|20)\d\d)(?!\d)(?!\s*[-/]\s*\d)",
    )
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def printed_times(text: str) -> list[PrintedTime]:
    """The times that a text names, in order, none inside another. Ranges of years (`2021 - 2025`) are not times."""
    bare = plain(text)
    taken: list[PrintedTime] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(bare):
            if not any(match.start() < t.end and t.start < match.end() for t in taken):
                taken.append(_printed(match))
    return sorted((t for t in taken if _possible(t)), key=lambda t: t.start)


def _printed(match: re.Match[str]) -> PrintedTime:
    part = match.groupdict()
    number = {name: int(value) for name, value in part.items() if value and value.isdigit()}
    last = number.get("month")
    first = number.get("from", last)
    if quarter := part.get("quarter"):
        last = 3 * _QUARTERS[quarter]
        first = last - 2
    elif half := part.get("half"):
        first, last = (1, 6) if half == "dau" else (7, 12)
    elif part.get("nine"):
        first, last = 1, 9
    return PrintedTime(match.start(), match.end(), number.get("year"), first, last, number.get("day"))


def _possible(time: PrintedTime) -> bool:
    months = all(m is None or 1 <= m <= 12 for m in (time.first_month, time.last_month))
    return months and (time.day is None or 1 <= time.day <= 31)


YEAR_RANGE = re.compile(r"(?<![\d/])((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)(?![\d/])")


def year_ranges(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Ranges such as `2021 - 2025`: offsets and both years."""
    for match in YEAR_RANGE.finditer(plain(text)):
        yield match.start(), match.end(), int(match[1]), int(match[2])
