from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.tag import Band, TagSource, effective_tags
from tests.builders import NOON, a_correction, a_post, a_tag

HOUR = timedelta(hours=1)


def held(tags, corrections):
    return {(t.topic, t.source, t.waiting) for t in effective_tags(tags, corrections)}


def test_an_automatic_tag_holds():
    assert held([a_tag()], []) == {("1.1", TagSource.MACHINE, False)}


def test_a_doubtful_tag_waits():
    assert held([a_tag(band=Band.ASK)], []) == {("1.1", TagSource.MACHINE, True)}


def test_a_person_who_says_no_beats_the_machine():
    assert held([a_tag()], [a_correction(belongs=False)]) == set()


def test_a_person_who_says_yes_beats_a_machine_that_saw_nothing():
    assert held([], [a_correction()]) == {("1.1", TagSource.PERSON, False)}


def test_a_later_run_does_not_overwrite_a_correction():
    assert held([a_tag(tagged_at=NOON + HOUR)], [a_correction(belongs=False)]) == set()


def test_the_newest_word_of_a_person_holds():
    words = [a_correction(belongs=False), a_correction(at=NOON + HOUR)]
    assert held([], words) == {("1.1", TagSource.PERSON, False)}


def test_no_topic_at_all_clears_machine_and_earlier_words():
    words = [a_correction(), a_correction(topic=None, belongs=False, at=NOON + HOUR)]
    assert held([a_tag(), a_tag(topic="1.2")], words) == set()


def test_after_no_topic_a_topic_can_be_given_back():
    words = [a_correction(topic=None, belongs=False), a_correction(at=NOON + HOUR)]
    assert held([a_tag(topic="1.2")], words) == {("1.1", TagSource.PERSON, False)}


@given(st.permutations([a_tag(), a_tag(topic="1.2"), a_tag(a_post("https://so-a.example.gov.vn/2"))]), st.integers(0, 3))
def test_order_does_not_matter(tags, cut):
    words = [
        a_correction(topic="1.2", belongs=False),
        a_correction(topic="1.3"),
        a_correction(topic=None, belongs=False, at=NOON - HOUR),
    ]
    assert effective_tags(tags, words[:cut]) == effective_tags(tags[::-1], words[:cut][::-1])
