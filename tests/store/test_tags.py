from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.plan import PlanId, TopicId
from domain.review import Candidate
from domain.tag import Band, Correction
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_plan, a_post, a_topic_tag, an_answer, with_plan, with_posts


def test_a_tag_comes_back_with_the_versions_that_made_it_and_its_evidence(store: Store) -> None:
    plan, (post,) = with_plan(store), with_posts(store, 1)
    answer = an_answer(post, a_topic_tag("t2", 0.9), a_topic_tag("t1", 0.4, Band.ASK), review=True)
    with store.transaction() as tx:
        assert tx.tags.save(plan.plan_id, 1, "m1", [answer], NOW) == 1
        first, second = tx.tags.list(plan.plan_id)
        assert (first.topic, first.score, first.band, first.model) == ("t1", 0.4, Band.ASK, "m1")
        assert (first.plan_version, first.tagged_at, first.evidence) == (1, NOW, a_topic_tag().evidence)
        assert (second.topic, second.band) == ("t2", Band.AUTOMATIC)
        assert tx.tags.tagged(plan.plan_id) == [answer]


def test_a_later_answer_takes_the_place_of_an_earlier_one_which_stays_readable_as_of_before(store: Store) -> None:
    plan, (post, other) = with_plan(store), with_posts(store, 1, 2)
    with store.transaction() as tx:
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(post, a_topic_tag()), an_answer(other, a_topic_tag())], NOW)
        before = tx.tags.list(plan.plan_id)
        tx.tags.save(plan.plan_id, 1, "m2", [an_answer(post, a_topic_tag("t2"))], NOW + DAY)
        assert {(t.post, t.topic, t.model) for t in tx.tags.list(plan.plan_id)} == {
            (post.id, "t2", "m2"),
            (other.id, "t1", "m1"),
        }
        assert tx.tags.list(plan.plan_id, as_of=NOW + HOUR) == before
        assert tx.tags.list(plan.plan_id, as_of=NOW - HOUR) == []
        assert [t.topic for t in tx.tags.list(plan.plan_id, posts=[post.id])] == ["t2"]


def test_tags_stay_tied_to_the_plan_version_that_they_were_made_for(store: Store) -> None:
    plan, (post,) = with_plan(store), with_posts(store, 1)
    with_plan(store, a_plan(title="Sửa đổi"))
    with store.transaction() as tx:
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(post, a_topic_tag("t1"))], NOW)
        tx.tags.save(plan.plan_id, 2, "m1", [an_answer(post, a_topic_tag("t2"))], NOW + DAY)
        assert [t.topic for t in tx.tags.list(plan.plan_id)] == ["t2"]
        assert [t.topic for t in tx.tags.list(plan.plan_id, 1)] == ["t1"]
        assert [t.topic for t in tx.tags.list(plan.plan_id, 2)] == ["t2"]
        assert tx.tags.list(plan.plan_id, 2, as_of=NOW) == []
        tx.tags.save(plan.plan_id, 1, "m2", [an_answer(post)], NOW + 2 * DAY)
        assert tx.tags.list(plan.plan_id) == tx.tags.list(plan.plan_id, 1) == []
        assert [t.topic for t in tx.tags.list(plan.plan_id, 1, as_of=NOW + DAY)] == ["t1"]
        assert [t.topic for t in tx.tags.list(plan.plan_id, 2)] == ["t2"]


def test_untagged_posts_are_those_without_an_answer_of_this_model_to_their_newest_words(store: Store) -> None:
    plan, (post, none, left) = with_plan(store), with_posts(store, 1, 2, 3)
    with store.transaction() as tx:
        assert {c.id for c in tx.tags.untagged(plan.plan_id, 1, "m1")} == {post.id, none.id, left.id}
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(post, a_topic_tag()), an_answer(none)], NOW)
        assert list(tx.tags.untagged(plan.plan_id, 1, "m1")) == [left.content]
        assert len(list(tx.tags.untagged(plan.plan_id, 1, "m2"))) == 3
        changed = replace(none, title="Tiêu đề đã sửa")
        tx.posts.add([changed], NOW + HOUR)
        assert sorted(tx.tags.untagged(plan.plan_id, 1, "m1"), key=lambda c: c.id) == sorted(
            [changed.content, left.content], key=lambda c: c.id
        )


def test_tags_can_be_saved_while_untagged_posts_are_being_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.posts.BATCH", 3)
    plan, posts = with_plan(store), with_posts(store, *range(10))
    seen = []
    with store.transaction() as tx:
        for content in tx.tags.untagged(plan.plan_id, 1, "m1"):
            seen.append(content.id)
            tx.tags.save(plan.plan_id, 1, "m1", [an_answer(content.id)], NOW)
        assert list(tx.tags.untagged(plan.plan_id, 1, "m1")) == []
    assert sorted(seen) == sorted(p.id for p in posts)


