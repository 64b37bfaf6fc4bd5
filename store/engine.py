"""Connections: which databases there are, how they are set up, and what their errors mean to a person."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from domain.errors import StoreUnavailable

BUSY_SECONDS = 30.0
"""How long a writer waits for another one's transaction on SQLite before it gives up."""
CONNECT_SECONDS = 10
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")
_WRITES = "bamsat_writes"


def database_url(text: str) -> URL:
    """`sqlite:///FILE` or `postgresql://…`; raises StoreUnavailable for anything else."""
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    if url is not None and url.drivername in _POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url is not None and url.drivername == "sqlite" and url.database and not url.database.startswith((":memory:", "file:")):
        return url
    raise StoreUnavailable(
        "Địa chỉ cơ sở dữ liệu không dùng được. Hãy viết như sqlite:///var/bamsat.db hoặc postgresql://người-dùng@máy/tên.",
        "not a database address that can be used; write sqlite:///FILE or postgresql://USER@HOST/NAME",
    )


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(url.database) if url.drivername == "sqlite" and url.database else None


def shown(url: URL) -> str:
    """The address as it may be shown: without its password."""
    return url.render_as_string(hide_password=True)


def require_file(url: URL) -> None:
    """Raises StoreUnavailable when a SQLite database is not there or cannot be written; PostgreSQL answers for itself."""
    path = file_of(url)
    if path is None:
        return
    if not path.is_file():
        raise StoreUnavailable(
            f"Chưa có cơ sở dữ liệu {path}. Hãy chạy `bamsat db upgrade` để tạo.",
            f"there is no database {path}; create it with `bamsat db upgrade`",
        )
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise _read_only(url)


def engine_for(url: URL, foreign_keys: bool = True) -> Engine:
    """An engine with this project's settings. `foreign_keys` off is for migrations that rebuild a table (SQLite only)."""
    if file_of(url) is None:
        return create_engine(
            url,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            json_serializer=_compact,
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "bamsat"},
        )
    engine = create_engine(url, json_serializer=_compact, connect_args={"timeout": BUSY_SECONDS})

    def set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver must not open transactions by itself: it would begin too late and without the write lock.
        connection.isolation_level = None
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: to ask for it after a read fails when another wrote meanwhile."""
    writes = connection.get_execution_options().get(_WRITES, True)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def for_reading(connection: Connection) -> Connection:
    """One snapshot for all reads of the transaction, and no writes."""
    if connection.dialect.name == "sqlite":
        return connection.execution_options(**{_WRITES: False})
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def explaining(url: URL) -> Iterator[None]:
    """Raises StoreUnavailable, in words that help, for errors of the database itself; errors of the program pass as they are."""
    try:
        yield
    except DBAPIError as fault:
        known = _explained(fault, url)
        if known is None:
            raise
        raise known from fault


def _explained(fault: DBAPIError, url: URL) -> StoreUnavailable | None:
    words = str(fault.orig).lower()
    if "readonly database" in words or "read-only" in words:
        return _read_only(url)
    if any(sign in words for sign in ("database is locked", "database is busy", "deadlock detected", "lock timeout")):
        return StoreUnavailable(
            f"Cơ sở dữ liệu {shown(url)} đang bị một tiến trình khác giữ. Hãy đợi việc đang chạy xong rồi thử lại.",
            f"the database {shown(url)} is locked by another process; wait for it to finish and try again",
        )
    if "disk is full" in words or "no space left" in words:
        return StoreUnavailable(
            "Ổ đĩa đã đầy nên không ghi được. Không có gì bị hỏng; hãy giải phóng chỗ trống rồi chạy lại.",
            "the disk is full; nothing was damaged; free some space and run again",
        )
    if "not a database" in words or "malformed" in words:
        return StoreUnavailable(
            f"{shown(url)} không phải là cơ sở dữ liệu, hoặc đã hỏng. Hãy chạy `bamsat db check`, hoặc phục hồi từ bản sao lưu.",
            f"{shown(url)} is not a database or is damaged; run `bamsat db check`, or restore a backup",
        )
    if isinstance(fault, OperationalError) and (file_of(url) is None or "unable to open" in words):
        return StoreUnavailable(
            f"Không kết nối được với cơ sở dữ liệu {shown(url)}. Hãy xem máy chủ có đang chạy và địa chỉ có đúng không.",
            f"cannot reach the database {shown(url)}: {str(fault.orig).splitlines()[0]}",
        )
    return None


def _read_only(url: URL) -> StoreUnavailable:
    return StoreUnavailable(
        f"Cơ sở dữ liệu {shown(url)} chỉ cho đọc. Hãy xem quyền ghi của tệp và của thư mục chứa nó.",
        f"the database {shown(url)} is read-only; check the permissions of the file and of its directory",
    )


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
