"""Tables of a plan: rows `| a | b |` as readers give them, with header, groups and what each column is about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.plan import Lines
from plans.outline import Item
from plans.paragraphs import Paragraph
from plans.plain import plain


class Column(StrEnum):
    ORDINAL = "ordinal"
    TASK = "task"
    WHO = "who"
    WITH = "with"
    WHEN = "when"
    COUNT = "count"
    PLACE = "place"
    """Web addresses and pages of a unit."""
    NOTE = "note"
    TOTAL = "total"
    OTHER = "other"


_COLUMN_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(words))
    for column, words in (
        (Column.ORDINAL, r"(?:stt|tt|so tt|so thu tu|so|#|no)$"),
        (Column.TOTAL, r"tong(?: cong| so)?\b|cong$"),
        (Column.NOTE, r"(?:ghi chu|luu y)"),
        (Column.WITH, r".*phoi hop(?!.*chu tri)"),
        (
            Column.PLACE,
            r".*(?:website|dia chi|fanpage|facebook|zalo|youtube|duong dan|link|url|trang thong tin|cong thong tin|trang tin|kenh)",
        ),
        (Column.WHEN, r".*(?:thoi gian|thoi han|tien do|hoan thanh|thoi diem|thang thuc hien|han nop|ky bao cao)"),
        (
            Column.TASK,
            r"(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|san pham|ten nhiem vu|chuong trinh|"
            r"chu de|chuyen de|nhom nhiem vu)",
        ),
        (Column.COUNT, r".*(?:so luong|chi tieu|toi thieu|so tin|so bai|so san pham|dinh muc|it nhat)"),
        (
            Column.WHO,
            r".*(?:don vi|co quan|dia phuong|chu tri|phu trach|thuc hien|phan cong|bo phan|trach nhiem|to chuc|"
            r"truong|xa,? phuong|ban,? nganh|chi bo|dang bo)",
        ),
    )
)
_SEPARATOR = re.compile(r"[\s|:=-]+")
_BREAK = re.compile(r"\s*<br\s*/?>\s*")
_SUM = re.compile(r"(?:tổng(?: cộng| số)?|cộng)\b")
_ORDINAL = re.compile(r"(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)]?$")
_ROMAN = re.compile(r"[IVX]{1,5}\.?|[A-ZĐ]\.?")
"""The ordinal of a heading among rows that are numbered in digits; its numbers are sums."""
_NONE = frozenset({"", "-", "–", "—", "x", "0", "/", "..."})


@dataclass(frozen=True, slots=True)
class Row:
    """`group` is the heading row that the row stands under."""

    cells: tuple[str, ...]
    lines: Lines
    group: str | None = None
    is_sum: bool = False

    def cell(self, index: int | None) -> str:
        return self.cells[index] if index is not None and index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` is what stands above the table in the document, nearest last."""

    caption: tuple[str, ...]
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def index(self, column: Column) -> int | None:
        return self.columns.index(column) if column in self.columns else None

    def indices(self, column: Column) -> list[int]:
        return [i for i, c in enumerate(self.columns) if c is column]


def cells_of(text: str) -> tuple[str, ...]:
    return tuple(c.strip() for c in text.strip().strip("|").split("|"))


def cell_text(cell: str) -> str:
    """A cell on one line."""
    return _BREAK.sub(", ", re.sub(r"([;,.])\s*<br\s*/?>", r"\1 ", cell)).strip()


def cell_number(cell: str) -> int | None:
    """A number that a cell states (`02`, `≥ 3`, `2 bài/tháng`); None for a dash, for nothing and for other words."""
    bare = plain(cell).strip()
    if bare in _NONE:
        return None
    match = re.match(
        r"(?:[≥>=]+|it nhat|toi thieu|tu)?\s*(\d{1,4})(?:\s*(?:tin|bai|san pham|video|clip|tac pham|muc|so|buoi|"
        r"lan|anh|phong su)[^\d]{0,30}|\s*/\s*(?:thang|quy|tuan|nam))?$",
        bare,
    )
    return int(match[1]) if match else None


