import os
import sqlite3
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, StatementError

from domain.errors import StoreUnavailable
from store import Store, engine, migrate, open_store
from store.engine import database_url as address_of
from store.engine import shown
from tests.store.builders import NOW, a_post, a_unit, with_posts

sqlite_only = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    "url",
    ["", "bamsat.db", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql+asyncpg://host/name"],
    ids=["empty", "bare", "mysql", "no file", "memory", "other driver"],
)
def test_an_address_of_another_kind_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="sqlite:///FILE or postgresql://"):
        open_store(url)


def test_a_password_is_never_shown() -> None:
    assert "s3cret" not in shown(address_of("postgresql://lan:s3cret@host/bamsat"))


def test_a_missing_database_is_not_made_by_opening_it(tmp_path: Path) -> None:
    path = tmp_path / "bamsat.db"
    with pytest.raises(StoreUnavailable, match="bamsat db upgrade") as raised:
        open_store(f"sqlite:///{path}")
    assert "Hãy chạy `bamsat db upgrade`" in raised.value.message.vi
    assert not path.exists()
    assert migrate.current(f"sqlite:///{path}") is None
    assert not path.exists()


def test_an_upgrade_makes_the_directory_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'var' / 'kho' / 'bamsat.db'}"
    migrate.upgrade(url)
    migrate.upgrade(url)
    open_store(url).close()


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(StoreUnavailable, match="cannot create the directory"):
        migrate.upgrade(f"sqlite:///{tmp_path / 'var' / 'bamsat.db'}")


def test_a_database_that_was_not_upgraded_is_told_so(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    with pytest.raises(StoreUnavailable, match=r"behind this version.*bamsat db upgrade"):
        open_store(empty_database_url)


@sqlite_only
def test_a_file_that_may_not_be_written_is_told_to_be_read_only(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no permission stops; so the system's answer to the question is what is set here."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(StoreUnavailable, match="read-only") as raised:
        open_store(database_url)
    assert "chỉ cho đọc" in raised.value.message.vi


@sqlite_only
def test_a_database_that_became_read_only_is_told_when_something_is_written(store: Store, database_url: str) -> None:
    store.close()
    engine_of = open_store(database_url)
    with pytest.raises(StoreUnavailable, match="read-only"), engine_of.transaction() as tx:
        tx.units._connection.exec_driver_sql("PRAGMA query_only = ON")
        tx.units.save(a_unit(), NOW)
    engine_of.close()


@sqlite_only
def test_a_lock_that_is_never_released_ends_in_a_clear_message(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    store = open_store(database_url)
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked by another process"), store.transaction():
        pass
    with store.reading() as tx:
        assert tx.posts.count() == 0, "reading goes on"
    holder.rollback()
    holder.close()
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
    store.close()


@sqlite_only
def test_a_full_disk_loses_nothing_and_is_told(store: Store) -> None:
    posts = with_posts(store, 1)
    with pytest.raises(StoreUnavailable, match="disk is full"), store.transaction() as tx:
        tx.units._connection.exec_driver_sql("PRAGMA max_page_count = 60")
        tx.posts.add([a_post(n, text="x" * 5_000) for n in range(2, 400)], NOW)
    with store.reading() as tx:
        assert tx.posts.list() == posts


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    with pytest.raises(StoreUnavailable, match="cannot reach the database") as raised:
        open_store("postgresql://lan:s3cret@127.0.0.1:1/bamsat")
    assert "s3cret" not in str(raised.value) + raised.value.message.vi


@sqlite_only
def test_a_file_of_something_else_is_told(tmp_path: Path, database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    path.write_bytes(b"this is not a database " * 400)
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(database_url)


def test_a_naive_datetime_is_refused_where_it_is_stored_and_where_it_is_compared(store: Store) -> None:
    naive = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
    with pytest.raises(StatementError, match="aware datetimes only"), store.transaction() as tx:
        tx.units.save(a_unit(), naive)
    with pytest.raises(StatementError, match="aware datetimes only"), store.reading() as tx:
        tx.posts.list(as_of=naive)


def test_what_fails_halfway_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
        tx.posts.add([a_post(1)], NOW)
        raise RuntimeError("the program failed")
    with store.reading() as tx:
        assert tx.units.list() == []
        assert tx.posts.count() == 0


def test_reading_sees_one_moment_whatever_is_written_meanwhile(store: Store) -> None:
    with_posts(store, 1)
    with store.reading() as before:
        assert before.posts.count() == 1
        with_posts(store, 2)
        assert before.posts.count() == 1
    with store.reading() as after:
        assert after.posts.count() == 2


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises((StoreUnavailable, DBAPIError), match="read-only"), store.reading() as tx:
        tx.units.save(a_unit(), NOW)
    with store.transaction() as tx:
        assert tx.units.save(a_unit(), NOW), "the same connection writes again afterwards"


_KILLED = """
import os, signal, sys
from store import open_store
from tests.store.builders import NOW, a_post
store = open_store(sys.argv[1])
with store.transaction() as tx:
    tx.posts.add([a_post(n) for n in range(2, 900)], NOW)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_that_is_killed_leaves_nothing_behind_and_no_lock(store: Store, database_url: str) -> None:
    posts = with_posts(store, 1)
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run([sys.executable, "-c", _KILLED, database_url], cwd=root, check=False)
    assert killed.returncode == -9
    with store.transaction() as tx:
        assert tx.posts.list() == posts
        assert len(tx.posts.add([a_post(n) for n in range(2, 900)], NOW)) == 898


@sqlite_only
def test_the_file_is_set_up_for_readers_beside_a_writer(database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    assert stat.S_ISREG(path.stat().st_mode)
