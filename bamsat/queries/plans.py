"""Plans as they were in force at a moment."""

from datetime import datetime

from domain.access import Viewer
from domain.errors import NotFound
from domain.plan import PlanVersion, plan_id
from domain.text import fold
from store import Store, Transaction


def plans_in_force(viewer: Viewer, store: Store, as_of: datetime) -> list[PlanVersion]:
    """The newest confirmed version of each plan, as of then, newest first. Every signed-in person may know the plans."""
    with store.reading() as tx:
        return _in_force(tx, as_of)


def plan_version(tx: Transaction, wanted: str | None, as_of: datetime) -> PlanVersion:
    """The plan that `wanted` names by id, number or start of title; without it the plan that came into force last.

    Raises NotFound, saying which plans there are.
    """
    known = _in_force(tx, as_of)
    if wanted is None:
        if known:
            return known[0]
        raise NotFound(
            "Chưa có kế hoạch nào có hiệu lực. Hãy nhập một kế hoạch (bamsat plan import TỆP) rồi xác nhận (bamsat plan confirm).",
            "no plan is in force: import one (bamsat plan import FILE) and confirm it (bamsat plan confirm)",
        )
    for version in known:
        names = (version.plan_id, version.plan.number or "", version.plan.title)
        if fold(wanted) in {fold(n) for n in names} or fold(wanted).replace(" ", "-") == version.plan_id:
            return version
    listed = ", ".join(v.plan.number or plan_id(v.plan) for v in known) or "—"
    raise NotFound(
        f"Không có kế hoạch nào có hiệu lực tên là “{wanted}”. Đang có: {listed}.",
        f"no plan in force is called {wanted!r}; there are: {listed}",
    )


def _in_force(tx: Transaction, as_of: datetime) -> list[PlanVersion]:
    return sorted(tx.plans.in_force(as_of), key=lambda v: (v.confirmed_at or v.stored_at, v.plan_id), reverse=True)
