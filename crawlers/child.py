"""The process in which Scrapy runs. It tells its parent what it begins, ends and logs, and dies with it."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from scrapy.crawler import AsyncCrawlerProcess

from crawlers.extract.pool import ExtractionPool, die_with_parent
from crawlers.options import CrawlOptions
from crawlers.settings import scrapy_settings
from crawlers.sink import PostSink
from crawlers.sink_thread import SinkThread
from crawlers.spiders.channels import ChannelSpider
from domain.crawl_run import CrawlRun
from domain.unit import Channel, ChannelId


@dataclass(frozen=True, slots=True)
class Started:
    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Log:
    name: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The crawl is over and the sink is closed."""


class _Reporter:
    """One pipe, many threads."""

    def __init__(self, connection: "Connection[object, object]") -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, message: "Started | Log | CrawlRun | Ended") -> None:
        with self._lock:
            self._connection.send(message)


class _LogToParent(logging.Handler):
    """Records become lines for the parent's log; the page tokens are taken out on this side already."""

    def __init__(self, reporter: _Reporter, secrets: Sequence[str]) -> None:
        super().__init__(logging.WARNING)
        self._reporter = reporter
        self._secrets = tuple(s for s in secrets if s)

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        self._reporter.send(Log(record.name, record.levelno, text))


def crawl_in_child(
    channels: Sequence[Channel],
    open_sink: Callable[[], PostSink],
    options: CrawlOptions,
    connection: "Connection[object, object]",
) -> None:
    """The whole life of the child."""
    die_with_parent()
    reporter = _Reporter(connection)
    logging.getLogger().handlers[:] = [_LogToParent(reporter, (*options.page_tokens.values(), options.youtube_key))]

    def started(channel: ChannelId) -> None:
        reporter.send(Started(channel))

    def finished(run: CrawlRun) -> None:
        reporter.send(run)

    sink = SinkThread(open_sink)
    pool = ExtractionPool(options.extraction_processes)
    try:
        process = AsyncCrawlerProcess(scrapy_settings(options))
        process.crawl(ChannelSpider, channels, options, sink, pool, started, finished)
        process.start(install_signal_handlers=False)
    finally:
        pool.close()
        sink.close()
    reporter.send(Ended())
