from dataclasses import replace
from datetime import date

import pytest

from domain.dates import Interval
from domain.errors import NotFound
from domain.post import PostId, PublishedSource
from domain.unit import ChannelId, UnitCode
from domain.urls import url_identity
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_channel, a_post, a_unit, with_posts


def test_a_post_comes_back_equal(store: Store) -> None:
    posts = with_posts(store, 1, 2)
    with store.reading() as tx:
        assert [tx.posts.get(p.id) for p in posts] == posts


def test_storing_a_post_again_changes_nothing(store: Store) -> None:
    posts = with_posts(store, 1, 2)
    with store.transaction() as tx:
        assert tx.posts.add([*posts, a_post(3), a_post(3, title="Trùng trong một lần")], NOW) == [a_post(3).id]
        assert tx.posts.add([*posts, a_post(3)], NOW) == []
        assert tx.posts.count() == 3
        assert tx.posts.get(a_post(3).id) == a_post(3)


def test_many_posts_are_stored_in_one_call(store: Store) -> None:
    posts = with_posts(store, *range(1_203))
    with store.reading() as tx:
        assert tx.posts.count() == 1_203
        assert tx.posts.get_many([p.id for p in posts]) == sorted(posts, key=lambda p: p.id)


def test_a_post_edited_later_keeps_its_first_words_as_of_then(store: Store) -> None:
    (post,) = with_posts(store, 1)
    edited = replace(post, title="Tiêu đề mới", published_at=NOW - DAY, first_seen=NOW + DAY, kind="video")
    with store.transaction() as tx:
        assert tx.posts.add([edited], NOW + DAY) == []
        assert tx.posts.get(post.id) == replace(edited, first_seen=NOW, kind="article")
        assert tx.posts.get(post.id, as_of=NOW + HOUR) == post
        assert [c.title for c in tx.posts.contents(as_of=NOW)] == [post.title]
        with pytest.raises(NotFound):
            tx.posts.get(post.id, as_of=NOW - HOUR)


def test_a_post_that_another_unit_shows_too_stays_where_it_was_first_seen(store: Store) -> None:
    (post,) = with_posts(store, 1)
    with store.transaction() as tx:
        other = a_unit("CD")
        tx.units.save(other, NOW)
        tx.posts.add([replace(post, channel=other.channels[0].id, unit=other.code, title="Sửa")], NOW + HOUR)
        assert tx.posts.list(unit=post.unit) == [replace(post, title="Sửa")]
        assert tx.posts.list(unit=other.code) == []


def test_the_date_that_a_person_gave_is_not_taken_away_by_a_later_look(store: Store) -> None:
    (post,) = with_posts(store, 1)
    dated = replace(post, published_at=NOW - 5 * DAY, published_source=PublishedSource.PERSON)
    seen_again = replace(post, title="Sửa", published_at=NOW, published_doubtful=True)
    with store.transaction() as tx:
        tx.posts.add([dated], NOW + HOUR)
        tx.posts.add([seen_again], NOW + 2 * HOUR)
        assert tx.posts.get(post.id) == replace(dated, title="Sửa")
        corrected = replace(dated, published_at=NOW - 6 * DAY)
        tx.posts.add([corrected], NOW + 3 * HOUR)
        assert tx.posts.get(post.id) == corrected


def test_a_clock_that_runs_behind_does_not_turn_history_round(store: Store) -> None:
    (post,) = with_posts(store, 1)
    with store.transaction() as tx:
        tx.posts.add([replace(post, title="Hai")], NOW - HOUR)
        assert tx.posts.get(post.id).title == "Hai"
        assert tx.posts.get(post.id, as_of=NOW).title == "Hai"
        with pytest.raises(NotFound):
            tx.posts.get(post.id, as_of=NOW - HOUR)


def test_characters_that_no_database_holds_do_not_lose_the_post(store: Store) -> None:
    broken = a_post(1, title="Kế hoạch\x00 năm", text="nửa \ud83d ký tự 😀")
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
        tx.posts.add([broken], NOW)
        assert tx.posts.add([broken], NOW + HOUR) == []
        stored = tx.posts.get(broken.id)
        assert (stored.title, stored.text) == ("Kế hoạch\ufffd năm", "nửa \ufffd ký tự 😀")
        assert tx.posts.get(broken.id, as_of=NOW) == stored, "the broken characters are no change"


def test_posts_are_listed_newest_first_with_undated_ones_last(store: Store) -> None:
    new, old, undated = a_post(1), a_post(50), a_post(3, published_at=None, published_source=None)
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
        tx.posts.add([undated, old, new], NOW)
        assert tx.posts.list() == [new, old, undated]
        assert tx.posts.list(limit=1) == [new]


def test_posts_are_listed_by_unit_channel_and_time(store: Store) -> None:
    website, page = a_channel("https://ab.example.vn", "AB"), a_channel("https://trang.example.vn/ab", "AB")
    elsewhere = a_unit("CD")
    posts = [a_post(1, website), a_post(2, page), a_post(30, website), a_post(4, elsewhere.channels[0])]
    with store.transaction() as tx:
        tx.units.save(a_unit("AB", website, page), NOW)
        tx.units.save(elsewhere, NOW)
        tx.posts.add(posts, NOW)
        assert tx.posts.list(unit=UnitCode("AB")) == [posts[0], posts[1], posts[2]]
        assert tx.posts.list(channel=page.id) == [posts[1]]
        assert tx.posts.list(unit=UnitCode("AB"), published=Interval(NOW - DAY, NOW)) == [posts[0], posts[1]]
        assert tx.posts.list(published=Interval(NOW - 4 * HOUR, NOW - HOUR)) == [posts[1], posts[3]], "its end is not in it"
        assert tx.posts.list(channel=ChannelId("none")) == []


