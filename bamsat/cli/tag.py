"""`bamsat tag`: giving posts their topics."""

import json
from pathlib import Path

import click

from bamsat.application import now, open_application
from bamsat.cli.output import print_json, say
from bamsat.settings import Settings
from bamsat.workflows.tagging import TaggingResult, tag_files, tag_posts

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--plan", metavar="PLAN", help="a plan in force (id, number or title), or with --posts a plan document or JSON file")
@click.option("--posts", type=FILE, help="tag these posts (JSON lines) without a database")
@click.option("--retag", is_flag=True, help="tag all posts again, not only the new ones")
@click.option("--json", "as_json", is_flag=True, help="print JSON (with --posts: one object a line)")
@click.pass_obj
def tag(settings: Settings, plan: str | None, posts: Path | None, retag: bool, as_json: bool) -> None:
    """Tag posts against the topics of the plans in force; corrections of people stay as they are."""
    if posts:
        if not plan or not Path(plan).is_file():
            raise click.UsageError("--posts needs --plan FILE (a plan document, or a plan as JSON)")
        answers = tag_files(Path(plan).read_bytes(), Path(plan).name, posts.read_bytes(), posts.name)
        for answer in answers:
            click.echo(json.dumps(answer, ensure_ascii=False))
        return
    results = tag_posts(open_application(settings).store, now, plan, retag)
    if as_json:
        print_json(
            [
                {
                    "plan": r.version.plan_id,
                    "version": r.version.version,
                    "model": r.model,
                    "posts": r.posts,
                    "tagged": r.tagged,
                    "review": r.to_review,
                }
                for r in results
            ]
        )
    else:
        show_tagging(results)


def show_tagging(results: list[TaggingResult]) -> None:
    if not results:
        say("Chưa có kế hoạch nào có hiệu lực, nên chưa gắn chủ đề.")
    for r in results:
        say(f"{r.version.plan_id}: đã xét {r.posts} bài, {r.tagged} bài có chủ đề, {r.to_review} bài chờ người duyệt.")
