"""The schema's versions: made with Alembic, without a configuration file, from the migrations packaged beside this module."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from domain.errors import Message, StoreUnavailable
from store.engine import database_url, engine_for, explaining, file_of, for_reading, shown

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 0x62616D736174
"""Any number that no other program on the same PostgreSQL database is likely to take: two upgrades at once take turns."""


class Standing(StrEnum):
    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    EMPTY = "empty"


def upgrade(url: str, revision: str = "head") -> None:
    """Creates the database's schema, or brings it up to date. One transaction: an upgrade that fails changes nothing.

    Creates a SQLite file and its directory. Raises StoreUnavailable.
    """
    _migrate(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Takes the schema back to an earlier revision, or to `base`. What the earlier schema has no place for is lost."""
    _migrate(url, lambda config: command.downgrade(config, revision))


def current(url: str) -> str | None:
    """The revision of the schema; None for an empty database. Raises StoreUnavailable when it cannot be reached."""
    address = database_url(url)
    if (path := file_of(address)) is not None and not path.exists():
        return None
    engine = engine_for(address)
    try:
        with explaining(address), engine.connect() as connection:
            return MigrationContext.configure(for_reading(connection)).get_current_revision()
    finally:
        engine.dispose()


def newest() -> str:
    """The revision that this version of the program works with."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    if head is None:
        raise RuntimeError(f"no migrations in {MIGRATIONS}")
    return head


def standing(connection: Connection) -> Standing:
    """How the schema of a database compares with what this program works with."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return Standing.EMPTY
    scripts = ScriptDirectory.from_config(configuration())
    if found == scripts.get_current_head():
        return Standing.CURRENT
    return Standing.BEHIND if any(s.revision == found for s in scripts.walk_revisions()) else Standing.AHEAD


def advice(found: Standing, address: str) -> Message:
    """What to do about a schema that does not fit."""
    if found is Standing.AHEAD:
        return Message(
            f"Cơ sở dữ liệu {address} đã được một phiên bản Bám Sát mới hơn nâng cấp. Hãy cài bản mới đó rồi chạy lại.",
            f"the database {address} is ahead of this version of the program; install the newer version",
        )
    return Message(
        f"Cơ sở dữ liệu {address} chưa được nâng cấp cho phiên bản này. Hãy chạy `bamsat db upgrade`.",
        f"the database {address} is behind this version of the program; run `bamsat db upgrade`",
    )


def _migrate(text_url: str, run: Callable[[Config], None]) -> None:
    address = database_url(text_url)
    path = file_of(address)
    engine = engine_for(address, foreign_keys=False)
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        with explaining(address), engine.begin() as connection:
            if path is None:
                connection.execute(select(func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            if standing(connection) is Standing.AHEAD:
                told = advice(Standing.AHEAD, shown(address))
                raise StoreUnavailable(told.vi, told.en)
            config = configuration()
            config.attributes["connection"] = connection
            run(config)
            if path is not None and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise RuntimeError(f"the migration would leave a row of {broken[0]} that refers to nothing")
    except OSError as fault:
        raise StoreUnavailable(
            f"Không tạo được thư mục của cơ sở dữ liệu {path}: {fault.strerror}.",
            f"cannot create the directory of the database {path}: {fault.strerror}",
        ) from fault
    finally:
        engine.dispose()


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(MIGRATIONS / "versions").replace("%", "%%"))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    return config
