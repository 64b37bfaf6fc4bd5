"""The Scrapy spider: looks at many channels at once, each by the function of its kind, and ends each look with one RunItem."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace

import scrapy
from scrapy.crawler import Crawler

from crawlers.extract.pool import ExtractionPool
from crawlers.faults import BudgetSpent, LookFault, Unreadable
from crawlers.items import PostItem, RunItem
from crawlers.kinds import KINDS
from crawlers.options import CrawlOptions
from crawlers.sink_thread import SinkThread
from crawlers.spiders import page
from crawlers.visit import Visit
from domain.crawl_run import CrawlRun
from domain.text import nfc
from domain.unit import Channel, ChannelId
from domain.urls import url_identity

logger = logging.getLogger(__name__)


class ChannelSpider(scrapy.Spider):
    """Looks run beside each other; within one host Scrapy's slot keeps requests one after the other.

    `started` and `finished` are told when a look begins and when its run has been saved.
    """

    name = "channels"

    def __init__(
        self,
        channels: Sequence[Channel],
        options: CrawlOptions,
        sink: SinkThread,
        pool: ExtractionPool,
        started: Callable[[ChannelId], None],
        finished: Callable[[CrawlRun], None],
    ) -> None:
        super().__init__()
        self.channels = channels
        self.options = options
        self.sink = sink
        self.pool = pool
        self.started = started
        self.finished = finished
        self._base = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> "ChannelSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, cls)  # noqa: S101 - Scrapy's own contract
        return spider

    async def start(self) -> AsyncIterator[PostItem | RunItem]:
        found: asyncio.Queue[PostItem | RunItem | None] = asyncio.Queue(maxsize=200)
        waiting = iter(self.channels)
        looks = [asyncio.create_task(self._look_at(waiting, found)) for _ in range(self.options.looks_at_once)]
        end = asyncio.create_task(_put_end(looks, found))
        while (item := await found.get()) is not None:
            yield item
        await end
        # Scrapy looks for idleness when start() ends, and then only every five seconds.
        while (slot := self.crawler.engine.scraper.slot) and not slot.is_idle():
            await asyncio.sleep(0.01)

    async def _look_at(self, waiting: Iterator[Channel], found: "asyncio.Queue[PostItem | RunItem | None]") -> None:
        for channel in waiting:
            self.started(channel.id)
            visit = await self._visit(channel)
            look = asyncio.create_task(self._collect(visit, found))
            done, _ = await asyncio.wait({look}, timeout=self.options.seconds_per_look)
            if not done:
                look.cancel()
                await asyncio.wait({look})
            await found.put(visit.finish(self._fault(look, channel)))

    async def _visit(self, channel: Channel) -> Visit:
        known, state = await self.sink.recall(channel.id)
        return Visit(
            channel=channel,
            options=self.options,
            crawler=self.crawler,
            pool=self.pool,
            hosts=KINDS[channel.kind].hosts(channel, self.options),
            known=known,
            state=state,
            base=self._base,
        )

    async def _collect(self, visit: Visit, found: "asyncio.Queue[PostItem | RunItem | None]") -> None:
        visit.check_pause()
        limit = self.options.posts_per_look
        look = page.look if self.options.single_posts else KINDS[visit.channel.kind].look
        async with aclosing(look(visit)) as items:
            async for item in items:
                await found.put(replace(item, title=nfc(item.title).strip(), text=nfc(item.text).strip()))
                visit.posts_yielded += 1
                visit.yielded.add(url_identity(item.url))
                if limit is not None and visit.posts_yielded >= limit:
                    visit.unread.append(None)
                    return

    def _fault(self, look: "asyncio.Task[None]", channel: Channel) -> LookFault | None:
        if look.cancelled():
            seconds = f"{self.options.seconds_per_look:g}"
            return BudgetSpent(f"Đọc kênh này quá {seconds} giây; lần sau đọc tiếp.", f"the look took longer than {seconds} s")
        error = look.exception()
        if error is None or isinstance(error, LookFault):
            return error
        logger.error("the look at %s failed", channel.url, exc_info=error)
        return Unreadable(
            f"Chương trình gặp lỗi khi đọc {channel.url}. Hãy gửi nhật ký cho người phụ trách.",
            f"{type(error).__name__} while reading {channel.url}",
        )


async def _put_end(looks: "Sequence[asyncio.Task[None]]", found: "asyncio.Queue[PostItem | RunItem | None]") -> None:
    results = await asyncio.gather(*looks, return_exceptions=True)
    await found.put(None)
    for result in results:
        if isinstance(result, BaseException):
            raise result
