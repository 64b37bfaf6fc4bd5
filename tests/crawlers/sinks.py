"""A sink that keeps everything in a folder, so that the crawl's child process and the test see the same."""

import pickle
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from domain.crawl_run import CrawlRun
from domain.post import Post, PostId
from domain.unit import ChannelId
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
