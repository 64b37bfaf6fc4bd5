"""A sink that keeps everything in a folder, so that the crawl's child process and the test see the same."""

import os
import pickle
import signal
from collections.abc import AsyncGenerator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crawlers.items import PostItem
from crawlers.kinds import KINDS, Kind
from crawlers.visit import Visit
from domain.crawl_run import CrawlRun
from domain.post import Post, PostId
from domain.unit import ChannelId, ChannelKind
from domain.urls import url_identity


@dataclass
class Kept:
    posts: dict[PostId, Post]
    states: dict[ChannelId, dict[str, object]]
    runs: list[CrawlRun]
    saves: list[int]


class FolderSink:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "kept.pickle"
        self._kept = read(folder)

    def known_identities(self, channel: ChannelId) -> Set[str]:
        return {url_identity(p.url) for p in self._kept.posts.values() if p.channel == channel}

    def state(self, channel: ChannelId) -> dict[str, object]:
        return self._kept.states.get(channel, {})

    def save_posts(self, posts: Sequence[Post]) -> int:
        new = {p.id for p in posts} - self._kept.posts.keys()
        for post in posts:
            self._kept.posts[post.id] = post
        self._kept.saves.append(len(posts))
        self._write()
        return len(new)

    def save_run(self, run: CrawlRun, state: dict[str, object]) -> None:
        self._kept.runs.append(run)
        self._kept.states[run.channel] = state
        self._write()

    def close(self) -> None:
        self._write()

    def _write(self) -> None:
        part = self._file.with_suffix(".part")
        part.write_bytes(pickle.dumps(self._kept))
        part.replace(self._file)


def read(folder: Path) -> Kept:
    file = folder / "kept.pickle"
    return pickle.loads(file.read_bytes()) if file.exists() else Kept({}, {}, [], [])


def opener(folder: Path) -> "partial[FolderSink]":
    return partial(FolderSink, folder)


class KilledAtSave(FolderSink):
    """Kills its process, as the operating system might, when a post whose address holds `word` is saved; `times` times."""

    def __init__(self, folder: Path, word: str, times: int) -> None:
        super().__init__(folder)
        self._word = word
        self._times = times
        self._deaths = folder / "deaths"

    def save_posts(self, posts: Sequence[Post]) -> int:
        deaths = int(self._deaths.read_text()) if self._deaths.exists() else 0
        if any(self._word in p.url for p in posts) and deaths < self._times:
            self._deaths.write_text(str(deaths + 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return super().save_posts(posts)


class WithoutDisk(FolderSink):
    def save_posts(self, posts: Sequence[Post]) -> int:
        raise OSError("no space left on device")


async def raising_look(visit: Visit) -> AsyncGenerator[PostItem]:
    visit.posts_seen += 1
    raise ZeroDivisionError("a mistake in a spider")
    yield


async def silent_look(visit: Visit) -> AsyncGenerator[PostItem]:
    return
    yield


def with_faulty_kinds(folder: Path) -> FolderSink:
    """Called in the child: from here on feeds raise and sitemaps say nothing."""
    KINDS[ChannelKind.FEED] = Kind(raising_look)
    KINDS[ChannelKind.SITEMAP] = Kind(silent_look)
    return FolderSink(folder)