def tables_of(lines: Iterable[Paragraph]) -> list[Table]:
    """The tables of a stretch of text, each with the lines above it."""
    found: list[Table] = []
    caption: list[str] = []
    rows: list[Row] = []
    for line in (*lines, Paragraph("", ())):
        if line.is_row:
            if not _SEPARATOR.fullmatch(line.text):
                rows.append(Row(cells_of(line.text), line.lines))
            continue
        if rows:
            found.append(_table(caption, rows))
            caption, rows = [], []
        caption.append(line.text)
    return [t for t in found if t.rows]


def tables_under(root: Item) -> list[tuple[Item, Table]]:
    """The tables of a body, with the item that each stands under."""
    return [(item, table) for item in root.walk() for table in tables_in(item)]


def tables_in(item: Item) -> list[Table]:
    """The tables right under an item."""
    lines = [Paragraph(c.text, c.lines) for c in item.children if c.is_row or c.is_paragraph]
    if not any(line.is_row for line in lines):
        return []
    caption = [*(a.text for a in reversed(list(item.ancestors()))), item.text]
    return [replace(table, caption=(*caption, *table.caption)) for table in tables_of(lines)]


def _table(caption: Sequence[str], rows: Sequence[Row]) -> Table:
    height = _header_height(rows)
    width = max(len(r.cells) for r in rows)
    header = tuple(_joined([r.cell(i) for r in rows[:height]]) for i in range(width))
    columns = tuple(column_of(h) for h in header)
    header_rows = {r.cells for r in rows[:height]}
    ordinal = columns.index(Column.ORDINAL) if Column.ORDINAL in columns else None
    romans = any(re.fullmatch(r"\d+\.?", r.cell(ordinal)) for r in rows[height:])
    body: list[Row] = []
    group: str | None = None
    for row in rows[height:]:
        if row.cells in header_rows:
            continue
        words = [c for c in row.cells if c]
        named = [c for i, c in enumerate(row.cells) if c not in _NONE and not (i == ordinal and _ORDINAL.fullmatch(plain(c)))]
        heads = len(set(named)) == 1 and (len(named) > 1 or (width > 2 and not _continues(row, ordinal)))
        if named and (heads or (romans and _ROMAN.fullmatch(row.cell(ordinal)))):
            group = cell_text(named[0])
            continue
        if body and _continues(row, ordinal):
            body[-1] = _merged(body[-1], row)
            continue
        if words:
            is_sum = any(_SUM.match(c.lower()) for c in row.cells[:2])
            body.append(replace(row, cells=tuple(row.cells), group=group, is_sum=is_sum))
    return Table(tuple(caption), header, columns, tuple(body))


def _header_height(rows: Sequence[Row]) -> int:
    """Rows until the first one that heads a group, has a number in its first cell, or a number after words; at least one."""
    for i, row in enumerate(rows[:4]):
        first = plain(row.cell(0))
        if i and sum(c not in _NONE for c in dict.fromkeys(row.cells)) == 1:
            return i
        if i and (_ORDINAL.fullmatch(first) or any(cell_number(c) is not None for c in row.cells[1:])):
            return i
    return 1


def _joined(parts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(cell_text(p) for p in parts if p))


def _continues(row: Row, ordinal: int | None) -> bool:
    """A row that a page end or a narrow column cut off from the one above: no number of its own, no figures, no heading."""
    if ordinal is None or row.cell(ordinal):
        return False
    words = [c for c in row.cells if c]
    if not words or any(_SUM.match(c.lower()) or cell_number(c) is not None for c in words):
        return False
    first = next(i for i in range(len(row.cells)) if i != ordinal)
    heads_group = len(words) == 1 and bool(row.cell(first)) and not words[0][:1].islower()
    return not heads_group


def _merged(first: Row, second: Row) -> Row:
    width = max(len(first.cells), len(second.cells))
    cells = tuple(" ".join(p for p in (first.cell(i), second.cell(i)) if p) for i in range(width))
    return replace(first, cells=cells, lines=first.lines + second.lines)


def column_of(header: str) -> Column:
    bare = plain(header).strip()
    return next((column for column, words in _COLUMN_WORDS if words.match(bare)), Column.OTHER)
