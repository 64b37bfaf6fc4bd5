"""Several writers at once: nobody fails, nothing is doubled, at most one version holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from sqlalchemy import func, select

from domain.plan import PlanVersion
from store import Store, migrate, open_store
from store.engine import database_url as address_of
from store.engine import engine_for
from store.tables import post_versions, taggings
from tests.store.builders import HOUR, NOW, a_plan, a_post, a_topic_tag, a_unit, an_answer, with_plan, with_posts

WRITERS = 4


def at_once(work: Callable[[int], object]) -> list[object]:
    """Runs `work(0) … work(WRITERS - 1)`, all starting together; raises what any of them raised."""
    start = Barrier(WRITERS)

    def run(number: int) -> object:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(WRITERS) as pool:
        return [future.result() for future in [pool.submit(run, number) for number in range(WRITERS)]]


def rows_holding(url: str) -> tuple[int, int]:
    engine = engine_for(address_of(url))
    with engine.connect() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(t).where(t.c.superseded_at.is_(None))).scalar_one()
            for t in (post_versions, taggings)
        ]
    engine.dispose()
    return counts[0], counts[1]


def test_writers_of_the_same_posts_store_each_once(store: Store, database_url: str) -> None:
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)

    def write(writer: int) -> int:
        new = 0
        for turn in range(8):
            posts = [a_post(n, title=f"Bài {n} lần {turn}") for n in range(30)]
            with store.transaction() as tx:
                new += len(tx.posts.add(posts if writer % 2 else reversed(posts), NOW + turn * HOUR))
        return new

    assert sum(int(str(n)) for n in at_once(write)) == 30
    assert rows_holding(database_url) == (30, 0)


def test_taggers_of_the_same_posts_leave_one_answer_each(store: Store, database_url: str) -> None:
    plan, posts = with_plan(store), with_posts(store, *range(20))

    def tag(writer: int) -> None:
        for turn in range(5):
            answers = [an_answer(p, a_topic_tag(f"t{writer}")) for p in (posts if writer % 2 else reversed(posts))]
            with store.transaction() as tx:
                tx.tags.save(plan.plan_id, 1, f"m{writer}", answers, NOW + turn * HOUR)

    at_once(tag)
    assert rows_holding(database_url)[1] == 20
    with store.reading() as tx:
        assert len(tx.tags.list(plan.plan_id)) == 20


def test_a_read_before_the_write_does_not_lose_the_write(store: Store) -> None:
    """The classic failure on SQLite: a reader that becomes a writer after another one wrote."""
    with_posts(store, 0)

    def write(writer: int) -> None:
        for turn in range(10):
            with store.transaction() as tx:
                tx.posts.count()
                tx.posts.add([a_post(writer * 100 + turn + 1)], NOW)

    at_once(write)
    with store.reading() as tx:
        assert tx.posts.count() == 1 + WRITERS * 10


def test_imports_of_a_plan_at_once_get_versions_of_their_own(store: Store) -> None:
    def write(writer: int) -> PlanVersion:
        with store.transaction() as tx:
            return tx.plans.add(replace(a_plan(), place=f"Nơi {writer}"), "an", NOW)

    versions = [v.version for v in at_once(write) if isinstance(v, PlanVersion)]
    assert sorted(versions) == [1, 2, 3, 4]


def test_units_saved_at_once_keep_one_version_each(store: Store) -> None:
    def write(writer: int) -> None:
        for turn in range(5):
            with store.transaction() as tx:
                tx.units.save(a_unit("AB", name=f"Xã {writer} {turn}"), NOW + turn * HOUR)

    at_once(write)
    with store.reading() as tx:
        assert len(tx.units.list()) == 1


def test_upgrades_at_once_take_turns(empty_database_url: str) -> None:
    at_once(lambda _: migrate.upgrade(empty_database_url))
    open_store(empty_database_url).close()
