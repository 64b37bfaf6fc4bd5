"""When each obligation falls due: printed days, recurring ones expanded, event-relative ones once their event has a date.

Deadlines are inclusive: “trước ngày 25” falls due on the 25th (the convention of docs/plan_json.md). Days are calendar days;
a deadline on a day off is left as printed. Working days are Monday to Friday: public holidays are not known here.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType

from domain.plan import Obligation, Plan, Recurrence
from domain.text import fold, strip_marks
from domain.urls import identity_digest

ObligationKey = NewType("ObligationKey", str)

_DAY_OF_MONTH = re.compile(r"\bngay (\d{1,2})\b(?!\s*[/.-]\s*\d)")
_DAY_AND_MONTH = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\b|\bngay (\d{1,2}) thang (\d{1,2})\b")
_MONTH = re.compile(r"\bthang (\d{1,2})\b")
_AFTER_EVENT = re.compile(r"(?<!\d)(\d{1,3})\s*(gio|ngay lam viec|ngay|tuan|thang)\b")
_BEFORE_EVENT = re.compile(
    r"\b(?:gio|ngay|lam viec|tuan|thang) truoc\b|\btruoc (?:khi|\d{1,3} (?:ngay|tuan|thang)|(?:ngay|thoi diem)\b(?! \d))"
)
_CLOCK = re.compile(r"\btruoc \d{1,2} gio\b")
_HALF_YEAR = re.compile(r"\b0?6 thang\b|\bsau thang\b|\bnua nam\b")
_WEEKLY = re.compile(r"\bh[aà]ng tuan\b|\bmoi tuan\b|\b/\s*tuan\b")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class DueDate:
    """One time at which an obligation falls due. `day` None: it waits for the event that `waits_for` names."""

    obligation: ObligationKey
    day: date | None
    waits_for: str | None = None


def obligation_key(obligation: Obligation) -> ObligationKey:
    """The identity of a duty over versions of a plan: who, what and when, compared without case and marks."""
    when = obligation.deadline.isoformat() if obligation.deadline else fold(obligation.deadline_text or "")
    return ObligationKey(identity_digest(fold(obligation.assignee or ""), fold(obligation.action), when))


def plan_due_dates(plan: Plan, first: date, last: date, events: Mapping[ObligationKey, date]) -> tuple[DueDate, ...]:
    """Every due date of the plan from `first` to `last` (both included), earliest first; those that wait for an event last.

    `events` are the days that a person entered for the events that obligations wait for.
    """
    found = [d for o in plan.obligations for d in due_dates(o, first, last, events.get(obligation_key(o)))]
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.day is None, d.day or last, d.obligation)))


def due_dates(obligation: Obligation, first: date, last: date, event: date | None = None) -> tuple[DueDate, ...]:
    """The due dates of one obligation in the given days; empty for a duty that has no time at all or goes on continuously."""
    key = obligation_key(obligation)
    text = strip_marks(obligation.deadline_text or "").lower()
    days: Iterable[date]
    if obligation.recurrence is Recurrence.MONTHLY:
        days = _monthly(text, first, last)
    elif obligation.recurrence is Recurrence.QUARTERLY:
        days = _quarterly(text, first, last)
    elif obligation.recurrence is Recurrence.ANNUAL:
        days = _annual(text, obligation.deadline, first, last)
    elif obligation.deadline:
        days = [obligation.deadline]
    elif _WEEKLY.search(text):
        days = _weekly(text, first, last)
    elif text and obligation.recurrence is not Recurrence.CONTINUOUS:
        if event is None:
            return (DueDate(key, None, obligation.deadline_text),)
        days = [_after(event, text)]
    else:
        days = []
    return tuple(DueDate(key, day) for day in days if first <= day <= last)


def recurs(obligation: Obligation) -> bool:
    """Whether it falls due again and again, so that each time is done by itself."""
    if obligation.recurrence in (Recurrence.MONTHLY, Recurrence.QUARTERLY, Recurrence.ANNUAL):
        return True
    return obligation.deadline is None and bool(_WEEKLY.search(strip_marks(obligation.deadline_text or "").lower()))


def _monthly(text: str, first: date, last: date) -> Iterator[date]:
    wanted = _day_of_month(text)
    for year, month in _months(first, last):
        yield _in_month(year, month, wanted)


def _quarterly(text: str, first: date, last: date) -> Iterator[date]:
    wanted = _day_of_month(text)
    months = (1, 4, 7, 10) if "thang dau" in text or "dau quy" in text else (2, 5, 8, 11) if "thang giua" in text else (3, 6, 9, 12)
    for year, month in _months(first, last):
        if month in months:
            yield _in_month(year, month, wanted)


def _annual(text: str, deadline: date | None, first: date, last: date) -> Iterator[date]:
    """Every day and month that the text names; “6 tháng, hằng năm” without days is the middle and the end of the year."""
    days = [(int(m[2] or m[4]), int(m[1] or m[3])) for m in _DAY_AND_MONTH.finditer(text)]
    half = _HALF_YEAR.search(text)
    month = _MONTH.search(text)
    if not days and half:
        days = [(6, 30), (12, 31)]
    elif not days and month:
        days = [(int(month[1]), 31)]
    elif not days:
        days = [(deadline.month, deadline.day) if deadline else (12, 31)]
    for year in range(first.year, last.year + 1):
        for number, day in sorted(set(days)):
            if 1 <= number <= 12:
                yield _in_month(year, number, day)


def _weekly(text: str, first: date, last: date) -> Iterator[date]:
    match = _WEEKDAY.search(text)
    weekday = (_WEEKDAYS[match[1]] if match[1] else 6) if match else _FRIDAY
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _after(event: date, text: str) -> date:
    """The day that a text such as “trong vòng 10 ngày kể từ …” or “05 ngày trước khi …” means, counted from its event."""
    match = _AFTER_EVENT.search(_CLOCK.sub("", text))
    if not match:
        return event
    count = int(match[1])
    way = -1 if _BEFORE_EVENT.search(text) else 1
    months = event.month - 1 + way * count
    steps: Mapping[str, Callable[[], date]] = {
        "gio": lambda: event + way * timedelta(days=-(-count // 24)),
        "ngay": lambda: event + way * timedelta(days=count),
        "tuan": lambda: event + way * timedelta(weeks=count),
        "thang": lambda: _in_month(event.year + months // 12, months % 12 + 1, event.day),
        "ngay lam viec": lambda: _working_days(event, count, way),
    }
    return steps[match[2]]()


def _working_days(day: date, count: int, way: int) -> date:
    while count:
        day += timedelta(days=way)
        count -= day.weekday() < 5
    return day


def _day_of_month(text: str) -> int:
    match = _DAY_OF_MONTH.search(text)
    return int(match[1]) if match else 31


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield index // 12, index % 12 + 1


def _in_month(year: int, month: int, day: int) -> date:
    """That day of a month, or the month's last one where it is shorter."""
    return date(year, month, max(1, min(day, monthrange(year, month)[1])))


def plan_horizon(plan: Plan, today: date) -> tuple[date, date]:
    """The days that a calendar of this plan spans: from its first day to its last one, or to the end of next year when open."""
    starts = [d for d in (plan.issued_on, *(p.start for p in plan.phases)) if d]
    ends: Sequence[date] = [p.end for p in plan.phases if p.end] + [o.deadline for o in plan.obligations if o.deadline]
    last = max(ends) if ends and all(p.end for p in plan.phases) else date(today.year + 1, 12, 31)
    return min([*starts, today]), max([last, *ends])
