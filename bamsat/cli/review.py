"""`bamsat review`: what waits for a person's word, that word, and how far the machine agrees with it."""

from pathlib import Path
from typing import Any

import click

from bamsat.application import now, open_application
from bamsat.cli.output import iso, json_option, print_json, print_table, say
from bamsat.cli.review_export import evidence_words, machine_words, other_words, write_review
from bamsat.queries.plans import plan_version
from bamsat.queries.review import ReviewItem, review_progress, review_queue
from bamsat.settings import Settings
from bamsat.workflows import review as workflow
from bamsat.workflows.tagging import tagged_post_to_json
from domain.access import SYSTEM
from domain.agreement import ENOUGH, Share
from domain.dates import local_day, show_day
from domain.plan import TopicId
from domain.post import PostId

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
plan_option = click.option("--plan", metavar="PLAN", help="a plan in force, by id, number or title; the newest unless given")
limit_option = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="at most so many posts")


@click.group()
def review() -> None:
    """What people say of doubtful posts, one by one or as a table."""


@review.command(name="list")
@plan_option
@limit_option
@json_option
@click.pass_obj
def list_(settings: Settings, plan: str | None, limit: int, as_json: bool) -> None:
    """List the posts to decide on next, the most useful first; every fourth is drawn at random."""
    items = review_queue(SYSTEM, open_application(settings).store, now(), plan, limit)
    if as_json:
        print_json([_item_json(i) for i in items])
        return
    rows = [
        (
            i.post.id,
            show_day(local_day(i.post.published_at)) if i.post.published_at else "—",
            i.unit.name,
            i.post.title,
            machine_words(i),
            evidence_words(i),
            other_words(i),
            _notes(i),
        )
        for i in items
    ]
    print_table(("Mã bài", "Ngày", "Đơn vị", "Tiêu đề", "Máy đề xuất", "Căn cứ", "Chủ đề gần nhất khác", "Ghi chú"), rows)


@review.command()
@click.argument("plan_id")
@click.argument("post")
@click.argument("topics", nargs=-1, metavar="TOPIC...")
@click.option("--none", "about_none", is_flag=True, help="it is about no topic of the plan")
@click.option("--reason", default="", help="why, in a few words")
@click.pass_obj
def decide(settings: Settings, plan_id: str, post: str, topics: tuple[str, ...], about_none: bool, reason: str) -> None:
    """Say that POST is about each TOPIC of PLAN_ID and about no other one."""
    if about_none == bool(topics):
        raise click.UsageError("give the topics that the post is about, or --none")
    given = tuple(map(TopicId, topics))
    made = workflow.decide(open_application(settings).store, plan_id, PostId(post), given, SYSTEM, now(), reason)
    if not made.changed:
        say("Quyết định này đã có từ trước; không có gì thay đổi.")
        return
    about = f"thuộc chủ đề {', '.join(made.topics)}" if made.topics else "không thuộc chủ đề nào"
    copies = f" Quyết định áp dụng cho cả {len(made.posts) - 1} bài đăng lại cùng nội dung." if len(made.posts) > 1 else ""
    say(f"Đã ghi nhận: bài {made.post} {about}.{copies}")


@review.command()
@click.option("--out", required=True, type=NEW_FILE, metavar="FILE", help="a .xlsx or .csv file to write")
@plan_option
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="at most so many posts")
@click.pass_obj
def export(settings: Settings, out: Path, plan: str | None, limit: int) -> None:
    """Write the posts to decide on as a table with an empty column for the decisions."""
    store, at = open_application(settings).store, now()
    items = review_queue(SYSTEM, store, at, plan, limit)
    with store.reading() as tx:
        version = plan_version(tx, plan, at)
    write_review(out, version, items)
    say(f"Đã ghi {len(items)} bài chờ duyệt vào {out}. Điền cột “Quyết định” rồi nhập lại: bamsat review import {out}")


@review.command(name="import")
@click.argument("file", type=FILE)
@plan_option
@click.pass_obj
def import_(settings: Settings, file: Path, plan: str | None) -> None:
    """Store the decisions of a filled FILE (.xlsx or .csv), all of them or, when a cell is wrong, none."""
    done = workflow.import_decisions(open_application(settings).store, file.read_bytes(), file.name, plan, SYSTEM, now())
    posts = sum(len(d.posts) for d in done.decisions)
    say(f"Đã đọc {len(done.decisions)} quyết định cho {posts} bài (kể cả bài đăng lại); {done.changed} quyết định mới.")


@review.command()
@plan_option
@json_option
@click.pass_obj
def progress(settings: Settings, plan: str | None, as_json: bool) -> None:
    """Say how many posts wait, how many are decided, and how often the machine was right."""
    found = review_progress(SYSTEM, open_application(settings).store, now(), plan)
    measured = found.agreement
    if as_json:
        print_json(
            {
                "plan_id": found.version.plan_id,
                "version": found.version.version,
                "waiting": found.waiting,
                "decided": found.decided,
                "random_posts": measured.posts,
                "precision": _share_json(measured.precision),
                "recall": _share_json(measured.recall),
            }
        )
        return
    click.echo(f"Kế hoạch {found.version.plan_id}: {found.waiting} bài chờ duyệt, {found.decided} bài đã có quyết định.")
    click.echo(f"Đo trên {measured.posts} bài rút ngẫu nhiên đã duyệt:")
    click.echo(f"  Chủ đề máy gắn mà cán bộ đồng ý: {_share_words(measured.precision)}")
    click.echo(f"  Chủ đề cán bộ chọn mà máy đã gắn: {_share_words(measured.recall)}")


def _share_words(share: Share) -> str:
    if not share.enough:
        return f"{share.hits} trên {share.of}; còn quá ít để nói tỷ lệ (cần ít nhất {ENOUGH})."
    low, high = (_percent(bound) for bound in share.interval())
    return f"{_percent(share.value)} % ({share.hits} trên {share.of}; khoảng tin cậy 95 %: từ {low} % đến {high} %)."


def _percent(value: float) -> str:
    return f"{100 * value:.1f}".replace(".", ",")


def _share_json(share: Share) -> dict[str, Any]:
    low, high = share.interval()
    figures = {"value": round(share.value, 4), "low": round(low, 4), "high": round(high, 4)}
    return {"hits": share.hits, "of": share.of, "enough": share.enough, **(figures if share.enough else dict.fromkeys(figures))}


def _notes(item: ReviewItem) -> str:
    copies = f"{item.copies} bài đăng lại" if item.copies else ""
    return ", ".join(filter(None, ("rút ngẫu nhiên" if item.random else "", copies)))


def _item_json(item: ReviewItem) -> dict[str, Any]:
    answer = item.answer
    return {
        "post": item.post.id,
        "title": item.post.title,
        "url": item.post.url,
        "published_at": iso(item.post.published_at),
        "unit": item.unit.code,
        "channel": item.channel.id,
        "random": item.random,
        "copies": item.copies,
        **{name: value for name, value in tagged_post_to_json(answer).items() if name in ("tags", "others")},
    }
