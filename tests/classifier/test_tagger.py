"""The tagger as others use it: one answer a post, with reasons, whatever way the text was typed."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from classifier.tagger import Tagger
from domain.plan import Plan
from domain.post import PostContent, PostId
from domain.tag import Band, TaggedPost
from tests.classifier.builders import DIGITAL, LIBERATION, OFF_TOPIC, ON_TOPIC, PLAN, RULES, a_plan, a_post, a_topic
from tests.classifier.perturbations import TYPOGRAPHIC

POSTS = [*(p for _, p in ON_TOPIC), *OFF_TOPIC]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.for_plan(PLAN)


def given(answer: TaggedPost) -> set[str]:
    return {str(t.topic) for t in answer.tags}


def automatic(answer: TaggedPost) -> set[str]:
    return {str(t.topic) for t in answer.tags if t.band is Band.AUTOMATIC}


@pytest.mark.parametrize(("topic", "post"), [pytest.param(t, p, id=p.id) for t, p in ON_TOPIC])
def test_a_post_on_a_topic_is_given_it(tagger: Tagger, topic: str, post: PostContent) -> None:
    assert given(tagger.tag([post])[0]) == {topic}


@pytest.mark.parametrize("post", [pytest.param(p, id=p.id) for p in OFF_TOPIC])
def test_a_post_on_none_of_the_topics_is_left_without(tagger: Tagger, post: PostContent) -> None:
    assert tagger.tag([post])[0].tags == ()


def test_there_is_one_answer_for_each_post_in_its_place(tagger: Tagger) -> None:
    assert [a.post for a in tagger.tag(POSTS)] == [p.id for p in POSTS]


def test_every_topic_has_a_score_once(tagger: Tagger) -> None:
    for answer in tagger.tag(POSTS):
        scored = [str(s.topic) for s in (*answer.tags, *answer.others)]
        assert sorted(scored) == sorted(str(t.id) for t in PLAN.topics)


def test_the_order_of_the_posts_does_not_matter(tagger: Tagger) -> None:
    shuffled = random.Random(3).sample(POSTS, len(POSTS))
    assert {a.post: a for a in tagger.tag(POSTS)} == {a.post: a for a in tagger.tag(shuffled)}


def test_the_same_posts_get_the_same_answers_again(tagger: Tagger) -> None:
    assert tagger.tag(POSTS) == tagger.tag(POSTS) == Tagger.for_plan(PLAN).tag(POSTS)


@pytest.mark.parametrize("post", [a_post("", ""), a_post(" \n", "\t"), a_post("…", "!!!"), a_post("x" * 5_000, "y " * 50_000)])
def test_posts_without_sense_are_answered_too(tagger: Tagger, post: PostContent) -> None:
    (answer,) = tagger.tag([post])
    assert answer.tags == ()


def test_a_plan_without_topics_tags_nothing() -> None:
    assert [a.tags for a in Tagger.for_plan(a_plan()).tag(POSTS)] == [()] * len(POSTS)
    assert Tagger.for_plan(Plan(title="")).tag([]) == []


def test_a_plan_of_one_topic_is_enough() -> None:
    answers = Tagger.for_plan(a_plan(LIBERATION)).tag([p for _, p in ON_TOPIC])
    assert [a.post for a in answers if a.tags] == ["gp1"]


@pytest.mark.parametrize("name", [n for n in TYPOGRAPHIC if n != "tone noise 15 %"])
def test_the_way_of_typing_changes_no_answer(tagger: Tagger, name: str) -> None:
    change = TYPOGRAPHIC[name]
    typed = [replace(p, title=change(p.title), text=change(p.text)) for p in POSTS]
    assert [given(a) for a in tagger.tag(typed)] == [given(a) for a in tagger.tag(POSTS)]


def test_evidence_is_found_in_the_original_text(tagger: Tagger) -> None:
    for change in (str, TYPOGRAPHIC["decomposed"]):
        typed = [replace(p, title=change(p.title), text=change(p.text)) for p in POSTS]
        for post, answer in zip(typed, tagger.tag(typed), strict=True):
            for tag in answer.tags:
                assert tag.evidence, f"no reason for {tag.topic} on {post.title!r}"
                for piece in tag.evidence:
                    original = post.title if piece.field == "title" else post.text
                    shown = original[piece.start : piece.end]
                    assert shown
                    assert TYPOGRAPHIC["without marks"](shown) == TYPOGRAPHIC["without marks"](piece.words)


def test_evidence_names_the_entity_and_what_speaks_against_it() -> None:
    tagger = Tagger.for_plan(a_plan(RULES, DIGITAL))
    (right, wrong) = tagger.tag(
        [
            a_post("Học tập Quy định số 37-QĐ/TW", "Những điều đảng viên không được làm.", date(2025, 3, 3), "a"),
            a_post("Học tập Quy định số 22-QĐ/TW", "Những điều đảng viên không được làm.", date(2025, 3, 3), "b"),
        ]
    )
    assert any(e.kind == "document" and "37" in e.words and not e.against for e in right.tags[0].evidence)
    assert automatic(right) == {"qd37"}
    assert automatic(wrong) == set()


def test_pieces_of_evidence_of_one_side_do_not_overlap(tagger: Tagger) -> None:
    for answer in tagger.tag(POSTS):
        for tag in answer.tags:
            for side in (False, True):
                pieces = sorted((e.field, e.start, e.end) for e in tag.evidence if e.against is side)
                assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(pieces))


def test_at_most_thirty_of_a_hundred_posts_are_sent_to_a_person(tagger: Tagger) -> None:
    many = [replace(p, id=PostId(f"{p.id}-{n}")) for n in range(10) for p in POSTS]
    assert sum(a.review for a in tagger.tag(many)) <= 0.30 * len(many)


def test_a_heading_stands_behind_the_topics_under_it() -> None:
    heading = a_topic("1", "Xây dựng nông thôn mới và phát triển kinh tế nông thôn")
    inner = a_topic("1.1", "Xây dựng xã nông thôn mới nâng cao, nông thôn mới kiểu mẫu", parent=heading.id)
    post = a_post("Xã Suối Mây đạt chuẩn nông thôn mới nâng cao", "Xã hoàn thành 19 tiêu chí nông thôn mới.", date(2025, 6, 1))
    assert given(Tagger.for_plan(a_plan(heading, inner, DIGITAL)).tag([post])[0]) == {"1.1"}


def test_key_phrases_that_staff_added_count() -> None:
    plain = a_topic("ho", "Công trình trọng điểm của tỉnh")
    added = replace(plain, key_phrases=("hồ chứa nước Bàu Sen", "kênh dẫn dòng Bàu Sen"))
    post = a_post("Kênh dẫn dòng Bàu Sen thông dòng", "Hồ chứa nước Bàu Sen bắt đầu tích nước.", date(2025, 6, 1))
    scores = [
        {str(s.topic): s.score for s in (*a.tags, *a.others)}["ho"]
        for a in (Tagger.for_plan(a_plan(t, DIGITAL)).tag([post])[0] for t in (plain, added))
    ]
    assert scores[1] > scores[0] + 0.2


def test_the_model_names_its_version(tagger: Tagger) -> None:
    assert tagger.model
    assert tagger.model == Tagger.for_plan(a_plan(DIGITAL)).model


def test_background_posts_may_be_given() -> None:
    tagger = Tagger.for_plan(PLAN, background=POSTS)
    assert given(tagger.tag([ON_TOPIC[1][1]])[0]) == {"gp50"}


def test_a_word_that_every_post_of_an_organisation_has_says_less() -> None:
    banner = "Cổng thông tin chuyển đổi số xã Suối Mây"
    noise = [a_post(f"Tin số {n}", f"{banner}. Bản tin ngày {n}.", None, f"b{n}") for n in range(1_200)]
    post = a_post("Lịch phát thanh tuần này", f"{banner}. Phát vào 5 giờ và 17 giờ.", None, "x")

    def score(background: list[PostContent]) -> float:
        (answer,) = Tagger.for_plan(a_plan(DIGITAL, LIBERATION), background=background).tag([post])
        return max(s.score for s in (*answer.tags, *answer.others) if s.topic == DIGITAL.id)

    assert score(noise) < score([])