def test_corrections_are_kept_in_order_and_known_as_of_when_they_were_made(store: Store) -> None:
    plan, (post, other) = with_plan(store), with_posts(store, 1, 2)
    yes = Correction(post.id, plan.plan_id, TopicId("t1"), True, "an", NOW, "đúng chủ đề")
    no = Correction(post.id, plan.plan_id, None, False, "bình", NOW + HOUR)
    elsewhere = Correction(other.id, plan.plan_id, TopicId("t1"), False, "an", NOW + DAY)
    with store.transaction() as tx:
        assert tx.tags.correct(no)
        assert tx.tags.correct(yes)
        assert not tx.tags.correct(yes), "the very same word again is no new one"
        assert tx.tags.correct(elsewhere)
        assert tx.tags.corrections(plan.plan_id) == [yes, no, elsewhere]
        assert tx.tags.corrections(plan.plan_id, as_of=NOW) == [yes]
        assert tx.tags.corrections(plan.plan_id, posts=[other.id]) == [elsewhere]
        assert tx.tags.corrections(PlanId("khac")) == []


def test_candidates_are_all_posts_with_an_answer_of_which_nobody_had_spoken_before_the_day(store: Store) -> None:
    plan, (doubtful, copy, sure, earlier, today, untagged) = with_plan(store), with_posts(store, 1, 2, 3, 4, 5, 6)
    with store.transaction() as tx:
        tx.posts.mark_copies({copy.id: doubtful.id}, NOW)
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(doubtful, a_topic_tag())], NOW)
        asked = [an_answer(p, a_topic_tag(band=Band.ASK), review=True) for p in (doubtful, copy, earlier, today)]
        tx.tags.save(plan.plan_id, 1, "m2", [*asked, an_answer(sure)], NOW)
        tx.tags.correct(Correction(earlier.id, plan.plan_id, None, False, "an", NOW - HOUR))
        tx.tags.correct(Correction(today.id, plan.plan_id, None, False, "an", NOW))
        tx.tags.correct(Correction(sure.id, PlanId("khac"), None, False, "an", NOW - HOUR))
        found = {c.post: c for c in tx.tags.candidates(plan.plan_id, since=NOW)}
    assert found == {
        doubtful.id: Candidate(doubtful.id, True, None, doubtful.published_at),
        copy.id: Candidate(copy.id, True, doubtful.id, copy.published_at),
        sure.id: Candidate(sure.id, False, None, sure.published_at),
        today.id: Candidate(today.id, True, None, today.published_at, spoken=True),
    }
    assert untagged.id not in found


def test_a_tag_or_correction_of_something_unknown_is_refused_and_nothing_is_stored(store: Store) -> None:
    plan, (post,) = with_plan(store), with_posts(store, 1)
    with pytest.raises(NotFound, match=f"no post '{a_post(2).id}'"), store.transaction() as tx:
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(post, a_topic_tag()), an_answer(a_post(2))], NOW)
    with pytest.raises(NotFound, match="version 9"), store.transaction() as tx:
        tx.tags.save(plan.plan_id, 9, "m1", [an_answer(post)], NOW)
    with pytest.raises(NotFound, match="no post"), store.transaction() as tx:
        tx.tags.correct(Correction(a_post(2).id, plan.plan_id, None, False, "an", NOW))
    with store.reading() as tx:
        assert tx.tags.list(plan.plan_id) == []


def test_a_channel_with_unread_posts_is_unread_since_the_first_of_them_was_seen(store: Store) -> None:
    plan, (first, second) = with_plan(store), with_posts(store, 1, 2)
    late = a_post(3, first_seen=NOW + DAY)
    with store.transaction() as tx:
        tx.posts.add([late], NOW + DAY)
        assert tx.tags.unread_since(plan.plan_id, 1) == {first.channel: NOW}
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(first), an_answer(second)], NOW + 2 * DAY)
        assert tx.tags.unread_since(plan.plan_id, 1) == {first.channel: NOW + DAY}
        assert tx.tags.unread_since(plan.plan_id, 1, as_of=NOW + DAY) == {first.channel: NOW}
        tx.tags.save(plan.plan_id, 1, "m1", [an_answer(late)], NOW + 3 * DAY)
        assert tx.tags.unread_since(plan.plan_id, 1) == {}
        assert tx.tags.unread_since(plan.plan_id, 2) == {first.channel: NOW}
