"""The coverage matrix, from what was known at a moment."""

from dataclasses import dataclass
from datetime import datetime

from bamsat.queries.facts import facts_known
from domain.access import Role, Viewer
from domain.coverage import CoverageMatrix
from domain.errors import NotAllowed
from domain.plan import PlanVersion
from domain.unit import ChannelKind
from domain.weeks import Week
from reports.unseen import UnseenChannel, unseen_channels
from store import Store


@dataclass(frozen=True, slots=True)
class Coverage:
    """A matrix with the plan version that it judges and the channels that could not be looked at."""

    version: PlanVersion
    matrix: CoverageMatrix
    unseen: tuple[UnseenChannel, ...]


def coverage(
    viewer: Viewer,
    store: Store,
    now: datetime,
    plan: str | None = None,
    week: Week | None = None,
    as_of: datetime | None = None,
    kind: ChannelKind | None = None,
) -> Coverage:
    """The coverage by the units that the viewer may see, judged at the end of `week` or at `as_of` (now, unless given).

    With `kind`, only channels of that kind are looked at. Raises NotAllowed for readers of the weekly summary, NotFound when no
    such plan is in force.
    """
    if viewer.role is Role.VIEWER:
        raise NotAllowed(
            "Bạn chỉ xem được báo cáo tuần. Hãy mở trang Báo cáo.",
            f"{viewer.name} reads weekly summaries only",
        )
    facts = facts_known(store, now, plan, as_of, viewer.unit)
    if kind:
        facts = facts.on_channels(kind)
    matrix = facts.matrix(week)
    return Coverage(facts.version, matrix, unseen_channels(matrix, facts.runs))


def coverage_matrix(
    viewer: Viewer,
    store: Store,
    now: datetime,
    plan: str | None = None,
    week: Week | None = None,
    as_of: datetime | None = None,
) -> CoverageMatrix:
    """The matrix alone; raises as `coverage` does."""
    return coverage(viewer, store, now, plan, week, as_of).matrix
