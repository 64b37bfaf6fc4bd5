"""Whatever the words, numbers and dates: what is stored comes back equal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import VIETNAM, Interval
from domain.errors import Message
from domain.plan import (
    Anniversary,
    Citation,
    ListedUnit,
    Obligation,
    Period,
    Phase,
    PhaseId,
    Plan,
    PlanChannel,
    QuotaRow,
    Recurrence,
    Requirement,
    Signatory,
    Topic,
    TopicId,
)
from domain.post import Post, PostId, PublishedSource
from domain.tag import Band, Correction, Evidence, TaggedPost, TopicScore, TopicTag
from domain.unit import Channel, ChannelId, ChannelKind, Unit, UnitCode, UnitGroup
from store import Store, open_store
from tests.store.builders import NOW, a_plan, a_post, a_unit

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)
maybe_words = st.none() | words
texts = st.lists(words, max_size=3).map(tuple)
days = st.none() | st.dates(date(1945, 1, 1), date(2100, 1, 1))
moments = st.datetimes(
    datetime(1945, 1, 1),  # noqa: DTZ001 - the zone is the other argument
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, VIETNAM, timezone(timedelta(hours=-11))]),
)
lines = st.lists(st.integers(1, 5000), max_size=3).map(tuple)
numbers = st.floats(allow_nan=False, allow_infinity=False)
scores = st.floats(0, 1)


def tuples(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=2).map(tuple)


def by_score(tags: list[TopicTag]) -> tuple[TopicTag, ...]:
    return tuple(sorted(tags, key=lambda t: (-t.score, t.topic)))


plans = st.builds(
    Plan,
    title=words,
    number=maybe_words,
    issuing_body=maybe_words,
    issued_on=days,
    place=maybe_words,
    signed_by=st.none() | st.builds(Signatory, maybe_words, maybe_words, lines),
    based_on=tuples(st.builds(Citation, maybe_words, days, maybe_words, lines)),
    phases=tuples(st.builds(Phase, words.map(PhaseId), words, days, days, maybe_words, maybe_words, lines)),
    topics=tuples(
        st.builds(
            Topic,
            words.map(TopicId),
            words,
            st.none() | words.map(TopicId),
            st.none() | words.map(PhaseId),
            words,
            texts,
            texts,
            maybe_words,
            days,
            days,
            lines,
        )
    ),
    anniversaries=tuples(st.builds(Anniversary, words, days, lines)),
    channels=tuples(st.builds(PlanChannel, words, words, maybe_words, lines)),
    obligations=tuples(
        st.builds(
            Obligation,
            maybe_words,
            words,
            st.none() | numbers,
            maybe_words,
            days,
            maybe_words,
            st.none() | st.sampled_from(Recurrence),
            maybe_words,
            st.none() | words.map(TopicId),
            lines,
        )
    ),
    requirements=tuples(
        st.builds(
            Requirement,
            words.map(TopicId),
            st.integers(0, 99),
            st.sampled_from(Period),
            maybe_words,
            maybe_words,
            days,
            days,
            texts,
            st.booleans(),
            words,
            lines,
        )
    ),
    quotas=tuples(st.builds(QuotaRow, words, maybe_words, st.integers(0, 99), st.sampled_from(Period), lines)),
    listed_units=tuples(st.builds(ListedUnit, words, maybe_words, texts, lines)),
    unit_groups=texts,
    recipients=texts,
)
ids = words.map(PostId)
posts = st.builds(
    Post,
    id=ids,
    channel=st.just(a_unit().channels[0].id),
    unit=st.just(UnitCode("AB")),
    url=words,
    title=st.just("") | words,
    text=st.just("") | words,
    published_at=st.none() | moments,
    published_source=st.none() | st.sampled_from(PublishedSource),
    first_seen=moments,
    published_doubtful=st.booleans(),
    kind=words,
    original_of=st.none() | ids,
)
channels = st.builds(
    Channel, words.map(ChannelId), st.just(UnitCode("XX")), st.sampled_from(ChannelKind), words, st.none() | numbers, days, days
)
units = st.builds(
    Unit,
    st.just(UnitCode("XX")),
    words,
    words.map(UnitGroup),
    maybe_words,
    st.lists(channels, max_size=3, unique_by=lambda c: c.id).map(tuple),
    days,
    days,
    st.none() | words.map(UnitCode),
)
evidence = st.builds(Evidence, words, words, st.sampled_from(["title", "text"]), st.integers(0), st.integers(0), st.booleans())
topic_tags = st.builds(TopicTag, words.map(TopicId), scores, st.sampled_from(Band), st.lists(evidence, max_size=2).map(tuple))
answers = st.builds(
    TaggedPost,
    st.just(a_post(1).id),
    st.lists(topic_tags, max_size=3, unique_by=lambda t: t.topic).map(
        lambda ts: tuple(sorted(ts, key=lambda t: (-t.score, t.topic)))
    ),
    st.lists(st.builds(TopicScore, words.map(TopicId), scores), max_size=3, unique_by=lambda s: s.topic).map(tuple),
    st.booleans(),
)
intervals = st.tuples(moments, moments).map(lambda pair: Interval(min(pair), max(pair)))
counts = st.integers(0, 2**31 - 1)
runs = st.builds(
    CrawlRun,
    st.just(a_unit().channels[0].id),
    moments,
    moments,
    st.sampled_from(RunOutcome),
    st.none() | st.builds(Message, words, words),
    counts,
    counts,
    st.none() | intervals,
    maybe_words,
    counts,
    st.integers(0, 2**62),
)

lawful = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def registered(new_database: Callable[[bool], str]) -> Store:
    store = open_store(new_database(True))
    with store.transaction() as tx:
        tx.units.save(a_unit("AB"), NOW)
        tx.posts.add([a_post(1)], NOW)
        tx.plans.add(a_plan(), "an", NOW)
    return store


@lawful
@given(plan=plans, digest=maybe_words, origin=words)
def test_a_plan_comes_back_equal(registered: Store, plan: Plan, digest: str | None, origin: str) -> None:
    with registered.transaction() as tx:
        stored = tx.plans.add(plan, "an", NOW, digest, origin)
        assert stored.plan == plan
        assert tx.plans.add(plan, "bình", NOW) == stored


@lawful
@given(batch=st.lists(posts, max_size=6, unique_by=lambda p: p.id), at=moments)
def test_posts_come_back_equal(new_database: Callable[[bool], str], batch: list[Post], at: datetime) -> None:
    store = open_store(new_database(True))
    with store.transaction() as tx:
        tx.units.save(a_unit("AB"), NOW)
        assert tx.posts.add(batch, at) == [p.id for p in batch]
        assert tx.posts.add(batch, at) == []
        assert tx.posts.get_many([p.id for p in batch], as_of=at) == sorted(batch, key=lambda p: p.id)
        assert list(tx.posts.contents()) == sorted((p.content for p in batch), key=lambda c: c.id)
    store.close()


@lawful
@given(unit=units)
def test_a_unit_comes_back_equal(new_database: Callable[[bool], str], unit: Unit) -> None:
    store = open_store(new_database(True))
    with store.transaction() as tx:
        tx.units.save(unit, NOW)
        assert tx.units.get(unit.code) == unit
        assert not tx.units.save(unit, NOW)
    store.close()


@lawful
@given(answer=answers, at=moments)
def test_an_answer_comes_back_equal(registered: Store, answer: TaggedPost, at: datetime) -> None:
    with registered.transaction() as tx:
        tx.tags.save(tx.plans.list()[0].plan_id, 1, "m", [answer], at)
        assert tx.tags.tagged(tx.plans.list()[0].plan_id) == [answer]


@lawful
@given(run=runs)
def test_a_look_comes_back_equal(registered: Store, run: CrawlRun) -> None:
    with registered.transaction() as tx:
        tx.crawl_runs.add(run)
        assert run in tx.crawl_runs.list()


@lawful
@given(topic=st.none() | words.map(TopicId), belongs=st.booleans(), by=words, at=moments, reason=words)
def test_a_correction_comes_back_equal(
    registered: Store, topic: TopicId | None, belongs: bool, by: str, at: datetime, reason: str
) -> None:
    with registered.transaction() as tx:
        said = Correction(a_post(1).id, tx.plans.list()[0].plan_id, topic, belongs, by, at, reason)
        tx.tags.correct(said)
        assert said in tx.tags.corrections(said.plan_id)
