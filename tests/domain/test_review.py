from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plan import PlanId, TopicId
from domain.post import PostId
from domain.review import RANDOM_EVERY, Candidate, Draw, by_gain, draw, queue
from domain.tag import Band, TaggedPost, TopicScore, TopicTag
from tests.builders import NOON, PLAN

DAY = date(2026, 11, 18)
IDS = [PostId(f"{n:04}") for n in range(40)]


def an_answer(post, kept=(), others=()):
    return TaggedPost(
        PostId(post),
        tuple(TopicTag(TopicId(t), s, Band.ASK) for t, s in kept),
        tuple(TopicScore(TopicId(t), s) for t, s in others),
        True,
    )


def order(*answers, **decisions):
    return by_gain([a.post for a in answers], answers, {TopicId(t): n for t, n in decisions.items()})


@st.composite
def candidate_lists(draw_from):
    """Posts of which some repeat an earlier one; an original may have been decided on already, and so be no candidate."""
    count = draw_from(st.integers(0, len(IDS)))
    found = []
    for number, post in enumerate(IDS[:count]):
        earlier = [None, *IDS[:number]]
        original = draw_from(st.sampled_from(earlier)) if draw_from(st.booleans()) else None
        original = next((c.original or c.post for c in found if c.post == original), original)
        found.append(Candidate(post, draw_from(st.booleans()), original, NOON - timedelta(hours=number % 3)))
    spoken = draw_from(st.sets(st.sampled_from(IDS)))
    return [c for c in found if c.post not in spoken]


def text_of(candidates):
    return {c.post: c.original or c.post for c in candidates}


def answers_for(candidates):
    return [an_answer(c.post, [("1", 1 + n % 5 / 7)], [("2", 0.9)]) for n, c in enumerate(candidates) if c.doubtful]


def whole(candidates, plan=PLAN, day=DAY):
    drawn = draw(plan, day, candidates)
    return queue(drawn, answers_for(candidates), {})


@given(candidate_lists())
def test_no_post_is_asked_twice_and_no_copy_beside_its_original(candidates):
    texts = [text_of(candidates)[q.post] for q in whole(candidates)]
    assert len(texts) == len(set(texts))


@given(candidate_lists())
def test_every_doubtful_text_is_asked(candidates):
    doubtful = {c.original or c.post for c in candidates if c.doubtful}
    assert doubtful <= {text_of(candidates)[q.post] for q in whole(candidates)}


@given(candidate_lists())
def test_an_original_that_nobody_has_spoken_of_stands_for_its_copies(candidates):
    known = text_of(candidates)
    assert all(q.post == known[q.post] or known[q.post] not in known for q in whole(candidates))


