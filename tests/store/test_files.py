import pytest

from domain.errors import NotFound
from domain.evidence import EvidenceFile, PostEvidence
from domain.post import PostId
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_post, with_posts


def test_files_that_show_a_post_come_in_the_order_handed_in_and_each_once(store: Store) -> None:
    post, other = with_posts(store, 1, 2)
    with store.transaction() as tx:
        kept = [tx.files.keep(name, content, NOW) for name, content in (("b.png", b"second"), ("a.png", b"first"))]
        second, first = (PostEvidence(post.id, file, "an", NOW + n * HOUR) for file, n in zip(kept, (1, 0), strict=True))
        assert tx.files.show_post(second)
        assert tx.files.show_post(first)
        assert not tx.files.show_post(PostEvidence(post.id, EvidenceFile("khac.png", 5, first.file.digest), "bình", NOW + DAY))
    with store.reading() as tx:
        assert tx.files.of_post(post.id) == [first, second]
        assert tx.files.of_post(other.id) == []


def test_neither_an_unknown_post_nor_a_file_that_is_not_kept_is_taken(store: Store) -> None:
    (post,) = with_posts(store, 1)
    with store.transaction() as tx:
        kept = tx.files.keep("a.png", b"first", NOW)
    with pytest.raises(NotFound, match="no post"), store.transaction() as tx:
        tx.files.show_post(PostEvidence(PostId("khong-co"), kept, "an", NOW))
    with pytest.raises(NotFound, match="no evidence file"), store.transaction() as tx:
        tx.files.show_post(PostEvidence(post.id, EvidenceFile("a.png", 3, "00"), "an", NOW))


def test_the_versions_of_a_post_say_from_when_until_when_each_held(store: Store) -> None:
    (post,) = with_posts(store, 1)
    with store.transaction() as tx:
        tx.posts.add([a_post(title="Tiêu đề đã sửa")], NOW + HOUR)
        tx.posts.add([a_post(title="Tiêu đề đã sửa")], NOW + DAY)
        first, second = tx.posts.versions(post.id)
        assert tx.posts.versions(PostId("khong-co")) == []
    assert (first.title, first.text, first.published_at) == (post.title, post.text, post.published_at)
    assert first.superseded_at == second.recorded_at
    assert (second.title, second.recorded_at, second.superseded_at) == ("Tiêu đề đã sửa", NOW + HOUR, None)
