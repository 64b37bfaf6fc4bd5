"""Whatever a server does, its channel ends in a clear outcome and the channels beside it are read as ever."""

import gzip
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.crawl_run import CrawlRun, RunOutcome
from domain.post import Post
from domain.unit import ChannelKind
from domain.urls import host_of
from tests.crawlers.builders import a_body, a_channel, a_title, at, look, posts, rss
from tests.crawlers.hostile import (
    Behave,
    HostileServer,
    a_certificate,
    answer,
    bomb,
    by_path,
    dripping,
    endless,
    hangs_up,
    not_found,
    raw,
    redirects,
    resets,
    says,
    silent,
)
from tests.crawlers.sites import html

OK, UNCHANGED, EMPTY = RunOutcome.OK, RunOutcome.UNCHANGED, RunOutcome.EMPTY
REFUSED, UNREACHABLE, BLOCKED = RunOutcome.REFUSED, RunOutcome.UNREACHABLE, RunOutcome.BLOCKED
UNREADABLE, TOO_LARGE = RunOutcome.UNREADABLE, RunOutcome.TOO_LARGE
FEED, SITEMAP, LISTING, WEBSITE = ChannelKind.FEED, ChannelKind.SITEMAP, ChannelKind.LISTING, ChannelKind.WEBSITE
MAX_BYTES = 300_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\n"
PAGE = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Case:
    name: str
    behave: Behave
    outcome: RunOutcome
    kind: ChannelKind = FEED
    path: str = "/feed.xml"
    says: str = ""
    """A part of the reason, in English."""
    posts: int = 0
    robots: Behave | None = None
    tls: str | None = None


def a_feed(links: str = "{base}/bai/xa-binh-son-tin-so-20.html") -> str:
    return rss("{base}", [(20, at(20))]).replace("{base}/bai/xa-binh-son-tin-so-20.html", links)


def article(head: str = "", content_type: str = PAGE) -> Behave:
    return says(html(a_title(20), f"<h1>{a_title(20)}</h1>{a_body(20)}", head), content_type=content_type)


def feed_and(page: Behave, feed: Behave | None = None) -> Behave:
    return by_path({"/feed.xml": feed or says(a_feed()), ARTICLE: page})


def in_utf_16(connection: socket.socket, path: str, base: str) -> None:
    answer(connection, a_feed().replace("{base}", base).replace("utf-8", "utf-16").encode("utf-16"))


GOOD_PAGE = article()
NO_RULES_FOR_US = says("User-agent: *\nDisallow: /", content_type="text/plain")
AT_SITEMAP = (SITEMAP, "/sitemap.xml")
ARTICLE = "/bai/xa-binh-son-tin-so-20.html"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
SECRET_FILE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RSS = "<rss version='2.0'><channel>"
URLSET = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"


def endless_pages(connection: socket.socket, path: str, base: str) -> None:
    """A calendar that always has another month, full of posts that nobody wrote."""
    number = int(path.rpartition("-")[2].strip("/") or 1) if "page-" in path else 1
    if path.startswith("/bai"):
        GOOD_PAGE(connection, path, base)
        return
    links = "".join(
        f"<li><a href='/bai/tin-{number}-{i}.html'>Lịch công tác tuần {number} của đồng chí trực {i}</a></li>" for i in range(5)
    )
    answer(
        connection, html("Lịch", f"<ul>{links}</ul><a rel=next href='/lich/page-{number + 1}/'>Sau</a>").encode(), content_type=PAGE
    )


def repeating_pages(connection: socket.socket, path: str, base: str) -> None:
    number = int(path.rpartition("-")[2].strip("/") or 1) if "page-" in path else 1
    if path.startswith("/bai"):
        GOOD_PAGE(connection, path, base)
        return
    links = "".join(f"<li><a href='/bai/tin-so-{i}.html'>Bài viết cố định của trang danh sách số {i}</a></li>" for i in range(5))
    answer(
        connection, html("Tin", f"<ul>{links}</ul><a rel=next href='/tin/page-{number + 1}/'>Sau</a>").encode(), content_type=PAGE
    )


