"""The sample organisation as one value: its files, its sites with their posts, and the true labels."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from examples.sample_organisation.articles import read_articles
from examples.sample_organisation.irregular import with_irregularities
from examples.sample_organisation.plan_document import write_plan
from examples.sample_organisation.posts import SamplePost, write_posts
from examples.sample_organisation.registry import ListedChannel, read_members, write_registry
from examples.sample_organisation.sites import ENGINES, PAGE, Site, post_address
from examples.sample_organisation.timeline import Timeline

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class TrueLabel:
    """What a post really is about (ids as the plan prints them), and the address of the post that it repeats."""

    topics: tuple[str, ...]
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """`page_tokens` maps the address of a Facebook page to its token; `truth` maps the address of a post to its labels.

    `truth` is for tests and evaluation only: the product never sees it.
    """

    day: date
    plan_path: Path
    units_path: Path
    sites: tuple[Site, ...]
    page_tokens: Mapping[str, str]
    graph_port: int
    truth: Mapping[str, TrueLabel]

    @property
    def graph_address(self) -> str:
        return f"http://{HOST}:{self.graph_port}"


def build(day: date, directory: Path, base_port: int = 8600) -> SampleOrganisation:
    """Writes `plan.docx` and `units.xlsx` to `directory` and says which sites belong to them.

    The sites stand on `base_port` and the ports after it; 0 takes ports that are free now. Everything depends on `day` and
    the ports alone: built again with the same ones, it is the same organisation.
    """
    membership = read_members()
    timeline = Timeline(day)
    members = {m.code: m for m in membership.members}
    posts = with_irregularities(write_posts(read_articles(), membership, timeline), members, timeline)
    outlets = [(m, engine) for m in membership.members for engine in (m.engine, PAGE if m.page else None) if engine]
    websites = sum(engine != PAGE for _, engine in outlets)
    graph_port, *ports = _free_ports(websites + 1) if base_port == 0 else range(base_port, base_port + websites + 1)
    sites = []
    for member, engine in outlets:
        port = graph_port if engine == PAGE else ports.pop(0)
        own = [p for p in posts if p.unit == member.code and (p.channel == "page") == (engine == PAGE)]
        sites.append(Site(member, engine, HOST, port, tuple(sorted(own, key=_newest_first)), day))
    directory.mkdir(parents=True, exist_ok=True)
    plan_path, units_path = directory / "plan.docx", directory / "units.xlsx"
    channels = [_listed(site) for site in sites]
    write_plan(plan_path, timeline, membership, channels)
    write_registry(units_path, channels, membership.groups)
    return SampleOrganisation(
        day=day,
        plan_path=plan_path,
        units_path=units_path,
        sites=tuple(sites),
        page_tokens={s.url: s.token for s in sites if s.engine == PAGE},
        graph_port=graph_port,
        truth=_truth(sites),
    )


def _newest_first(post: SamplePost) -> tuple[float, int]:
    return -post.published_at.timestamp(), -post.number


def _listed(site: Site) -> ListedChannel:
    kind = "facebook" if site.engine == PAGE else ENGINES[site.engine].channel_kind
    return ListedChannel(site.member, kind, site.url, site.member.posts_per_week)


def _truth(sites: list[Site]) -> dict[str, TrueLabel]:
    places = {(p.unit, p.number): post_address(site, p) for site in sites for p in site.posts}
    return {
        places[p.unit, p.number]: TrueLabel(p.topics, places[p.copy_of.unit, p.copy_of.number] if p.copy_of else None)
        for site in sites
        for p in site.posts
    }


def _free_ports(count: int) -> list[int]:
    """Ports that nothing listens on now; they are asked for together, so that none is given twice."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
