from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store import migrate
from store.engine import database_url as address_of
from store.engine import engine_for
from store.tables import metadata


def differences(url: str) -> list[object]:
    engine = engine_for(address_of(url))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()
    return found


def test_the_migrations_make_the_schema_that_the_program_expects(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    assert differences(empty_database_url) == []
    assert migrate.current(empty_database_url) == migrate.newest()


def test_to_base_and_up_again_leaves_the_same_schema(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    assert migrate.current(empty_database_url) is None
    migrate.upgrade(empty_database_url)
    assert differences(empty_database_url) == []
