"""The registry table of units and channels, as CSV or XLSX: read whole, or refused with every wrong cell named."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from domain.errors import InvalidRegistry, Message, Problem, Severity
from domain.text import fold, one_line
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id
from domain.urls import canonical_url

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "unit_code": ("unit code", "ma don vi", "ma"),
    "unit_name": ("unit name", "ten don vi", "don vi"),
    "unit_group": ("unit group", "nhom don vi", "nhom", "khoi"),
    "channel_kind": ("channel kind", "loai kenh"),
    "channel_url": ("channel url", "dia chi kenh", "dia chi", "duong dan", "url", "link"),
    "posts_per_week": ("posts per week", "so bai moi tuan", "so tin bai moi tuan", "bai tuan"),
    "contact": ("contact", "lien he", "dau moi lien he", "email", "thu dien tu"),
}
"""Field → headings that mean it, folded. English names are those of the design; any of the Vietnamese ones will do."""

REQUIRED = ("unit_code", "unit_name", "unit_group")

KINDS: Mapping[str, ChannelKind] = {
    **{kind.value: kind for kind in ChannelKind},
    "": ChannelKind.WEBSITE,
    "trang web": ChannelKind.WEBSITE,
    "cong thong tin": ChannelKind.WEBSITE,
    "cong thong tin dien tu": ChannelKind.WEBSITE,
    "trang thong tin dien tu": ChannelKind.WEBSITE,
    "bao dien tu": ChannelKind.WEBSITE,
    "rss": ChannelKind.FEED,
    "chuyen muc": ChannelKind.LISTING,
    "trang facebook": ChannelKind.FACEBOOK,
    "fanpage": ChannelKind.FACEBOOK,
    "kenh youtube": ChannelKind.YOUTUBE,
    "zalo oa": ChannelKind.ZALO,
    "tep": ChannelKind.FILE,
}

_HEADING_SEARCH_ROWS = 20
_MAX_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table: its place as a spreadsheet shows it, and the text and column letter of each known field."""

    sheet: str | None
    number: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def problem(self, field: str, code: str, vi: str, en: str) -> Problem:
        return Problem(
            Severity.ERROR, code, Message(vi, en), sheet=self.sheet, row=self.number, column=self.letters.get(field, field)
        )


def read_registry_table(content: bytes, name: str) -> tuple[Unit, ...]:
    """The units of a table with their channels, in the order of the table.

    A unit has a row for each channel; its name, group and contact may be left blank after its first row. Raises
    InvalidRegistry with a Problem for every wrong cell; nothing is returned unless every row is right.
    """
    rows = list(_rows_of(content, name))
    problems: list[Problem] = []
    units: dict[UnitCode, Unit] = {}
    owners: dict[str, UnitCode] = {}
    for row in rows:
        code = UnitCode(row.cells.get("unit_code", ""))
        if not code:
            problems.append(row.problem("unit_code", "no_code", "thiếu mã đơn vị", "the unit code is missing"))
            continue
        unit = _unit(row, code, units.get(code), problems)
        channel = _channel(row, code, problems)
        if channel:
            owner = owners.setdefault(channel.id, code)
            if owner != code:
                problems.append(
                    row.problem(
                        "channel_url",
                        "channel_twice",
                        f"kênh này đã thuộc đơn vị {owner}",
                        f"this channel already belongs to unit {owner}",
                    )
                )
            elif channel.id in {c.id for c in unit.channels}:
                problems.append(
                    row.problem("channel_url", "channel_twice", "kênh này bị ghi hai lần", "this channel is listed twice")
                )
            else:
                unit = _with_channel(unit, channel)
        units[code] = unit
    if not rows:
        problems.append(_whole("empty", "Bảng không có đơn vị nào.", "the table has no units"))
    if problems:
        raise InvalidRegistry(
            f"Tệp “{name}” có {len(problems)} chỗ sai; chưa có gì được nạp. Hãy sửa các ô nêu dưới đây rồi nạp lại.",
            f"{name}: {len(problems)} wrong cells; nothing was loaded",
            problems,
        )
    return tuple(units.values())


def _with_channel(unit: Unit, channel: Channel) -> Unit:
    return Unit(unit.code, unit.name, unit.group, unit.contact, (*unit.channels, channel))


def _unit(row: _Row, code: UnitCode, known: Unit | None, problems: list[Problem]) -> Unit:
    name, group = row.cells.get("unit_name", ""), row.cells.get("unit_group", "")
    contact = row.cells.get("contact") or None
    if known is None:
        for field, value, vi in (("unit_name", name, "tên đơn vị"), ("unit_group", group, "nhóm đơn vị")):
            if not value:
                problems.append(row.problem(field, "missing", f"thiếu {vi}", f"{field} is missing"))
        return Unit(code, name, UnitGroup(group), contact)
    for field, value, before in (("unit_name", name, known.name), ("unit_group", group, known.group)):
        if value and before and value != before:
            problems.append(
                row.problem(
                    field,
                    "contradiction",
                    f"đơn vị {code} ở trên ghi là “{before}”, ở đây ghi là “{value}”",
                    f"unit {code} says {before!r} above and {value!r} here",
                )
            )
    return Unit(code, known.name, known.group, known.contact or contact, known.channels)


