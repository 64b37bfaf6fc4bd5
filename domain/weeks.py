"""ISO weeks (ISO 8601) on the Vietnamese calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.dates import Interval, day_start, local_day
from domain.errors import InvalidInput

_SHAPE = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week: Monday 00:00 to the next Monday 00:00 in Asia/Ho_Chi_Minh."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Reads `2026-W47`; raises InvalidInput for anything else, also for a week that the year does not have."""
        match = _SHAPE.fullmatch(text.strip())
        if match:
            week = cls(int(match[1]), int(match[2]))
            try:
                date.fromisocalendar(week.year, week.number, 1)
            except ValueError:
                pass
            else:
                return week
        raise InvalidInput(
            f"“{text}” không phải là một tuần. Hãy viết như 2026-W47 (năm, tuần theo ISO).",
            f"{text!r} is not a week; write it like 2026-W47 (ISO year and week)",
        )

    @classmethod
    def of(cls, moment: datetime) -> "Week":
        return cls.of_day(local_day(moment))

    @classmethod
    def of_day(cls, day: date) -> "Week":
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def interval(self) -> Interval:
        return Interval(day_start(self.monday), day_start(self.monday + timedelta(days=7)))

    def shifted(self, weeks: int) -> "Week":
        return Week.of_day(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"
