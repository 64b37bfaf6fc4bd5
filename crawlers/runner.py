"""Runs a crawl in a process of its own and answers with exactly one CrawlRun for each channel, whatever happens there."""

import logging
import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

from crawlers.child import Ended, Log, Started, crawl_in_child
from crawlers.options import CrawlOptions
from crawlers.sink import PostSink
from domain.crawl_run import CrawlRun, RunOutcome
from domain.errors import Message
from domain.unit import Channel, ChannelId

__all__ = ["CrawlOptions", "Progress", "crawl"]

logger = logging.getLogger(__name__)
_SECONDS_TO_END = 10.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is, after each channel."""

    done: int
    total: int
    posts_new: int
    failed: int
    last: CrawlRun


def crawl(
    channels: Sequence[Channel],
    open_sink: Callable[[], PostSink],
    options: CrawlOptions,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> list[CrawlRun]:
    """Looks at every channel and returns one run for each, in the order given; posts and runs go to the sink.

    May be called again in the same process. `open_sink` is called in the child process (it must be picklable) and, when the child
    is killed, here, to record the looks that it did not end. Channels that the child had not begun are then crawled by another one.
    """
    runs: dict[ChannelId, CrawlRun] = {}
    remaining = list({channel.id: channel for channel in channels}.values())
    total = len(remaining)

    def done(run: CrawlRun) -> None:
        runs[run.channel] = run
        failed = sum(not r.outcome.succeeded for r in runs.values())
        progress(Progress(len(runs), total, sum(r.posts_new for r in runs.values()), failed, run))

    while remaining:
        begun = _crawl_once(remaining, open_sink, options, done)
        lost = [c for c in remaining if c.id not in runs and (c.id in begun or not begun)]
        if lost:
            _record_lost(lost, begun, open_sink, options, done)
        remaining = [c for c in remaining if c.id not in runs]
    return [runs[channel_id] for channel_id in dict.fromkeys(channel.id for channel in channels)]


def _crawl_once(
    channels: Sequence[Channel], open_sink: Callable[[], PostSink], options: CrawlOptions, done: Callable[[CrawlRun], None]
) -> dict[ChannelId, datetime]:
    """One child process over these channels; returns the looks that it began, with when."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=crawl_in_child, args=(tuple(channels), open_sink, options, theirs), name="bamsat-crawl")
    child.start()
    theirs.close()
    begun: dict[ChannelId, datetime] = {}
    try:
        _listen(ours, begun, done)
        child.join(_SECONDS_TO_END)
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        ours.close()
    if child.exitcode:
        logger.error("the crawl process ended with code %s", child.exitcode)
    return begun


def _listen(connection: "Connection[object, object]", begun: dict[ChannelId, datetime], done: Callable[[CrawlRun], None]) -> None:
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        match message:
            case Started(channel, at):
                begun[channel] = at
            case CrawlRun():
                done(message)
            case Log(name, level, text):
                logging.getLogger(name).log(level, "%s", text)
            case Ended():
                return


def _record_lost(
    lost: Sequence[Channel],
    begun: dict[ChannelId, datetime],
    open_sink: Callable[[], PostSink],
    options: CrawlOptions,
    done: Callable[[CrawlRun], None],
) -> None:
    reason = Message(
        "Tiến trình thu thập dừng đột ngột khi đang đọc kênh này. Lần sau sẽ đọc lại.", "the crawl process died during this look"
    )
    latest = max(begun.values(), default=options.now)
    sink = open_sink()
    try:
        for channel in lost:
            at = begun.get(channel.id, options.now)
            run = CrawlRun(channel.id, at, max(at, latest), RunOutcome.UNREACHABLE, reason)
            sink.save_run(run, sink.state(channel.id))
            done(run)
    finally:
        sink.close()
