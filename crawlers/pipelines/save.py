"""Posts go to the sink in small batches; the look's CrawlRun follows its posts."""

import asyncio
from dataclasses import replace

from scrapy.crawler import Crawler

from crawlers.items import PostItem, RunItem
from crawlers.spiders.channels import ChannelSpider
from domain.crawl_run import CrawlRun, RunOutcome
from domain.post import Post, post_id
from domain.unit import ChannelId

BATCH = 20


class SavePipeline:
    """A channel's posts are always given before its run: the sink's thread takes calls in order."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: dict[ChannelId, list[Post]] = {}
        self._saved: dict[ChannelId, list[asyncio.Task[int]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SavePipeline":
        return cls(crawler)

    @property
    def _spider(self) -> ChannelSpider:
        spider = self._crawler.spider
        if not isinstance(spider, ChannelSpider):
            raise TypeError(f"posts come from a ChannelSpider, not from {spider!r}")
        return spider

    async def process_item(self, item: PostItem | RunItem) -> PostItem | RunItem:
        if isinstance(item, PostItem):
            channel = item.channel.id
            waiting = self._waiting.setdefault(channel, [])
            waiting.append(as_post(item))
            if len(waiting) >= BATCH:
                await self._flush(channel)
            return item
        channel = item.run.channel
        await self._flush(channel)
        run = settled(item.run, sum(await asyncio.gather(*self._saved.pop(channel, []))))
        await self._spider.sink.save_run(run, item.state)
        self._spider.finished(run)
        return RunItem(run, item.state)

    async def _flush(self, channel: ChannelId) -> None:
        if posts := self._waiting.pop(channel, []):
            saving = asyncio.create_task(self._spider.sink.save_posts(posts))
            self._saved.setdefault(channel, []).append(saving)
            await saving


def as_post(item: PostItem) -> Post:
    return Post(
        id=post_id(item.url),
        channel=item.channel.id,
        unit=item.channel.unit,
        url=item.url,
        title=item.title,
        text=item.text,
        published_at=item.published.at if item.published else None,
        published_source=item.published.source if item.published else None,
        first_seen=item.first_seen,
        published_doubtful=bool(item.published and item.published.doubtful),
        kind=item.kind,
    )


def settled(run: CrawlRun, new: int) -> CrawlRun:
    """The run with what saving showed: a look that read something is OK when something of it was new, else unchanged."""
    outcome = run.outcome
    if outcome.succeeded:
        outcome = RunOutcome.OK if new else RunOutcome.UNCHANGED
    return replace(run, posts_new=new, outcome=outcome)
