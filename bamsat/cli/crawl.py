"""`bamsat crawl`: one look at the channels."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from bamsat.application import now, open_application
from bamsat.cli.output import MOMENT, iso, json_option, print_json, print_table, say
from bamsat.settings import Settings
from bamsat.workflows.collect import CollectionResult, collect
from crawlers.runner import Progress
from domain.unit import ChannelId, UnitCode

SOME_FAILED = 3


@click.command()
@click.option("--unit", help="only this unit's channels")
@click.option("--channel", help="only this channel (its id)")
@click.option("--since", type=MOMENT, help="look back to this time")
@json_option
@click.pass_obj
def crawl(settings: Settings, unit: str | None, channel: str | None, since: datetime | None, as_json: bool) -> int:
    """Look at every channel once and store what is new. Exit code 3: done, but some channels failed."""
    store = open_application(settings).store
    wanted = (UnitCode(unit) if unit else None, ChannelId(channel) if channel else None)
    with crawl_progress() as progress:
        result = collect(store, settings, now, *wanted, since, progress)
    if as_json:
        print_json(
            [
                {
                    "channel": r.channel,
                    "outcome": r.outcome.value,
                    "reason": r.reason.in_language(settings.language) if r.reason else None,
                    "posts_seen": r.posts_seen,
                    "posts_new": r.posts_new,
                    "method": r.method,
                    "observed_from": iso(r.observed.start) if r.observed else None,
                    "observed_until": iso(r.observed.end) if r.observed else None,
                    "requests": r.requests,
                    "bytes": r.bytes,
                }
                for r in result.runs
            ]
        )
    else:
        show_collection(result, settings)
    return SOME_FAILED if result.failed else 0


def show_collection(result: CollectionResult, settings: Settings) -> None:
    if result.failed:
        rows = [
            (c.unit, c.url, r.outcome.value, r.reason.in_language(settings.language) if r.reason else "")
            for r in result.failed
            for c in (result.channels[r.channel],)
        ]
        print_table(("Đơn vị", "Kênh", "Kết quả", "Lý do"), rows)
    say(f"Đã xem {len(result.runs)} kênh: {result.posts_new} bài mới, {len(result.failed)} kênh không đọc được.")


@contextmanager
def crawl_progress() -> Iterator[Callable[[Progress], None]]:
    """A line that tells how far a crawl is: channels, new posts, failures, time left. Quiet where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Đang xem các kênh", total=None)

        def show(progress: Progress) -> None:
            words = f"Đang xem các kênh: {progress.posts_new} bài mới, {progress.failed} lỗi"
            bar.update(task, completed=progress.done, total=progress.total, description=words)

        yield show