@given(candidate_lists())
def test_every_fourth_is_drawn_at_random_while_both_kinds_last(candidates):
    found = whole(candidates)
    random = sum(q.random for q in found)
    lasting = RANDOM_EVERY * min(random, (len(found) - random) // (RANDOM_EVERY - 1))
    assert all(q.random == (n % RANDOM_EVERY == 0) for n, q in enumerate(found[:lasting], 1))
    assert len({q.random for q in found[lasting + RANDOM_EVERY - 1 :]}) <= 1


@pytest.mark.parametrize("doubtful", [1, 40, 199, 400], ids=lambda n: f"{n} of 400 doubtful")
def test_about_a_quarter_of_the_queue_is_random(doubtful):
    found = whole([Candidate(PostId(f"{n:04}"), n < doubtful) for n in range(400)])
    random = sum(q.random for q in found)
    assert abs(random - len(found) / RANDOM_EVERY) <= 1 + 0.03 * len(found)


@given(candidate_lists(), st.randoms(use_true_random=False))
def test_the_order_in_which_posts_come_does_not_matter(candidates, chance):
    mixed = sorted(candidates, key=lambda _: chance.random())
    drawn = draw(PLAN, DAY, candidates)
    assert draw(PLAN, DAY, mixed) == drawn
    answers = answers_for(candidates)
    assert queue(drawn, answers[::-1], {}) == queue(drawn, answers, {})


@given(candidate_lists(), st.data())
def test_within_a_day_decisions_take_posts_out_of_the_queue_and_change_nothing_else_of_what_was_drawn(candidates, data):
    before = draw(PLAN, DAY, candidates)
    decided = data.draw(st.sets(st.sampled_from([c.original or c.post for c in candidates]))) if candidates else set()
    after = draw(PLAN, DAY, [replace(c, spoken=(c.original or c.post) in decided) for c in candidates])
    known = text_of(candidates)
    assert after.random == tuple(p for p in before.random if known[p] not in decided)
    assert after.doubtful == tuple(p for p in before.doubtful if known[p] not in decided)


def test_a_copy_that_came_after_the_original_was_decided_is_asked_itself():
    original, copy = Candidate(IDS[0], True, spoken=True), Candidate(IDS[1], True, IDS[0])
    assert draw(PLAN, DAY, [original, copy]).doubtful == (IDS[1],)


def test_another_day_and_another_plan_draw_other_posts():
    sure = [Candidate(p, n < 12) for n, p in enumerate(IDS)]
    draws = {draw(p, d, sure).random for p in (PLAN, PlanId("khac")) for d in (DAY, DAY + timedelta(days=1))}
    assert len(draws) == 4


def test_over_many_days_every_post_is_drawn_about_equally_often_doubtful_or_not():
    candidates = [Candidate(p, n < 12) for n, p in enumerate(IDS[:20])]
    days = 600
    drawn = [p for n in range(days) for p in draw(PLAN, DAY + timedelta(days=n), candidates).random]
    share = len(drawn) / days / 20
    counts = {p: drawn.count(p) / days for p in IDS[:20]}
    assert all(abs(c - share) < 0.08 for c in counts.values()), counts


def test_nothing_is_asked_when_nothing_is_doubtful():
    assert whole([Candidate(p, False) for p in IDS]) == ()


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (an_answer("a", [("1", 1.0)], [("2", 0.95)]), an_answer("b", [("1", 1.0)], [("2", 0.5)])),
        (an_answer("a", (), [("1", 0.95)]), an_answer("b", [("1", 1.0)], [("2", 0.5)])),
        (an_answer("a", (), [("1", 0.95)]), an_answer("b", (), [("1", 0.6)])),
        (an_answer("a", [("1", 0.9)], [("2", 1.2)]), an_answer("b", [("1", 1.0)], [("2", 0.95)])),
    ],
    ids=["a near rival", "nearly kept", "both not kept", "a better topic was barred"],
)
def test_the_decision_nearer_to_its_line_is_asked_first(nearer, farther):
    line = an_answer("c", [("3", 1.0)], [("4", 0.1)])
    asked = [p for p in order(farther, nearer, line) if p != "c"]
    assert asked == ["a", "b"]


def test_topics_with_few_decisions_come_first_and_those_in_the_queue_count():
    near = [an_answer(f"a{n}", [("1", 1.0)], [("2", 0.9)]) for n in range(3)]
    far = [an_answer(f"b{n}", [("3", 1.0)], [("2", 0.86)]) for n in range(2)]
    assert order(*near, *far) == ["a0", "b0", "a1", "b1", "a2"]
    assert order(*near, *far, **{"1": 30}) == ["b0", "b1", "a0", "a1", "a2"]


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50), st.sampled_from("123")), max_size=12),
    st.sampled_from([0.25, 4, 1024]),
)
def test_the_scale_of_the_scores_does_not_matter(scores, scale):
    def made(by):
        return [an_answer(f"{n:02}", [(t, k * by)], [("x", o * by)]) for n, (k, o, t) in enumerate(scores)]

    assert order(*made(1)) == order(*made(scale))


def test_a_doubtful_post_without_an_answer_is_asked_last():
    drawn = Draw((PostId("a"), PostId("b")), ())
    assert [q.post for q in queue(drawn, [an_answer("b", [("1", 1.0)])], {})] == ["b", "a"]
