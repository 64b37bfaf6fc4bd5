"""How fast is collecting: 5,000 articles over 50 sites on loopback, collected, extracted and stored, beside a bare Scrapy fetch.

    python -m benchmarks.collection_rate [--sites 50]

Prints one row a measure. Both run here and now, on the same cores, with the server beside them.
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from bamsat.workflows.store_sink import sink_opener
from benchmarks.collection_sites import ARTICLES, NOW, SITES, Sites, article_path, serving_sites
from crawlers.runner import CrawlOptions, crawl
from domain.crawl_run import CrawlRun
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id
from store import migrate, open_store


def bare_scrapy(urls: list[str]) -> None:
    """Fetches and throws away, with Scrapy's own defaults but for its limits on concurrency."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Fetch(scrapy.Spider):
        name = "fetch"

        async def start(self):  # type: ignore[no-untyped-def]
            for url in urls:
                yield scrapy.Request(url, callback=self.parse)

        def parse(self, response):  # type: ignore[no-untyped-def]
            return None

    process = AsyncCrawlerProcess(
        {"LOG_ENABLED": False, "CONCURRENT_REQUESTS": 50, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False}
    )
    process.crawl(Fetch)
    process.start()


def processor_seconds() -> float:
    """Of all children so far: on a busy machine a fairer measure than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_process(work, *args) -> float:  # type: ignore[no-untyped-def]
    process = multiprocessing.get_context("spawn").Process(target=work, args=args)
    began = time.perf_counter()
    process.start()
    process.join()
    return time.perf_counter() - began


def collect(
    sites: Sites,
    count: int,
    database: str,
    kind: ChannelKind,
    path: str,
    now: datetime = NOW,
    since: datetime = NOW - timedelta(days=60),
) -> tuple[float, list[CrawlRun]]:
    """Looks once at every site; how long it took, and the runs."""
    channels = [_channel(sites, n, kind, path) for n in range(count)]
    options = CrawlOptions(
        now=now,
        since=since,
        delay=0.0,
        allow_private_addresses=True,
        looks_at_once=64,
        extraction_processes=os.cpu_count() or 2,
    )
    began = time.perf_counter()
    runs = crawl(channels, sink_opener(database), options)
    return time.perf_counter() - began, runs


def _channel(sites: Sites, n: int, kind: ChannelKind, path: str) -> Channel:
    url = sites.base(n) + path
    return Channel(channel_id(kind, url), UnitCode("U"), kind, url)


def prepare(database: str, channels: list[Channel]) -> None:
    migrate.upgrade(database)
    store = open_store(database)
    with store.transaction() as tx:
        tx.units.save(Unit(UnitCode("U"), "Đơn vị", UnitGroup("Xã"), channels=tuple(channels)), NOW)
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sites", type=int, default=SITES)
    count = parser.parse_args().sites
    pages = count * ARTICLES
    with serving_sites() as sites, tempfile.TemporaryDirectory() as folder:
        urls = [sites.base(s) + article_path(n) for n in range(ARTICLES) for s in range(count)]
        bare = in_process(bare_scrapy, urls)
        bare_processor = processor_seconds()
        sites.count()
        database = f"sqlite:///{Path(folder) / 'bench.db'}"
        prepare(database, [_channel(sites, n, ChannelKind.SITEMAP, "/sitemap.xml") for n in range(count)])
        seconds, runs = collect(sites, count, database, ChannelKind.SITEMAP, "/sitemap.xml")
        own_processor = processor_seconds() - bare_processor
        _, first_bytes = sites.count()
        stored = sum(r.posts_new for r in runs)
        again, runs_again = collect(sites, count, database, ChannelKind.SITEMAP, "/sitemap.xml", NOW + timedelta(hours=6))
        _, second_bytes = sites.count()
    print(f"{'pages':42} {pages}")
    print(f"{'bare Scrapy fetch, pages/s':42} {pages / bare:.0f}")
    print(f"{'collected, extracted and stored, pages/s':42} {stored / seconds:.0f}")
    print(f"{'ratio (0.45 needed, 0.6 aimed at)':42} {stored / seconds / (pages / bare):.2f}")
    print(f"{'processor ms a page: bare, ours':42} {1000 * bare_processor / pages:.2f}, {1000 * own_processor / pages:.2f}")
    print(f"{'posts stored':42} {stored}")
    print(f"{'second crawl: new posts':42} {sum(r.posts_new for r in runs_again)}")
    print(f"{'second crawl: share of the bytes':42} {second_bytes / first_bytes:.2%}")
    print(f"{'second crawl: seconds':42} {again:.1f}")
    print(f"{'largest child process, MB':42} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f}")


if __name__ == "__main__":
    main()