def _channel(row: _Row, code: UnitCode, problems: list[Problem]) -> Channel | None:
    address, kind_text = row.cells.get("channel_url", ""), row.cells.get("channel_kind", "")
    expected = _posts_per_week(row, problems)
    kind = KINDS.get(fold(kind_text))
    if kind is None:
        known = ", ".join(k.value for k in ChannelKind)
        problems.append(
            row.problem(
                "channel_kind", "kind", f"“{kind_text}” không phải là loại kênh ({known})", f"unknown channel kind {kind_text!r}"
            )
        )
        return None
    if not address:
        if kind_text:
            problems.append(row.problem("channel_url", "no_address", "thiếu địa chỉ kênh", "the channel's address is missing"))
        return None
    try:
        url = canonical_url(address if "://" in address else f"https://{address}")
    except ValueError:
        problems.append(
            row.problem(
                "channel_url", "address", f"“{address}” không phải là địa chỉ web (https://…)", f"{address!r} is not a web address"
            )
        )
        return None
    return Channel(channel_id(kind, url), code, kind, url, expected)


def _posts_per_week(row: _Row, problems: list[Problem]) -> float | None:
    text = row.cells.get("posts_per_week", "")
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < 10_000:
        problems.append(
            row.problem(
                "posts_per_week", "number", f"“{text}” không phải là số bài mỗi tuần", f"{text!r} is not a number of posts a week"
            )
        )
        return None
    return value


def _rows_of(content: bytes, name: str) -> Iterator[_Row]:
    tables = _sheets(content, name) if content[:2] == b"PK" else [(None, _csv_rows(content, name))]
    for sheet, table in tables:
        headings: dict[str, int] | None = None
        for number, values in table:
            cells = [one_line(v) for v in values]
            if headings is None:
                headings = _headings(cells)
                if headings is None and number >= _HEADING_SEARCH_ROWS:
                    break
                continue
            if any(cells):
                if number > _MAX_ROWS:
                    raise _refused(name, f"bảng có hơn {_MAX_ROWS} dòng", f"more than {_MAX_ROWS} rows")
                found = {f: cells[i] for f, i in headings.items() if i < len(cells)}
                yield _Row(sheet, number, found, {f: get_column_letter(i + 1) for f, i in headings.items()})
        if headings is not None:
            return
    wanted = ", ".join(REQUIRED)
    raise _refused(
        name,
        "không thấy dòng tiêu đề có “Mã đơn vị”, “Tên đơn vị”, “Nhóm đơn vị”",
        f"no heading row with {wanted}",
    )


def _headings(cells: list[str]) -> dict[str, int] | None:
    folded = [fold(c) for c in cells]
    found: dict[str, int] = {}
    for field, names in COLUMNS.items():
        for wanted in names:
            if wanted in folded:
                found[field] = folded.index(wanted)
                break
    return found if all(field in found for field in REQUIRED) else None


def _sheets(content: bytes, name: str) -> list[tuple[str | None, Iterator[tuple[int, list[str]]]]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as fault:
        raise _refused(name, "không phải là tệp Excel (.xlsx) đọc được", f"not a readable workbook: {fault}") from fault

    def rows(title: str) -> Iterator[tuple[int, list[str]]]:
        for number, values in enumerate(book[title].iter_rows(values_only=True), 1):
            yield number, ["" if v is None else f"{v:g}" if isinstance(v, float) else str(v) for v in values]

    return [(title, rows(title)) for title in book.sheetnames if hasattr(book[title], "iter_rows")]


def _csv_rows(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content, name)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for values in reader:
            yield reader.line_num, values
    except csv.Error as fault:
        raise _refused(name, f"dòng {reader.line_num} không đọc được", f"line {reader.line_num}: {fault}") from fault


def _decoded(content: bytes, name: str) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _refused(
        name,
        "bảng mã chữ không phải UTF-8; trong Excel hãy chọn lưu kiểu “CSV UTF-8” hoặc .xlsx",
        "the text is not UTF-8; save as “CSV UTF-8” or .xlsx",
    )


def _whole(code: str, vi: str, en: str) -> Problem:
    return Problem(Severity.ERROR, code, Message(vi, en))


def _refused(name: str, vi: str, en: str) -> InvalidRegistry:
    return InvalidRegistry(f"Không đọc được “{name}”: {vi}.", f"{name}: {en}", [_whole("unreadable", vi, en)])
