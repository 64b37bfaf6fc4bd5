"""The sink in a thread of its own: it may block (a database does), the reactor may not."""

import asyncio
from collections.abc import Callable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from crawlers.sink import PostSink
from domain.crawl_run import CrawlRun
from domain.post import Post
from domain.unit import ChannelId

T = TypeVar("T")


class SinkThread:
    """Opens the sink in its thread and makes every call there, in the order in which they came."""

    def __init__(self, open_sink: Callable[[], PostSink]) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sink")
        self._sink = self._thread.submit(open_sink).result()

    async def recall(self, channel: ChannelId) -> tuple[Set[str], dict[str, object]]:
        """What is known of a channel: the identities of its posts, and the state of its last look."""
        return await self._call(lambda: (self._sink.known_identities(channel), self._sink.state(channel)))

    async def save_posts(self, posts: Sequence[Post]) -> int:
        return await self._call(lambda: self._sink.save_posts(posts))

    async def save_run(self, run: CrawlRun, state: dict[str, object]) -> None:
        await self._call(lambda: self._sink.save_run(run, state))

    def close(self) -> None:
        self._thread.submit(self._sink.close).result()
        self._thread.shutdown()

    async def _call(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
