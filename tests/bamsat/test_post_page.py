"""Real pages over real HTTP on loopback."""

from datetime import datetime, timedelta

import pytest

from bamsat.settings import Settings
from bamsat.workflows.post_page import add_post
from domain.access import SYSTEM, Role, Viewer
from domain.dates import VIETNAM
from domain.errors import InvalidInput, NotAllowed, OutOfScope
from domain.post import PublishedSource
from domain.unit import ChannelKind, UnitCode
from tests.builders import NOON, a_channel, a_post, a_unit
from tests.crawlers.sites import Reply, html, serving, text

TITLE = "Sở khai trương thư viện số cho thiếu nhi"
WORDS = text("Sáng nay, Sở khai trương thư viện số với hai nghìn đầu sách cho thiếu nhi trong tỉnh.", "Thư viện mở cửa cả tuần.")
DATE = '<meta property="article:published_time" content="2026-11-05T09:15:00+07:00">'
PAGE = html(TITLE, f"<article><h1>{TITLE}</h1><p class=author>Người Viết Bảy Bảy</p>{WORDS}</article>", DATE)


@pytest.fixture
def site():
    with serving({"/tin/thu-vien-so.html": PAGE, "/robots.txt": Reply("User-agent: *\nDisallow: /kin/", "text/plain")}) as running:
        yield running


@pytest.fixture
def office(store, site):
    with store.transaction() as tx:
        section = a_channel(url=f"{site.url}/tin", kind=ChannelKind.LISTING)
        tx.units.save(a_unit(channels=(a_channel(url=site.url), section)), NOON - timedelta(days=9))
    return store


def add(store, url, viewer=SYSTEM, **fields):
    return add_post(store, Settings(allow_private_addresses=True, crawl_delay_seconds=0), url, viewer, NOON, **fields)


def count(store):
    with store.reading() as tx:
        return tx.posts.count()


def test_a_page_of_a_registered_site_is_stored_with_what_it_says_and_the_source_of_its_date(office, site):
    post, new = add(office, f"{site.url}/tin/thu-vien-so.html?utm_source=x")
    assert new
    assert (post.title, post.published_at) == (TITLE, datetime(2026, 11, 5, 9, 15, tzinfo=VIETNAM))
    assert (post.published_source, post.kind, post.unit) == (PublishedSource.META, "manual", "SO-A")
    assert post.url == f"{site.url}/tin/thu-vien-so.html"
    assert "hai nghìn đầu sách" in post.text
    assert post.channel == a_channel(url=f"{site.url}/tin", kind=ChannelKind.LISTING).id, "the nearest one above it"
    assert sorted(set(site.paths())) == ["/robots.txt", "/tin/thu-vien-so.html?utm_source=x"]
    with office.reading() as tx:
        (entry,) = tx.audit.list()
    assert (entry.action, entry.subject, entry.after["title"]) == ("post.add", f"post:{post.id}", TITLE)


def test_a_page_that_is_stored_already_stays_as_it_is(office, site):
    url = f"{site.url}/tin/thu-vien-so.html"
    known = a_post(url, a_channel(url=site.url), title="Đã thu thập")
    with office.transaction() as tx:
        tx.posts.add([known], NOON)
    assert add(office, url) == (known, False)


@pytest.mark.parametrize("path", ["/kin/bai.html", "/dan-ra-ngoai"], ids=["robots.txt", "redirect to another host"])
def test_what_may_not_be_asked_for_is_refused(office, site, path):
    with serving({"/bai.html": PAGE}) as other:
        site.pages |= {"/kin/bai.html": PAGE, "/dan-ra-ngoai": Reply("", status=302, headers={"Location": f"{other.url}/bai.html"})}
        with pytest.raises(OutOfScope):
            add(office, f"{site.url}{path}")
        assert other.paths() == []
    assert count(office) == 0


def test_an_address_that_no_unit_has_registered_is_not_asked_for(office):
    with serving({"/bai.html": PAGE}) as other:
        with pytest.raises(OutOfScope) as refusal:
            add(office, f"{other.url}/bai.html")
        assert other.paths() == []
    assert "không thuộc trang nào đã đăng ký" in refusal.value.message.vi


@pytest.mark.parametrize(
    ("path", "word"),
    [("/khong-co.html", "404"), ("/", "trang chủ"), ("/anh.png", "không phải là trang web")],
    ids=["missing", "front page", "picture"],
)
def test_what_is_no_post_is_refused_with_its_reason(office, site, path, word):
    site.pages["/anh.png"] = Reply(b"\x89PNG", "image/png")
    with pytest.raises(InvalidInput) as refusal:
        add(office, f"{site.url}{path}")
    assert word in refusal.value.message.vi
    assert count(office) == 0


def test_a_unit_admin_adds_pages_of_the_own_unit_only(office, site):
    with pytest.raises(NotAllowed):
        add(office, f"{site.url}/tin/thu-vien-so.html", Viewer("so-b", Role.UNIT_ADMIN, UnitCode("SO-B")))
    assert site.paths() == []
