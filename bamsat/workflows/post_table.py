"""Posts that a unit hands in as a table or as JSON lines: every row a post, or each wrong cell named. Only what is said of the
post itself is read: columns that name persons, count reactions or hold anything else are passed over."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from bamsat.workflows.tables import Columns, Row, Value, decoded, read_rows
from domain.errors import InvalidInput, Message, Problem, Severity
from domain.post import MANUAL, Post, PostId, PublishedSource, post_id
from domain.text import one_line
from domain.unit import Channel, Unit, holds_address
from domain.urls import canonical_url, identity_digest
from domain.written_dates import UnclearDate, may_be_turned_round, written_moment

_COLUMNS = Columns(
    {
        "id": ("id", "ma", "ma bai", "ma bai viet", "ma so", "post id"),
        "title": ("title", "tieu de", "tieu de bai", "tieu de bai viet", "ten bai", "ten tin bai", "headline"),
        "text": ("text", "noi dung", "noi dung bai", "noi dung bai viet", "message", "content", "description", "caption"),
        "published_at": (
            *("published at", "ngay dang", "ngay gio dang", "thoi gian dang", "ngay dang tai", "ngay dang bai"),
            *("ngay xuat ban", "ngay phat song", "publish time", "published", "created time", "date"),
        ),
        "url": ("url", "link", "duong dan", "duong link", "lien ket", "dia chi", "dia chi bai viet", "permalink"),
    },
    (("title", "text"), ("published_at",)),
    "“Tiêu đề” hoặc “Nội dung”, và “Ngày đăng”",
)
_LONGEST_TITLE = 120
_EXACT_NUMBERS = 2**53
"""Above this a spreadsheet rounds: two posts could get one number."""


def read_posts(content: bytes, name: str, channel: Channel, unit: Unit, at: datetime) -> list[Post]:
    """The posts of an XLSX, CSV or JSON-lines file, as posts of this channel, first seen `at`.

    Fields are `title`, `text` (one of the two), `published_at`, `url` and `id`, under Vietnamese or English headings. Raises
    InvalidInput when the file cannot be read, or naming every wrong cell.
    """
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        rows, problems = _json_rows(content, name)
    else:
        rows, problems = list(read_rows(content, name, _COLUMNS)), []
    month_first = any(_month_first(row) for row in rows)
    posts: dict[PostId, tuple[Post, Row]] = {}
    for row in rows:
        found: list[Problem] = []
        if month_first and may_be_turned_round(row.values.get("published_at")):
            found.append(_turned_round(row))
        post = _post(row, channel, unit, at, found)
        if post and post.id in posts:
            first = posts[post.id][1].number
            found.append(row.problem("id", "twice", f"bài này đã có ở dòng {first}", f"the post is in row {first} already"))
        problems += found
        if post:
            posts.setdefault(post.id, (post, row))
    if not rows and not problems:
        problems.append(Problem(Severity.ERROR, "empty", Message("Tệp không có bài nào.", "the file has no posts")))
    if problems:
        raise InvalidInput(
            f"“{name}” có {len(problems)} chỗ sai; chưa có bài nào được lưu. Hãy sửa các ô nêu dưới đây rồi nhập lại.",
            f"{name}: {len(problems)} wrong cells; nothing was stored",
            problems,
        )
    return [post for post, _ in posts.values()]


def manual_post(channel: Channel, title: str, text: str, url: str, published: datetime | None, at: datetime, key: str = "") -> Post:
    """A post that a person hands in. Its identity is its address, else its `key` on the channel, else its title and date."""
    if url:
        id = post_id(url)
    else:
        moment = published.isoformat() if published else ""
        id = PostId(identity_digest(channel.id, key) if key else identity_digest(channel.id, title, moment))
    source = PublishedSource.PERSON if published else None
    return Post(id, channel.id, channel.unit, url, title, text, published, source, first_seen=at, kind=MANUAL)


def own_address(link: str, outlets: Iterable[Channel]) -> str:
    """The link in its canonical form; empty for none. Raises ForeignLink unless it belongs to one of the outlets."""
    if not link:
        return ""
    try:
        url = canonical_url(link)
    except ValueError as fault:
        raise ForeignLink(f"“{link}” không phải là địa chỉ web (https://…)", f"{link!r} is not a web address") from fault
    if not any(holds_address(channel, url) for channel in outlets):
        raise ForeignLink(
            f"{url} không thuộc kênh nào đã đăng ký của đơn vị; hãy để trống nếu bài không có địa chỉ trên các kênh ấy",
            f"{url} belongs to no registered outlet of this unit",
        )
    return url


class ForeignLink(ValueError):
    """A link that is no address of the unit's own outlets; `message` says it in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(vi, en)


