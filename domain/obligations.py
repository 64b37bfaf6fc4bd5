"""The calendar of a plan's obligations: what falls due when, what waits for an event, what a person has marked as done."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.coverage import group_key
from domain.due_dates import DueDate, ObligationKey, due_dates, obligation_key, plan_horizon, recurs
from domain.evidence import EvidenceFile
from domain.plan import Obligation, Plan, PlanId, PlanVersion
from domain.text import fold
from domain.unit import Unit

DAYS_SOON = 14
"""A due date is soon on the day itself and up to the end of the 14 days that begin with today."""
_EVERYBODY = re.compile(r"\b(?:cac|moi|toan the) (?:\w+ )*?(?:co quan|don vi|dia phuong|doan the|thanh vien)\b")


@dataclass(frozen=True, slots=True)
class EventDay:
    """A person's word on the day of the event that an obligation waits for; `day` None: there is none (any more)."""

    plan_id: PlanId
    obligation: ObligationKey
    day: date | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObligationMark:
    """A person's word that an obligation is done, or that it is not after all.

    `due` says which time is meant of an obligation that recurs, and is None for one that falls due once: that stays done when
    the day of its event moves.
    """

    plan_id: PlanId
    obligation: ObligationKey
    due: date | None
    done: bool
    by: str
    at: datetime
    note: str = ""
    link: str | None = None
    file: EvidenceFile | None = None


class ObligationState(StrEnum):
    DONE = "done"
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    WAITING = "waiting"
    """Its event has no date yet."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One time at which an obligation falls due. `mark` is the newest word on it, `event` the entered day of its event."""

    obligation: Obligation
    due: DueDate
    state: ObligationState
    mark: ObligationMark | None = None
    event: date | None = None

    @property
    def key(self) -> ObligationKey:
        return self.due.obligation


@dataclass(frozen=True, slots=True)
class PlanCalendar:
    """The entries of one plan in order of time, those without a day last, as they were known at `as_of`."""

    version: PlanVersion
    as_of: datetime
    entries: tuple[CalendarEntry, ...]


def calendar_entries(
    plan: Plan, today: date, events: Iterable[EventDay] = (), marks: Iterable[ObligationMark] = ()
) -> tuple[CalendarEntry, ...]:
    """Everything that falls due by the plan, judged on `today`; of the words of people, in the order given, the last ones hold.

    A recurring obligation is expanded over the plan's own days. A duty that the plan prints twice is there once.
    """
    days = {word.obligation: word.day for word in events}
    held = {(word.obligation, word.due): word for word in marks}
    found = list(_entries(plan, today, days, held))
    return tuple(sorted(found, key=lambda e: (e.due.day is None, e.due.day or today)))


def _entries(
    plan: Plan,
    today: date,
    days: Mapping[ObligationKey, date | None],
    marks: Mapping[tuple[ObligationKey, date | None], ObligationMark],
) -> Iterator[CalendarEntry]:
    for key, obligation in {obligation_key(o): o for o in reversed(plan.obligations)}.items():
        event = days.get(key)
        # What falls due once does so even after the plan's last day: “10 ngày sau khi kết thúc”.
        first, last = plan_horizon(plan, today) if recurs(obligation) else (date.min, date.max)
        for due in due_dates(obligation, first, last, event):
            mark = marks.get((key, occasion(obligation, due.day)))
            yield CalendarEntry(obligation, due, _state(due.day, mark, today), mark, event)


def occasion(obligation: Obligation, day: date | None) -> date | None:
    """What a mark names as `due` when it means the time of `obligation` that falls on `day`."""
    return day if recurs(obligation) else None


def waits_for_event(obligation: Obligation) -> bool:
    """Whether its due date is counted from the day of an event that a person has to enter."""
    return not recurs(obligation) and any(due.waits_for for due in due_dates(obligation, date.min, date.max))


def belongs_to(obligation: Obligation, unit: Unit) -> bool:
    """Whether the obligation is this unit's alone: its assignee is the unit, by name or code."""
    return fold(obligation.assignee or "") in (fold(unit.name), fold(unit.code))


def concerns(obligation: Obligation, unit: Unit) -> bool:
    """Whether the unit is among those who have to do it: by its name, its group, or because all are meant or nobody is named."""
    if not obligation.assignee:
        return True
    words = f" {fold(obligation.assignee)} "
    if belongs_to(obligation, unit) or any(f" {name} " in words for name in (fold(unit.name), group_key(unit.group)) if name):
        return True
    return bool(_EVERYBODY.search(words))


def _state(day: date | None, mark: ObligationMark | None, today: date) -> ObligationState:
    if mark and mark.done:
        return ObligationState.DONE
    if day is None:
        return ObligationState.WAITING
    if day < today:
        return ObligationState.OVERDUE
    return ObligationState.SOON if day < today + timedelta(days=DAYS_SOON) else ObligationState.LATER
