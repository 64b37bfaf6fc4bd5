"""The unit registry with its history: what a unit was called, whom it belonged to and which outlets it had, at any time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, or_, select

from domain.dates import local_day
from domain.errors import NotFound
from domain.unit import Channel, ChannelId, ChannelKind, Unit, UnitCode, UnitGroup
from store.statements import chunks, holding, insert_missing, lock_rows, record
from store.tables import channel_versions, channels, unit_versions, units


class UnitRepository:
    """Reads take `as_of`: the registry as it was recorded then. `on` is another thing: the day on which units are valid."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, code: UnitCode, as_of: datetime | None = None) -> Unit:
        """One unit with all its channels, past ones too. Raises NotFound."""
        found = self._units(unit_versions.c.unit == code, channel_versions.c.unit == code, as_of)
        if not found:
            raise NotFound(f"Không có đơn vị mã “{code}” trong danh bạ.", f"there is no unit {code!r} in the registry")
        return found[0]

    def save(self, unit: Unit, at: datetime) -> bool:
        """Inserts or updates a unit and its channels; whether anything was new. What held before stays in the history.

        A channel that the unit does not list any more ends with the day of `at`. An outlet that another unit holds too
        passes to nobody by itself: each unit's hold on it has its own days.
        """
        _register(self._connection, units, "code", [unit.code], at)
        _register(self._connection, channels, "id", [c.id for c in unit.channels], at)
        lock_rows(self._connection, units, "code", [unit.code])
        listed = {c.id for c in unit.channels}
        dropped = [
            c if c.valid_until is not None else replace(c, valid_until=local_day(at))
            for c in self._channels(channel_versions.c.unit == unit.code, None)[unit.code]
            if c.id not in listed
        ]
        new_unit = record(self._connection, unit_versions, ["unit"], [_unit_row(unit)], at)
        rows = [_channel_row(c, unit.code, place) for place, c in enumerate((*unit.channels, *dropped))]
        new_channels = record(self._connection, channel_versions, ["channel", "unit"], rows, at)
        return bool(new_unit or new_channels)

    def retire(self, code: UnitCode, on: date, at: datetime, successor: UnitCode | None = None) -> None:
        """Ends a unit and its open channels with the day `on`; its history stays where it happened. Raises NotFound."""
        unit = self.get(code)
        ended = tuple(replace(c, valid_until=on) if c.valid_until is None else c for c in unit.channels)
        self.save(replace(unit, valid_until=on, channels=ended, successor=successor or unit.successor), at)

    def channel(self, id: ChannelId, as_of: datetime | None = None) -> Channel:
        """A channel in the hands of the unit that holds it, or held it last. Raises NotFound."""
        holders = [c for held in self._channels(channel_versions.c.channel == id, as_of).values() for c in held]
        if not holders:
            raise NotFound(f"Không có kênh “{id}” trong danh bạ.", f"there is no channel {id!r} in the registry")
        return max(holders, key=lambda c: (c.valid_until or date.max, c.valid_from or date.min))

    def _units(self, unit_filter: ColumnElement[bool], channel_filter: ColumnElement[bool], as_of: datetime | None) -> list[Unit]:
        channels_of = self._channels(channel_filter, as_of)
        query = select(unit_versions).where(holding(unit_versions, as_of), unit_filter).order_by(unit_versions.c.unit)
        return [_unit(row, channels_of[row.unit]) for row in self._connection.execute(query)]

    def _channels(self, which: ColumnElement[bool], as_of: datetime | None) -> dict[str, list[Channel]]:
        query = (
            select(channel_versions)
            .where(holding(channel_versions, as_of), which)
            .order_by(channel_versions.c.unit, channel_versions.c.position, channel_versions.c.channel)
        )
        found: dict[str, list[Channel]] = defaultdict(list)
        for row in self._connection.execute(query):
            found[row.unit].append(_channel(row))
        return found

    def list(self, on: date | None = None, as_of: datetime | None = None) -> list[Unit]:
        """All units by code, each with all its channels; with `on`, the units and channels valid on that day."""
        return self._units(_valid(unit_versions, on), _valid(channel_versions, on), as_of)


def _register(connection: Connection, table: Table, key: str, values: Iterable[str], at: datetime) -> None:
    for chunk in chunks(sorted(set(values))):
        connection.execute(insert_missing(connection, table), [{key: value, "registered_at": at} for value in chunk])


def _valid(table: Table, on: date | None) -> ColumnElement[bool]:
    if on is None:
        return table.c.number.is_not(None)
    since, until = table.c.valid_from, table.c.valid_until
    return and_(or_(since.is_(None), since <= on), or_(until.is_(None), until >= on))


def _unit_row(unit: Unit) -> dict[str, object]:
    return {
        "unit": unit.code,
        "name": unit.name,
        "unit_group": unit.group,
        "contact": unit.contact,
        "valid_from": unit.valid_from,
        "valid_until": unit.valid_until,
        "successor": unit.successor,
    }


def _channel_row(channel: Channel, unit: UnitCode, position: int) -> dict[str, object]:
    return {
        "channel": channel.id,
        "unit": unit,
        "position": position,
        "kind": channel.kind,
        "url": channel.url,
        "posts_per_week": channel.posts_per_week,
        "valid_from": channel.valid_from,
        "valid_until": channel.valid_until,
    }


def _unit(row: Row[tuple[object, ...]], channels_of: list[Channel]) -> Unit:
    return Unit(
        code=UnitCode(row.unit),
        name=row.name,
        group=UnitGroup(row.unit_group),
        contact=row.contact,
        channels=tuple(channels_of),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        successor=UnitCode(row.successor) if row.successor is not None else None,
    )


def _channel(row: Row[tuple[object, ...]]) -> Channel:
    return Channel(
        id=ChannelId(row.channel),
        unit=UnitCode(row.unit),
        kind=ChannelKind(row.kind),
        url=row.url,
        posts_per_week=row.posts_per_week,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
