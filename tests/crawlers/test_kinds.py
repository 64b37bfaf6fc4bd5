"""Each kind of channel against a local site of that shape."""

import json
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.crawl_run import RunOutcome
from domain.unit import ChannelKind
from tests.crawlers.builders import NOW, a_channel, a_title, an_article, at, look, posts, rss
from tests.crawlers.sinks import read
from tests.crawlers.sites import Asked, Page, Reply, Site, html, serving

VISIBLE = "<div class=ngay-dang>Thứ sáu - {day:02}/11/2026 14:30</div>"


def a_listing(days: list[int], next_page: str = "", dated: bool = True) -> str:
    cards = "".join(
        f"<li><h3><a href='/bai/xa-binh-son-tin-so-{d}.html'>{a_title(d)}</a></h3>"
        + (f"<span class=date>{d:02}/11/2026</span>" if dated else "")
        + "<p>Tóm tắt ngắn của bài viết trong danh mục tin tức địa phương.</p></li>"
        for d in days
    )
    more = f"<div class=pagination><a href='{next_page}'>Trang sau</a></div>" if next_page else ""
    return html("Tin tức", f"<nav><a href='/gioi-thieu'>Giới thiệu chung về xã</a></nav><ul class=tin>{cards}</ul>{more}")


def articles(days: list[int], dated: bool = True) -> dict[str, Page]:
    return {f"/bai/xa-binh-son-tin-so-{d}.html": an_article(d, date_line=VISIBLE.format(day=d) if dated else "") for d in days}


def a_sitemap(base: str, days: list[int]) -> Reply:
    rows = "".join(f"<url><loc>{base}/bai/xa-binh-son-tin-so-{d}.html</loc><lastmod>2026-11-{d:02}</lastmod></url>" for d in days)
    return Reply(
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>', "application/xml"
    )


