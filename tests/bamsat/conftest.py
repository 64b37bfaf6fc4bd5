"""A store of its own for each test of the application."""

import pytest

from store import migrate, open_store


@pytest.fixture
def database_file(tmp_path):
    return tmp_path / "bamsat.db"


@pytest.fixture
def store(database_file):
    migrate.upgrade(f"sqlite:///{database_file}")
    opened = open_store(f"sqlite:///{database_file}")
    yield opened
    opened.close()
