"""Every way in which a Vietnamese page writes a date, and the dates beside it that are not its own."""

from datetime import datetime, timedelta

import lxml.html
import pytest

from crawlers.extract.page_dates import page_date
from crawlers.extract.vietnamese_dates import parse_machine_date, parse_visible_date
from crawlers.items import PostItem, Published
from crawlers.pipelines.dates import DatePipeline
from crawlers.reading import best_date
from domain.post import PublishedSource
from tests.crawlers.builders import NOW, a_body, a_channel, a_title, at
from tests.crawlers.sites import html

VISIBLE = [
    ("Thứ sáu - 20/11/2026 14:30", at(20, 14, 30)),
    ("Chủ nhật - 05/11/2025 22:20", at(5, 22, 20, year=2025)),
    ("Thứ 5, Ngày 09/01/2020, 22:00", at(9, 22, month=1, year=2020)),
    ("Thứ Sáu, 20/11/2026, 14:30 (GMT+7)", at(20, 14, 30)),
    ("Thứ năm, ngày 19 tháng 11 năm 2026 lúc 8 giờ 15", at(19, 8, 15)),
    ("14h30 ngày 20/11/2026", at(20, 14, 30)),
    ("14:30, 20/11/2026", at(20, 14, 30)),
    ("14:30 | 20/11/2026", at(20, 14, 30)),
    ("14 giờ 05 phút, ngày 3/1/2026", at(3, 14, 5, month=1)),
    ("20/11/2026 14:30:22", at(20, 14, 30)),
    ("20/11/2026 - 14:30", at(20, 14, 30)),
    ("20-11-2026 | 02:30 PM", at(20, 14, 30)),
    ("20/11/26 2:30 CH", at(20, 14, 30)),
    ("Ngày đăng: 3/11/2026 9:05:33 SA", at(3, 9, 5)),
    ("12:15 AM 20/11/2026", at(20, 0, 15)),
    ("20.11.2026", at(20, 0)),
    ("20 Tháng Mười Một, 2026", at(20, 0)),
    ("5 Tháng Giêng, 2026", at(5, 0, month=1)),
    ("Ngày 20 tháng 11 năm 2026", at(20, 0)),
    ("Ngày 05 tháng chạp năm 2025", at(5, 0, month=12, year=2025)),
    ("Được đăng: Thứ sáu, 20 Tháng 11 2026 14:30", at(20, 14, 30)),
    ("2026-11-20 14:30", at(20, 14, 30)),
    ("Lượt xem: 12 | Đăng ngày 20/11/2026", at(20, 0)),
    ("31/02/2026", None),
    ("số 15/2026/QĐ-UBND", None),
    ("tháng 11/2026", None),
    ("12/34/5678", None),
    ("0912.345.678", None),
    ("Trang 1/2", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "expected"), VISIBLE, ids=[line or "nothing" for line, _ in VISIBLE])
def test_a_visible_date_is_read_day_first_in_vietnamese_time(line: str, expected: datetime | None) -> None:
    assert parse_visible_date(line, NOW) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5 giờ trước", NOW - timedelta(hours=5)),
        ("12 phút trước", NOW - timedelta(minutes=12)),
        ("3 ngày trước", NOW - timedelta(days=3)),
        ("Hôm qua 14:30", at(20, 14, 30)),
    ],
    ids=str,
)
def test_a_relative_date_counts_from_the_look(line: str, expected: datetime) -> None:
    assert parse_visible_date(line, NOW) == expected


def test_a_relative_date_without_a_moment_is_none() -> None:
    assert parse_visible_date("5 giờ trước") is None


