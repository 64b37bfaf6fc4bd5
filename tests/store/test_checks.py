from pathlib import Path

import pytest
from sqlalchemy import text

from store import migrate
from store.checks import check
from store.engine import database_url as address_of
from store.engine import engine_for


def run(url: str, *statements: str) -> None:
    engine = engine_for(address_of(url), foreign_keys=False)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def codes(url: str) -> list[str]:
    return [p.code for p in check(url)]


def test_a_fresh_database_is_sound(database_url: str) -> None:
    assert check(database_url) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DROP INDEX ix_tags_post", "tags.ix_tags_post"),
        ("ALTER TABLE users ADD COLUMN phone TEXT", "users.phone"),
        ("DROP TABLE tags", "tags"),
    ],
    ids=["index", "column", "table"],
)
def test_a_schema_changed_by_hand_is_told_by_name(database_url: str, change: str, told: str) -> None:
    run(database_url, change)
    problems = check(database_url)
    assert {p.code for p in problems} == {"schema"}
    assert any(told in p.message.en and told in p.message.vi for p in problems)


def test_an_empty_and_an_unknown_schema_are_told(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    run(empty_database_url, "UPDATE alembic_version SET version_num = 'from-the-future'")
    (problem,) = check(empty_database_url)
    assert problem.code == "ahead"
    assert "ahead" in problem.message.en
    run(empty_database_url, "DELETE FROM alembic_version")
    (problem,) = check(empty_database_url)
    assert problem.code == "empty"
    assert "bamsat db upgrade" in problem.message.vi


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_row_that_refers_to_nothing_is_told(database_url: str) -> None:
    run(database_url, "INSERT INTO channel_states VALUES ('gone', '2026-01-01 00:00:00.000000', '{}')")
    (problem,) = check(database_url)
    assert problem.code == "reference"
    assert "channel_states" in problem.message.en


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_bytes(b"no database " * 1000)
    assert codes(f"sqlite:///{tmp_path / 'text.db'}") == ["store"]
    assert codes(f"sqlite:///{tmp_path / 'absent.db'}") == ["store"]
    assert codes("mysql://somewhere/else") == ["store"]
