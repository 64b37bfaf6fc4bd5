"""One run for each channel, whatever happens."""

from datetime import timedelta
from pathlib import Path

from domain.crawl_run import RunOutcome
from domain.post import PublishedSource
from domain.unit import ChannelKind
from tests.crawlers.builders import NOW, a_channel, a_title, an_article, at, look, posts, rss
from tests.crawlers.sinks import read
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
