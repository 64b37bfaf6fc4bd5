"""The dates of the sample plan, all relative to one day, so that its screens are alive on any day of any year."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Timeline:
    """Seen from `day` the first phase is over, the second is running and the third is to come."""

    day: date

    @property
    def issued_on(self) -> date:
        return self._from_day(-101)

    @property
    def phases(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each phase, both included."""
        return (
            (self._from_day(-98), self._from_day(-43)),
            (self._from_day(-42), self._from_day(27)),
            (self._from_day(28), self._from_day(90)),
        )

    @property
    def first_post(self) -> date:
        return self.phases[0][0]

    @property
    def last_post(self) -> date:
        """The day before: a post of the day itself could still lie ahead of the clock."""
        return self._from_day(-1)

    @property
    def province_day(self) -> date:
        """The 30th anniversary of the province, within the running phase."""
        return self._from_day(-11)

    @property
    def congress_day(self) -> date:
        """The first day of the Fatherland Front's provincial congress, within the running phase."""
        return self._from_day(-9)

    @property
    def lake_day(self) -> date:
        """The 40th anniversary of the lake's dam, within the phase to come."""
        return self._from_day(50)

    @property
    def final_report(self) -> date:
        return self._from_day(100)

    def phase_of(self, topic: str) -> tuple[date, date]:
        """The days of the phase that a printed topic id belongs to: `2.3.1` is of the second."""
        return self.phases[int(topic[0]) - 1]

    def _from_day(self, days: int) -> date:
        return self.day + timedelta(days=days)


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 29 February becomes the 28th where that year has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def official_day(day: date) -> str:
    """As Vietnamese offices print it: a zero before days under 10 and before the months 1 and 2 only (Decree 30/2020)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def short_day(day: date) -> str:
    return f"{day.day}/{day.month}"
