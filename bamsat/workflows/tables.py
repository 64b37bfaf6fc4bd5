"""Tables that people hand in, as CSV or XLSX: rows under a line of headings, each cell with its place."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from domain.errors import InvalidInput, Message, Problem, Severity
from domain.text import fold, one_line

Value = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds: always text in a CSV file, a number or a date where a workbook says so."""

_HEADING_SEARCH_ROWS = 20
_MAX_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read; all others are passed over.

    `headings`: field → headings that mean it, folded, the first that is there counts. `required`: of each group of fields at
    least one has a column. `called` names the required columns to a person, in Vietnamese.
    """

    headings: Mapping[str, tuple[str, ...]]
    required: Sequence[tuple[str, ...]]
    called: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place as a spreadsheet shows it, and the value and column letter of each known field."""

    sheet: str | None
    number: int
    values: Mapping[str, Value]
    letters: Mapping[str, str]

    def text(self, field: str) -> str:
        """The cell on one line; empty when there is no such column."""
        return one_line(_shown(self.values.get(field)))

    def lines(self, field: str) -> str:
        """The cell with its line breaks."""
        return _shown(self.values.get(field)).strip()

    def problem(self, field: str, code: str, vi: str, en: str) -> Problem:
        return Problem(
            Severity.ERROR, code, Message(vi, en), sheet=self.sheet, row=self.number, column=self.letters.get(field, field)
        )


def read_rows(content: bytes, name: str, columns: Columns) -> Iterator[Row]:
    """The rows that are not empty, in order, of the first sheet that has the headings within its first twenty rows.

    Of a CSV file the delimiter is found; a row is one row however many lines its cells have. Raises InvalidInput when it is no
    table, has no such headings, or more than 200,000 rows.
    """
    tables = _sheets(content, name) if content[:2] == b"PK" else [(None, _csv_rows(content, name))]
    for sheet, table in tables:
        found: dict[str, int] | None = None
        letters: dict[str, str] = {}
        for number, cells in table:
            if found is None:
                found = _headings(cells, columns)
                if found is None and number >= _HEADING_SEARCH_ROWS:
                    break
                letters = {f: get_column_letter(i + 1) for f, i in (found or {}).items()}
                continue
            if number > _MAX_ROWS:
                raise unreadable(name, f"bảng có hơn {_MAX_ROWS} dòng", f"more than {_MAX_ROWS} rows")
            if any(_shown(c).strip() for c in cells):
                yield Row(sheet, number, {f: cells[i] for f, i in found.items() if i < len(cells)}, letters)
        if found is not None:
            return
    groups = ", ".join("/".join(group) for group in columns.required)
    raise unreadable(name, f"không thấy dòng tiêu đề có {columns.called}", f"no heading row with {groups}")


def unreadable(name: str, vi: str, en: str) -> InvalidInput:
    """The refusal of a whole file."""
    problem = Problem(Severity.ERROR, "unreadable", Message(vi, en))
    return InvalidInput(f"Không đọc được “{name}”: {vi}.", f"{name}: {en}", [problem])


def decoded(content: bytes, name: str) -> str:
    """Text of a file, UTF-8 or UTF-16 with its mark. Raises InvalidInput for another encoding."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise unreadable(
            name,
            "bảng mã chữ không phải UTF-8; trong Excel hãy chọn lưu kiểu “CSV UTF-8” hoặc .xlsx",
            "the text is not UTF-8; save as “CSV UTF-8” or .xlsx",
        )
    return text


def _headings(cells: Sequence[Value], columns: Columns) -> dict[str, int] | None:
    folded = [fold(_shown(c)) for c in cells]
    found: dict[str, int] = {}
    for field, names in columns.headings.items():
        place = next((folded.index(wanted) for wanted in names if wanted in folded), None)
        if place is not None:
            found[field] = place
    return found if all(any(field in found for field in group) for group in columns.required) else None


def _sheets(content: bytes, name: str) -> list[tuple[str | None, Iterator[tuple[int, Sequence[Value]]]]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as fault:
        raise unreadable(name, "không phải là tệp Excel (.xlsx) đọc được", f"not a readable workbook: {fault}") from fault

    def rows(title: str) -> Iterator[tuple[int, Sequence[Value]]]:
        yield from enumerate(book[title].iter_rows(values_only=True), 1)

    return [(title, rows(title)) for title in book.sheetnames if hasattr(book[title], "iter_rows")]


def _csv_rows(content: bytes, name: str) -> Iterator[tuple[int, Sequence[Value]]]:
    text = decoded(content, name)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as fault:
        raise unreadable(name, f"dòng {reader.line_num} không đọc được", f"line {reader.line_num}: {fault}") from fault


def _shown(value: Value) -> str:
    """A whole number in a workbook is often a float: it is shown without its decimals, and never as a power of ten."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
