"""A summary as tables of typed values: what a spreadsheet, a CSV file or a screen shows, before any format is chosen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.coverage import CoverageCell, CoverageStatus
from domain.errors import Language
from domain.sighting import Sighting, sighting
from reports import words
from reports.marks import figure, mark_of
from reports.method import method_notes
from reports.summary import PostLine, StatusCounts, UnitLine, WeeklySummary

Say = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Link:
    """The title of a post and the address that it leads to."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class StatusCell:
    """A cell of the matrix with its state decided."""

    cell: CoverageCell
    state: Sighting

    def __str__(self) -> str:
        posts, rest = figure(self.cell)
        return f"{mark_of(self.cell, self.state).sign} {posts}{rest}"


Value = str | int | float | date | datetime | Link | StatusCell | None
"""`float` is a share from 0 to 1; `datetime` is aware; `None` is an empty cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """`note` explains the column to the reader; `width` is in characters; `fixed` columns stay in sight when one scrolls."""

    title: str
    note: str
    width: int = 12
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` makes the rows anew each time, one by one, so that long tables need not be held."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Value, ...]]]


def tables(summary: WeeklySummary, language: Language) -> tuple[Table, ...]:
    """Every table of a weekly summary, in the order in which a reader wants them."""

    def say(vi: str, en: str) -> str:
        return vi if language == "vi" else en

    makers = (_overview, _matrix, _units, _topics, _outstanding, _changes, _deadlines, _posts, _unseen, _method)
    return tuple(make(summary, language, say) for make in makers)


def _overview(summary: WeeklySummary, language: Language, say: Say) -> Table:
    now, before = summary.counts, summary.previous_counts
    unseen = [u for u in summary.units if u.week_sighting is Sighting.NOT_SEEN]

    def rows() -> Iterator[tuple[Value, ...]]:
        yield say("Ô mà kế hoạch yêu cầu", "Cells that the plan requires"), now.required, before.required, ""
        for status in _COUNTED:
            yield words.status_word(status, language), _of(now, status), _of(before, status), ""
        yield say("Tỷ lệ đã đăng", "Share published"), now.share, before.share, ""
        yield say("Bài được tính từ đầu kế hoạch", "Posts counted since the plan began"), summary.posts, None, ""
        yield say("Bài được tính trong tuần", "Posts counted in the week"), summary.in_week, None, ""
        yield say("Bài chờ duyệt", "Posts to be reviewed"), summary.waiting, None, ""
        yield (
            say("Đơn vị im lặng trong tuần", "Units silent in the week"),
            len(summary.silent_units),
            None,
            _names(summary.silent_units),
        )
        yield say("Đơn vị không xem được", "Units that could not be looked at"), len(unseen), None, _names(unseen)
        topics = [t.topic.title for t in summary.uncovered_topics]
        yield say("Chủ đề chưa có bài nào", "Topics without any post"), len(topics), None, "; ".join(topics)
        yield say("Kênh không xem được", "Channels that could not be looked at"), len(summary.unseen), None, ""

    columns = (
        Column(say("Nội dung", "Figure"), say("Con số được nêu", "What is counted"), 34, fixed=True),
        Column(say("Tuần này", "This week"), say("Tính đến hết kỳ báo cáo", "Judged at the end of the period")),
        Column(say("Tuần trước", "Week before"), say("Tính đến hết tuần trước", "Judged a week earlier")),
        Column(say("Cụ thể", "Namely"), say("Tên đơn vị hoặc chủ đề", "Names of units or topics"), 80),
    )
    return Table(say("Tóm tắt", "Summary"), say("Tóm tắt tình hình thực hiện kế hoạch", "Summary of coverage"), columns, rows)


def _matrix(summary: WeeklySummary, language: Language, say: Say) -> Table:
    matrix = summary.matrix

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in matrix.units:
            cells = (StatusCell(c, sighting(c, row.looked_until, matrix.until)) for c in row.cells)
            yield row.unit.code, row.unit.name, row.unit.group, row.looked_until, *cells

    topics = (
        Column(f"{n}. {topic.title}", _topic_note(summary, topic.id, say), 14) for n, topic in enumerate(matrix.topics, start=1)
    )
    columns = (*_unit_columns(say), _looked_column(say), *topics)
    return Table(say("Ma trận", "Matrix"), say("Đơn vị × chủ đề", "Units × topics"), columns, rows)


def _units(summary: WeeklySummary, language: Language, say: Say) -> Table:
    def rows() -> Iterator[tuple[Value, ...]]:
        for line in summary.units:
            week = words.WEEK_WORDS[line.week_sighting].in_language(language)
            figures = (line.published_in_week, line.published_in_previous_week, line.in_week, line.posts, line.originals)
            yield (
                *(line.unit.code, line.unit.name, line.unit.group, week, *figures, line.posts - line.originals, line.waiting),
                *_counts(line.counts),
                line.looked_until,
            )

    columns = (
        *_unit_columns(say),
        Column(say("Tuần này", "This week"), say("Có đăng bài, im lặng, hay không xem được", "Published, silent, or not seen"), 15),
        Column(say("Bài trong tuần", "Posts in week"), say("Mọi bài đăng trong tuần, mọi nội dung", "All posts dated in the week")),
        Column(say("Bài tuần trước", "Week before"), say("Mọi bài đăng trong tuần trước", "All posts dated in the week before")),
        Column(
            say("Đúng chủ đề", "On topics"),
            say("Bài trong tuần được tính vào kế hoạch", "The week's posts that count for the plan"),
        ),
        *_post_columns(say),
        Column(say("Chờ duyệt", "To review"), say("Bài có nhãn hoặc ngày còn nghi ngờ", "Posts with a doubtful tag or date")),
        *_count_columns(language, say),
        _looked_column(say),
    )
    return Table(say("Đơn vị", "Units"), say("Theo đơn vị", "By unit"), columns, rows)


def _topics(summary: WeeklySummary, language: Language, say: Say) -> Table:
    def rows() -> Iterator[tuple[Value, ...]]:
        for n, line in enumerate(summary.topics, start=1):
            phase = summary.matrix.plan.phase(line.topic.phase)
            figures = (line.in_week, line.in_previous_week, line.posts, line.originals, line.posts - line.originals)
            empty = say("Chưa có bài", "No post") if line.uncovered else ""
            yield n, line.topic.title, phase.title if phase else "", empty, *figures, *_counts(line.counts)

    columns = (
        Column(
            say("STT", "No."),
            say("Số thứ tự của chủ đề, như trong ma trận", "Number of the topic, as in the matrix"),
            6,
            fixed=True,
        ),
        Column(say("Chủ đề", "Topic"), say("Tên chủ đề trong kế hoạch", "The topic as the plan names it"), 60, fixed=True),
        Column(say("Giai đoạn", "Phase"), say("Giai đoạn của kế hoạch", "Phase of the plan"), 24),
        Column(say("Lưu ý", "Note"), say("Chủ đề được yêu cầu mà chưa đơn vị nào có bài", "Required, and no unit has a post"), 14),
        Column(say("Bài trong tuần", "Posts in week"), say("Bài được tính, đăng trong tuần", "Counted posts dated in the week")),
        Column(say("Bài tuần trước", "Week before"), say("Bài được tính, đăng tuần trước", "Counted posts of the week before")),
        *_post_columns(say),
        *_count_columns(language, say),
    )
    return Table(say("Chủ đề", "Topics"), say("Theo chủ đề", "By topic"), columns, rows)


def _outstanding(summary: WeeklySummary, language: Language, say: Say) -> Table:
    topics = {t.id: t.title for t in summary.matrix.topics}
    statuses = (CoverageStatus.MISSING, CoverageStatus.LATE, CoverageStatus.DUE, CoverageStatus.UNKNOWN)

    def rows() -> Iterator[tuple[Value, ...]]:
        for status in statuses:
            for row, cell in summary.cells(status):
                seen = StatusCell(cell, sighting(cell, row.looked_until, summary.matrix.until))
                word = mark_of(cell, seen.state).word.in_language(language)
                head = (row.unit.code, row.unit.name, row.unit.group, topics[cell.topic], word)
                yield *head, seen, cell.required, len(cell.waiting), cell.due, cell.first_post

    columns = (
        *_unit_columns(say),
        Column(say("Chủ đề", "Topic"), say("Tên chủ đề trong kế hoạch", "The topic as the plan names it"), 50),
        Column(say("Tình trạng", "Status"), say("Xem trang Cách tính", "See the sheet on method"), 24),
        Column(say("Bài", "Posts"), say("Số bài được tính", "Counted posts")),
        Column(say("Yêu cầu", "Required"), say("Số bài mà kế hoạch yêu cầu", "Posts that the plan asks for")),
        Column(say("Chờ duyệt", "To review"), say("Bài có thể được tính sau khi duyệt", "Posts that a review may add")),
        Column(say("Hạn", "Due"), say("Ngày cuối cùng, tính cả ngày đó", "Last day, included")),
        Column(say("Bài đầu tiên", "First post"), say("Lúc đăng bài được tính đầu tiên", "Time of the first counted post"), 17),
    )
    return Table(say("Chậm, còn hạn", "Late and due"), say("Chậm, còn hạn, chưa rõ", "Late, due and unknown"), columns, rows)


def _changes(summary: WeeklySummary, language: Language, say: Say) -> Table:
    def rows() -> Iterator[tuple[Value, ...]]:
        for change in summary.changes:
            before, after = (words.status_word(s, language) for s in (change.before, change.after))
            yield change.unit.code, change.unit.name, change.unit.group, change.topic.title, before, after, change.new_posts

    columns = (
        *_unit_columns(say),
        Column(say("Chủ đề", "Topic"), say("Tên chủ đề trong kế hoạch", "The topic as the plan names it"), 60),
        Column(say("Tuần trước", "Week before"), say("Tình trạng cuối tuần trước", "Status at the end of the week before"), 16),
        Column(say("Tuần này", "This week"), say("Tình trạng cuối tuần này", "Status at the end of this week"), 16),
        Column(say("Thêm bài", "More posts"), say("Số bài được tính tăng thêm", "Counted posts more than a week earlier")),
    )
    return Table(say("Thay đổi", "Changes"), say("Thay đổi so với tuần trước", "Changes since the week before"), columns, rows)


def _deadlines(summary: WeeklySummary, language: Language, say: Say) -> Table:
    def rows() -> Iterator[tuple[Value, ...]]:
        for deadline in summary.deadlines:
            duty, topic = deadline.obligation, deadline.topic.title if deadline.topic else ""
            if duty:
                yield deadline.day, say("Nhiệm vụ", "Obligation"), duty.action, duty.assignee or "", None, None, topic
            else:
                names = ", ".join(u.name for u in deadline.open_units)
                yield deadline.day, say("Chủ đề", "Topic"), topic, names, len(deadline.units), len(deadline.open_units), topic

    columns = (
        Column(say("Hạn", "Due"), say("Ngày cuối cùng, tính cả ngày đó", "Last day, included"), 12, fixed=True),
        Column(say("Loại", "Kind"), say("Nhiệm vụ hay yêu cầu về chủ đề", "An obligation, or posts on a topic"), 12),
        Column(say("Nội dung", "What"), say("Việc phải xong", "What has to be done"), 60),
        Column(
            say("Ai còn phải làm", "Who"),
            say("Đơn vị chưa đủ bài, hoặc người được giao", "Units still to publish, or the assignee"),
            60,
        ),
        Column(say("Số đơn vị", "Units"), say("Đơn vị phải thực hiện", "Units bound by it")),
        Column(say("Chưa xong", "Open"), say("Trong đó chưa đủ bài", "Of them not yet done")),
        Column(say("Chủ đề", "Topic"), say("Chủ đề liên quan", "Topic concerned"), 40),
    )
    return Table(
        say("Thời hạn", "Deadlines"), say("Thời hạn trong hai tuần tới", "Deadlines of the coming two weeks"), columns, rows
    )


def _posts(summary: WeeklySummary, language: Language, say: Say) -> Table:
    notable = {(p.post, p.topic.id) for p in summary.notable}
    yes, no = say("có", "yes"), say("không", "no")

    def rows() -> Iterator[tuple[Value, ...]]:
        for p in summary.post_lines:
            kind = say("Bài gốc", "Original") if p.original else say("Đăng lại", "Re-post")
            channel = words.KIND_WORDS[p.channel.kind].in_language(language) if p.channel else ""
            source = words.source_word(p.published_source, language) if p.published_at else words.NO_DATE.in_language(language)
            yield (
                *(p.unit.code, p.unit.name, p.topic.title, Link(p.title, p.url), p.published_at, source),
                *(_counted_word(p, say), yes if p.in_week else no, kind, p.repeats),
                yes if (p.post, p.topic.id) in notable else "",
                *(channel, words.tag_word(p.tag, language), words.evidence_words(p.tag), p.first_seen, p.url),
            )

    columns = (
        Column(say("Mã đơn vị", "Unit code"), say("Mã trong danh bạ", "Code in the registry"), 12),
        Column(say("Đơn vị", "Unit"), say("Tên đơn vị", "Name of the unit"), 32),
        Column(say("Chủ đề", "Topic"), say("Một bài có hai chủ đề thì có hai dòng", "A post on two topics has two rows"), 36),
        Column(say("Tiêu đề", "Title"), say("Bấm để mở bài trên kênh của đơn vị", "Opens the post on the unit's own channel"), 60),
        Column(say("Ngày đăng", "Published"), say("Giờ Việt Nam", "Viet Nam time"), 17),
        Column(say("Ngày lấy từ", "Date from"), say("Nơi đọc được ngày đăng", "Where the date was read"), 24),
        Column(
            say("Được tính", "Counted"),
            say(
                "“muộn”: đăng sau hạn; “không”: còn chờ duyệt nhãn hoặc ngày",
                "“late”: after the deadline; “no”: waits for a person",
            ),
            10,
        ),
        Column(say("Trong tuần", "In week"), say("Đăng trong kỳ báo cáo", "Dated in the period"), 10),
        Column(say("Loại bài", "Kind"), say("Bài gốc, hay đăng lại bài đã biết", "Original, or repeats a known post"), 10),
        Column(say("Số lần đăng lại", "Re-posts"), say("Bao nhiêu bài đã biết đăng lại bài này", "How many known posts repeat it")),
        Column(say("Nổi bật", "Notable"), say("Xem trang Cách tính", "See the sheet on method"), 10),
        Column(say("Kênh", "Channel"), say("Loại kênh của đơn vị", "Kind of the unit's channel"), 22),
        Column(say("Nhãn do", "Tagged by"), say("Máy gắn hay cán bộ xác nhận", "Machine or person"), 26),
        Column(say("Căn cứ", "Evidence"), say("Từ ngữ trong bài làm căn cứ gắn nhãn", "Words in the post that led to the tag"), 40),
        Column(say("Thấy lần đầu", "First seen"), say("Lúc hệ thống thấy bài lần đầu", "When the post was first seen"), 17),
        Column(say("Địa chỉ", "Address"), say("Địa chỉ của bài", "Address of the post"), 50),
    )
    return Table(say("Bài đăng", "Posts"), say("Các bài đứng sau con số", "The posts behind the figures"), columns, rows)


def _unseen(summary: WeeklySummary, language: Language, say: Say) -> Table:
    def rows() -> Iterator[tuple[Value, ...]]:
        for u in summary.unseen:
            stretches = "; ".join(words.interval_words(gap) for gap in u.gaps)
            reason = u.reason.in_language(language) if u.reason else ""
            kind = words.KIND_WORDS[u.channel.kind].in_language(language)
            outcome = words.OUTCOME_WORDS[u.outcome].in_language(language)
            head = (u.unit.code, u.unit.name, u.unit.group, kind, Link(u.channel.url, u.channel.url))
            yield *head, u.seen_until, stretches, outcome, reason, u.last_look

    columns = (
        *_unit_columns(say),
        Column(say("Loại kênh", "Kind"), say("Loại kênh của đơn vị", "Kind of the unit's channel"), 22),
        Column(say("Kênh", "Channel"), say("Địa chỉ kênh", "Address of the channel"), 44),
        Column(say("Đã xem đến", "Seen until"), say("Trống: chưa xem được lần nào", "Empty: never seen"), 17),
        Column(say("Khoảng không xem được", "Not seen"), say("Giờ Việt Nam", "Viet Nam time"), 44),
        Column(say("Lần xem gần nhất", "Last look"), say("Kết quả của lần xem gần nhất", "Result of the last look"), 24),
        Column(say("Lý do", "Reason"), say("Vì sao lần xem gần nhất không được", "Why the last look failed"), 60),
        Column(say("Xem lúc", "Looked at"), say("Lúc của lần xem gần nhất", "Time of the last look"), 17),
    )
    name = say("Không xem được", "Could not look")
    return Table(name, say("Kênh không xem được, từ khi nào", "What could not be looked at, and since when"), columns, rows)


def _method(summary: WeeklySummary, language: Language, say: Say) -> Table:
    columns = (
        Column(say("Mục", "Subject"), say("Điều được giải thích", "What is explained"), 28, fixed=True),
        Column(say("Giải thích", "Explanation"), say("Cách tính", "How it is made"), 110),
    )
    rows = method_notes(summary, language)
    return Table(
        say("Cách tính", "Method"), say("Các con số được tính thế nào", "How the figures are made"), columns, lambda: iter(rows)
    )


_COUNTED = (
    CoverageStatus.COVERED,
    CoverageStatus.LATE,
    CoverageStatus.DUE,
    CoverageStatus.MISSING,
    CoverageStatus.UNKNOWN,
)


def _of(counts: StatusCounts, status: CoverageStatus) -> int:
    return {
        CoverageStatus.COVERED: counts.covered,
        CoverageStatus.LATE: counts.late,
        CoverageStatus.DUE: counts.due,
        CoverageStatus.MISSING: counts.missing,
        CoverageStatus.UNKNOWN: counts.unknown,
    }[status]


def _counts(counts: StatusCounts) -> tuple[Value, ...]:
    return (counts.required, *(_of(counts, status) for status in _COUNTED), counts.share)


def _names(units: Iterable[UnitLine]) -> str:
    return "; ".join(line.unit.name for line in units)


def _counted_word(post: PostLine, say: Say) -> str:
    if post.late:
        return say("muộn", "late")
    return say("có", "yes") if post.counted else say("không", "no")


def _unit_columns(say: Say) -> tuple[Column, ...]:
    return (
        Column(say("Mã", "Code"), say("Mã đơn vị trong danh bạ", "Code of the unit in the registry"), 12, fixed=True),
        Column(say("Đơn vị", "Unit"), say("Tên đơn vị", "Name of the unit"), 40, fixed=True),
        Column(say("Nhóm", "Group"), say("Nhóm đơn vị", "Group of units"), 22),
    )


def _looked_column(say: Say) -> Column:
    note = say("Mọi kênh đã được xem đến lúc này; trống: có kênh chưa xem được lần nào", "All channels were read up to here")
    return Column(say("Đã xem đến", "Seen until"), note, 17)


def _post_columns(say: Say) -> tuple[Column, ...]:
    return (
        Column(say("Bài được tính", "Counted posts"), say("Từ đầu thời gian yêu cầu", "Since the required days began")),
        Column(say("Bài gốc", "Originals"), say("Trong đó bài gốc", "Originals among them")),
        Column(say("Đăng lại", "Re-posts"), say("Trong đó bài đăng lại", "Re-posts among them")),
    )


def _count_columns(language: Language, say: Say) -> tuple[Column, ...]:
    required = Column(say("Yêu cầu", "Required"), say("Số ô (đơn vị × chủ đề) được yêu cầu", "Cells (unit × topic) required"))
    each = (
        Column(words.status_word(s, language), say("Số ô, xem trang Cách tính", "Cells; see the sheet on method")) for s in _COUNTED
    )
    return required, *each, Column(say("Tỷ lệ", "Share"), say("(Đã đăng + Đăng muộn) : Yêu cầu", "(Published + Late) : Required"))


def _topic_note(summary: WeeklySummary, topic: str, say: Say) -> str:
    line = next(t for t in summary.topics if t.topic.id == topic)
    start, end = summary.matrix.plan.days(line.topic)
    days = f"{words.day_or_dash(start)} – {words.day_or_dash(end)}"
    return say(f"{line.topic.title}\nThời gian: {days}", f"{line.topic.title}\nDays: {days}")
