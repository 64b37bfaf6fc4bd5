import pytest

from domain.crawl_run import ChannelHealth, RunOutcome
from domain.errors import Message, NotFound
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_channel, a_run, a_unit


@pytest.fixture
def channel_store(store: Store) -> Store:
    with store.transaction() as tx:
        tx.units.save(a_unit("AB", a_channel("https://ab.example.vn")), NOW)
        tx.units.save(a_unit("CD", a_channel("https://cd.example.vn", "CD")), NOW)
    return store


AB, CD = a_channel("https://ab.example.vn"), a_channel("https://cd.example.vn", "CD")
BROKEN = {"outcome": RunOutcome.UNREACHABLE, "posts_new": 0, "observed": None, "reason": Message("không thông", "no route")}


def test_a_run_comes_back_equal_also_a_failed_one(channel_store: Store) -> None:
    runs = [a_run(AB), a_run(AB, NOW + HOUR, method=None, **BROKEN)]
    with channel_store.transaction() as tx:
        for run in reversed(runs):
            tx.crawl_runs.add(run)
            tx.crawl_runs.add(run)
        assert tx.crawl_runs.list() == runs
        assert tx.crawl_runs.list(as_of=NOW) == runs[:1]
        assert tx.crawl_runs.list(since=NOW + HOUR) == runs[1:]
        assert tx.crawl_runs.list(channel=CD.id) == []


@pytest.mark.parametrize("outcome", RunOutcome, ids=str)
def test_every_outcome_can_be_stored(channel_store: Store, outcome: RunOutcome) -> None:
    with channel_store.transaction() as tx:
        tx.crawl_runs.add(a_run(AB, outcome=outcome))
        assert tx.crawl_runs.latest()[AB.id].outcome is outcome


def test_the_notes_of_a_channel_are_those_that_the_last_look_left(channel_store: Store) -> None:
    with channel_store.transaction() as tx:
        assert tx.crawl_runs.state(AB.id) == {}
        tx.crawl_runs.add(a_run(AB), {"etag": "“1”", "feeds": [1, None]})
        tx.crawl_runs.add(a_run(AB, NOW + HOUR, **BROKEN))
        assert tx.crawl_runs.state(AB.id) == {"etag": "“1”", "feeds": [1, None]}
        tx.crawl_runs.add(a_run(AB, NOW + DAY), {})
        assert tx.crawl_runs.state(AB.id) == {}


def test_health_tells_the_last_success_the_last_new_post_and_the_failures_since(channel_store: Store) -> None:
    fresh = a_run(AB)
    quiet = a_run(AB, NOW + HOUR, outcome=RunOutcome.UNCHANGED, posts_new=0)
    broken = [a_run(AB, NOW + hours * HOUR, **BROKEN) for hours in (2, 3)]
    with channel_store.transaction() as tx:
        for run in (fresh, quiet, *broken):
            tx.crawl_runs.add(run)
        assert tx.crawl_runs.latest() == {AB.id: broken[-1]}
        assert tx.crawl_runs.health() == {
            AB.id: ChannelHealth(AB.id, broken[-1], quiet.finished_at, fresh.finished_at, failures=2),
            CD.id: ChannelHealth(CD.id),
        }
        assert tx.crawl_runs.health(as_of=NOW)[AB.id] == ChannelHealth(AB.id, fresh, NOW, NOW, failures=0)


def test_a_channel_that_never_succeeded_has_only_failures(channel_store: Store) -> None:
    with channel_store.transaction() as tx:
        for hours in range(3):
            tx.crawl_runs.add(a_run(CD, NOW + hours * HOUR, **BROKEN))
        health = tx.crawl_runs.health()[CD.id]
    assert (health.last_success, health.last_new_post, health.failures) == (None, None, 3)


def test_a_look_at_an_unregistered_channel_is_refused(channel_store: Store) -> None:
    with channel_store.transaction() as tx, pytest.raises(NotFound, match="no channel"):
        tx.crawl_runs.add(a_run(a_channel("https://la.example.vn")))
