"""Reproducibility: what was read as of a moment is read again as of that moment, whatever was written since."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.crawl_run import RunOutcome
from domain.plan import PlanId, TopicId
from domain.post import PublishedSource
from domain.tag import Band, Correction
from store import Transaction, open_store
from tests.store.builders import HOUR, NOW, a_plan, a_post, a_run, a_topic_tag, a_unit, an_answer

PLAN = PlanId("12-kh-btg")
POSTS = [a_post(number).id for number in range(3)]
TITLES = ["Một", "Hai"]
TOPICS = ["t1", "t2"]

Write = Callable[[Transaction, datetime], object]


def an_edit(number: int, title: str, doubtful: bool) -> Write:
    source = PublishedSource.SUGGESTED if doubtful else PublishedSource.FEED
    post = a_post(number, title=title, published_source=source, published_doubtful=doubtful)
    return lambda tx, at: tx.posts.add([post], at)


def a_copy(number: int, original: int | None) -> Write:
    return lambda tx, at: tx.posts.mark_copies({POSTS[number]: None if original is None else POSTS[original]}, at)


def a_tagging(number: int, version: int, topics: list[str], model: str) -> Write:
    answer = an_answer(POSTS[number], *[a_topic_tag(t, band=Band.ASK) for t in topics], review=not topics)
    return lambda tx, at: tx.tags.save(PLAN, version, model, [answer], at)


def a_word(number: int, topic: str | None, belongs: bool) -> Write:
    said = TopicId(topic) if topic else None
    return lambda tx, at: tx.tags.correct(Correction(POSTS[number], PLAN, said, belongs, "an", at))


def a_registry_change(name: str, kept: bool) -> Write:
    unit = a_unit("AB", name=name, valid_until=None if kept else date(2026, 3, 2))
    return lambda tx, at: tx.units.save(unit, at)


def a_look(outcome: RunOutcome) -> Write:
    return lambda tx, at: tx.crawl_runs.add(a_run(at=at, outcome=outcome))


numbers = st.integers(0, len(POSTS) - 1)
writes = st.one_of(
    st.builds(an_edit, numbers, st.sampled_from(TITLES), st.booleans()),
    st.builds(a_copy, numbers, st.none() | numbers),
    st.builds(a_tagging, numbers, st.sampled_from([1, 2]), st.sets(st.sampled_from(TOPICS)).map(sorted), st.sampled_from("ab")),
    st.builds(a_word, numbers, st.sampled_from([*TOPICS, None]), st.booleans()),
    st.builds(a_registry_change, st.sampled_from(TITLES), st.booleans()),
    st.builds(a_look, st.sampled_from(RunOutcome)),
    st.sampled_from([1, 2]).map(lambda version: lambda tx, at: tx.plans.confirm(PLAN, version, "an", at)),
)


def everything(tx: Transaction, as_of: datetime | None, moment: datetime) -> dict[str, Any]:
    return {
        "units": tx.units.list(as_of=as_of),
        "posts": tx.posts.list(as_of=as_of),
        "contents": list(tx.posts.contents(as_of)),
        "count": tx.posts.count(as_of),
        "tags": tx.tags.list(PLAN, as_of=as_of),
        "tags by version": [tx.tags.list(PLAN, version, as_of) for version in (1, 2)],
        "answers": sorted(tx.tags.tagged(PLAN, as_of=as_of), key=lambda a: a.post),
        "unread": [tx.tags.unread_since(PLAN, version, as_of) for version in (1, 2)],
        "corrections": tx.tags.corrections(PLAN, as_of),
        "looks": tx.crawl_runs.list(as_of),
        "newest looks": tx.crawl_runs.latest(as_of),
        "health": tx.crawl_runs.health(as_of),
        "in force": tx.plans.in_force(moment),
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(writes, min_size=5, max_size=10))
def test_what_was_known_then_is_known_of_then_for_ever(new_database: Callable[[bool], str], history: list[Write]) -> None:
    store = open_store(new_database(True))
    with store.transaction() as tx:
        tx.plans.add(a_plan(), "an", NOW)
        tx.plans.add(a_plan(title="Sửa đổi"), "an", NOW)
        tx.units.save(a_unit("AB"), NOW)
        tx.posts.add([a_post(number, first_seen=NOW - number * HOUR) for number in range(len(POSTS))], NOW)
    seen: list[tuple[datetime, dict[str, Any]]] = []
    for step, write in enumerate(history, 1):
        at = NOW + step * HOUR
        with store.transaction() as tx:
            write(tx, at)
        with store.reading() as tx:
            now = everything(tx, None, at)
            assert everything(tx, at, at) == now, "as of the newest moment is the same as now"
        seen.append((at, now))
    with store.reading() as tx:
        for at, then in seen:
            assert everything(tx, at, at) == then
    store.close()