def test_a_listing_is_followed_back_to_since_and_proves_it(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = articles(list(range(1, 21))) | {
            "/tin-tuc": a_listing([20, 19, 18, 17, 16], "/tin-tuc/page-2/"),
            "/tin-tuc/page-2/": a_listing([15, 14, 13, 12, 11], "/tin-tuc/page-3/"),
            "/tin-tuc/page-3/": a_listing([10, 9, 8, 7, 6], "/tin-tuc/page-4/"),
            "/tin-tuc/page-4/": a_listing([5, 4, 3, 2, 1]),
        }
        channel = a_channel(f"{site.url}/tin-tuc", ChannelKind.LISTING)
        (run,) = look(tmp_path, channel, since=at(11, 0))
        assert "/tin-tuc/page-4/" not in site.paths()
        site.asked.clear()
        (again,) = look(tmp_path, channel, since=at(11, 0), now=NOW + timedelta(hours=6))
    assert (run.outcome, run.posts_new) == (RunOutcome.OK, 10)
    assert run.observed and run.observed.start == at(11, 0)
    assert {p.published_at for p in posts(tmp_path)} == {at(d, 14, 30) for d in range(11, 21)}
    assert again.outcome is RunOutcome.UNCHANGED
    assert again.observed and again.observed.start <= run.observed.end
    assert site.article_paths("/bai/") == []


def test_a_listing_without_paging_or_dates_proves_only_what_it_can(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = articles([20, 19, 18], dated=False) | {"/tin-tuc": a_listing([20, 19, 18], dated=False)}
        (run,) = look(tmp_path, a_channel(f"{site.url}/tin-tuc", ChannelKind.LISTING))
    assert (run.outcome, run.posts_new, run.observed) == (RunOutcome.OK, 3, None)
    assert all(p.published_at is None for p in posts(tmp_path))


@pytest.mark.parametrize("index", [False, True], ids=["one sitemap", "an index that names itself"])
def test_a_sitemap_read_to_its_end_proves_everything_since(tmp_path: Path, index: bool) -> None:
    with serving({}) as site:
        site.pages = articles(list(range(1, 21)))
        if index:
            site.pages["/sitemap.xml"] = Reply(
                "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                f"<sitemap><loc>{site.url}/sitemap.xml</loc></sitemap>"
                f"<sitemap><loc>{site.url}/sitemap-bai.xml</loc></sitemap></sitemapindex>",
                "application/xml",
            )
            site.pages["/sitemap-bai.xml"] = a_sitemap(site.url, list(range(1, 21)))
        else:
            site.pages["/sitemap.xml"] = a_sitemap(site.url, list(range(1, 21)))
        channel = a_channel(f"{site.url}/sitemap.xml", ChannelKind.SITEMAP)
        (run,) = look(tmp_path, channel, since=at(11, 0))
    assert (run.outcome, run.posts_seen, run.posts_new) == (RunOutcome.OK, 20, 10)
    assert run.observed and run.observed.start == at(11, 0)
    assert site.paths().count("/sitemap.xml") == 1


def test_a_sitemap_is_found_through_robots(tmp_path: Path) -> None:
    with serving({}) as site:
        site.pages = articles([20, 19]) | {
            "/robots.txt": Reply(f"User-agent: *\nDisallow: /admin\nSitemap: {site.url}/so-do.xml\n", "text/plain"),
            "/so-do.xml": a_sitemap(site.url, [20, 19]),
        }
        (run,) = look(tmp_path, a_channel(site.url, ChannelKind.SITEMAP))
    assert run.posts_new == 2


def front(links: str = "", head: str = "", days: tuple[int, ...] = ()) -> str:
    items = "".join(f"<li><a href='/bai/xa-binh-son-tin-so-{d}.html'>{a_title(d)}</a></li>" for d in days)
    return html("Cổng thông tin xã Bình Sơn", f"<ul>{links}</ul><ul class=moi>{items}</ul>", head)


def with_linked_feed(site: Site) -> None:
    site.pages = articles([20, 18]) | {
        "/": front(head="<link rel=alternate type='application/rss+xml' href='/rss-tin.xml'>"),
        "/rss-tin.xml": Reply(rss(site.url, [(20, at(20)), (18, at(18))]), "application/rss+xml"),
    }


def with_guessed_feed(site: Site) -> None:
    site.pages = articles([20, 18]) | {
        "/": front(days=(20, 18)),
        "/feed": Reply(rss(site.url, [(20, at(20)), (18, at(18))]), "application/rss+xml"),
    }


def with_sitemap_only(site: Site) -> None:
    site.pages = articles([20, 18]) | {"/": front(), "/sitemap.xml": a_sitemap(site.url, [20, 18])}


def with_sections_only(site: Site) -> None:
    site.pages = articles([20, 19, 18, 17]) | {
        "/": front("<li><a href='/tin-tuc'>Tin tức - Sự kiện</a></li><li><a href='/lien-he'>Liên hệ</a></li>"),
        "/tin-tuc": a_listing([20, 19, 18], "/tin-tuc/page-2/"),
        "/tin-tuc/page-2/": a_listing([17]),
    }


def with_wordpress(site: Site) -> None:
    def api(asked: Asked) -> Reply:
        query = parse_qs(urlsplit(asked.path).query)
        assert "author" not in query["_fields"][0].split(",")
        entries = [
            {
                "id": d,
                "date_gmt": f"2026-11-{d:02}T01:00:00",
                "link": f"{site.url}/bai-so-{d}/",
                "title": {"rendered": a_title(d)},
                "content": {"rendered": "<p>Nội dung đầy đủ của bài.</p>"},
            }
            for d in (20, 18)
        ]
        return Reply(json.dumps([e for e in entries if str(e["date_gmt"]) > query["after"][0]]), "application/json")

    site.pages = {
        "/": front(head="<meta name=generator content='WordPress 6.1'>"),
        "/wp-json/wp/v2/posts": api,
    }


WEBSITES = {
    "a linked feed": (with_linked_feed, "feed"),
    "a guessed feed": (with_guessed_feed, "feed"),
    "a sitemap": (with_sitemap_only, "sitemap"),
    "sections that list": (with_sections_only, "listing"),
    "WordPress": (with_wordpress, "interface"),
}


def test_a_website_finds_what_works_and_keeps_it(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(serving({})) for name in WEBSITES}
        for name, (build, _) in WEBSITES.items():
            build(sites[name])
        channels = {name: a_channel(site.url) for name, site in sites.items()}
        runs = dict(zip(WEBSITES, look(tmp_path, *channels.values()), strict=True))
        for site in sites.values():
            site.asked.clear()
        later = dict(zip(WEBSITES, look(tmp_path, *channels.values(), now=NOW + timedelta(hours=6)), strict=True))
    assert {name: (r.outcome, r.method) for name, r in runs.items()} == {n: (RunOutcome.OK, m) for n, (_, m) in WEBSITES.items()}
    assert all(r.observed for r in runs.values())
    assert {name: r.outcome for name, r in later.items()} == dict.fromkeys(WEBSITES, RunOutcome.UNCHANGED)
    assert all(r.observed for r in later.values())
    assert {name: r.method for name, r in later.items()} == {n: m for n, (_, m) in WEBSITES.items()}
    for name, channel in channels.items():
        found = {p.published_at.day for p in posts(tmp_path) if p.channel == channel.id and p.published_at}
        assert found >= {18, 20}, name
        assert "/" not in sites[name].paths()
        assert read(tmp_path).states[channel.id]["ways"]["reasons"]  # type: ignore[index]


def test_sections_that_are_not_read_leave_nothing_proved(tmp_path: Path) -> None:
    """Thirty sections are more than one look reads; and one that is broken may hide anything."""
    with serving({}) as many, serving({}) as broken:
        links = "".join(f"<li><a href='/muc-{n}'>Tin tức mục {n}</a></li>" for n in range(30))
        many.pages = articles([20, 19, 18]) | {"/": front(links)} | {f"/muc-{n}": a_listing([20, 19, 18]) for n in range(30)}
        with_sections_only(broken)
        broken.pages["/"] = front("<li><a href='/tin-tuc'>Tin tức</a></li><li><a href='/thong-bao'>Thông báo</a></li>")
        broken.pages["/thong-bao"] = Reply("", status=500)
        runs = look(tmp_path, a_channel(many.url), a_channel(broken.url))
    assert [r.outcome for r in runs] == [RunOutcome.OK, RunOutcome.OK]
    assert [r.observed for r in runs] == [None, None]


def test_a_website_that_was_quiet_was_read_all_the_same(tmp_path: Path) -> None:
    with serving({}) as site:
        with_wordpress(site)
        (run,) = look(tmp_path, a_channel(site.url), since=at(20, 12))
    assert (run.outcome, run.posts_new) == (RunOutcome.UNCHANGED, 0)
    assert run.observed and run.observed.start == at(20, 12)


def test_a_website_looks_again_when_its_feed_is_gone(tmp_path: Path) -> None:
    with serving({}) as site:
        with_linked_feed(site)
        channel = a_channel(site.url)
        look(tmp_path, channel)
        site.pages = articles([21, 20, 18]) | {"/": front(), "/sitemap.xml": a_sitemap(site.url, [21, 20, 18])}
        (run,) = look(tmp_path, channel)
    assert (run.outcome, run.method, run.posts_new) == (RunOutcome.OK, "sitemap", 1)


def test_a_website_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    with serving({"/": html("Đang xây dựng", "<p>Trang đang được xây dựng.</p>")}) as site:
        (run,) = look(tmp_path, a_channel(site.url))
    assert run.outcome is RunOutcome.UNREADABLE
    assert run.reason and "chuyên mục" in run.reason.vi
