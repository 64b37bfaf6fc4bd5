"""Who published what is required, by when; who did not; and where nobody looked.

`cover` is a pure function of facts: the same facts and times give the same matrix, in whatever order they come.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.crawl_run import CrawlRun
from domain.dates import FAR_FUTURE, VIETNAM, Interval, day_end, day_start, gaps, merge
from domain.plan import Period, Plan, Requirement, Topic, TopicId, window
from domain.post import Post, PostId
from domain.tag import EffectiveTag
from domain.text import fold
from domain.unit import Channel, ChannelId, Unit, UnitCode
from domain.weeks import Week


class CoverageStatus(StrEnum):
    COVERED = "covered"
    LATE = "late"
    DUE = "due"
    """Not there yet, and there is still time."""
    MISSING = "missing"
    """Every channel that could have carried it was looked at over the whole window, and it was not there."""
    UNKNOWN = "unknown"
    """It was not seen, and somewhere in the window nobody could look."""
    NOT_REQUIRED = "not_required"


_GRAVITY = (
    CoverageStatus.NOT_REQUIRED,
    CoverageStatus.COVERED,
    CoverageStatus.DUE,
    CoverageStatus.LATE,
    CoverageStatus.UNKNOWN,
    CoverageStatus.MISSING,
)


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One unit and one topic.

    `posts` are the counted posts of the required windows so far, `originals` + `reposts` = `posts`; `counted` names them.
    `toward` is how many of them, and of the late ones, meet the requirement: re-posts only where it says so.
    `late` names the posts that came after the window of a requirement that they still meet: they make the cell LATE.
    `waiting` names the posts that a person could still turn into counted ones (doubtful tag or doubtful date), and
    `best_status` is what the cell would be if all of them were. `gaps` are the stretches that nobody saw, for UNKNOWN.
    `due` is the last day (included) of the requirement that decides the status; `in_week` counts the posts of the asked week.
    """

    unit: UnitCode
    topic: TopicId
    status: CoverageStatus
    posts: int = 0
    originals: int = 0
    reposts: int = 0
    toward: int = 0
    required: int = 0
    first_post: datetime | None = None
    due: date | None = None
    in_week: int = 0
    counted: tuple[PostId, ...] = ()
    late: tuple[PostId, ...] = ()
    waiting: tuple[PostId, ...] = ()
    best_status: CoverageStatus = CoverageStatus.NOT_REQUIRED
    gaps: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """`looked_until` is the moment up to which all of the unit's channels were read; None while one of them never was."""

    unit: Unit
    looked_until: datetime | None
    cells: tuple[CoverageCell, ...]

    def cell(self, topic: TopicId) -> CoverageCell:
        return next(c for c in self.cells if c.topic == topic)


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """`until` is the moment that is judged (the end of the week, or `as_of`); `as_of` is when the facts were known."""

    plan: Plan
    as_of: datetime
    until: datetime
    week: Week | None
    topics: tuple[Topic, ...]
    units: tuple[UnitCoverage, ...]

    def cell(self, unit: UnitCode, topic: TopicId) -> CoverageCell:
        return next(u for u in self.units if u.unit.code == unit).cell(topic)


def cover(
    plan: Plan,
    units: Sequence[Unit],
    posts: Iterable[Post],
    tags: Iterable[EffectiveTag],
    runs: Iterable[CrawlRun],
    as_of: datetime,
    week: Week | None = None,
) -> CoverageMatrix:
    """The coverage of `plan` by `units`, from what was known at `as_of`, judged at the end of `week` (or at `as_of`).

    `posts`, `tags` and `runs` may hold more than is needed; posts first seen and looks ended after `as_of` do not count.
    """
    until = min(as_of, week.interval.end) if week else as_of
    known = {p.id: p for p in posts if p.first_seen <= as_of}
    seen: dict[ChannelId, list[Interval]] = defaultdict(list)
    for run in runs:
        if run.observed and run.finished_at <= as_of:
            seen[run.channel].append(run.observed)
    observed = {channel: merge(intervals) for channel, intervals in seen.items()}
    by_cell: dict[tuple[UnitCode, TopicId], list[tuple[Post, bool]]] = defaultdict(list)
    for tag in tags:
        if post := known.get(tag.post):
            by_cell[post.unit, tag.topic].append((post, tag.waiting))
    start = plan_start(plan) or min((i[0].start for i in observed.values()), default=until)
    rows = []
    for unit in units:
        demands = {t.id: [r for r in plan.requirements if r.topic == t.id and binds(r, unit)] for t in plan.topics}
        cells = tuple(
            _judge(unit, topic.id, demands[topic.id], by_cell[unit.code, topic.id], observed, start, until, week)
            for topic in plan.topics
        )
        rows.append(UnitCoverage(unit, looked_until(unit, observed), cells))
    return CoverageMatrix(plan, as_of, until, week, plan.topics, tuple(rows))


