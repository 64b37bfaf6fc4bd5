import os
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from domain.errors import InvalidInput, MissingProgram, StoreUnavailable
from store import migrate, open_store
from store.backup import backup, restore
from tests.store.builders import NOW, a_post, with_posts

sqlite_only = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


def with_posts_in(url: str) -> None:
    store = open_store(url)
    with_posts(store, 1)
    store.close()


def numbers_in(url: str) -> set[str]:
    store = open_store(url)
    with store.reading() as tx:
        ids = {p.id for p in tx.posts.list()}
    store.close()
    return ids


@sqlite_only
def test_a_backup_made_during_a_write_holds_what_was_committed_and_restores(database_url: str, tmp_path: Path) -> None:
    store = open_store(database_url)
    with_posts(store, 1, 2)
    copy = tmp_path / "kho" / "sao-luu.db"
    with store.transaction() as tx:
        tx.posts.add([a_post(3)], NOW)
        backup(database_url, copy)
    restored = f"sqlite:///{tmp_path / 'moi' / 'bamsat.db'}"
    restore(restored, copy)
    assert numbers_in(restored) == {a_post(1).id, a_post(2).id}
    assert [p.name for p in copy.parent.iterdir()] == ["sao-luu.db"]
    store.close()


@sqlite_only
def test_restoring_takes_the_place_of_what_an_open_store_shows(database_url: str, tmp_path: Path) -> None:
    store = open_store(database_url)
    with_posts(store, 1)
    backup(database_url, tmp_path / "copy.db")
    with_posts(store, 2)
    restore(database_url, tmp_path / "copy.db")
    with store.transaction() as tx:
        assert [p.id for p in tx.posts.list()] == [a_post(1).id]
        tx.posts.add([a_post(3)], NOW)
    store.close()
    assert numbers_in(database_url) == {a_post(1).id, a_post(3).id}


@sqlite_only
def test_a_damaged_backup_is_refused_and_nothing_changes(
    database_url: str, new_database: Callable[[bool], str], tmp_path: Path
) -> None:
    store = open_store(database_url)
    with_posts(store, *range(200))
    store.close()
    copy = tmp_path / "copy.db"
    backup(database_url, copy)
    content = bytearray(copy.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    copy.write_bytes(content)
    other = new_database(True)
    with pytest.raises(InvalidInput, match="not a backup that can be used"):
        restore(other, copy)
    assert numbers_in(other) == set()


@sqlite_only
@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400], ids=["empty", "text"])
def test_a_file_that_is_no_backup_is_refused(database_url: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(InvalidInput):
        restore(database_url, tmp_path / "copy.db")
    with pytest.raises(InvalidInput, match="no backup file"):
        restore(database_url, tmp_path / "absent.db")


@sqlite_only
def test_a_backup_never_overwrites_the_database_itself(database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    with pytest.raises(InvalidInput, match="itself"):
        backup(database_url, path)
    assert migrate.current(database_url) == migrate.newest()


def test_postgresql_is_left_to_its_own_tools() -> None:
    with pytest.raises(MissingProgram, match="pg_dump"):
        backup("postgresql://localhost/bamsat", Path("x"))
    with pytest.raises(MissingProgram, match="pg_restore"):
        restore("postgresql://localhost/bamsat", Path("x"))


@sqlite_only
def test_a_backup_restores_from_where_nothing_can_be_written(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_posts_in(database_url)
    medium = tmp_path / "usb"
    backup(database_url, medium / "copy.db")
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: medium not in (path, *Path(path).parents) and may(path, mode))
    restored = tmp_path / "new" / "bamsat.db"
    restore(f"sqlite:///{restored}", medium / "copy.db")
    assert numbers_in(f"sqlite:///{restored}") == {a_post(1).id}
    assert [p.name for p in medium.iterdir()] == ["copy.db"]
    assert not list(restored.parent.glob("*restoring*"))


@sqlite_only
def test_a_backup_of_an_earlier_schema_restores_and_then_asks_for_an_upgrade(database_url: str, tmp_path: Path) -> None:
    with_posts_in(database_url)
    earlier = ScriptDirectory.from_config(migrate.configuration()).get_revision(migrate.newest()).down_revision
    migrate.downgrade(database_url, str(earlier))
    backup(database_url, tmp_path / "earlier.db")
    migrate.upgrade(database_url)
    restore(database_url, tmp_path / "earlier.db")
    with pytest.raises(StoreUnavailable, match="bamsat db upgrade"):
        open_store(database_url)
    migrate.upgrade(database_url)
    assert numbers_in(database_url) == {a_post(1).id}
