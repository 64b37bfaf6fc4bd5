"""The coverage matrix, from what was known at a moment."""

from datetime import datetime

from bamsat.queries.facts import facts_known
from domain.access import Role, Viewer
from domain.coverage import CoverageMatrix
from domain.errors import NotAllowed
from domain.weeks import Week
from store import Store


def coverage_matrix(
    viewer: Viewer,
    store: Store,
    now: datetime,
    plan: str | None = None,
    week: Week | None = None,
    as_of: datetime | None = None,
) -> CoverageMatrix:
    """The matrix of the units that the viewer may see, judged at the end of `week` or at `as_of` (now, unless given).

    Raises NotAllowed for readers of the weekly summary, NotFound when no such plan is in force.
    """
    if viewer.role is Role.VIEWER:
        raise NotAllowed(
            "Bạn chỉ xem được báo cáo tuần. Hãy mở trang Báo cáo.",
            f"{viewer.name} reads weekly summaries only",
        )
    return facts_known(store, now, plan, as_of, viewer.unit).matrix(week)
