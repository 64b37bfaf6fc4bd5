"""One run for each channel, whatever happens."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from crawlers.probe import probe
from crawlers.runner import crawl
from domain.crawl_run import RunOutcome
from domain.errors import InvalidInput
from domain.post import PublishedSource
from domain.unit import ChannelKind
from tests.crawlers.builders import NOW, a_channel, a_title, an_article, at, look, options, posts, rss
from tests.crawlers.sinks import KilledAtSave, WithoutDisk, opener, read, with_faulty_kinds
from tests.crawlers.sites import Page, Reply, serving


def feed_site(base: str, days: list[int]) -> dict[str, Page]:
    pages: dict[str, Page] = {f"/bai/xa-binh-son-tin-so-{d}.html": an_article(d) for d in days}
    pages["/feed.xml"] = Reply(rss(base, [(d, at(d)) for d in days]), "application/rss+xml")
    return pages


def test_a_feed_is_read_with_its_dates_and_proves_what_it_shows(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = feed_site(site.url, [20, 18, 15])
        (run,) = look(tmp_path, a_channel(f"{site.url}/feed.xml", ChannelKind.FEED))
    assert (run.outcome, run.posts_seen, run.posts_new, run.method) == (RunOutcome.OK, 3, 3, "feed")
    assert run.observed is not None
    assert run.observed.start == at(15)
    assert NOW <= run.observed.end < NOW + timedelta(minutes=1)
    kept = posts(tmp_path)
    assert [p.published_at for p in kept] == [at(15), at(18), at(20)]
    assert {p.published_source for p in kept} == {PublishedSource.FEED}
    assert kept[0].title == a_title(15)
    assert "kéo dài trong hai tuần" in kept[0].text
    assert "Bản quyền" not in kept[0].text


def test_a_second_look_asks_for_nothing_that_is_known(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = feed_site(site.url, [20, 18, 15])
        channel = a_channel(f"{site.url}/feed.xml", ChannelKind.FEED)
        look(tmp_path, channel)
        site.asked.clear()
        (run,) = look(tmp_path, channel, now=NOW + timedelta(hours=6))
    assert run.outcome is RunOutcome.UNCHANGED
    assert run.posts_new == 0
    assert run.observed is not None
    assert run.observed.start == at(15)
    assert site.paths() == ["/robots.txt", "/feed.xml"]


def test_every_channel_has_its_run_also_a_broken_one(tmp_path: Path) -> None:
    with serving({}) as good, serving({}) as bad:
        good.pages = feed_site(good.url, [20, 18])
        bad.pages = {"/feed.xml": Reply("<html>Bảo trì</html>", "text/html", 500)}
        first = a_channel(f"{good.url}/feed.xml", ChannelKind.FEED)
        second = a_channel(f"{bad.url}/feed.xml", ChannelKind.FEED)
        third = a_channel("http://127.0.0.1:9/feed.xml", ChannelKind.FEED)
        runs = look(tmp_path, second, first, third)
    assert [r.channel for r in runs] == [second.id, first.id, third.id]
    assert [r.outcome for r in runs] == [RunOutcome.UNREACHABLE, RunOutcome.OK, RunOutcome.UNREACHABLE]
    assert all(r.reason for r in (runs[0], runs[2]))
    assert {r.channel for r in read(tmp_path).runs} == {first.id, second.id, third.id}


@pytest.mark.parametrize(
    ("deaths", "outcomes"),
    [(1, [RunOutcome.OK] * 3), (2, [RunOutcome.UNREACHABLE, RunOutcome.OK, RunOutcome.OK])],
    ids=["killed once", "killed by the same channel again"],
)
def test_a_killed_process_costs_at_most_the_channel_that_kills_it(tmp_path: Path, deaths: int, outcomes: list[RunOutcome]) -> None:
    with serving({}) as first, serving({}) as second, serving({}) as third:
        sites = (first, second, third)
        for site in sites:
            site.pages = feed_site(site.url, [20, 18])
        channels = [a_channel(f"{s.url}/feed.xml", ChannelKind.FEED) for s in sites]
        port = first.url.rpartition(":")[2]
        runs = crawl(channels, partial(KilledAtSave, tmp_path, port, deaths), options(looks_at_once=2))
        again = look(tmp_path, *channels)
    # What a killed process had stored is known to the one that tries again: nothing may be left that is new.
    assert [RunOutcome.OK if r.outcome.succeeded else r.outcome for r in runs] == outcomes
    assert {r.channel for r in read(tmp_path).runs} == {c.id for c in channels}
    assert all(r.outcome.succeeded for r in again)
    assert len(posts(tmp_path)) == 6


def test_a_raising_and_a_silent_spider_fail_their_own_look_only(tmp_path: Path) -> None:
    with serving({"/tin-tuc": "x"}) as site:
        channels = [
            a_channel(f"{site.url}/feed.xml", ChannelKind.FEED),
            a_channel(f"{site.url}/sitemap.xml", ChannelKind.SITEMAP),
            a_channel(f"{site.url}/bang.xlsx", ChannelKind.FILE),
        ]
        runs = crawl(channels, partial(with_faulty_kinds, tmp_path), options())
    assert [r.outcome for r in runs] == [RunOutcome.UNREADABLE, RunOutcome.EMPTY, RunOutcome.NEVER]
    assert runs[0].reason and "ZeroDivisionError" in runs[0].reason.en
    assert all(r.observed is None for r in runs)


def test_what_could_not_be_stored_is_not_a_success(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = feed_site(site.url, [20, 18])
        (run,) = crawl([a_channel(f"{site.url}/feed.xml", ChannelKind.FEED)], partial(WithoutDisk, tmp_path), options())
    assert not run.outcome.succeeded
    assert run.observed is None


def test_nothing_to_look_at_is_no_run(tmp_path: Path) -> None:
    assert crawl([], opener(tmp_path), options()) == []


def test_a_probe_previews_without_storing() -> None:
    with serving({}) as site:
        site.pages = feed_site(site.url, [20, 18, 15]) | {
            "/": "<html><link rel=alternate type=application/rss+xml href=/feed.xml></html>"
        }
        found = probe(site.url, options(), limit=2)
        nothing = probe(f"{site.url}/khong-co", options())
    assert found.feeds == (f"{site.url}/feed.xml",)
    assert [p.title for p in found.posts] == [a_title(20), a_title(18)]
    assert (found.method, found.problems) == ("feed", ())
    assert [p.code for p in nothing.problems] == ["unreachable"]


def test_a_probe_of_no_address_is_refused() -> None:
    with pytest.raises(InvalidInput):
        probe("thư mục của tôi", options())
