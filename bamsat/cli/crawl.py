"""`bamsat crawl`: one look at the channels."""

from datetime import datetime

import click

from bamsat.application import now, open_application
from bamsat.cli.output import MOMENT, iso, json_option, print_json, print_table, say
from bamsat.settings import Settings
from bamsat.workflows.collect import CollectionResult, collect
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
    result = collect(store, settings, now(), UnitCode(unit) if unit else None, ChannelId(channel) if channel else None, since)
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
