"""The figures that say how good tags are."""

import pytest

from classifier.evaluation import evaluate, events, intervals, per_topic
from domain.plan import TopicId
from domain.post import PostId
from domain.tag import Band, TaggedPost, TopicScore, TopicTag
from tests.classifier.builders import a_post


def an_answer(post: str, *tags: str, review: bool = False, ask: bool = False, **scores: float) -> TaggedPost:
    band = Band.ASK if ask else Band.AUTOMATIC
    given = tuple(TopicTag(TopicId(t), scores.get(t, 1.0), band) for t in tags)
    others = tuple(TopicScore(TopicId(t), s) for t, s in scores.items() if t not in tags)
    return TaggedPost(PostId(post), given, others, review)


def test_figures_count_decisions_posts_without_topic_and_what_review_buys() -> None:
    answers = [an_answer("p1", "a"), an_answer("p2", "a", review=True, ask=True), an_answer("p3"), an_answer("p4", "b")]
    found = evaluate(answers, {"p1": ["a"], "p2": ["b"], "p3": [], "p4": []})
    assert (found.precision, found.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert found.micro_f1 == pytest.approx(0.4)
    assert found.quiet == pytest.approx(0.5)
    assert found.automatic == pytest.approx(0.5)
    assert found.automatic_share == pytest.approx(2 / 3)
    assert found.sent == pytest.approx(0.25)
    assert found.after == pytest.approx(0.8)


def test_posts_without_labels_are_left_out() -> None:
    assert evaluate([an_answer("p1", "a"), an_answer("x", "b")], {"p1": ["a"]}).micro_f1 == 1.0


def test_nothing_to_measure_is_no_error() -> None:
    assert evaluate([], {}).micro_f1 == 0.0


def test_average_precision_looks_at_the_order_of_scores_alone() -> None:
    answers = [an_answer("p1", a=0.9), an_answer("p2", a=0.8), an_answer("p3", a=0.1)]
    (topic,) = per_topic(answers, {"p1": ["a"], "p2": [], "p3": ["a"]})
    assert topic.average_precision == pytest.approx((1 + 2 / 3) / 2)


def test_posts_with_nearly_the_same_title_are_one_event() -> None:
    posts = [
        a_post("Xã Suối Mây khánh thành nhà văn hóa", id="a"),
        a_post("Khánh thành nhà văn hóa xã Suối Mây", id="b"),
        a_post("Giải bóng bàn phường Bến Đá", id="c"),
    ]
    found = events(posts)
    assert found["a"] == found["b"] != found["c"]


def test_an_interval_holds_the_figure_and_is_wider_for_few_events() -> None:
    answers = [an_answer(f"p{i}", "a" if i < 20 else "b") for i in range(30)]
    labels = {f"p{i}": ["a"] for i in range(30)}
    low, high = intervals(answers, labels, {f"p{i}": i for i in range(30)}, rounds=300)["micro_f1"]
    few_low, few_high = intervals(answers, labels, {f"p{i}": i // 10 for i in range(30)}, rounds=300)["micro_f1"]
    assert low <= evaluate(answers, labels).micro_f1 <= high
    assert few_high - few_low > high - low


def test_intervals_are_the_same_each_time() -> None:
    answers = [an_answer(f"p{i}", "a") for i in range(9)]
    labels = {f"p{i}": ["a"] if i % 2 else [] for i in range(9)}
    event_of = {f"p{i}": i for i in range(9)}
    assert intervals(answers, labels, event_of, rounds=50) == intervals(answers, labels, event_of, rounds=50)
