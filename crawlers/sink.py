"""Where a crawl puts what it finds: the store, seen from here. The application says which one."""

from collections.abc import Sequence, Set
from typing import Protocol

from domain.crawl_run import CrawlRun
from domain.post import Post
from domain.unit import ChannelId


class PostSink(Protocol):
    """Used from one thread only. Every call is complete in itself: a crawl that is killed loses what it had not yet given."""

    def known_identities(self, channel: ChannelId) -> Set[str]:
        """`domain.urls.url_identity` of the channel's stored posts."""
        ...

    def state(self, channel: ChannelId) -> dict[str, object]:
        """What the last saved look wanted to remember (JSON); empty before the first."""
        ...

    def save_posts(self, posts: Sequence[Post]) -> int:
        """Idempotent. Returns how many of them were new."""
        ...

    def save_run(self, run: CrawlRun, state: dict[str, object]) -> None: ...

    def close(self) -> None: ...
