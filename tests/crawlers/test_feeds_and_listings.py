"""What feeds and listings show, how far back, and where they go on."""

import json
from datetime import datetime, timedelta

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.decoding import decode
from crawlers.extract.discovery import engine_of, guessed_feeds, is_front_page, read_front_page
from crawlers.extract.feeds import parse_feed, plain_text, reach_of
from crawlers.extract.listings import next_page, page_number, parse_listing
from crawlers.spiders.sitemap import looks_like_post
from domain.text import nfc
from tests.crawlers.builders import NOW, a_title, at, rss
from tests.crawlers.sites import html

BASE = "https://xabinhson.example"


def feed_of(entries: list[tuple[int, datetime | None]]):
    return parse_feed(rss(BASE, entries).encode(), "application/rss+xml", f"{BASE}/feed.xml", NOW)


@pytest.mark.parametrize(
    ("days", "reach"),
    [
        ([20, 19, 15], 15),
        ([20, 20, 20], 20),
        ([1, 20, 19, 18, 17], 17),
        ([20, 3, 19, 18, 17], 17),
        ([15, 19, 20], None),
        ([19, 3, 20, 5, 18, 2, 17], None),
        ([20], 20),
        ([], None),
    ],
    ids=["newest first", "one day", "an old one pinned", "an old one edited", "oldest first", "shuffled", "one post", "no post"],
)
def test_a_list_reaches_as_far_as_its_order_falls(days: list[int], reach: int | None) -> None:
    assert reach_of([at(d) for d in days]) == (at(reach) if reach else None)


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_a_reach_is_one_of_the_dates_and_sorting_reaches_the_oldest(minutes: list[int]) -> None:
    dates = [NOW - timedelta(minutes=m) for m in minutes]
    assert reach_of(dates) in [None, *dates]
    assert reach_of(sorted(dates, reverse=True)) == min(dates, default=None)


def test_dates_that_are_those_of_the_request_are_thrown_away() -> None:
    feed = feed_of([(n, NOW - timedelta(seconds=n)) for n in range(5)])
    assert [link.published for link in feed.links] == [None] * 5
    assert feed.shown_since is None
    assert feed.fault


def test_minutes_that_are_months_are_doubtful_and_the_reach_is_rounded() -> None:
    feed = feed_of([(n, at(n, 9, 11)) for n in (20, 18, 16)])
    assert all(link.published and link.published.doubtful for link in feed.links)
    assert feed.shown_since == at(16, 10)


def test_two_posts_at_eleven_past_are_no_quirk() -> None:
    feed = feed_of([(20, at(20, 9, 11)), (18, at(18, 9, 11))])
    assert not any(link.published and link.published.doubtful for link in feed.links)


def test_a_feed_with_an_undated_entry_proves_nothing() -> None:
    assert feed_of([(20, at(20)), (19, None), (18, at(18))]).shown_since is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Chữ thường", "Chữ thường"),
        ("<p>Một</p><p>Hai</p>", "Một\nHai"),
        ("Một<br>Hai", "Một\nHai"),
        ("a &amp; b", "a & b"),
        ("<script>x</script>", "x"),
        ("", ""),
    ],
)
def test_markup_becomes_lines(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("anchor", "url", "following"),
    [
        ("<link rel=next href='/tin?page=2'>", "/tin", "/tin?page=2"),
        ("<a href='/tin/page-2/'>2</a>", "/tin/", "/tin/page-2/"),
        ("<a href='/tin/page-4/'>4</a>", "/tin/page-3/", "/tin/page-4/"),
        ("<a href='/tin/trang-2.html'>Trang sau</a>", "/tin.html", "/tin/trang-2.html"),
        ("<a href='?trang=2' title='Trang tiếp'>»</a>", "/tin", "/tin?trang=2"),
        ("<a href='/tin?start=20'>Tiếp theo</a>", "/tin?start=10", "/tin?start=20"),
        ("<a href='/tin?start=0'>1</a><a href='/tin?start=20'>3</a><a href='/tin?start=10'>2</a>", "/tin", "/tin?start=10"),
        ("<a href='/tin?start=0'>1</a><a href='/tin?start=10'>2</a>", "/tin?start=10", None),
        ("<a href='/tin?p_cur=2'>Tiếp theo →</a>", "/tin", "/tin?p_cur=2"),
        ("<a href='/tin/page/2/'>Older posts</a>", "/tin/", "/tin/page/2/"),
        ("<a href='/lich?thang=12'>Tiếp</a>", "/lich?thang=11", None),
        ("<a href='/tin/page-1/'>Trang sau</a>", "/tin/page-3/", None),
        ("<a href='https://khac.example/page/2/'>Trang sau</a>", "/tin", None),
        ("<a href='javascript:next(2)'>Trang sau</a>", "/tin", None),
        ("<a href='/tin/page/9/'>9</a>", "/tin/", None),
        ("", "/tin", None),
    ],
)
def test_the_next_page_is_the_one_after_this(anchor: str, url: str, following: str | None) -> None:
    tree = lxml.html.fromstring(html("Tin", f"<div>{anchor}</div>"))
    assert next_page(tree, BASE + url) == (BASE + following if following else None)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("/tin/page-3/", 3),
        ("/tin?page=12", 12),
        ("/tin/trang-2.html", 2),
        ("/tin?p=4", 4),
        ("/?p=417", 1),
        ("/tin-2026", 1),
        ("/tin", 1),
    ],
)
def test_the_number_of_a_page_is_in_its_address(url: str, number: int) -> None:
    assert page_number(BASE + url) == number


