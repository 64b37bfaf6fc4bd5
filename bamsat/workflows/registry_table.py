"""The registry table of units and channels, as CSV or XLSX: read whole, or refused with every wrong cell named."""

from collections.abc import Mapping

from bamsat.workflows.tables import Columns, Row, read_rows
from domain.errors import InvalidInput, InvalidRegistry, Message, Problem, Severity
from domain.text import fold
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id
from domain.urls import canonical_url

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "unit_code": ("unit code", "ma don vi", "ma"),
    "unit_name": ("unit name", "ten don vi", "don vi"),
    "unit_group": ("unit group", "nhom don vi", "nhom", "khoi"),
    "channel_kind": ("channel kind", "loai kenh"),
    "channel_url": ("channel url", "dia chi kenh", "dia chi", "duong dan", "url", "link"),
    "posts_per_week": ("posts per week", "so bai moi tuan", "so tin bai moi tuan", "bai tuan"),
    "contact": ("contact", "lien he", "dau moi lien he", "email", "thu dien tu"),
}
"""Field → headings that mean it, folded. English names are those of the design; any of the Vietnamese ones will do."""

COLUMNS = Columns(_HEADINGS, (("unit_code",), ("unit_name",), ("unit_group",)), "“Mã đơn vị”, “Tên đơn vị”, “Nhóm đơn vị”")

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


def read_registry_table(content: bytes, name: str) -> tuple[Unit, ...]:
    """The units of a table with their channels, in the order of the table.

    A unit has a row for each channel; its name, group and contact may be left blank after its first row. Raises
    InvalidRegistry with a Problem for every wrong cell; nothing is returned unless every row is right.
    """
    try:
        rows = list(read_rows(content, name, COLUMNS))
    except InvalidInput as fault:
        raise InvalidRegistry(fault.message.vi, fault.message.en, fault.problems) from fault
    problems: list[Problem] = []
    units: dict[UnitCode, Unit] = {}
    owners: dict[str, UnitCode] = {}
    for row in rows:
        code = UnitCode(row.text("unit_code"))
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


def _unit(row: Row, code: UnitCode, known: Unit | None, problems: list[Problem]) -> Unit:
    name, group = row.text("unit_name"), row.text("unit_group")
    contact = row.text("contact") or None
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


def _channel(row: Row, code: UnitCode, problems: list[Problem]) -> Channel | None:
    address, kind_text = row.text("channel_url"), row.text("channel_kind")
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


def _posts_per_week(row: Row, problems: list[Problem]) -> float | None:
    text = row.text("posts_per_week")
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


def _whole(code: str, vi: str, en: str) -> Problem:
    return Problem(Severity.ERROR, code, Message(vi, en))
