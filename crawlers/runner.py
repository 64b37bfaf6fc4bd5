"""Runs a crawl in a process of its own and answers with exactly one CrawlRun for each channel, whatever happens there."""

import logging
import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from crawlers.child import Ended, Log, Started, crawl_in_child
from crawlers.kinds import KINDS
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

    May be called again in the same process. `open_sink` is called in the child process: it must be picklable. When that process
    dies, another one takes the channels that it had not begun; those that it left unfinished are tried once more, each in a
    process of its own, so that only the channel that ends its process again is recorded as failed.
    """
    runs: dict[ChannelId, CrawlRun] = {}
    distinct = {channel.id: channel for channel in channels}.values()
    remaining = [channel for channel in distinct if channel.kind in KINDS]
    total = len(distinct)

    def done(run: CrawlRun) -> None:
        runs[run.channel] = run
        failed = sum(not r.outcome.succeeded for r in runs.values())
        progress(Progress(len(runs), total, sum(r.posts_new for r in runs.values()), failed, run))

    _record_uncollected([channel for channel in distinct if channel.kind not in KINDS], options, done)
    suspects: list[Channel] = []
    lost: list[Channel] = []
    while remaining:
        begun = _crawl_once(remaining, open_sink, options, done)
        unfinished = [c for c in remaining if c.id not in runs]
        (suspects if begun else lost).extend(c for c in unfinished if c.id in begun or not begun)
        remaining = [c for c in unfinished if c.id not in begun] if begun else []
    for channel in suspects:
        _crawl_once([channel], open_sink, options, done)
    lost.extend(c for c in suspects if c.id not in runs)
    if lost:
        _record_lost(lost, open_sink, options, done)
    return [runs[channel_id] for channel_id in dict.fromkeys(channel.id for channel in channels)]


def _crawl_once(
    channels: Sequence[Channel], open_sink: Callable[[], PostSink], options: CrawlOptions, done: Callable[[CrawlRun], None]
) -> set[ChannelId]:
    """One child process over these channels; returns the looks that it began."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=crawl_in_child, args=(tuple(channels), open_sink, options, theirs), name="bamsat-crawl")
    child.start()
    theirs.close()
    begun: set[ChannelId] = set()
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


def _listen(connection: "Connection[object, object]", begun: set[ChannelId], done: Callable[[CrawlRun], None]) -> None:
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        match message:
            case Started(channel):
                begun.add(channel)
            case CrawlRun():
                done(message)
            case Log(name, level, text):
                logging.getLogger(name).log(level, "%s", text)
            case Ended():
                return


def _record_uncollected(channels: Sequence[Channel], options: CrawlOptions, done: Callable[[CrawlRun], None]) -> None:
    """Kinds that have no interface: their posts are brought by people, and nothing was looked at."""
    for channel in channels:
        reason = Message(
            f"Kênh loại “{channel.kind}” không tự thu thập: hãy nhập bài bằng tệp hoặc biểu mẫu.",
            f"channels of kind {channel.kind} are not collected",
        )
        done(CrawlRun(channel.id, options.now, options.now, RunOutcome.NEVER, reason))


def _record_lost(
    lost: Sequence[Channel],
    open_sink: Callable[[], PostSink],
    options: CrawlOptions,
    done: Callable[[CrawlRun], None],
) -> None:
    reason = Message(
        "Tiến trình thu thập dừng đột ngột khi đang đọc kênh này. Lần sau sẽ đọc lại.", "the crawl process died during this look"
    )
    sink = open_sink()
    try:
        for channel in lost:
            run = CrawlRun(channel.id, options.now, options.now, RunOutcome.UNREACHABLE, reason)
            sink.save_run(run, sink.state(channel.id))
            done(run)
    finally:
        sink.close()
