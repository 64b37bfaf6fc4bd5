"""`bamsat posts`: what was collected, and what people hand in."""

import csv
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bamsat.application import now, open_application
from bamsat.cli.output import iso, json_option, print_json, print_table, say, shown
from bamsat.queries.post_details import PostDetails, post_details, post_evidence
from bamsat.settings import Settings
from bamsat.workflows.evidence import Upload
from bamsat.workflows.post_page import add_post
from bamsat.workflows.posts import import_posts, post_to_json, record_post
from domain.access import SYSTEM
from domain.post import PostId
from domain.unit import ChannelId, UnitCode
from domain.written_dates import UnclearDate, written_moment

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _WrittenMoment(click.ParamType[datetime]):
    """A date as offices write it, or ISO 8601. Vietnamese time where no zone is given."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return written_moment(value)
        except UnclearDate as fault:
            self.fail(fault.message.vi, param, ctx)


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
@click.argument("file", type=FILE)
@click.option("--channel", required=True, help="id of a registered channel of kind file (bamsat units list --json)")
@click.pass_obj
def import_(settings: Settings, file: Path, channel: str) -> None:
    """Store the posts of FILE that a unit handed in: a table (xlsx, csv) or JSON lines, all of them or none."""
    result = import_posts(open_application(settings).store, file.read_bytes(), file.name, ChannelId(channel), now())
    left = f" {result.left} bài đã thu thập từ trước, được giữ nguyên." if result.left else ""
    say(f"Đã đọc {result.read} bài, {result.new} bài mới.{left}")


@posts.command()
@click.argument("url")
@click.option("--channel", help="id of the unit's channel, where several hold the address")
@click.pass_obj
def add(settings: Settings, url: str, channel: str | None) -> None:
    """Read the page at URL, on a site of a registered unit, and store it as a post."""
    store = open_application(settings).store
    post, new = add_post(store, settings, url, SYSTEM, now(), ChannelId(channel) if channel else None)
    click.echo(post.id)
    dated = f"{shown(post.published_at)}{' (chưa chắc)' if post.published_doubtful else ''}"
    say(f"{'Đã thêm' if new else 'Đã có từ trước'}: {post.unit}, {dated}, “{post.title}”. Xem lại: bamsat posts show {post.id}")


@posts.command()
@click.option("--unit", required=True, help="code of the unit")
@click.option("--channel", required=True, help="id of the unit's channel on which it went out")
@click.option("--title", required=True, help="title")
@click.option("--published", required=True, type=_WrittenMoment(), help="when it went out: dd/mm/yyyy or dd/mm/yyyy HH:MM")
@click.option("--evidence", required=True, type=FILE, help="a file that shows it; the store keeps a copy")
@click.option("--text", default="", help="what it says")
@click.option("--link", default="", help="its address on an outlet of the unit")
@click.pass_obj
def record(
    settings: Settings, unit: str, channel: str, title: str, published: datetime, evidence: Path, text: str, link: str
) -> None:
    """Record by hand what no interface shows: a reel, a radio programme, a panel."""
    upload = Upload(evidence.name, evidence.read_bytes())
    store = open_application(settings).store
    post = record_post(store, UnitCode(unit), ChannelId(channel), title, published, upload, SYSTEM, now(), text=text, link=link)
    click.echo(post.id)
    say(f"Đã ghi bài “{post.title}”. Xem lại: bamsat posts show {post.id}")


@posts.command()
@click.argument("post")
@click.option("--files", type=click.Path(file_okay=False, path_type=Path), help="folder to write its evidence files to")
@json_option
@click.pass_obj
def show(settings: Settings, post: str, files: Path | None, as_json: bool) -> None:
    """Show POST with its versions, topics and evidence."""
    store = open_application(settings).store
    details = post_details(SYSTEM, store, PostId(post), now())
    if files:
        files.mkdir(parents=True, exist_ok=True)
        for evidence in details.evidence:
            path = files / f"{evidence.file.digest[:12]}-{evidence.file.name}"
            path.write_bytes(post_evidence(SYSTEM, store, details.post.id, evidence.file.digest))
            say(f"Đã ghi {path}")
    if as_json:
        print_json(_details_json(details))
    else:
        _print_details(details)


def _details_json(details: PostDetails) -> dict[str, Any]:
    return post_to_json(details.post) | {
        "unit_name": details.unit.name,
        "channel_kind": details.channel.kind.value,
        "channel_url": details.channel.url,
        "versions": [
            {
                "title": v.title,
                "text": v.text,
                "published_at": iso(v.published_at),
                "published_source": v.published_source.value if v.published_source else None,
                "recorded_at": iso(v.recorded_at),
                "superseded_at": iso(v.superseded_at),
            }
            for v in details.versions
        ],
        "tags": [
            {
                "plan": under.plan.plan_id,
                "topic": tag.topic,
                "source": tag.source.value,
                "waiting": tag.waiting,
                "score": tag.score,
                "evidence": [e.words for e in tag.evidence],
            }
            for under in details.tags
            for tag in under.tags
        ],
        "evidence": [
            {"name": e.file.name, "size": e.file.size, "sha256": e.file.digest, "by": e.by, "at": iso(e.at)}
            for e in details.evidence
        ],
    }


def _print_details(details: PostDetails) -> None:
    post = details.post
    source = f" ({post.published_source.value})" if post.published_source else ""
    for name, value in (
        ("Tiêu đề", post.title),
        ("Đơn vị", f"{details.unit.code}  {details.unit.name}"),
        ("Kênh", f"{details.channel.kind.value}  {details.channel.url}"),
        ("Địa chỉ", post.url or "—"),
        ("Ngày đăng", f"{shown(post.published_at)}{source}{', chưa chắc' if post.published_doubtful else ''}"),
        ("Loại", post.kind),
        ("Lặp lại bài", post.original_of or "—"),
    ):
        click.echo(f"{name}: {value}")
    click.echo(f"\n{post.text}\n")
    print_table(
        ("Phiên bản từ", "đến", "Ngày đăng", "Tiêu đề"),
        [(shown(v.recorded_at), shown(v.superseded_at), shown(v.published_at), v.title) for v in details.versions],
    )
    tags = [
        (under.plan.plan_id, t.topic, t.source.value, "chờ duyệt" if t.waiting else "", ", ".join(e.words for e in t.evidence))
        for under in details.tags
        for t in under.tags
    ]
    if tags:
        print_table(("Kế hoạch", "Chủ đề", "Do", "", "Vì có"), tags)
    if details.evidence:
        print_table(
            ("Minh chứng", "Byte", "SHA-256", "Người nộp", "Lúc"),
            [(e.file.name, e.file.size, e.file.digest, e.by, shown(e.at)) for e in details.evidence],
        )


def _as_text(value: object) -> object:
    """A spreadsheet must not take collected text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
