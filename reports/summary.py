"""The weekly summary: every figure that a report shows, computed once from facts; formats only write it down."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.coverage import CoverageCell, CoverageMatrix, CoverageStatus, UnitCoverage
from domain.crawl_run import CrawlRun
from domain.dates import Interval
from domain.plan import PlanVersion, Topic, TopicId
from domain.post import Post, PostId
from domain.sighting import Sighting
from domain.tag import EffectiveTag
from domain.unit import Channel, ChannelId, Unit, UnitCode
from domain.weeks import Week
from reports.changes import Change, changes_between
from reports.deadlines import Deadline, coming_deadlines
from reports.unseen import UnseenChannel, unseen_channels

NOTABLE_PER_TOPIC = 3


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """How many cells (pairs of unit and topic) have each status."""

    covered: int = 0
    late: int = 0
    due: int = 0
    missing: int = 0
    unknown: int = 0

    @property
    def required(self) -> int:
        return self.covered + self.late + self.due + self.missing + self.unknown

    @property
    def published(self) -> int:
        return self.covered + self.late

    @property
    def share(self) -> float | None:
        """Published cells of required ones, from 0 to 1; None where nothing is required."""
        return self.published / self.required if self.required else None


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic over all units. A post has one unit, so the counts of posts add up over units."""

    topic: Topic
    counts: StatusCounts
    posts: int
    originals: int
    in_week: int
    in_previous_week: int

    @property
    def uncovered(self) -> bool:
        """Required of somebody, and not one unit has a counted post on it."""
        return self.counts.required > 0 and self.posts == 0


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit over all topics. `posts` counts each post once, also where it is about two topics.

    `published_in_week` are all posts that the unit dated in the week, on whatever subject; `week_sighting` says whether a zero
    there means that the unit was silent (NONE_FOUND) or that its channels could not all be read over the week (NOT_SEEN).
    """

    unit: Unit
    counts: StatusCounts
    posts: int
    originals: int
    in_week: int
    published_in_week: int
    published_in_previous_week: int
    waiting: int
    looked_until: datetime | None
    week_sighting: Sighting


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post at one of its topics. `counted` tells it from a post that came `late`, and from one that waits for a person.

    `repeats` is how many known posts repeat this one.
    """

    post: PostId
    title: str
    url: str
    unit: Unit
    channel: Channel | None
    topic: Topic
    published_at: datetime | None
    published_source: str | None
    published_doubtful: bool
    first_seen: datetime
    original: bool
    repeats: int
    tag: EffectiveTag | None
    counted: bool
    late: bool
    in_week: bool


@dataclass(frozen=True, slots=True)
class WeeklySummary:
    """`matrix` is judged at the end of `week` with what was known at `matrix.as_of`; all else comes from the same facts."""

    plan: PlanVersion
    week: Week
    organisation: str
    matrix: CoverageMatrix
    counts: StatusCounts
    previous_counts: StatusCounts
    posts: int
    in_week: int
    waiting: int
    topics: tuple[TopicLine, ...]
    units: tuple[UnitLine, ...]
    changes: tuple[Change, ...]
    deadlines: tuple[Deadline, ...]
    notable: tuple[PostLine, ...]
    post_lines: tuple[PostLine, ...]
    unseen: tuple[UnseenChannel, ...]

    @property
    def silent_units(self) -> tuple[UnitLine, ...]:
        return tuple(u for u in self.units if u.week_sighting is Sighting.NONE_FOUND)

    @property
    def uncovered_topics(self) -> tuple[TopicLine, ...]:
        return tuple(t for t in self.topics if t.uncovered)

    def cells(self, status: CoverageStatus) -> tuple[tuple[UnitCoverage, CoverageCell], ...]:
        """The cells of one status, by due day, then in the order of the matrix."""
        found = [(row, cell) for row in self.matrix.units for cell in row.cells if cell.status is status]
        return tuple(sorted(found, key=lambda pair: pair[1].due or date.max))


def summarise(
    plan: PlanVersion,
    matrix: CoverageMatrix,
    previous: CoverageMatrix,
    posts: Iterable[Post],
    tags: Iterable[EffectiveTag],
    runs: Iterable[CrawlRun],
    organisation: str = "",
) -> WeeklySummary:
    """The summary of `matrix`'s week. Posts of other units and facts learned after `matrix.as_of` are left aside.

    `previous` is the matrix of the same plan and as-of time, judged a week earlier. Raises ValueError when `matrix` has no week.
    """
    if matrix.week is None:
        raise ValueError("a weekly summary needs a matrix of a week")
    shown = {row.unit.code for row in matrix.units}
    known = {p.id: p for p in posts if p.unit in shown and p.first_seen <= matrix.as_of}
    unseen = unseen_channels(matrix, runs)
    lines = tuple(_post_lines(matrix, matrix.week.interval, known, {(t.post, t.topic): t for t in tags}))
    blind = {u.unit.code for u in unseen if any(gap.end > matrix.week.interval.start for gap in u.gaps)}
    this_week = _dated_in(known.values(), matrix.week.interval)
    last_week = _dated_in(known.values(), matrix.week.shifted(-1).interval)
    counted = {row.unit.code: {id for cell in row.cells for id in cell.counted} for row in matrix.units}
    waiting = {row.unit.code: {id for cell in row.cells for id in cell.waiting} for row in matrix.units}
    units = tuple(
        _unit_line(row, counted[row.unit.code], waiting[row.unit.code], known, this_week, last_week, row.unit.code in blind)
        for row in matrix.units
    )
    return WeeklySummary(
        plan=plan,
        week=matrix.week,
        organisation=organisation,
        matrix=matrix,
        counts=count(cell for row in matrix.units for cell in row.cells),
        previous_counts=count(cell for row in previous.units for cell in row.cells),
        posts=sum(u.posts for u in units),
        in_week=sum(u.in_week for u in units),
        waiting=sum(u.waiting for u in units),
        topics=_topic_lines(matrix, previous),
        units=units,
        changes=changes_between(previous, matrix),
        deadlines=coming_deadlines(matrix, known),
        notable=_notable(lines),
        post_lines=lines,
        unseen=unseen,
    )