def plan_start(plan: Plan) -> datetime | None:
    """When an open window of this plan begins: the day of issue, else the first dated phase or requirement."""
    days = [p.start for p in plan.phases if p.start] + [r.start for r in plan.requirements if r.start]
    first = plan.issued_on or min(days, default=None)
    return day_start(first) if first else None


def binds(requirement: Requirement, unit: Unit) -> bool:
    """Whether a requirement is this unit's; groups are compared without case, marks and a leading “các”."""
    if requirement.unit is not None:
        # A quota may have been read before the registry was loaded: its printed name can turn out to be a group's.
        named = fold(requirement.unit) in (fold(unit.code), fold(unit.name))
        return named or group_key(requirement.unit) == group_key(unit.group)
    if requirement.unit_group is not None:
        return group_key(requirement.unit_group) == group_key(unit.group)
    return True


def group_key(group: str) -> str:
    return fold(group).removeprefix("cac ")


def looked_until(unit: Unit, observed: Mapping[ChannelId, Sequence[Interval]]) -> datetime | None:
    ends = [observed[c.id][-1].end if observed.get(c.id) else None for c in unit.channels]
    return min((e for e in ends if e), default=None) if ends and all(ends) else None


def windows_of(requirement: Requirement, earliest: datetime, until: datetime) -> tuple[Interval, ...]:
    """The windows of a requirement that have begun before `until`: one, or one for each week, month or quarter."""
    whole = window(requirement.start, requirement.end, earliest, FAR_FUTURE)
    if requirement.period is Period.WHOLE:
        return (whole,) if whole.start < until else ()
    found = []
    day = whole.start.astimezone(VIETNAM).date()
    while day_start(day) < min(until, whole.end):
        following = _next_period(day, requirement.period)
        found.append(Interval(day_start(day), min(day_start(following), whole.end)))
        day = following
    return tuple(found)


def _next_period(day: date, period: Period) -> date:
    if period is Period.WEEK:
        return day + timedelta(days=7 - day.weekday())
    months = 1 if period is Period.MONTH else 3 - (day.month - 1) % 3
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _judge(
    unit: Unit,
    topic: TopicId,
    demands: Sequence[Requirement],
    found: Sequence[tuple[Post, bool]],
    observed: Mapping[ChannelId, Sequence[Interval]],
    earliest: datetime,
    until: datetime,
    week: Week | None,
) -> CoverageCell:
    sure = [p for p, waiting in found if not waiting and _dated(p) and p.published_at and p.published_at < until]
    doubtful = [p for p, waiting in found if waiting or not _dated(p)]
    counted: dict[PostId, Post] = {}
    toward: set[PostId] = set()
    late: dict[PostId, Post] = {}
    waiting: dict[PostId, Post] = {}
    verdicts: list[tuple[CoverageStatus, CoverageStatus, Interval, tuple[Interval, ...]]] = []
    required = 0
    windows = [stretch for demand in demands for stretch in windows_of(demand, earliest, until)]
    for demand in demands:
        channels = [c for c in unit.channels if not demand.channel_kinds or c.kind in demand.channel_kinds]
        carried = {c.id for c in channels}
        for stretch in windows_of(demand, earliest, until):
            # What was published within another window of the topic is that one's: it cannot be this one's late post as well.
            others = [w for w in windows if w != stretch]
            eligible = [p for p in sure if p.channel in carried and not _elsewhere(p, stretch, others)]
            inside = [p for p in eligible if p.published_at and p.published_at in stretch]
            maybe = [p for p in doubtful if p.channel in carried and _may_be_in(p, stretch, until)]
            counted |= {p.id: p for p in inside}
            waiting |= {p.id: p for p in maybe}
            required += demand.minimum
            unseen = _unseen(channels, stretch, until, observed)
            status = _status(demand, stretch, eligible, inside, until, bool(unseen))
            toward |= {p.id for p in inside if _meets(demand, p)}
            if status is CoverageStatus.LATE:
                after = [p for p in eligible if p.published_at and p.published_at >= stretch.end]
                late |= {p.id: p for p in after}
                toward |= {p.id for p in after if _meets(demand, p)}
            best = _status(demand, stretch, [*eligible, *maybe], [*inside, *maybe], until, bool(unseen))
            verdicts.append((status, best, stretch, unseen))
    if not demands:
        counted = {p.id: p for p in sure}
        toward = set(counted)
        waiting = {p.id: p for p in doubtful if _may_be_in(p, Interval(earliest, max(until, earliest)), until)}
    kept = sorted(counted.values(), key=lambda p: (p.published_at, p.id))
    originals = sum(p.original_of is None for p in kept)
    worst = max(verdicts, key=lambda v: (_GRAVITY.index(v[0]), v[2].start), default=None)
    return CoverageCell(
        unit=unit.code,
        topic=topic,
        status=worst[0] if worst else (CoverageStatus.DUE if demands else CoverageStatus.NOT_REQUIRED),
        posts=len(kept),
        originals=originals,
        reposts=len(kept) - originals,
        toward=len(toward),
        required=required or sum(d.minimum for d in demands),
        first_post=kept[0].published_at if kept else None,
        due=_last_day(worst[2]) if worst else min((d.end for d in demands if d.end), default=None),
        in_week=sum(p.published_at in week.interval for p in kept if p.published_at) if week else 0,
        counted=tuple(p.id for p in kept),
        late=tuple(p.id for p in sorted(late.values(), key=lambda p: (p.published_at, p.id)) if p.id not in counted),
        waiting=tuple(sorted(waiting.keys() - counted.keys())),
        best_status=(
            max((v[1] for v in verdicts), key=_GRAVITY.index)
            if verdicts
            else (CoverageStatus.DUE if demands else CoverageStatus.NOT_REQUIRED)
        ),
        gaps=worst[3] if worst and worst[0] is CoverageStatus.UNKNOWN else (),
    )