MACHINE = [
    ("2026-11-20T14:30:00+07:00", at(20, 14, 30)),
    ("2026-11-20T07:30:00Z", at(20, 14, 30)),
    ("2026-11-20T07:30:00.000Z", at(20, 14, 30)),
    ("2026-11-20T14:30:00+0700", at(20, 14, 30)),
    ("2026-11-20T14:30:00", at(20, 14, 30)),
    ("2026-11-20 14:30:00", at(20, 14, 30)),
    ("2026-11-20", at(20, 0)),
    ("2026-11-20+0714:30:00", at(20, 14, 30)),
    ("Fri, 20 Nov 2026 14:30:00 +0700", at(20, 14, 30)),
    ("Fri, 20 Nov 2026 07:30:00 GMT", at(20, 14, 30)),
    ("20/11/2026 14:30", at(20, 14, 30)),
    ("2026-13-45", None),
    ("0000-00-00 00:00:00", None),
    ("hôm nay", None),
    ("", None),
]


@pytest.mark.parametrize(("value", "expected"), MACHINE, ids=[value or "nothing" for value, _ in MACHINE])
def test_a_machine_date_keeps_its_zone_or_is_vietnamese(value: str, expected: datetime | None) -> None:
    assert parse_machine_date(value) == expected


TITLE = a_title(3)


def found(body: str, head: str = "", url: str = "https://xabinhson.example/tin/bai-so-3.html") -> Published | None:
    page = html(TITLE, body, head)
    return page_date(lxml.html.fromstring(page), page, url, TITLE, NOW)


PAGE = PublishedSource.PAGE
OWN = "<div class=ngay>Thứ sáu - 20/11/2026 14:30</div>"
ARTICLE = f"<h1>{TITLE}</h1>{{}}{a_body(3)}"
PAGES = [
    ("a line under the title", ARTICLE.format(OWN), "", (at(20, 14, 30), PAGE)),
    ("a line above the title", f"{OWN}<h1>{TITLE}</h1>{a_body(3)}", "", (at(20, 14, 30), PAGE)),
    ("a labelled line after the text", ARTICLE.format("") + "<p>Ngày đăng: 20/11/2026 14:30</p>", "", (at(20, 14, 30), PAGE)),
    ("a clock in the head of the page", f"<div>Hôm nay: 21/11/2026 15:00</div>{ARTICLE.format(OWN)}", "", (at(20, 14, 30), PAGE)),
    ("an update line first", ARTICLE.format(f"<div>Cập nhật: 21/11/2026 09:00</div>{OWN}"), "", (at(20, 14, 30), PAGE)),
    ("the date of issue of a document", ARTICLE.format(f"<p>Ngày ban hành: 01/10/2026</p>{OWN}"), "", (at(20, 14, 30), PAGE)),
    ("an event from day to day", ARTICLE.format(f"<p>Từ 01/12/2026 đến 05/12/2026</p>{OWN}"), "", (at(20, 14, 30), PAGE)),
    ("newer posts", ARTICLE.format(OWN) + "<ul class=tin-lien-quan><li>21/11/2026 Tin</li></ul>", "", (at(20, 14, 30), PAGE)),
    ("a time element", ARTICLE.format("<time datetime='2026-11-20T14:30:00+07:00'>hôm qua</time>"), "", (at(20, 14, 30), PAGE)),
    (
        "JSON-LD before the line",
        ARTICLE.format(OWN),
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-19T08:00:00+07:00"}</script>',
        (at(19, 8), PublishedSource.JSON_LD),
    ),
    (
        "JSON-LD in a graph",
        ARTICLE.format(""),
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"datePublished":"2026-11-19T01:00:00Z"}]}</script>',
        (at(19, 8), PublishedSource.JSON_LD),
    ),
    (
        "broken JSON-LD",
        ARTICLE.format(""),
        '<script type="application/ld+json">{"headline":"a "quoted" title","datePublished":"2026-11-19T01:00:00Z"}</script>',
        (at(19, 8), PublishedSource.JSON_LD),
    ),
    (
        "a broken meta date",
        ARTICLE.format(""),
        "<meta property='article:published_time' content='2026-11-20+0714:30:00'>",
        (at(20, 14, 30), PublishedSource.META),
    ),
    (
        "a meta date of the year zero",
        ARTICLE.format(OWN),
        "<meta property='article:published_time' content='0001-01-01T00:00:00'>",
        (at(20, 14, 30), PAGE),
    ),
    (
        "a meta date in the far future",
        ARTICLE.format(OWN),
        "<meta property='article:published_time' content='2027-11-20T00:00:00'>",
        (at(20, 14, 30), PAGE),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "head", "expected"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES])