def count(cells: Iterable[CoverageCell]) -> StatusCounts:
    tally = Counter(cell.status for cell in cells)
    return StatusCounts(
        covered=tally[CoverageStatus.COVERED],
        late=tally[CoverageStatus.LATE],
        due=tally[CoverageStatus.DUE],
        missing=tally[CoverageStatus.MISSING],
        unknown=tally[CoverageStatus.UNKNOWN],
    )


def _topic_lines(matrix: CoverageMatrix, previous: CoverageMatrix) -> tuple[TopicLine, ...]:
    cells: dict[TopicId, list[CoverageCell]] = defaultdict(list)
    for row in matrix.units:
        for cell in row.cells:
            cells[cell.topic].append(cell)
    before: Counter[TopicId] = Counter()
    for row in previous.units:
        for cell in row.cells:
            before[cell.topic] += cell.in_week
    return tuple(
        TopicLine(
            topic=topic,
            counts=count(cells[topic.id]),
            posts=sum(c.posts for c in cells[topic.id]),
            originals=sum(c.originals for c in cells[topic.id]),
            in_week=sum(c.in_week for c in cells[topic.id]),
            in_previous_week=before[topic.id],
        )
        for topic in matrix.topics
    )


def _unit_line(
    row: UnitCoverage,
    counted: set[PostId],
    waiting: set[PostId],
    known: Mapping[PostId, Post],
    this_week: Mapping[UnitCode, set[PostId]],
    last_week: Mapping[UnitCode, set[PostId]],
    blind: bool,
) -> UnitLine:
    published = this_week.get(row.unit.code, set())
    if published:
        week_sighting = Sighting.PUBLISHED
    else:
        week_sighting = Sighting.NOT_SEEN if blind or not row.unit.channels else Sighting.NONE_FOUND
    return UnitLine(
        unit=row.unit,
        counts=count(row.cells),
        posts=len(counted),
        originals=sum(id in known and known[id].original_of is None for id in counted),
        in_week=len(counted & published),
        published_in_week=len(published),
        published_in_previous_week=len(last_week.get(row.unit.code, ())),
        waiting=len(waiting - counted),
        looked_until=row.looked_until,
        week_sighting=week_sighting,
    )


def _dated_in(posts: Iterable[Post], stretch: Interval) -> dict[UnitCode, set[PostId]]:
    found: dict[UnitCode, set[PostId]] = defaultdict(set)
    for post in posts:
        if post.published_at and not post.published_doubtful and post.published_at in stretch:
            found[post.unit].add(post.id)
    return found


def _post_lines(
    matrix: CoverageMatrix,
    week: Interval,
    known: Mapping[PostId, Post],
    tags: Mapping[tuple[PostId, TopicId], EffectiveTag],
) -> Iterable[PostLine]:
    repeats = Counter(p.original_of for p in known.values() if p.original_of)
    topics = {t.id: t for t in matrix.topics}
    for row in matrix.units:
        channels: dict[ChannelId, Channel] = {c.id: c for c in row.unit.channels}
        for cell in row.cells:
            for id in (*cell.counted, *cell.late, *cell.waiting):
                post = known.get(id)
                if post is None:
                    continue
                yield PostLine(
                    post=id,
                    title=post.title,
                    url=post.url,
                    unit=row.unit,
                    channel=channels.get(post.channel),
                    topic=topics[cell.topic],
                    published_at=post.published_at,
                    published_source=post.published_source,
                    published_doubtful=post.published_doubtful,
                    first_seen=post.first_seen,
                    original=post.original_of is None,
                    repeats=repeats[id],
                    tag=tags.get((id, cell.topic)),
                    counted=id in cell.counted,
                    late=id in cell.late,
                    in_week=post.published_at is not None and post.published_at in week,
                )


def _notable(lines: Sequence[PostLine]) -> tuple[PostLine, ...]:
    """For each topic the week's counted originals that most others repeat, then the earliest: a rule, not an opinion."""
    by_topic: dict[TopicId, list[PostLine]] = defaultdict(list)
    for line in lines:
        if line.counted and line.in_week and line.original:
            by_topic[line.topic.id].append(line)
    found = []
    for of_topic in by_topic.values():
        ranked = sorted(of_topic, key=lambda p: (-p.repeats, p.published_at or p.first_seen, p.post))
        found.extend(ranked[:NOTABLE_PER_TOPIC])
    return tuple(found)
