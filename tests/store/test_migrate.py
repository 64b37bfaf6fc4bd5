import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from domain.errors import StoreUnavailable
from store import Store, migrate, open_store
from store.engine import database_url as address_of
from store.engine import engine_for
from store.tables import metadata
from tests.store.builders import NOW, a_run, a_topic_tag, an_answer, with_plan, with_posts

REVISIONS = [s.revision for s in ScriptDirectory.from_config(migrate.configuration()).walk_revisions()][::-1]


def differences(url: str) -> list[object]:
    engine = engine_for(address_of(url))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()
    return found


def tables(url: str) -> set[str]:
    engine = engine_for(address_of(url))
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def fill(store: Store) -> None:
    plan, (post,) = with_plan(store), with_posts(store, 1)
    with store.transaction() as tx:
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(post, a_topic_tag())], NOW)
        tx.posts.mark_copies({post.id: post.id}, NOW)
        tx.crawl_runs.add(a_run(post.channel), {"etag": "1"})


def test_the_migrations_make_the_schema_that_the_program_expects(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    assert differences(empty_database_url) == []
    assert migrate.current(empty_database_url) == migrate.newest() == REVISIONS[-1]


def check_names(url: str) -> set[str | None]:
    engine = engine_for(address_of(url))
    names = {c["name"] for table in metadata.tables for c in inspect(engine).get_check_constraints(table)}
    engine.dispose()
    return names


def test_the_checks_of_the_migrations_are_those_of_the_program(new_database: Callable[[bool], str]) -> None:
    """Alembic compares tables, columns and indexes, but not these."""
    direct = new_database(False)
    engine = engine_for(address_of(direct))
    metadata.create_all(engine)
    engine.dispose()
    assert check_names(new_database(True)) == check_names(direct) != set()


def test_each_step_goes_down_and_up_again_with_data(database_url: str) -> None:
    store = open_store(database_url)
    fill(store)
    with store.reading() as tx:
        before = tx.posts.list(), tx.tags.list(tx.plans.list()[0].plan_id), tx.crawl_runs.list()
    store.close()
    for revision in REVISIONS[-2::-1]:
        migrate.downgrade(database_url, revision)
        assert migrate.current(database_url) == revision
    for revision in REVISIONS[1:]:
        migrate.upgrade(database_url, revision)
        assert migrate.current(database_url) == revision
    assert differences(database_url) == []
    store = open_store(database_url)
    with store.reading() as tx:
        assert (tx.posts.list(), tx.tags.list(tx.plans.list()[0].plan_id), tx.crawl_runs.list()) == before
    store.close()


def test_to_base_and_up_again_starts_afresh(database_url: str) -> None:
    store = open_store(database_url)
    fill(store)
    store.close()
    migrate.downgrade(database_url, "base")
    assert migrate.current(database_url) is None
    assert tables(database_url) <= {"alembic_version"}
    migrate.upgrade(database_url)
    assert differences(database_url) == []


def test_an_upgrade_that_fails_halfway_changes_nothing(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(database_url)
    fill(store)
    store.close()
    before = tables(database_url)
    copy = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, copy)
    (copy / "versions" / "failing.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = 'failing'\ndown_revision = '{REVISIONS[-1]}'\n"
        "def upgrade():\n    op.create_table('half', sa.Column('id', sa.Integer()))\n    raise ValueError('in the middle')\n"
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", copy)
    with pytest.raises(ValueError, match="in the middle"):
        migrate.upgrade(database_url)
    assert tables(database_url) == before
    assert migrate.current(database_url) == REVISIONS[-1]


def test_a_database_of_a_newer_program_is_left_alone(database_url: str) -> None:
    engine = engine_for(address_of(database_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of-tomorrow'"))
    engine.dispose()
    for use in (migrate.upgrade, open_store):
        with pytest.raises(StoreUnavailable, match="ahead of this version") as raised:
            use(database_url)
        assert "mới hơn" in raised.value.message.vi
