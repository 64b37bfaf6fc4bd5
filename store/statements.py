"""The few statements that every repository is made of: insert what is missing, keep versions, read what held at a moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, bindparam, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import NotFound

Row = dict[str, Any]
T = TypeVar("T")

CHUNK = 500
"""Values in one IN list or rows in one statement: far below the limits of both databases (SQLite: 32,766 variables)."""


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_missing(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves a row alone that is there already; with RETURNING it gives the new rows only."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing()


def holding(table: Table, as_of: datetime | None) -> ColumnElement[bool]:
    """The version that holds now, or the one that held at `as_of`."""
    if as_of is None:
        return table.c.superseded_at.is_(None)
    return and_(
        table.c.recorded_at <= as_of,
        or_(table.c.superseded_at.is_(None), table.c.superseded_at > as_of),
    )


def equal(table: Table, row: Row) -> ColumnElement[bool]:
    """The rows with just these values. NULL is asked for by IS NULL: PostgreSQL finds nothing in an index by IS NOT DISTINCT."""
    return and_(*(table.c[k].is_(None) if v is None else table.c[k] == v for k, v in row.items()))


def lock_rows(connection: Connection, table: Table, key: str, values: Sequence[str]) -> set[str]:
    """The given keys that exist, locked until the end of the transaction, in one order for all writers so that none waits
    in a circle. SQLite needs no row locks: a writer has the whole file."""
    column = table.c[key]
    query = select(column).where(column.in_(values)).order_by(column).with_for_update(key_share=True)
    return set(connection.scalars(query))


def require_known(connection: Connection, column: Column[str], wanted: Set[str], vi: str, en: str) -> None:
    """Raises NotFound naming one of `wanted` that `column` does not hold; `vi` and `en` say what such a thing is."""
    for chunk in chunks(sorted(wanted)):
        unknown = set(chunk) - set(connection.scalars(select(column).where(column.in_(chunk))))
        if unknown:
            id = min(unknown)
            raise NotFound(f"Không có {vi} “{id}” trong kho dữ liệu.", f"there is no {en} {id!r} in the store")


def record(
    connection: Connection,
    table: Table,
    key: Sequence[str],
    rows: Sequence[Row],
    at: datetime,
    nothing: Mapping[str, Any] | None = None,
) -> list[Row]:
    """Makes each row the version of its key that holds from `at` on, and returns those that said something new.

    A row that equals the version that holds writes nothing, nor does a first row that equals `nothing`. A version never
    begins before the one that it follows, whatever the clocks of two writers say. Keys must differ, and the rows of the
    things that they name must be locked by the caller.
    """
    changed: list[Row] = []
    for chunk in chunks(rows):
        held = _held(connection, table, key, chunk)
        closing, opening = [], []
        for row in chunk:
            identity = tuple(row[k] for k in key)
            before = held.get(identity)
            if before is None and nothing is not None and all(row[k] == v for k, v in nothing.items()):
                continue
            if before is not None and all(before[k] == v for k, v in row.items()):
                continue
            since = max(at, before["recorded_at"]) if before else at
            number = before["number"] + 1 if before else 1
            if before:
                closing.append({f"key_{k}": row[k] for k in key} | {"until": since})
            opening.append(row | {"number": number, "recorded_at": since})
            changed.append(row)
        if closing:
            match = [table.c[k] == bindparam(f"key_{k}") for k in key]
            close = update(table).where(*match, table.c.superseded_at.is_(None)).values(superseded_at=bindparam("until"))
            connection.execute(close, closing)
        if opening:
            connection.execute(table.insert(), opening)
    return changed


def _held(connection: Connection, table: Table, key: Sequence[str], rows: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
    columns = [table.c[k] for k in key]
    wanted = [tuple(row[k] for k in key) for row in rows]
    found = connection.execute(select(table).where(tuple_(*columns).in_(wanted), holding(table, None))).mappings()
    return {tuple(row[k] for k in key): dict(row) for row in found}