def _dated(post: Post) -> bool:
    return post.published_at is not None and not post.published_doubtful


def _may_be_in(post: Post, stretch: Interval, until: datetime) -> bool:
    """A post with a sure date is where it is; one without was published before it was first seen, nobody knows when."""
    if _dated(post) and post.published_at:
        return post.published_at in stretch and post.published_at < until
    return post.first_seen >= stretch.start


def _elsewhere(post: Post, stretch: Interval, others: Sequence[Interval]) -> bool:
    moment = post.published_at
    return moment is not None and moment not in stretch and any(moment in other for other in others)


def _meets(demand: Requirement, post: Post) -> bool:
    return demand.counts_reposts or post.original_of is None


def _status(
    demand: Requirement,
    stretch: Interval,
    eligible: Sequence[Post],
    inside: Sequence[Post],
    until: datetime,
    unseen: bool,
) -> CoverageStatus:
    def enough(posts: Iterable[Post]) -> bool:
        return sum(_meets(demand, p) for p in posts) >= demand.minimum

    if enough(inside):
        return CoverageStatus.COVERED
    if until < stretch.end:
        return CoverageStatus.DUE
    if unseen:
        return CoverageStatus.UNKNOWN
    late = [p for p in eligible if p.published_at and p.published_at >= stretch.start]
    # A post after the end of one month is the next month's: only a requirement that is met once can be met late.
    if demand.period is Period.WHOLE and enough(late):
        return CoverageStatus.LATE
    return CoverageStatus.MISSING


def _unseen(
    channels: Sequence[Channel],
    stretch: Interval,
    until: datetime,
    observed: Mapping[ChannelId, Sequence[Interval]],
) -> tuple[Interval, ...]:
    """What of `stretch` up to `until` at least one of the channels was not seen. A unit without a channel was never seen."""
    end = min(stretch.end, until)
    if not channels:
        return (Interval(stretch.start, end),)
    open_parts: list[Interval] = []
    for channel in channels:
        first = max(stretch.start, day_start(channel.valid_from)) if channel.valid_from else stretch.start
        last = min(end, day_end(channel.valid_until)) if channel.valid_until else end
        if first < last:
            open_parts.extend(gaps(Interval(first, last), tuple(observed.get(channel.id, ()))))
    return merge(open_parts)


def _last_day(stretch: Interval) -> date | None:
    if stretch.end >= FAR_FUTURE:
        return None
    return (stretch.end - timedelta(microseconds=1)).astimezone(VIETNAM).date()