def test_a_listing_leaves_menus_and_other_hosts_alone() -> None:
    cards = "".join(f"<li><a href='/bai/{d}.html'>{a_title(d)}</a><span>{d}/11/2026</span></li>" for d in (20, 19, 18))
    menu = (
        "<nav><ul>"
        + "".join(f"<li><a href='/muc-{n}'>Chuyên mục số {n} của trang thông tin</a></li>" for n in range(9))
        + "</ul></nav>"
    )
    other = "<p><a href='https://khac.example/bai'>Bài viết hay của một trang thông tin khác</a></p>"
    files = "<p><a href='/anh/1.jpg'>Ảnh chụp toàn cảnh khu trung tâm xã</a></p>"
    listing = parse_listing(html("Tin", menu + f"<ul>{cards}</ul>" + other + files), f"{BASE}/tin", NOW)
    assert [link.url for link in listing.links] == [f"{BASE}/bai/{d}.html" for d in (20, 19, 18)]
    assert [link.published.at for link in listing.links if link.published] == [at(d, 0) for d in (20, 19, 18)]


def test_a_card_does_not_take_the_date_of_the_next_one() -> None:
    dated = f"<div><a href='/2'>{a_title(2)}</a><i>20/11/2026</i></div>"
    cards = f"<div><a href='/1'>{a_title(1)}</a></div>{dated}<div><a href='/3'>{a_title(3)}</a></div>"
    listing = parse_listing(html("Tin", cards), f"{BASE}/tin", NOW)
    assert [bool(link.published) for link in listing.links] == [False, True, False]


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "không phải là trang", "<a href='http://[::bad'>Một liên kết hỏng trên trang tin</a>"]
)
def test_nothing_to_list_is_an_empty_listing(page: str) -> None:
    assert parse_listing(page, f"{BASE}/tin", NOW).links == ()


@pytest.mark.parametrize(
    ("path", "post"),
    [
        ("/tin/ra-quan-don-ve-sinh-cuoi-tuan.html", True),
        ("/node/1234", True),
        ("/chi-tiet.aspx?ItemID=77", True),
        ("/tin-tuc", False),
        ("/gioi-thieu-chung", False),
        ("/", False),
    ],
)
def test_an_address_in_a_sitemap_is_a_post_or_a_page(path: str, post: bool) -> None:
    assert looks_like_post(BASE + path) is post


@pytest.mark.parametrize(
    ("page", "engine"),
    [
        ("<meta name='generator' content='WordPress 6.1'>", "wordpress"),
        ("<meta content='NukeViet v4.5' name='generator'>", "nukeviet"),
        ("<script src='/wp-content/x.js'></script>", "wordpress"),
        ("<script src='/_layouts/15/init.js'></script>", "sharepoint"),
        ("<p>Trang thông tin</p>", ""),
    ],
)
def test_an_engine_is_known_by_its_marks(page: str, engine: str) -> None:
    assert engine_of(page) == engine


def test_a_front_page_names_its_feeds_and_sections() -> None:
    links = (
        "<a href='/rss/'>RSS</a><a href='/tin-tuc'>Tin tức - Sự kiện</a><a href='/lien-he'>Liên hệ</a><a href='/feedback'>Góp ý</a>"
    )
    head = (
        "<link rel=alternate type='application/atom+xml' href='/atom.xml'>"
        "<link rel=alternate type='application/rss+xml' href='/comments/feed/'>"
    )
    front = read_front_page(html("Xã", links, head), BASE + "/")
    assert front.feeds == (f"{BASE}/atom.xml", f"{BASE}/rss/")
    assert front.sections == (f"{BASE}/tin-tuc",)


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("", True),
        ("/", True),
        ("/index.php", True),
        ("/vi/", True),
        ("/web/guest/home", True),
        ("/tin-tuc/", False),
        ("/?cat=3", False),
    ],
)
def test_an_address_is_a_whole_site_or_a_section(path: str, whole: bool) -> None:
    assert is_front_page(BASE + path) is whole


def test_a_section_is_guessed_below_itself() -> None:
    assert all(url.startswith(f"{BASE}/tin-tuc") for url in guessed_feeds("wordpress", f"{BASE}/tin-tuc/"))


VIETNAMESE = "Ủy ban nhân dân xã Bình Sơn tổ chức họp"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (VIETNAMESE.encode(), "text/html"),
        (VIETNAMESE.encode(), "text/html; charset=iso-8859-1"),
        (VIETNAMESE.encode(), "text/html; charset=khong-co"),
        (VIETNAMESE.encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + VIETNAMESE.encode(), "text/html"),
        (VIETNAMESE.encode("utf-16-le"), "text/html; charset=utf-16le"),
    ],
    ids=["plain", "called Latin-1", "called nonsense", "UTF-16", "with a mark", "UTF-16 by its header"],
)
def test_bytes_become_the_text_that_was_meant(body: bytes, content_type: str) -> None:
    assert nfc(decode(body, content_type)) == VIETNAMESE


def test_a_vietnamese_windows_page_is_read_when_it_says_so() -> None:
    body = "<meta charset=windows-1258><p>Trường học</p>".encode("cp1258", "ignore")
    assert "Trư" in nfc(decode(body))


@given(st.binary(max_size=300), st.sampled_from(["", "text/html", "text/html; charset=utf-8", "text/html; charset=gb2312"]))
def test_any_bytes_become_some_text(body: bytes, content_type: str) -> None:
    json.dumps(decode(body, content_type))
