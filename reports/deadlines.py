"""What falls due in the coming days, and how many units still have it before them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.coverage import CoverageMatrix, UnitCoverage, binds, plan_start, windows_of
from domain.dates import Interval, day_end, local_day
from domain.plan import Obligation, Requirement, Topic, TopicId
from domain.post import Post, PostId
from domain.unit import Unit, UnitCode

DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` is the last day, included. Either an obligation of the plan, or a topic with the units that owe posts on it."""

    day: date
    topic: Topic | None = None
    obligation: Obligation | None = None
    units: tuple[Unit, ...] = ()
    """The units bound by it; none for an obligation, whose assignee the plan names in its own words."""
    open_units: tuple[Unit, ...] = ()
    """Those of them that have not yet published enough."""


def coming_deadlines(matrix: CoverageMatrix, posts: Mapping[PostId, Post]) -> tuple[Deadline, ...]:
    """Deadlines of the `DAYS_AHEAD` days that begin with the day on which the matrix is judged, in order of time."""
    first = local_day(matrix.until)
    last = first + timedelta(days=DAYS_AHEAD - 1)
    found = [
        Deadline(o.deadline, topic=matrix.plan.topic(o.topic) if o.topic else None, obligation=o)
        for o in matrix.plan.obligations
        if o.deadline and first <= o.deadline <= last
    ]
    order = {t.id: n for n, t in enumerate(matrix.topics)}
    for (day, topic_id), owed in _owed(matrix, posts, first, last).items():
        bound = tuple(row.unit for row in matrix.units if row.unit.code in owed)
        found.append(Deadline(day, matrix.plan.topic(topic_id), None, bound, tuple(u for u in bound if owed[u.code])))
    return tuple(sorted(found, key=lambda d: (d.day, d.obligation is None, order.get(d.topic.id, -1) if d.topic else -1)))


def _owed(
    matrix: CoverageMatrix, posts: Mapping[PostId, Post], first: date, last: date
) -> dict[tuple[date, TopicId], dict[UnitCode, bool]]:
    """For each last day and topic: the units bound, and whether they still owe something in a window that ends that day."""
    earliest = plan_start(matrix.plan) or matrix.until
    horizon = day_end(last)
    owed: dict[tuple[date, TopicId], dict[UnitCode, bool]] = defaultdict(dict)
    for requirement in matrix.plan.requirements:
        for stretch in windows_of(requirement, earliest, horizon):
            day = local_day(stretch.end - timedelta(microseconds=1))
            if not first <= day <= last:
                continue
            for row in matrix.units:
                if binds(requirement, row.unit):
                    units = owed[day, requirement.topic]
                    units[row.unit.code] = units.get(row.unit.code, False) or not _met(requirement, row, stretch, posts)
    return owed


def _met(requirement: Requirement, row: UnitCoverage, stretch: Interval, posts: Mapping[PostId, Post]) -> bool:
    kinds = {c.id: c.kind for c in row.unit.channels}
    counted = [posts[id] for id in row.cell(requirement.topic).counted if id in posts]
    inside = [
        p
        for p in counted
        if p.published_at
        and p.published_at in stretch
        and (not requirement.channel_kinds or kinds.get(p.channel) in requirement.channel_kinds)
        and (requirement.counts_reposts or p.original_of is None)
    ]
    return len(inside) >= requirement.minimum
