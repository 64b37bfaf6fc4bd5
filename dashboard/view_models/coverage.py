"""The matrix as a grid of signs and figures, and one of its cells with the posts behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bamsat.queries.posts import CellPost
from dashboard import phrases
from domain.coverage import CoverageCell, CoverageMatrix, CoverageStatus, UnitCoverage
from domain.dates import show_day, show_moment
from domain.errors import Language
from domain.plan import Topic, TopicId
from domain.sighting import Sighting, sighting
from domain.text import fold
from domain.unit import UnitCode
from domain.urls import host_of
from reports import words
from reports.marks import DUE_NOT_SEEN, MARKS, Mark, figure, mark_of
from reports.plain_text import web_address
from reports.unseen import UnseenChannel


@dataclass(frozen=True, slots=True)
class GridCell:
    """`text` is the sign and the figure, as `✕ 0/1`."""

    unit: UnitCode
    topic: TopicId
    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Heading:
    """A row's or a column's head: short enough for the grid, and in full for whoever asks."""

    key: str
    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Line:
    head: Heading
    done: str
    seen_until: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    mark: Mark
    cells: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """What the grid shows. `turned` means that topics are the rows; then no line has a `seen_until`."""

    corner: str
    turned: bool
    columns: tuple[Heading, ...]
    lines: tuple[Line, ...]
    legend: tuple[LegendEntry, ...]
    units: tuple[UnitCode, ...]
    hidden_topics: int

    def cell_at(self, row: int, column: str) -> GridCell | None:
        number = next((n for n, c in enumerate(self.columns) if c.key == column), None)
        return self.lines[row].cells[number] if number is not None and 0 <= row < len(self.lines) else None

    def place_of(self, unit: str, topic: str) -> tuple[int, str] | None:
        """Row number and column key of a cell; None when the grid does not show it."""
        for row, line in enumerate(self.lines):
            for column, cell in zip(self.columns, line.cells, strict=True):
                if (cell.unit, cell.topic) == (unit, topic):
                    return row, column.key
        return None


def matrix_view(
    matrix: CoverageMatrix, language: Language, group: str | None = None, search: str = "", turned: bool = False
) -> MatrixView:
    """The grid of the units of `group` whose name or code holds the words of `search`, with marks or without.

    A single unit is always shown with its topics as rows.
    Topics that are asked of nobody and have no posts are left out: they are headings of the plan.
    """
    rows = [row for row in matrix.units if _fits(row, group, search)]
    topics = [(number, topic) for number, topic in enumerate(matrix.topics, start=1) if _has_something(topic, matrix)]
    turned = turned or len(rows) == 1
    spelled = language if len(rows) == 1 else None
    grid = {(row.unit.code, cell.topic): _grid_cell(row, cell, matrix.until, spelled) for row in rows for cell in row.cells}
    say = phrases.speaker(language)
    units = tuple(Heading(row.unit.code, row.unit.name if not turned else row.unit.code, row.unit.name) for row in rows)
    heads = tuple(Heading(t.id, f"{n}. {t.title}", _topic_words(t, matrix)) for n, t in topics)
    if turned:
        lines = tuple(
            Line(head, _done(row.cell(t.id) for row in rows), "", tuple(grid[row.unit.code, t.id] for row in rows))
            for head, (_, t) in zip(heads, topics, strict=True)
        )
    else:
        lines = tuple(
            Line(
                head,
                _done(row.cells),
                show_moment(row.looked_until) if row.looked_until else say(phrases.NEVER),
                tuple(grid[row.unit.code, t.id] for _, t in topics),
            )
            for head, row in zip(units, rows, strict=True)
        )
    return MatrixView(
        corner=say(phrases.TOPIC if turned else phrases.UNIT),
        turned=turned,
        columns=units if turned else heads,
        lines=lines,
        legend=_legend(cell for line in lines for cell in line.cells),
        units=tuple(row.unit.code for row in rows),
        hidden_topics=len(matrix.topics) - len(topics),
    )


def _has_something(topic: Topic, matrix: CoverageMatrix) -> bool:
    cells = (row.cell(topic.id) for row in matrix.units)
    return any(c.posts or c.waiting or c.status is not CoverageStatus.NOT_REQUIRED for c in cells)


def _fits(row: UnitCoverage, group: str | None, search: str) -> bool:
    named = fold(f"{row.unit.code} {row.unit.name}")
    return (group is None or row.unit.group == group) and all(word in named for word in fold(search).split())


def _grid_cell(row: UnitCoverage, cell: CoverageCell, until: datetime, spelled: Language | None) -> GridCell:
    """With `spelled`, where there is room, the word stands beside the sign."""
    mark = mark_of(cell, sighting(cell, row.looked_until, until))
    posts, rest = figure(cell)
    empty = cell.status is CoverageStatus.NOT_REQUIRED and posts == 0
    text = mark.sign if empty else f"{mark.sign} {posts}{rest}"
    return GridCell(row.unit.code, cell.topic, f"{text} · {mark.word.in_language(spelled)}" if spelled else text, mark)


def _done(cells: Iterable[CoverageCell]) -> str:
    required = [c for c in cells if c.status is not CoverageStatus.NOT_REQUIRED]
    return f"{sum(c.status in (CoverageStatus.COVERED, CoverageStatus.LATE) for c in required)}/{len(required)}"


def _topic_words(topic: Topic, matrix: CoverageMatrix) -> str:
    start, end = matrix.plan.days(topic)
    days = f" ({words.day_or_dash(start)} – {words.day_or_dash(end)})" if start or end else ""
    return f"{topic.title}{days}"


def _legend(cells: Iterable[GridCell]) -> tuple[LegendEntry, ...]:
    """Every mark with the number of its cells, zero included; those that are no answer to the plan only where they occur."""
    counts: dict[str, int] = {}
    for cell in cells:
        counts[cell.mark.sign] = counts.get(cell.mark.sign, 0) + 1
    known = [LegendEntry(mark, counts.get(mark.sign, 0)) for mark in (*MARKS.values(), DUE_NOT_SEEN)]
    rare = (DUE_NOT_SEEN, MARKS[CoverageStatus.NOT_REQUIRED])
    return tuple(entry for entry in known if entry.cells or entry.mark not in rare)


@dataclass(frozen=True, slots=True)
class PostView:
    """One post as lines of plain text; `url` is None where the address is not one to be opened."""

    key: str
    title: str
    date: str
    channel: str
    tag: str
    badges: tuple[str, ...]
    url: str | None
    host: str


@dataclass(frozen=True, slots=True)
class CellView:
    unit: str
    topic: str
    mark: Mark
    sentences: tuple[str, ...]
    posts: tuple[PostView, ...]


def cell_view(matrix: CoverageMatrix, unit: UnitCode, topic: TopicId, posts: Sequence[CellPost], language: Language) -> CellView:
    """One cell in words, with its posts. Raises StopIteration when the matrix does not have it."""
    say = phrases.speaker(language)
    row = next(u for u in matrix.units if u.unit.code == unit)
    cell = row.cell(topic)
    state = sighting(cell, row.looked_until, matrix.until)
    mark = mark_of(cell, state)
    sentences = [f"{mark.sign} {mark.word.in_language(language)}: {mark.meaning.in_language(language)}."]
    if cell.posts or cell.required:
        figures = {"posts": cell.posts, "originals": cell.originals, "reposts": cell.reposts, "in_week": cell.in_week}
        sentences.append(say(phrases.CELL_FIGURES, required=cell.required, **figures))
    if cell.late:
        sentences.append(say(phrases.CELL_LATE, n=len(cell.late)))
    if cell.due:
        sentences.append(say(phrases.CELL_DUE, due=show_day(cell.due)))
    if cell.waiting:
        best = words.status_word(cell.best_status, language).lower()
        sentences.append(say(phrases.CELL_WAITING, n=len(cell.waiting), status=best))
    if cell.gaps:
        sentences.append(say(phrases.CELL_GAPS, gaps="; ".join(words.interval_words(g) for g in cell.gaps)))
    if not posts:
        seen = show_moment(row.looked_until) if row.looked_until else "…"
        key = state.value if state.value in phrases.NO_POSTS else Sighting.NONE_FOUND.value
        sentences.append(say(phrases.NO_POSTS[key], seen=seen))
    named = matrix.plan.topic(topic)
    views = tuple(_post_view(p, cell, row.unit.name, language) for p in posts)
    return CellView(row.unit.name, named.title if named else topic, mark, tuple(sentences), views)


def _post_view(found: CellPost, cell: CoverageCell, unit: str, language: Language) -> PostView:
    say = phrases.speaker(language)
    post, tag = found.post, found.tag
    if post.published_at:
        source = words.source_word(post.published_source, language) or words.NO_DATE.in_language(language)
        date = say(phrases.POST_DATE, moment=show_moment(post.published_at), source=source)
    else:
        date = say(phrases.POST_NO_DATE, seen=show_moment(post.first_seen))
    if post.published_doubtful:
        date = f"{date} · {say(phrases.POST_DOUBTFUL)}"
    address = web_address(post.url)
    badges = [phrases.ORIGINAL if post.original_of is None else phrases.REPOST]
    if post.id in cell.late:
        badges.append(phrases.LATE)
    elif not found.counted:
        badges.append(phrases.WAITING)
    return PostView(
        key=post.id,
        title=post.title,
        date=date,
        channel=say(phrases.POST_CHANNEL, kind=words.KIND_WORDS[found.channel.kind].in_language(language), unit=unit),
        tag=say(
            phrases.POST_TAG,
            by=words.tag_word(tag, language),
            words=words.evidence_words(tag) or say(phrases.POST_NO_EVIDENCE),
        ),
        badges=tuple(say(b) for b in badges),
        url=address,
        host=host_of(address) if address else "",
    )


@dataclass(frozen=True, slots=True)
class UnseenView:
    unit: str
    channel: str
    gaps: str
    last_look: str
    reason: str


def unseen_view(unseen: Iterable[UnseenChannel], shown: Iterable[str], language: Language) -> tuple[UnseenView, ...]:
    """The channels of the units shown that could not be read, over which stretches, and why."""
    codes = set(shown)
    found = []
    for u in unseen:
        if u.unit.code not in codes:
            continue
        outcome = words.OUTCOME_WORDS[u.outcome].in_language(language)
        look = f"{show_moment(u.last_look)} · {outcome}" if u.last_look else outcome
        gaps = "; ".join(words.interval_words(gap) for gap in u.gaps)
        found.append(UnseenView(u.unit.name, u.channel.url, gaps, look, u.reason.in_language(language) if u.reason else ""))
    return tuple(found)


def topic_rows(matrix: CoverageMatrix, language: Language) -> tuple[dict[str, object], ...]:
    """The topics with the numbers that the grid shows them by, and over how many units each is done."""
    say = phrases.speaker(language)
    rows = []
    for number, topic in enumerate(matrix.topics, start=1):
        start, end = matrix.plan.days(topic)
        rows.append(
            {
                say(phrases.NUMBER): number,
                say(phrases.TOPIC): topic.title,
                say(phrases.DAYS): f"{words.day_or_dash(start)} – {words.day_or_dash(end)}",
                say(phrases.DONE): _done(row.cell(topic.id) for row in matrix.units),
            }
        )
    return tuple(rows)
