"""Whether a database is sound: not damaged, nothing that refers to nothing, and the schema that this program expects."""

from collections.abc import Iterable, Iterator
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, Connection

from domain.errors import Message, Problem, Severity, StoreUnavailable
from store.engine import database_url, engine_for, explaining, file_of, for_reading, require_file, shown
from store.migrate import Standing, advice, standing
from store.tables import metadata

_SHOWN = 20
"""Damage of one kind is told by so many examples; more would not help."""


def check(url: str) -> list[Problem]:
    """What is wrong with a database; empty when it is sound. Reads all of a SQLite file, so it takes time with its size.

    The code of a problem is `store` (cannot be opened), `damage`, `reference`, `schema` (changed by hand), or a word of
    `Standing` for a schema of another version.
    """
    try:
        address = database_url(url)
        require_file(address)
        engine = engine_for(address)
        try:
            with explaining(address), engine.connect() as connection:
                return list(_problems(for_reading(connection), address))
        finally:
            engine.dispose()
    except StoreUnavailable as fault:
        return [_problem("store", fault.message)]


def _problems(connection: Connection, address: URL) -> Iterator[Problem]:
    if file_of(address) is not None:
        yield from _damage(connection)
    found = standing(connection)
    if found is Standing.CURRENT:
        yield from _schema(connection)
    else:
        yield _problem(found, advice(found, shown(address)))


def _damage(connection: Connection) -> Iterator[Problem]:
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_SHOWN})"):
        if line != "ok":
            yield _problem(
                "damage",
                Message(f"Tệp cơ sở dữ liệu bị hỏng: {line}. Hãy phục hồi từ bản sao lưu.", f"the file is damaged: {line}"),
            )
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        table, number, target = row[0], row[1], row[2]
        yield _problem(
            "reference",
            Message(
                f"Bảng {table}, dòng {number}: tham chiếu tới {target} không tồn tại.",
                f"table {table}, row {number} refers to a row of {target} that is not there",
            ),
        )


def _schema(connection: Connection) -> Iterator[Problem]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    for difference in _flat(compare_metadata(context, metadata)):
        what = f"{difference[0]}: {', '.join(_name(part) for part in difference[1:] if part is not None)}"
        yield _problem(
            "schema",
            Message(
                f"Lược đồ khác với chương trình ({what}). Đã có ai sửa trực tiếp cơ sở dữ liệu chăng?",
                f"the schema differs from the program's ({what}); was the database changed by hand?",
            ),
        )


def _flat(differences: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Alembic groups the changes of one column in a list."""
    for difference in differences:
        if isinstance(difference, list):
            yield from _flat(difference)
        else:
            yield difference


def _name(part: Any) -> str:
    table = getattr(getattr(part, "table", None), "name", None)
    name = str(getattr(part, "name", part))
    return f"{table}.{name}" if table else name


def _problem(code: str, message: Message) -> Problem:
    return Problem(Severity.ERROR, code, message)
