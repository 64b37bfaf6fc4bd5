"""`bamsat channels`: the outlets and how looking at them goes."""

from dataclasses import replace

import click

from bamsat.application import now, open_application
from bamsat.cli.output import iso, json_option, print_json, print_table, shown
from bamsat.queries.channels import channel_status
from bamsat.settings import Settings
from bamsat.workflows.collect import crawl_options
from bamsat.workflows.posts import post_to_json
from crawlers.probe import probe as probe_address
from domain.access import SYSTEM


@click.group()
def channels() -> None:
    """The official outlets of the units."""


@channels.command()
@json_option
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """When each channel was last looked at, and with what result."""
    found = channel_status(SYSTEM, open_application(settings).store, now())
    if as_json:
        print_json(
            {
                "channels": [
                    {
                        "channel": s.channel.id,
                        "unit": s.unit.code,
                        "kind": s.channel.kind.value,
                        "url": s.channel.url,
                        "outcome": s.outcome.value,
                        "reason": s.reason.in_language(settings.language) if s.reason else None,
                        "last_look": iso(s.last_look),
                        "last_success": iso(s.last_success),
                        "last_new_post": iso(s.last_new_post),
                        "failures": s.failures,
                    }
                    for s in found
                ]
            }
        )
        return
    rows = [
        (
            s.unit.code,
            s.channel.kind.value,
            s.channel.url,
            s.outcome.value,
            shown(s.last_success),
            shown(s.last_new_post),
            s.failures or None,
            s.reason.in_language(settings.language) if s.reason else None,
        )
        for s in found
    ]
    print_table(("Đơn vị", "Loại", "Địa chỉ", "Kết quả", "Đọc được lúc", "Bài mới nhất lúc", "Lỗi liên tiếp", "Lý do"), rows)


@channels.command()
@click.argument("url")
@click.option("--limit", default=10, show_default=True, help="so many posts at most")
@click.option("--seconds", default=60.0, show_default=True, help="longest time to spend")
@json_option
@click.pass_obj
def probe(settings: Settings, url: str, limit: int, seconds: float, as_json: bool) -> int:
    """Look at a website's address as a channel would, and show what would be collected; store nothing."""
    options = replace(crawl_options(settings, now()), seconds_per_look=seconds)
    found = probe_address(url, options, limit)
    if as_json:
        print_json(
            {
                "url": found.url,
                "kind": found.kind,
                "feeds": list(found.feeds),
                "sitemaps": list(found.sitemaps),
                "listing": dict(found.listing),
                "posts": [post_to_json(p) for p in found.posts],
                "problems": [p.message.in_language(settings.language) for p in found.problems],
            }
        )
    else:
        for name, values in (("feed", found.feeds), ("sitemap", found.sitemaps)):
            for value in values:
                click.echo(f"{name}: {value}")
        print_table(
            ("Ngày", "Nguồn ngày", "Tiêu đề", "Địa chỉ"),
            [(shown(p.published_at), p.published_source, p.title, p.url) for p in found.posts],
        )
        for problem in found.problems:
            click.echo(f"! {problem.message.in_language(settings.language)}")
    return 0 if found.posts else 1
