"""A crawl that is killed with -9, at whatever moment, loses nothing for good and stores nothing twice."""

import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from crawlers.runner import crawl
from domain.crawl_run import RunOutcome
from domain.post import Post
from domain.unit import Channel, ChannelKind
from tests.crawlers.builders import a_channel, an_article, at, options, posts, rss
from tests.crawlers.sinks import FolderSink
from tests.crawlers.sites import Reply, Site, serving

DAYS = list(range(20, 4, -1))


class CountingSink(FolderSink):
    """Also writes down every post that it is given for the first time: a post that is new twice was lost in between."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._log = folder / "new.txt"

    def save_posts(self, posts: Sequence[Post]) -> int:
        fresh = [p.id for p in posts if p.id not in self._kept.posts]
        new = super().save_posts(posts)
        with self._log.open("a") as log:
            log.writelines(f"{post}\n" for post in fresh)
        return new


def crawl_alone(channels: list[Channel], folder: Path) -> None:
    crawl(channels, partial(CountingSink, folder), options(looks_at_once=2, delay=0.02))


KILLS = 4


def test_killing_everything_again_and_again_keeps_each_post_exactly_once(tmp_path: Path, seed: int = 7) -> None:
    chance = random.Random(seed)
    with serving({}) as site:
        site.pages = {f"/bai/xa-binh-son-tin-so-{d}.html": an_article(d) for d in DAYS}
        site.pages["/a.xml"] = Reply(rss(site.url, [(d, at(d)) for d in DAYS[:8]]), "application/rss+xml")
        site.pages["/b.xml"] = Reply(rss(site.url, [(d, at(d)) for d in DAYS[8:]]), "application/rss+xml")
        channels = [a_channel(site.url + path, ChannelKind.FEED) for path in ("/a.xml", "/b.xml")]
        for _ in range(KILLS):
            parent = multiprocessing.get_context("spawn").Process(target=crawl_alone, args=(channels, tmp_path))
            parent.start()
            family = _family_once_asked(parent, site, len(site.asked) + 1 + chance.randrange(18))
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGKILL)
            parent.join()
        runs = crawl(channels, partial(CountingSink, tmp_path), options())
        again = crawl(channels, partial(CountingSink, tmp_path), options())
    assert all(r.outcome.succeeded and r.observed for r in runs)
    assert {r.outcome for r in again} == {RunOutcome.UNCHANGED}
    assert len(posts(tmp_path)) == len(DAYS)
    assert set(Counter((tmp_path / "new.txt").read_text().split()).values()) == {1}


def test_children_die_with_the_process_that_crawls(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = {f"/bai/xa-binh-son-tin-so-{d}.html": an_article(d) for d in DAYS}
        site.pages["/a.xml"] = Reply(rss(site.url, [(d, at(d)) for d in DAYS]), "application/rss+xml")
        channels = [a_channel(f"{site.url}/a.xml", ChannelKind.FEED)]
        parent = multiprocessing.get_context("spawn").Process(target=crawl_alone, args=(channels, tmp_path))
        parent.start()
        family = _family_once_asked(parent, site, 5)
        parent.kill()
        parent.join()
        _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


def _family_once_asked(parent: BaseProcess, site: Site, requests: int) -> list[psutil.Process]:
    """The process and all below it, as soon as the site has been asked so many times."""
    while len(site.asked) < requests and parent.is_alive():
        time.sleep(0.001)
    try:
        top = psutil.Process(parent.pid)
        return [*top.children(recursive=True), top]
    except psutil.NoSuchProcess:
        return []
