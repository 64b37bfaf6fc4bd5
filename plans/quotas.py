"""Minimum numbers of posts that a table sets for units and topics: units in rows and topics in columns, or the other way round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from domain.plan import Lines, Obligation, Period, QuotaRow, Recurrence, Topic, TopicId
from domain.text import fold
from plans.bodies import starts_with_body
from plans.plain import plain
from plans.tables import Column, Row, Table, cell_number, cell_text

_LABEL = re.compile(
    r"(?:chu de|cd|chuyen de|noi dung|nd|muc|nhom|"
    r"nhiem vu)\s*(?:so\s*)?(\d{1,2}(?:\.\d{1,2})*(?:\.[a-z](?![a-z]))?|[ivx]{1,4}|"
    r"[a-z](?![a-z]))(?![a-z0-9])"
)
_BARE = re.compile(r"(\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})[.)]?$")
_PERIODS: tuple[tuple[Period, Recurrence | None, re.Pattern[str]], ...] = (
    (Period.WEEK, None, re.compile(r"/\s*tuan|(?:moi|hang) tuan")),
    (Period.MONTH, Recurrence.MONTHLY, re.compile(r"/\s*thang|(?:moi|hang) thang")),
    (Period.QUARTER, Recurrence.QUARTERLY, re.compile(r"/\s*quy|(?:moi|hang) quy")),
)
_ANNUAL = re.compile(r"/\s*nam\b|(?:moi|hang) nam")
_KIND = re.compile(
    r"(?:so\s+(?:luong\s+)?)?((?:tin,?\s*(?:va\s*)?bai(?: viet)?|tin|bai(?: viet)?|san pham|video(?: clip)?|"
    r"phong su|chuyen muc|tac pham)(?:[,/ ]+(?:tin|bai|video|phong su|clip|anh|san pham))*)"
)
_NUMERIC_SHARE = 0.5
_SIMILAR = 0.72


@dataclass(frozen=True, slots=True)
class Quotas:
    """`unmatched` are headings (with their lines) that name no topic of the plan; `wrong_sums` lines whose total is not the sum."""

    rows: tuple[QuotaRow, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    unmatched: tuple[tuple[str, Lines], ...] = ()
    wrong_sums: tuple[int, ...] = ()


def number_columns(table: Table) -> list[int]:
    """The columns that hold numbers, apart from ordinals, totals and notes."""
    rows = [r for r in table.rows if not r.is_sum]
    found = []
    for i, column in enumerate(table.columns):
        if column in (Column.ORDINAL, Column.TOTAL, Column.NOTE, Column.WHEN, Column.PLACE) or not rows:
            continue
        filled = [r.cell(i) for r in rows if r.cell(i).strip()]
        numbers = [c for c in filled if cell_number(c) is not None]
        dashes = [c for c in filled if plain(c).strip() in ("-", "x", "0")]
        if numbers and len(numbers) + len(dashes) >= _NUMERIC_SHARE * len(filled):
            found.append(i)
    return found


def is_quota_table(table: Table) -> bool:
    """Units (or topics) against numbers of posts, and no column of tasks with who and when."""
    numbers = number_columns(table)
    if not numbers or Column.WHEN in table.columns:
        return False
    label = _label_column(table, numbers)
    return label is not None and not (Column.TASK in table.columns and Column.WHO in table.columns and len(numbers) == 1)


def _label_column(table: Table, numbers: Sequence[int]) -> int | None:
    """The column that names the rows: the first with words."""
    skip = {Column.ORDINAL, Column.NOTE, Column.TOTAL}
    return next((i for i, c in enumerate(table.columns) if c not in skip and i not in numbers), None)


def read_quotas(table: Table, topics: Sequence[Topic]) -> Quotas:
    """Every number of the table as a quota and as a duty of its unit."""
    numbers = number_columns(table)
    label = _label_column(table, numbers)
    if label is None:
        return Quotas()
    by_unit = table.columns[label] is not Column.TASK and not _names_topics(table, label, topics)
    about = " ".join((*table.caption[-6:], *table.header))
    period, recurrence = _period(about)
    kind = _kind(about)
    rows: list[QuotaRow] = []
    obligations: list[Obligation] = []
    unmatched: dict[str, Lines] = {}
    for row in table.rows:
        if row.is_sum:
            continue
        for i in numbers:
            number = cell_number(row.cell(i))
            if not number:
                continue
            head, own = table.header[i] if i < len(table.header) else "", cell_text(row.cell(label))
            unit, subject = (own, head) if by_unit else (head, own)
            topic = match_topic(subject, topics)
            single = len(numbers) == 1 and table.columns[i] is Column.COUNT
            if topic is None and subject and not (by_unit and (single or _kind(subject))):
                unmatched.setdefault(subject, row.lines)
            named = topic or (subject if not single else None)
            rows.append(QuotaRow(unit, named, number, period, row.lines))
            obligations.append(
                Obligation(
                    assignee=unit or None,
                    action=head if by_unit else own,
                    quantity=float(number),
                    unit_of_quantity=kind,
                    recurrence=recurrence,
                    topic=topic,
                    lines=row.lines,
                )
            )
    return Quotas(tuple(rows), tuple(obligations), tuple(unmatched.items()), _wrong_sums(table, numbers))


def _names_topics(table: Table, label: int, topics: Sequence[Topic]) -> bool:
    names = [cell_text(r.cell(label)) for r in table.rows if not r.is_sum]
    hits = sum(match_topic(n, topics) is not None for n in names)
    return bool(names) and hits > len(names) / 2 and sum(starts_with_body(n) for n in names) < len(names) / 2


def _period(text: str) -> tuple[Period, Recurrence | None]:
    bare = plain(text)
    for period, recurrence, pattern in _PERIODS:
        if pattern.search(bare):
            return period, recurrence
    return Period.WHOLE, Recurrence.ANNUAL if _ANNUAL.search(bare) else None


def _kind(text: str) -> str | None:
    if stated := re.search(r"don vi tinh\s*:\s*([^/,.;:()|]{2,40})", plain(text)):
        return text[stated.start(1) : stated.end(1)].strip()
    match = _KIND.search(plain(text))
    return text[match.start(1) : match.end(1)].strip() if match else None


def match_topic(heading: str, topics: Sequence[Topic]) -> TopicId | None:
    """The topic that a heading means: by its printed number (`Chủ đề 2`, `CĐ2`, `1.1`), else by its words."""
    bare = plain(heading).strip()
    letter = heading.strip(" .)").lower()
    if len(letter) == 1 and (lettered := [t.id for t in topics if (t.printed or "").lower() == letter]):
        return lettered[0] if len(lettered) == 1 else None
    label = _LABEL.match(bare) or _BARE.match(bare)
    if label:
        wanted = heading.strip()[label.start(1) : label.end(1)].lower().strip(".")
        for topic in topics:
            own = _LABEL.match(plain(topic.title))
            if (topic.printed or "").lower() == wanted or (own and own[1] == wanted) or topic.id.lower() == wanted:
                return topic.id
    words = fold(_LABEL.sub("", bare)).strip()
    if len(words) < 4:
        return None
    scored = [(_alike(words, fold(_LABEL.sub("", plain(t.title)))), t.id) for t in topics]
    best = max(scored, key=lambda s: s[0], default=(0.0, None))
    return best[1] if best[0] >= _SIMILAR else None


def _alike(first: str, second: str) -> float:
    if not first or not second:
        return 0.0
    if f" {first} " in f" {second} " or f" {second} " in f" {first} ":
        return 0.75 + 0.25 * min(len(first), len(second)) / max(len(first), len(second))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _wrong_sums(table: Table, numbers: Sequence[int]) -> tuple[int, ...]:
    """Lines whose printed total differs from the sum of what it totals."""
    total = table.index(Column.TOTAL)
    wrong = []
    plain_rows = [r for r in table.rows if not r.is_sum]
    for row in plain_rows:
        stated = cell_number(row.cell(total)) if total is not None else None
        if stated is not None and len(numbers) > 1 and stated != _sum(row, numbers):
            wrong.append(row.lines[0])
    for row in table.rows:
        if row.is_sum and len([r for r in table.rows if r.is_sum]) == 1:
            stated_columns = [(i, cell_number(row.cell(i))) for i in numbers]
            if any(n is not None and n != sum(cell_number(r.cell(i)) or 0 for r in plain_rows) for i, n in stated_columns):
                wrong.append(row.lines[0])
    return tuple(wrong)


def _sum(row: Row, numbers: Sequence[int]) -> int:
    return sum(cell_number(row.cell(i)) or 0 for i in numbers)
