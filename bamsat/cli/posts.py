"""`bamsat posts`: what was collected."""

import csv
import json
import sys
from pathlib import Path

import click

from bamsat.application import now, open_application
from bamsat.cli.output import say
from bamsat.settings import Settings
from bamsat.workflows.posts import import_posts, post_to_json
from domain.unit import ChannelId, UnitCode

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@click.group()
def posts() -> None:
    """Posts that were collected or handed in."""


@posts.command()
@click.option("--format", "shape", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="shape")
@click.option("--unit", help="only this unit's")
@click.pass_obj
def export(settings: Settings, shape: str, unit: str | None) -> None:
    """Write every post to standard output."""
    with open_application(settings).store.reading() as tx:
        rows = [post_to_json(p) for p in tx.posts.list(unit=UnitCode(unit) if unit else None)]
    if shape == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif rows:
        writer = csv.DictWriter(sys.stdout, rows[0].keys())
        writer.writeheader()
        writer.writerows({name: _as_text(value) for name, value in row.items()} for row in rows)


@posts.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", required=True, help="id of a registered channel of kind file (bamsat units list)")
@click.pass_obj
def import_(settings: Settings, file: Path, channel: str) -> None:
    """Store the posts of a JSON-lines FILE that a unit handed in."""
    result = import_posts(open_application(settings).store, file.read_bytes(), file.name, ChannelId(channel), now())
    say(f"Đã đọc {result.read} bài, {result.new} bài mới.")


def _as_text(value: object) -> object:
    """A spreadsheet must not take collected text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
