"""What a channel would give, before it is registered: what discovery finds and a few posts. Nothing is stored."""

import pickle
import tempfile
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from crawlers.options import CrawlOptions
from crawlers.runner import crawl
from domain.crawl_run import CrawlRun, RunOutcome
from domain.errors import InvalidInput, Message, OutOfScope, Problem, Severity
from domain.post import Post
from domain.unit import Channel, ChannelId, ChannelKind, UnitCode, channel_id
from domain.urls import canonical_url


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """`listing` says which pages list posts and why each way was kept or left; `method` is what the posts were found by."""

    url: str
    kind: ChannelKind
    method: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listing: Mapping[str, object] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    problems: tuple[Problem, ...] = ()


def probe(url: str, options: CrawlOptions, limit: int = 10, kind: ChannelKind = ChannelKind.WEBSITE) -> ProbeResult:
    """Looks once, as a channel of this kind would, and ends after `limit` posts. Raises InvalidInput when `url` is no address."""
    run, found = _look(url, kind, replace(options, posts_per_look=limit))
    ways = found.state.get("ways")
    ways = ways if isinstance(ways, dict) else {}
    return ProbeResult(
        url=url,
        kind=kind,
        method=run.method,
        feeds=tuple(ways.get("feeds", ())),
        sitemaps=tuple(ways.get("sitemaps", ())),
        listing={"pages": list(ways.get("listings", [])), "reasons": dict(ways.get("reasons", {}))},
        posts=tuple(found.posts[:limit]),
        problems=(Problem(Severity.ERROR, run.outcome.value, run.reason),) if run.reason and not run.outcome.succeeded else (),
    )


def read_page(url: str, options: CrawlOptions) -> Post:
    """The post at one address, read as a look would, with its rules: only that host, robots.txt, sizes, times.

    It belongs to no unit and to no registered channel yet. Raises OutOfScope when the address, or one that it leads to, may
    not be asked, InvalidInput saying why it cannot be read.
    """
    run, found = _look(url, ChannelKind.WEBSITE, replace(options, single_posts=True, extraction_processes=1))
    if found.posts:
        return found.posts[0]
    reason = run.reason or Message(f"Không đọc được bài nào ở {url}.", f"no post at {url}")
    refusal = OutOfScope if run.outcome is RunOutcome.REFUSED else InvalidInput
    raise refusal(reason.vi, reason.en)


def _look(url: str, kind: ChannelKind, options: CrawlOptions) -> "tuple[CrawlRun, _Found]":
    try:
        canonical_url(url)
    except ValueError as fault:
        raise InvalidInput(f"“{url}” không phải là địa chỉ web (http hoặc https).", f"not a web address: {url!r}") from fault
    channel = Channel(channel_id(kind, url), UnitCode(""), kind, url)
    with tempfile.TemporaryDirectory(prefix="bamsat-probe-") as folder:
        file = Path(folder) / "found"
        (run,) = crawl([channel], partial(_ProbeSink, file), options)
        found: _Found = pickle.loads(file.read_bytes()) if file.exists() else _Found()  # noqa: S301 - our own child wrote it
    return run, found


@dataclass(slots=True)
class _Found:
    posts: list[Post] = field(default_factory=list)
    state: dict[str, object] = field(default_factory=dict)


class _ProbeSink:
    """Forgets nothing for the length of one look; the file is how it comes back from the child."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._found = _Found()

    def known_identities(self, channel: ChannelId) -> Set[str]:
        return frozenset()

    def state(self, channel: ChannelId) -> dict[str, object]:
        return {}

    def save_posts(self, posts: Sequence[Post]) -> int:
        self._found.posts.extend(posts)
        return len(posts)

    def save_run(self, run: CrawlRun, state: dict[str, object]) -> None:
        self._found.state = state

    def close(self) -> None:
        self._file.write_bytes(pickle.dumps(self._found))
