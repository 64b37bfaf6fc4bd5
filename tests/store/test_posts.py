from store import Store
from tests.store.builders import NOW, a_post, with_posts


def test_a_post_comes_back_equal(store: Store) -> None:
    posts = with_posts(store, 1, 2)
    with store.reading() as tx:
        assert [tx.posts.get(p.id) for p in posts] == posts


def test_storing_a_post_again_changes_nothing(store: Store) -> None:
    posts = with_posts(store, 1, 2)
    with store.transaction() as tx:
        assert tx.posts.add([*posts, a_post(3)], NOW) == [a_post(3).id]
        assert tx.posts.add([*posts, a_post(3)], NOW) == []
        assert tx.posts.count() == 3
