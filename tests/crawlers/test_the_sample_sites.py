"""The sites of the sample organisation, in the shapes of real engines: every post is found, every date that is given is right."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from crawlers.options import CrawlOptions
from crawlers.runner import crawl
from domain.dates import local_day
from domain.unit import Channel, ChannelKind, UnitCode, channel_id
from domain.urls import url_identity
from examples.sample_organisation import build, serve
from examples.sample_organisation.sites import ENGINES, PAGE, post_address
from tests.crawlers.sinks import opener, read

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """(organisation, identity of the address → stored post)"""
    folder = tmp_path_factory.mktemp("sites")
    organisation = build(DAY, folder, base_port=0)
    channels = []
    for site in organisation.sites:
        kind = ChannelKind.FACEBOOK if site.engine == PAGE else ChannelKind(ENGINES[site.engine].channel_kind)
        channels.append(Channel(channel_id(kind, site.url), UnitCode(site.member.code), kind, site.url))
    options = CrawlOptions(
        now=NOW,
        since=NOW - timedelta(days=120),
        delay=0,
        allow_private_addresses=True,
        page_tokens=organisation.page_tokens,
        graph_address=organisation.graph_address,
    )
    with serve(organisation):
        crawl(channels, opener(folder), options)
    return organisation, {url_identity(p.url): p for p in read(folder).posts.values()}


def test_every_post_of_every_site_is_found(collected):
    organisation, found = collected
    missed = Counter(
        (site.member.code, site.engine)
        for site in organisation.sites
        if site.engine != "broken"
        for post in site.posts
        if url_identity(post_address(site, post)) not in found
    )
    assert not missed


def test_nothing_is_taken_for_a_post_that_is_none(collected):
    organisation, found = collected
    assert not found.keys() - {url_identity(url) for url in organisation.truth}


def test_a_date_is_right_or_says_that_it_is_doubtful(collected):
    organisation, found = collected
    wrong = []
    for site in organisation.sites:
        for post in site.posts:
            stored = found.get(url_identity(post_address(site, post)))
            sure = stored.published_at if stored and not stored.published_doubtful else None
            if sure and local_day(sure) != local_day(post.published_at):
                wrong.append((site.engine, post_address(site, post), str(sure), str(post.published_at)))
    assert not wrong


def test_a_post_that_shows_its_day_gets_it(collected):
    organisation, found = collected
    lost = Counter()
    for site in organisation.sites:
        for post in site.posts:
            stored = found.get(url_identity(post_address(site, post)))
            if stored and post.dated and (stored.published_at is None or stored.published_doubtful):
                lost[site.engine] += 1
    assert not lost
