from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import ENOUGH, Agreement, Share, agreement, whole_answers
from tests.builders import NOON, a_correction, a_post

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (15, 20, 0.5313, 0.8881), (81, 263, 0.2553, 0.3662), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_that_of_wilson(hits, of, low, high):
    """81 of 263 is an example of R. G. Newcombe, Statistics in Medicine 17 (1998); the others follow from the formula by hand."""
    assert Share(hits, of).interval() == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share_and_narrows_with_more_of_the_same(a, b):
    share = Share(min(a, b), max(a, b))
    low, high = share.interval()
    assert 0 <= low <= high <= 1
    if share.of:
        assert low <= share.value <= high
        more_low, more_high = Share(2 * share.hits, 2 * share.of).interval()
        assert more_high - more_low < high - low


def test_a_share_of_few_cases_is_not_told():
    assert not Share(ENOUGH - 1, ENOUGH - 1).enough
    assert Share(0, ENOUGH).enough


def test_agreement_counts_tags_over_the_posts_that_both_answered():
    machine = {"a": {"1"}, "b": {"1", "2"}, "c": set(), "d": {"9"}}
    people = {"a": {"1"}, "b": {"2", "3"}, "c": {"1"}, "e": {"9"}}
    assert agreement(machine, people) == Agreement(3, Share(2, 3), Share(2, 4))


def test_an_answer_is_whole_once_a_person_has_said_none_and_then_what_it_is_about():
    post, other = a_post(), a_post("https://so-a.example.gov.vn/2")
    said = [
        a_correction(post, "1.1"),
        a_correction(post, None, False, at=NOON + HOUR),
        a_correction(post, "1.2", at=NOON + HOUR),
        a_correction(post, "1.3", False, at=NOON + HOUR),
        a_correction(other, "1.1"),
    ]
    assert whole_answers(said) == {post.id: {"1.2"}}
    assert whole_answers([a_correction(post, None, False)]) == {post.id: frozenset()}
