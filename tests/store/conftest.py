from collections.abc import Iterator

import pytest

from store import Store, open_store
from tests.database import (  # noqa: F401 - fixtures
    database_url,
    dialect,
    empty_database_url,
    new_database,
    postgres,
    sqlite_template,
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:  # noqa: F811
    opened = open_store(database_url)
    yield opened
    opened.close()