def endless_sitemaps(connection: socket.socket, path: str, base: str) -> None:
    number = int("".join(c for c in path if c.isdigit()) or 0)
    children = "".join(f"<sitemap><loc>{base}/sitemap-{number * 3 + i}.xml</loc></sitemap>" for i in range(1, 4))
    answer(connection, f"{INDEX}{children}</sitemapindex>".encode(), content_type="application/xml")


CASES = [
    Case("gzip bomb", bomb("gzip"), TOO_LARGE),
    Case("deflate bomb", bomb("deflate"), TOO_LARGE),
    Case("brotli bomb", bomb("br"), TOO_LARGE),
    Case("gzip in gzip bomb", bomb("gzip, gzip"), TOO_LARGE),
    Case("gzipped sitemap bomb", says(gzip.compress(b" " * 30_000_000)), TOO_LARGE, SITEMAP, "/sitemap.xml.gz"),
    Case("endless stream", endless(HEAD + b"\r\n<rss>", b" " * 4096), TOO_LARGE),
    Case("endless chunks", endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b" " * 4096 + b"\r\n"), TOO_LARGE),
    Case("fifty megabytes announced", raw(HEAD + b"Content-Length: 50000000\r\n\r\n<rss>"), TOO_LARGE),
    Case("feed just too large", says(b"<rss>" + b" " * MAX_BYTES), TOO_LARGE),
    Case("headers without end", endless(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"a" * 200 + b"\r\n"), TOO_LARGE),
    Case("one header without end", endless(b"HTTP/1.1 200 OK\r\nX-More: ", b"a" * 4096), TOO_LARGE),
    Case("interim answers without end", endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), TOO_LARGE),
    Case("cookies without end", endless(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=" + b"b" * 900 + b"\r\n"), TOO_LARGE),
    Case("body in drips", dripping(HEAD + b"Content-Length: 4000\r\n\r\n" + b" " * 4000), UNREACHABLE, says="timed out"),
    Case("headers in drips", dripping(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 400), UNREACHABLE, says="timed out"),
    Case("never answers", silent, UNREACHABLE, says="timed out"),
    Case("hangs up", hangs_up, UNREACHABLE, says="no connection"),
    Case("resets", resets, UNREACHABLE, says="no connection"),
    Case("speaks no HTTP", raw(b"220 mail.example ESMTP ready\r\n"), UNREACHABLE),
    Case("cut short", raw(HEAD + b"Content-Length: 5000\r\n\r\n<rss>"), UNREACHABLE),
    Case("broken chunks", raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n"), UNREACHABLE),
    Case("says gzip, is not", says("<rss></rss>", Content_Encoding="gzip"), UNREADABLE),
    Case("redirects to itself", redirects("{base}/feed.xml"), UNREACHABLE, says="redirect"),
    Case("redirects in ever new ways", lambda c, p, b: redirects(f"{b}{p}x")(c, p, b), UNREACHABLE, says="redirect"),
    Case("redirects to another host", redirects("http://example.com/feed.xml"), REFUSED, says="leaves the registered outlet"),
    Case("redirects to another port", redirects("http://127.0.0.1:22/"), REFUSED, says="leaves"),
    Case("redirects to cloud metadata", redirects("http://169.254.169.254/latest/meta-data/"), REFUSED, says="leaves"),
    Case("redirects with a password", redirects("http://admin:admin@127.0.0.1:{port}/feed.xml"), REFUSED, says="leaves"),
    Case("redirects to a file", redirects("file:///etc/passwd"), UNREACHABLE, says="HTTP 302"),
    Case("redirects to a lookalike", redirects("http://127.0.0.1.{port}.example/"), REFUSED, says="leaves"),
    Case("redirects to nowhere", says("", "302 Found", Location="http://[::bad/"), UNREACHABLE),
    Case("robots.txt forbids", says(a_feed()), REFUSED, robots=NO_RULES_FOR_US, says="robots"),
    Case("robots.txt forbids us by name", says(a_feed()), REFUSED, robots=says("User-agent: BamSat\nDisallow: /"), says="robots"),
    Case("robots.txt broken", says(a_feed()), UNREACHABLE, robots=says("", "500 Internal Server Error"), says="robots"),
    Case("robots.txt without end", says(a_feed()), TOO_LARGE, robots=endless(HEAD + b"\r\n", b"#" * 4096)),
    Case("robots.txt in drips", says(a_feed()), UNREACHABLE, robots=dripping(HEAD + b"Content-Length: 4000\r\n\r\n" + b" " * 4000)),
    Case("robots.txt is a page", feed_and(GOOD_PAGE), OK, robots=says("<html>Disallow: /</html>"), posts=1),
    Case("robots.txt leads away", feed_and(GOOD_PAGE), OK, robots=redirects("http://example.com/"), posts=1),
    Case("forbidden", says("", "403 Forbidden"), BLOCKED, says="403"),
    Case("too many requests", says("", "429 Too Many Requests", Retry_After="600"), BLOCKED, says="429"),
    Case("asks to come later", says("", "503 Service Unavailable", Retry_After="Wed, 25 Nov 2026 07:28:00 GMT"), BLOCKED),
    Case("asks for a password", says("", "401 Unauthorized"), BLOCKED),
    Case("gone", not_found, UNREACHABLE, says="404"),
    Case("broken", says("", "500 Internal Server Error"), UNREACHABLE, says="500"),
    Case("not modified, unasked", says("", "304 Not Modified"), UNREADABLE),
    Case("entity expansion in a feed", says(f"{LAUGHS}{RSS}&d;</channel></rss>"), UNREADABLE),
    Case("a file named in a feed", says(f"{SECRET_FILE}{RSS}&x;</channel></rss>"), UNREADABLE),
    Case("entity expansion in a sitemap", says(f"{LAUGHS}{URLSET}<url><loc>{{base}}/&d;</loc></url>"), UNREADABLE, *AT_SITEMAP),
    Case("a file named in a sitemap", says(f"{SECRET_FILE}{URLSET}<url><loc>{{base}}/&x;</loc></url>"), UNREADABLE, *AT_SITEMAP),
    Case("sitemaps in a circle", says(f"{INDEX}<sitemap><loc>{{base}}/sitemap.xml</loc></sitemap>"), EMPTY, *AT_SITEMAP),
    Case("sitemaps without end", endless_sitemaps, EMPTY, *AT_SITEMAP),
    Case("a calendar without end", endless_pages, OK, LISTING, "/lich", posts=-1),
    Case("pages that repeat", repeating_pages, OK, LISTING, "/tin", posts=5),
    Case("an empty answer", says(""), UNREADABLE),
    Case("a page instead of a feed", says(html("Bảo trì", "<p>Bảo trì</p>")), UNREADABLE),
    Case("a PDF instead of a feed", says(b"%PDF-1.7\n" + bytes(range(256)) * 8), UNREADABLE),
    Case("null bytes", says(b"\x00" * 5000), UNREADABLE),
    Case("a feed called a page", feed_and(GOOD_PAGE, says(a_feed(), content_type=PAGE)), OK, posts=1),
    Case("UTF-8 called Latin-1", feed_and(article(content_type="text/html; charset=iso-8859-1")), OK, posts=1),
    Case("a feed in UTF-16", feed_and(GOOD_PAGE, in_utf_16), OK, posts=1),
    Case("posts of another host", says(a_feed("http://example.com/bai.html")), EMPTY),
    Case("posts that are no addresses", says(a_feed("javascript:alert(1)")), EMPTY),
    Case("a canonical address elsewhere", feed_and(article("<link rel=canonical href='http://example.com/tin'>")), OK, posts=1),
    Case("everything canonical to the front page", feed_and(article("<link rel=canonical href='/'>")), OK, posts=1),
    Case("a refresh to elsewhere", feed_and(article("<meta http-equiv=refresh content='0;url=http://example.com/'>")), OK, posts=1),
    Case("a page nested too deep", feed_and(says("<title>x</title>" + "<div>" * 40_000 + "sâu", content_type=PAGE)), OK, posts=1),
    Case("a page without end", feed_and(endless(HEAD + b"\r\n", b"<p>" * 1000)), OK, posts=1),
    Case("TLS of nobody we trust", says(a_feed()), UNREACHABLE, tls="self-signed", says="TLS"),
    Case("TLS that is none", raw(b"HTTP/1.1 200 OK\r\n\r\n"), UNREACHABLE, tls="spoken in clear"),
    Case("nothing at all to read", says(html("Trống", ""), content_type=PAGE), UNREADABLE, WEBSITE, "/"),
]  # fmt: skip


@dataclass(frozen=True)
class Ended:
    runs: dict[str, CrawlRun]
    posts: dict[str, list[Post]]
    asked: dict[str, list[str]]
    healthy: CrawlRun


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    folder = tmp_path_factory.mktemp("tls")
    return a_certificate(folder)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory, self_signed: ssl.SSLContext) -> Iterator[Ended]:
    """All of them at once, and one healthy channel in the middle."""
    folder = tmp_path_factory.mktemp("hostile")
    with ExitStack() as stack:
        servers = {}
        for case in CASES:
            server = HostileServer(case.behave, case.robots, self_signed if case.tls == "self-signed" else None)
            stack.callback(server.close)
            servers[case.name] = server
        good = HostileServer(feed_and(GOOD_PAGE))
        stack.callback(good.close)
        channels = {}
        for case in CASES:
            url = servers[case.name].url + case.path
            channels[case.name] = a_channel(url.replace("http:", "https:") if case.tls else url, case.kind, unit=case.name)
        healthy = a_channel(f"{good.url}/feed.xml", FEED, unit="healthy")
        every = list(channels.values())
        runs = look(
            folder,
            *every[:30],
            healthy,
            *every[30:],
            timeout=2.0,
            max_bytes=MAX_BYTES,
            requests_per_look=40,
            seconds_per_look=30.0,
            looks_at_once=100,
            extraction_processes=2,
        )
        by_channel = {r.channel: r for r in runs}
        yield Ended(
            {name: by_channel[c.id] for name, c in channels.items()},
            {name: [p for p in posts(folder) if p.channel == c.id] for name, c in channels.items()},
            {name: s.paths for name, s in servers.items()},
            by_channel[healthy.id],
        )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_misbehaving_server_ends_in_a_clear_outcome(ended: Ended, case: Case) -> None:
    run = ended.runs[case.name]
    assert run.outcome is case.outcome, run.reason
    if not run.outcome.succeeded:
        assert run.reason
        assert case.says in run.reason.en
        assert run.reason.vi
        assert run.observed is None
    if case.posts >= 0:
        assert len(ended.posts[case.name]) == case.posts
    assert run.requests <= 40
    assert run.bytes <= 40 * MAX_BYTES


def test_the_healthy_channel_beside_them_is_read(ended: Ended) -> None:
    assert (ended.healthy.outcome, ended.healthy.posts_new) == (OK, 1)


@pytest.mark.parametrize(
    "name", ["a canonical address elsewhere", "everything canonical to the front page", "a refresh to elsewhere"]
)
def test_a_post_keeps_the_address_where_it_was_found(ended: Ended, name: str) -> None:
    (post,) = ended.posts[name]
    assert post.url.endswith(ARTICLE)


def test_wrong_charsets_do_not_spoil_the_text(ended: Ended) -> None:
    for name in ("UTF-8 called Latin-1", "a feed in UTF-16"):
        (post,) = ended.posts[name]
        assert post.title == a_title(20)
        assert "Ủy ban nhân dân xã Bình Sơn" in post.text


def test_a_forbidden_address_is_not_asked_for(ended: Ended) -> None:
    for name in ("robots.txt forbids", "robots.txt forbids us by name", "robots.txt broken", "robots.txt without end"):
        assert set(ended.asked[name]) == {"/robots.txt"}


def test_a_written_consent_stands_above_robots(tmp_path: Path) -> None:
    server = HostileServer(feed_and(GOOD_PAGE), NO_RULES_FOR_US)
    consent = frozenset({host_of(server.url)})
    (run,) = look(tmp_path, a_channel(f"{server.url}/feed.xml", FEED), robots_consent=consent)
    server.close()
    assert (run.outcome, run.posts_new) == (OK, 1)


def test_a_server_that_asks_to_come_later_is_left_alone_until_then(tmp_path: Path) -> None:
    server = HostileServer(says("", "429 Too Many Requests", Retry_After="600"))
    channel = a_channel(f"{server.url}/feed.xml", FEED)
    look(tmp_path, channel)
    asked = len(server.paths)
    (soon,) = look(tmp_path, channel)
    assert (soon.outcome, len(server.paths)) == (BLOCKED, asked)
    server.close()
