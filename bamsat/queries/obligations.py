"""The calendar of a plan's obligations, and the files that show what was done."""

from dataclasses import replace
from datetime import datetime

from bamsat.queries.plans import plan_version
from domain.access import Role, Viewer
from domain.dates import local_day
from domain.errors import NotAllowed, NotFound
from domain.obligations import CalendarEntry, PlanCalendar, calendar_entries, concerns
from store import Store, Transaction


def plan_calendar(
    viewer: Viewer, store: Store, now: datetime, plan: str | None = None, as_of: datetime | None = None
) -> PlanCalendar:
    """What falls due by a plan in force, judged on the day of `as_of` (now, unless given) from what was known then.

    A unit admin sees what concerns the own unit. Raises NotAllowed for readers of the weekly summary, NotFound when no such
    plan is in force.
    """
    if viewer.role is Role.VIEWER:
        raise NotAllowed(
            "Bạn chỉ xem được báo cáo tuần. Hãy mở trang Báo cáo.",
            f"{viewer.name} reads weekly summaries only",
        )
    moment = min(as_of or now, now)
    with store.reading() as tx:
        return _narrowed(viewer, tx, calendar_known(tx, plan, moment))


def calendar(
    viewer: Viewer, store: Store, now: datetime, plan: str | None = None, as_of: datetime | None = None
) -> list[CalendarEntry]:
    """The entries alone; raises as `plan_calendar` does."""
    return list(plan_calendar(viewer, store, now, plan, as_of).entries)


def evidence(viewer: Viewer, store: Store, now: datetime, plan: str | None, digest: str) -> bytes:
    """The bytes of a file that a mark in the viewer's own calendar refers to. Raises NotFound for any other one."""
    shown = {e.mark.file.digest for e in plan_calendar(viewer, store, now, plan).entries if e.mark and e.mark.file}
    if digest not in shown:
        raise NotFound("Không có tệp minh chứng này trong lịch của bạn.", f"{viewer.name} sees no evidence file {digest!r}")
    with store.reading() as tx:
        return tx.files.content(digest)


def calendar_known(tx: Transaction, plan: str | None, as_of: datetime) -> PlanCalendar:
    """The whole calendar as it was known then. Says nothing about who may see it: that is the caller's to decide."""
    version = plan_version(tx, plan, as_of)
    events = tx.obligations.event_days(version.plan_id, as_of)
    marks = tx.obligations.marks(version.plan_id, as_of)
    return PlanCalendar(version, as_of, calendar_entries(version.plan, local_day(as_of), events, marks))


def _narrowed(viewer: Viewer, tx: Transaction, whole: PlanCalendar) -> PlanCalendar:
    if viewer.unit is None:
        return whole
    unit = tx.units.get(viewer.unit)
    return replace(whole, entries=tuple(e for e in whole.entries if concerns(e.obligation, unit)))