def _post(row: Row, channel: Channel, unit: Unit, at: datetime, problems: list[Problem]) -> Post | None:
    text = row.lines("text")
    title = row.text("title") or _first_words(text)
    if not title:
        problems.append(row.problem("title", "no_title", "thiếu tiêu đề và nội dung", "title and text are missing"))
    published = _published(row, at, problems)
    key, number = row.text("id"), row.values.get("id")
    if isinstance(number, int | float) and abs(number) > _EXACT_NUMBERS:
        problems.append(
            row.problem("id", "rounded", f"mã {key} đã bị làm tròn; hãy định dạng cột mã là chữ", f"the id {key} has been rounded")
        )
    try:
        url = own_address(row.text("url"), unit.channels)
    except ForeignLink as fault:
        problems.append(row.problem("url", "link", fault.message.vi, fault.message.en))
        return None
    if not (url or key or row.text("published_at")):
        problems.append(
            row.problem(
                "published_at",
                "no_identity",
                "cần ít nhất một trong ba: ngày đăng, đường dẫn, mã bài",
                "a post needs its date, its link or an id",
            )
        )
    return None if problems else manual_post(channel, title, text, url, published, at, key)


def _published(row: Row, at: datetime, problems: list[Problem]) -> datetime | None:
    if not row.text("published_at"):
        return None
    value = row.values["published_at"]
    try:
        moment = written_moment(value.strip() if isinstance(value, str) else value)
    except UnclearDate as fault:
        problems.append(row.problem("published_at", "date", fault.message.vi, fault.message.en))
        return None
    if moment > at:
        shown = row.text("published_at")
        problems.append(row.problem("published_at", "future", f"“{shown}” là ngày chưa tới", f"{shown!r} has not come yet"))
    return moment


def _month_first(row: Row) -> bool:
    try:
        written_moment(row.values.get("published_at"))
    except UnclearDate as fault:
        return fault.month_first
    return False


def _turned_round(row: Row) -> Problem:
    shown = row.text("published_at")
    return row.problem(
        "published_at",
        "turned_round",
        f"“{shown}” có thể bị đảo ngày và tháng như các ô khác của cột này; hãy kiểm tra và ghi dd/mm/yyyy",
        f"{shown!r} may have day and month turned round, as others in this column have",
    )


def _first_words(text: str) -> str:
    """The first line, cut at a word: a social post has no title of its own."""
    line = one_line(text.strip().partition("\n")[0])
    return line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _json_rows(content: bytes, name: str) -> tuple[Sequence[Row], list[Problem]]:
    rows, problems = [], []
    letters = {field: field for field in _COLUMNS.headings}
    for number, line in enumerate(decoded(content, name).split("\n"), 1):
        if not line.strip():
            continue
        row = Row(None, number, {}, letters)
        try:
            said = json.loads(line)
        except ValueError as fault:
            problems.append(row.problem("json", "json", f"không phải là JSON: {fault}", f"not JSON: {fault}"))
            continue
        if not isinstance(said, dict):
            problems.append(row.problem("json", "json", "không phải là một đối tượng JSON", "not a JSON object"))
            continue
        values: dict[str, Value] = {}
        for field in letters:
            value = said.get(field)
            if isinstance(value, dict | list | bool):
                problems.append(row.problem(field, "json", "phải là chữ", "must be text"))
            else:
                values[field] = value
        rows.append(Row(None, number, values, letters))
    return rows, problems
