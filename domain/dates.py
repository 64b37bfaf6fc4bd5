"""Time as the product counts it: aware datetimes, UTC in the store, Asia/Ho_Chi_Minh at the edge."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a window that has none."""


def local_day(moment: datetime) -> date:
    """The calendar day on which `moment` falls in Viet Nam: 17:30Z is already the next day there."""
    return moment.astimezone(VIETNAM).date()


def day_start(day: date) -> datetime:
    """The first moment of a Vietnamese calendar day, in UTC."""
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The moment at which a Vietnamese calendar day is over (exclusive), in UTC."""
    return day_start(day + timedelta(days=1))


def show_day(day: date) -> str:
    """dd/mm/yyyy, as offices write it."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def show_moment(moment: datetime) -> str:
    """dd/mm/yyyy HH:MM in Vietnamese time."""
    local = moment.astimezone(VIETNAM)
    return f"{show_day(local.date())} {local.hour:02}:{local.minute:02}"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of time, `start` included and `end` excluded; both aware. Raises ValueError when it is turned round."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("an interval needs aware datetimes")
        if self.end < self.start:
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def merge(intervals: "list[Interval] | tuple[Interval, ...]") -> tuple[Interval, ...]:
    """The same stretches of time as few intervals as possible, in order; touching ones become one, empty ones vanish."""
    merged: list[Interval] = []
    for interval in sorted(i for i in intervals if i.start < i.end):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


def gaps(window: Interval, seen: "list[Interval] | tuple[Interval, ...]") -> tuple[Interval, ...]:
    """The parts of `window` that no interval of `seen` covers, in order."""
    open_parts: list[Interval] = []
    reached = window.start
    for interval in merge(seen):
        if interval.end <= reached:
            continue
        if interval.start >= window.end:
            break
        if interval.start > reached:
            open_parts.append(Interval(reached, interval.start))
        reached = max(reached, interval.end)
    if reached < window.end:
        open_parts.append(Interval(reached, window.end))
    return tuple(open_parts)