def test_a_page_gives_its_own_date(body: str, head: str, expected: tuple[datetime, PublishedSource]) -> None:
    published = found(body, head)
    assert published and (published.at, published.source, published.doubtful) == (*expected, False)


def test_a_day_in_the_address_is_a_date() -> None:
    published = found(ARTICLE.format(""), url="https://xabinhson.example/2026/11/20/bai-so-3.html")
    assert published == Published(at(20, 0), PublishedSource.URL)


@pytest.mark.parametrize(
    "body",
    [
        ARTICLE.format(
            "<p>Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/03/2020 của Chính phủ về công tác văn thư, các thôn đã họp.</p>"
        ),
        ARTICLE.format("") + "<footer>Giấy phép số 12 cấp ngày 15/06/2018</footer>",
        ARTICLE.format("") + "<aside><ul><li>Công văn hướng dẫn 12/10/2026</li></ul></aside>",
        f"<div>Hôm nay: Thứ bảy, 21/11/2026</div>{ARTICLE.format('')}",
        ARTICLE.format(""),
    ],
    ids=["a cited decree", "a licence", "a side column", "a clock", "no date at all"],
)
def test_the_date_of_something_else_is_at_most_a_doubtful_guess(body: str) -> None:
    published = found(body)
    assert published is None or (published.doubtful and published.source is PublishedSource.SUGGESTED)


FEED, SITEMAP = PublishedSource.FEED, PublishedSource.SITEMAP
A, B = Published(at(20, 14, 30), FEED), Published(at(19, 8), PublishedSource.JSON_LD)
GUESS = Published(at(1), PublishedSource.SUGGESTED, doubtful=True)
SHAKY = Published(at(20, 14, 11), FEED, doubtful=True)
SHIFTED = Published(at(20, 21, 30), FEED)
CARD = Published(at(20, 0), PAGE)


@pytest.mark.parametrize(
    ("announced", "on_page", "best"),
    [
        (A, B, A),
        (A, None, A),
        (None, B, B),
        (None, None, None),
        (A, GUESS, A),
        (SHAKY, Published(at(20, 14, 30), PAGE), Published(at(20, 14, 30), PAGE)),
        (SHAKY, None, SHAKY),
        (SHAKY, GUESS, SHAKY),
        (SHIFTED, Published(at(20, 14, 30), PAGE), Published(at(20, 14, 30), PAGE)),
        (CARD, Published(at(20, 14, 30), PAGE), Published(at(20, 14, 30), PAGE)),
        (CARD, GUESS, CARD),
        (Published(at(20), SITEMAP), B, B),
    ],
    ids=[
        "feed first",
        "only the feed",
        "only the page",
        "neither",
        "no guess",
        "broken minutes",
        "broken minutes alone",
        "broken minutes beside a guess",
        "lost zone",
        "a card says the day",
        "a card beside a guess",
        "a page before a sitemap",
    ],
)
def test_the_best_of_two_dates(announced: Published | None, on_page: Published | None, best: Published | None) -> None:
    assert best_date(announced, on_page) == best


@pytest.mark.parametrize(
    ("distance", "doubtful"),
    [(timedelta(days=-401), True), (timedelta(days=-399), False), (timedelta(hours=23), False), (timedelta(hours=25), True)],
    ids=["too old", "old", "ahead by a clock", "in the future"],
)
def test_a_date_far_from_the_look_is_doubtful(distance: timedelta, doubtful: bool) -> None:
    item = PostItem(a_channel("https://a.example/"), "https://a.example/1", "t", "x", Published(NOW + distance, FEED), NOW)
    guarded = DatePipeline().process_item(item)
    assert isinstance(guarded, PostItem)
    assert guarded.published and guarded.published.doubtful is doubtful