def test_posts_of_unsure_date_are_listed_where_they_may_belong(store: Store) -> None:
    undated = a_post(1, published_at=None, published_source=None, first_seen=NOW)
    guessed = a_post(2, published_at=NOW - 90 * DAY, published_doubtful=True, first_seen=NOW)
    long_known = a_post(3, published_at=None, published_source=None, first_seen=NOW - 30 * DAY)
    sure = a_post(4)
    week = Interval(NOW - 7 * DAY, NOW)
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
        tx.posts.add([undated, guessed, long_known, sure], NOW)
        assert tx.posts.list(published=week) == [sure]
        assert {p.id for p in tx.posts.list(published=week, or_undated=True)} == {sure.id, undated.id, guessed.id}


def test_known_identities_are_those_of_the_channel(store: Store) -> None:
    posts = with_posts(store, 1, 2)
    with store.transaction() as tx:
        tx.units.save(a_unit("CD"), NOW)
        tx.posts.add([a_post(9, a_unit("CD").channels[0])], NOW)
        assert tx.posts.known_identities(posts[0].channel) == {url_identity(p.url) for p in posts}


def test_a_post_of_a_file_may_have_an_address_that_is_not_of_the_web(store: Store) -> None:
    post = a_post(1, id=PostId("bai-001"), url="file:ban-tin.docx")
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
        tx.posts.add([post], NOW)
        assert tx.posts.known_identities(post.channel) == {"file:ban-tin.docx"}


def test_contents_come_in_order_of_id_over_all_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.posts.BATCH", 3)
    posts = with_posts(store, *range(9))
    with store.reading() as tx:
        assert list(tx.posts.contents()) == sorted((p.content for p in posts), key=lambda c: c.id)


def test_copies_are_a_history_too(store: Store) -> None:
    first, second, third = with_posts(store, 1, 2, 3)
    with store.transaction() as tx:
        assert tx.posts.mark_copies({second.id: first.id, third.id: None}, NOW + HOUR) == 1
        assert tx.posts.mark_copies({second.id: first.id}, NOW + 2 * HOUR) == 0
        assert tx.posts.mark_copies({second.id: None, third.id: first.id}, NOW + DAY) == 2
        assert [p.original_of for p in tx.posts.list()] == [None, None, first.id]
        assert [p.original_of for p in tx.posts.list(as_of=NOW + HOUR)] == [None, first.id, None]
        assert [p.original_of for p in tx.posts.list(as_of=NOW)] == [None, None, None]


def test_posts_with_one_text_are_found_from_each_of_them(store: Store) -> None:
    original, copy, further, other, orphan = with_posts(store, 1, 2, 3, 4, 5)
    with store.transaction() as tx:
        tx.posts.mark_copies({copy.id: original.id, further.id: original.id, orphan.id: PostId("0" * 16)}, NOW)
        for post in (original, copy, further):
            assert set(tx.posts.same_text(post.id)) == {original.id, copy.id, further.id}
        assert tx.posts.same_text(other.id) == [other.id]
        assert tx.posts.same_text(orphan.id) == [orphan.id]
        tx.posts.mark_copies({copy.id: None}, NOW + HOUR)
        assert set(tx.posts.same_text(original.id)) == {original.id, further.id}
        with pytest.raises(NotFound):
            tx.posts.same_text(PostId("khong-co"))


def test_a_copy_known_from_the_start_stays_one_when_it_is_seen_again_without_that_mark(store: Store) -> None:
    copy = a_post(1, original_of=PostId("0123456789abcdef"))
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOW)
        tx.posts.add([copy], NOW)
        tx.posts.add([replace(copy, original_of=None)], NOW + HOUR)
        assert tx.posts.get(copy.id) == copy


def test_posts_of_something_unregistered_are_refused_and_none_is_stored(store: Store) -> None:
    (post,) = with_posts(store, 1)
    strangers = [
        (replace(a_post(2), channel=ChannelId("stranger")), "channel 'stranger'"),
        (replace(a_post(2), unit=UnitCode("LA")), "unit 'LA'"),
    ]
    for stranger, told in strangers:
        with pytest.raises(NotFound, match=told), store.transaction() as tx:
            tx.posts.add([a_post(5), stranger], NOW)
    with pytest.raises(NotFound, match="no post"), store.transaction() as tx:
        tx.posts.mark_copies({a_post(2).id: post.id}, NOW)
    with store.reading() as tx:
        assert tx.posts.list() == [post]


def test_how_many_posts_there_were_as_of_a_moment(store: Store) -> None:
    with_posts(store, 1, 2, at=NOW)
    with_posts(store, 3, at=NOW + DAY)
    with store.reading() as tx:
        assert (tx.posts.count(as_of=NOW - HOUR), tx.posts.count(as_of=NOW), tx.posts.count()) == (0, 2, 3)


@pytest.mark.parametrize("source", [*PublishedSource, None], ids=str)
def test_every_source_of_a_date_can_be_stored(store: Store, source: PublishedSource | None) -> None:
    post = a_post(1, published_source=source)
    with store.transaction() as tx:
        tx.units.save(a_unit(valid_from=date(2020, 1, 1)), NOW)
        tx.posts.add([post], NOW)
        assert tx.posts.get(post.id) == post
