"""What a person tells about obligations: the days of events, and what is done, with evidence."""

from datetime import date, datetime, timedelta

from bamsat.queries.obligations import calendar_known
from bamsat.queries.plans import plan_version
from bamsat.workflows.evidence import Upload, keep_upload
from domain.access import Viewer
from domain.dates import local_day, show_day
from domain.due_dates import ObligationKey, obligation_key
from domain.errors import InvalidInput, NotFound
from domain.obligations import EventDay, ObligationMark, belongs_to, occasion, waits_for_event
from domain.plan import Obligation, PlanVersion
from domain.urls import canonical_url
from store import Store, Transaction

_FURTHEST = timedelta(days=3653)
"""A day more than ten years away is a slip of the pen."""
_DAYS_NAMED = 6


def set_event_day(store: Store, plan: str, obligation: ObligationKey, day: date | None, viewer: Viewer, at: datetime) -> EventDay:
    """Enters the day of the event that an obligation of a plan in force waits for; None takes an entered day back.

    Raises NotAllowed, NotFound for an unknown plan or obligation, InvalidInput when it waits for no event or the day cannot be.
    """
    viewer.require_staff()
    if day and abs(day - local_day(at)) > _FURTHEST:
        raise InvalidInput(
            f"Ngày {show_day(day)} cách hôm nay hơn mười năm. Hãy kiểm tra lại.", f"{day} is more than ten years away; check it"
        )
    with store.transaction() as tx:
        version, duty = _obligation(tx, plan, obligation, at)
        if not waits_for_event(duty):
            raise InvalidInput(
                f"Nhiệm vụ “{duty.action}” không chờ sự kiện nào; thời hạn của nó có sẵn trong kế hoạch.",
                f"obligation {obligation} waits for no event",
            )
        word = EventDay(version.plan_id, obligation, day, viewer.name, at)
        tx.obligations.set_event_day(word)
    return word


def mark_done(
    store: Store,
    plan: str,
    obligation: ObligationKey,
    viewer: Viewer,
    at: datetime,
    due: date | None = None,
    done: bool = True,
    note: str = "",
    link: str | None = None,
    upload: Upload | None = None,
) -> ObligationMark:
    """Marks an obligation of a plan in force as done (or, with `done` False, as not done after all), with what shows it.

    `due` is needed for one that recurs. Staff may mark any obligation, a unit admin one that is assigned to the own unit alone.
    Raises NotAllowed, NotFound for an unknown plan or obligation, InvalidInput for a due date that it does not have, a link
    that is not a web address, or a file that is empty or larger than 20 MB.
    """
    if viewer.unit is None:
        viewer.require_staff()
    address = _checked_link(link)
    with store.transaction() as tx:
        version, duty = _obligation(tx, plan, obligation, at)
        if viewer.unit and not belongs_to(duty, tx.units.get(viewer.unit)):
            viewer.require_staff()
        meant = _occasion(tx, version, duty, due, at)
        file = keep_upload(tx, upload, at) if upload else None
        mark = ObligationMark(version.plan_id, obligation, meant, done, viewer.name, at, note.strip(), address, file)
        tx.obligations.mark(mark)
    return mark


def _obligation(tx: Transaction, plan: str, key: ObligationKey, at: datetime) -> tuple[PlanVersion, Obligation]:
    version = plan_version(tx, plan, at)
    found = next((o for o in version.plan.obligations if obligation_key(o) == key), None)
    if found is None:
        raise NotFound(
            f"Kế hoạch {version.plan_id} không có nhiệm vụ mã “{key}”. Xem các mã bằng: bamsat plan calendar.",
            f"plan {version.plan_id} has no obligation {key!r}; bamsat plan calendar lists them",
        )
    return version, found


def _occasion(tx: Transaction, version: PlanVersion, obligation: Obligation, due: date | None, at: datetime) -> date | None:
    """What `due` means for this obligation. Raises InvalidInput when it does not fall due then, or it has to be said when."""
    key = obligation_key(obligation)
    days = [e.due.day for e in calendar_known(tx, version.plan_id, at).entries if e.key == key]
    if not days:
        raise InvalidInput(
            f"Nhiệm vụ “{obligation.action}” không có thời hạn nên không có trong lịch.", f"obligation {key} never falls due"
        )
    if due in days or (due is None and occasion(obligation, days[0]) is None):
        return occasion(obligation, due)
    nearest = sorted((d for d in days if d), key=lambda d: abs(d - (due or local_day(at))))[:_DAYS_NAMED]
    listed = ", ".join(show_day(d) for d in sorted(nearest)) or "—"
    if due is None:
        raise InvalidInput(
            f"Nhiệm vụ này lặp lại. Hãy nói rõ lần nào, chẳng hạn: {listed}.",
            f"obligation {key} recurs; say which due date: {listed}",
        )
    raise InvalidInput(
        f"Nhiệm vụ này không đến hạn ngày {show_day(due)}. Các ngày đến hạn gần nhất: {listed}.",
        f"obligation {key} does not fall due on {due}; the nearest due dates: {listed}",
    )


def _checked_link(link: str | None) -> str | None:
    """Raises InvalidInput unless it is an http(s) address: a page must be able to offer it for a click."""
    if link is None or not link.strip():
        return None
    try:
        canonical_url(link)
    except ValueError as fault:
        raise InvalidInput(
            f"“{link}” không phải là địa chỉ web (http://… hoặc https://…).", f"not a web address: {link!r}"
        ) from fault
    return link.strip()
