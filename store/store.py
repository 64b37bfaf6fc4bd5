"""The store as the rest of the application sees it: transactions, and in them one repository per noun."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine

from domain.errors import StoreUnavailable
from store.audit import AuditRepository
from store.crawl_runs import CrawlRunRepository
from store.engine import database_url, engine_for, explaining, for_reading, require_file, shown
from store.files import FileRepository
from store.migrate import Standing, advice, standing
from store.obligations import ObligationRepository
from store.plans import PlanRepository
from store.posts import PostRepository
from store.tags import TagRepository
from store.units import UnitRepository
from store.users import UserRepository


class Transaction:
    """What is read and written together. It is over with the `with` block that gave it."""

    def __init__(self, connection: Connection) -> None:
        self.plans = PlanRepository(connection)
        self.units = UnitRepository(connection)
        self.posts = PostRepository(connection)
        self.tags = TagRepository(connection)
        self.obligations = ObligationRepository(connection)
        self.files = FileRepository(connection)
        self.crawl_runs = CrawlRunRepository(connection)
        self.users = UserRepository(connection)
        self.audit = AuditRepository(connection)


class Store:
    """A database. Safe for threads: each transaction has a connection of its own."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self._url = url

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything in the block is stored at its end, or nothing. On SQLite writers take turns: keep it short.

        Raises StoreUnavailable when the database is locked, read-only, full or gone.
        """
        with explaining(self._url), self._engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One snapshot: what others write meanwhile is not seen, and nobody waits. Writing in it is an error."""
        with explaining(self._url), self._engine.connect() as plain:
            connection = for_reading(plain)
            with connection.begin():
                yield Transaction(connection)

    def close(self) -> None:
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Opens a database that is there and up to date. Raises StoreUnavailable saying what to do when it is not."""
    address = database_url(url)
    require_file(address)
    engine = engine_for(address)
    try:
        with explaining(address), engine.connect() as connection:
            found = standing(for_reading(connection))
        if found is not Standing.CURRENT:
            told = advice(found, shown(address))
            raise StoreUnavailable(told.vi, told.en)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, address)
