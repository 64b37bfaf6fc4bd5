"""Where collected posts go: the store, opened in the process that collects."""

from collections.abc import Mapping, Sequence, Set
from functools import partial

from crawlers.sink import PostSink
from domain.crawl_run import CrawlRun
from domain.post import Post
from domain.unit import ChannelId
from store import Store, open_store


class StoreSink:
    """A PostSink over the store; every call is a transaction of its own, so that what was saved stays when a process dies."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known_identities(self, channel: ChannelId) -> Set[str]:
        with self._store.reading() as tx:
            return tx.posts.known_identities(channel)

    def state(self, channel: ChannelId) -> dict[str, object]:
        with self._store.reading() as tx:
            return dict(tx.crawl_runs.state(channel))

    def save_posts(self, posts: Sequence[Post]) -> int:
        if not posts:
            return 0
        with self._store.transaction() as tx:
            return len(tx.posts.add(posts, max(p.first_seen for p in posts)))

    def save_run(self, run: CrawlRun, state: Mapping[str, object]) -> None:
        with self._store.transaction() as tx:
            tx.crawl_runs.add(run, dict(state))

    def close(self) -> None:
        self._store.close()


def open_sink(database_url: str) -> PostSink:
    return StoreSink(open_store(database_url))


def sink_opener(database_url: str) -> partial[PostSink]:
    """Something that another process can unpickle and call: a live store cannot travel, its address can."""
    return partial(open_sink, database_url)
