"""The local sites over real HTTP: that they answer as the engines do, with what is wrong about them."""

import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime
from http.client import HTTPResponse
from urllib.parse import quote, urlencode

import feedparser
import pytest
from docx import Document

from domain.dates import VIETNAM
from domain.text import fold
from examples.sample_organisation import SampleOrganisation, Site, build, serve
from examples.sample_organisation.sites import ENGINES, post_address
from examples.sample_organisation.sites.nukeviet import wrong_feed_date, wrong_published_time
from examples.sample_organisation.sites.site import visible_moment

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleOrganisation]:
    built = build(DAY, tmp_path_factory.mktemp("sites"), 0)
    with serve(built):
        yield built


def site_of(organisation: SampleOrganisation, engine: str) -> Site:
    return next(s for s in organisation.sites if s.engine == engine)


def fetch(url: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10)  # type: ignore[no-any-return]


def text_of(url: str) -> str:
    return fetch(url).read().decode()


def status_of(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, object]]:
    try:
        answer = fetch(url, headers)
    except urllib.error.HTTPError as fault:
        body = fault.read()
        return fault.code, json.loads(body) if body.startswith(b"{") else {}
    return answer.status, {}


def plain(page: str) -> str:
    return fold(re.sub(r"<[^>]+>", " ", page))


def canonical(page: str) -> str:
    link = re.search(r'<link(?=[^>]*rel="canonical")[^>]*href="([^"]+)"', page)
    assert link
    return link[1].replace("&amp;", "&")


def test_every_post_stands_at_its_address_with_its_words_and_a_canonical_link(organisation: SampleOrganisation) -> None:
    for site in organisation.sites:
        for post in site.posts:
            address = post_address(site, post)
            page = text_of(address)
            assert canonical(page) == address
            assert fold(post.title) in plain(page)
            assert fold(post.lead)[:80] in plain(page)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_every_engine_has_robots_and_says_so_when_there_is_no_such_page(organisation: SampleOrganisation, engine: str) -> None:
    site = site_of(organisation, engine)
    assert "User-agent: *" in text_of(f"{site.base}/robots.txt")
    assert status_of(f"{site.base}/khong-co-trang-nay.html")[0] == (500 if engine == "broken" else 404)


@pytest.mark.parametrize("engine", sorted(set(ENGINES) - {"broken"}))
def test_every_post_is_reachable_by_following_links_from_the_front_page(organisation: SampleOrganisation, engine: str) -> None:
    site = site_of(organisation, engine)
    todo, seen = [site.url], set()
    posts = {post_address(site, p) for p in site.posts}
    while todo:
        page = todo.pop()
        if page in seen:
            continue
        seen.add(page)
        answer = fetch(page)
        if answer.headers.get_content_type() == "text/html" and page not in posts:
            links = re.findall(r'href="([^"#]+)"', answer.read().decode())
            joined = (urllib.parse.urljoin(answer.url, link.replace("&amp;", "&")) for link in links)
            todo += [link for link in joined if link.startswith(site.base)]
    assert posts <= seen


def test_the_broken_site_answers_with_an_error_everywhere(organisation: SampleOrganisation) -> None:
    assert status_of(site_of(organisation, "broken").url)[0] == 500


def test_wordpress_has_a_feed_of_ten_with_304(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "wordpress")
    answer = fetch(f"{site.base}/feed/")
    feed = feedparser.parse(answer.read())
    assert not feed.bozo
    assert [e.link for e in feed.entries] == [post_address(site, p) for p in site.posts[:10]]
    assert status_of(f"{site.base}/feed/", {"If-None-Match": answer.headers["ETag"]})[0] == 304
    assert status_of(f"{site.base}/feed/", {"If-Modified-Since": answer.headers["Last-Modified"]})[0] == 304
    assert status_of(f"{site.base}/feed/", {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"})[0] == 200


def test_wordpress_lists_all_posts_in_its_sitemap_and_its_json(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "wordpress")
    wanted = {post_address(site, p) for p in site.posts}
    index = text_of(f"{site.base}/wp-sitemap.xml")
    assert "wp-sitemap-posts-post-1.xml" in index
    assert set(re.findall(r"<loc>(.*?)</loc>", text_of(f"{site.base}/wp-sitemap-posts-post-1.xml"))) == wanted
    answer = fetch(f"{site.base}/wp-json/wp/v2/posts?per_page=50")
    assert {p["link"] for p in json.loads(answer.read())} == wanted
    assert answer.headers["X-WP-Total"] == str(len(wanted))
    assert status_of(f"{site.base}/wp-json/wp/v2/posts?page=99")[0] == 400


def test_wordpress_leads_short_and_slashless_addresses_to_the_post(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "wordpress")
    address = post_address(site, site.posts[0])
    assert fetch(f"{site.base}/?p={site.posts[0].number}").url == address
    assert fetch(address.rstrip("/")).url == address


def test_nukeviet_is_wrong_in_the_known_ways() -> None:
    moment = datetime(2026, 11, 20, 14, 30, 5, tzinfo=VIETNAM)
    assert wrong_feed_date(moment) == "Fri, 20 Nov 2026 14:11:05 +0700"
    assert wrong_published_time(moment) == "2026-11-20+0714:30:05"
    assert visible_moment(moment) == "Thứ sáu - 20/11/2026 14:30"


def test_nukeviet_shows_the_right_date_and_answers_200_whatever_the_visitor_knows(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "nukeviet")
    post = site.posts[0]
    page = text_of(post_address(site, post))
    assert f'article:published_time" content="{wrong_published_time(post.published_at)}"' in page
    assert visible_moment(post.published_at) in page
    assert f'<meta name="author" content="{site.member.name}">' in page
    answer = fetch(f"{site.base}/news/rss/")
    feed = feedparser.parse(answer.read())
    assert not feed.bozo
    assert feed.entries[0].published == wrong_feed_date(post.published_at)
    assert status_of(f"{site.base}/news/rss/", {"If-Modified-Since": answer.headers["Last-Modified"]})[0] == 200


def test_joomla_offers_a_feed_by_query(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "joomla")
    address = re.search(r'<link href="([^"]+)" rel="alternate"', text_of(site.url))
    assert address
    feed = feedparser.parse(text_of(site.base + address[1].replace("&amp;", "&")))
    assert not feed.bozo
    assert [e.link for e in feed.entries] == [post_address(site, p) for p in site.posts[:10]]


@pytest.mark.parametrize("engine", ["portal", "liferay", "tables", "notices"])
def test_portals_and_hand_made_sites_have_no_feed_and_no_sitemap(organisation: SampleOrganisation, engine: str) -> None:
    site = site_of(organisation, engine)
    assert "application/rss" not in text_of(site.url)
    assert status_of(f"{site.base}/sitemap.xml")[0] == 404


def test_the_hand_made_list_names_no_dates(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "tables")
    listing = text_of(f"{site.base}/danhsach.php?trang=1")
    assert "xemtin.php?id=" in listing
    assert not any(f"{p.published_at:%d/%m/%Y}" in listing for p in site.posts)


def test_notices_carry_their_whole_text_as_a_word_file(organisation: SampleOrganisation) -> None:
    site = site_of(organisation, "notices")
    post = next(p for p in site.posts if p.section == "thong-bao" and len(p.paragraphs) > 1)
    page = text_of(post_address(site, post))
    link = re.search(r'class="tep" href="([^"]+)"', page)
    assert link
    document = Document(io.BytesIO(fetch(site.base + link[1]).read()))
    assert [p.text for p in document.paragraphs][1:] == list(post.paragraphs)
    assert fold(post.paragraphs[1]) not in plain(page)


def graph(organisation: SampleOrganisation, path: str, **query: object) -> HTTPResponse:
    return fetch(f"{organisation.graph_address}/v26.0/{path}?{urlencode(query)}")


def page_site(organisation: SampleOrganisation) -> Site:
    return max((s for s in organisation.sites if s.engine == "facebook"), key=lambda s: len(s.posts))


def test_the_graph_api_pages_through_all_posts_by_cursor(organisation: SampleOrganisation) -> None:
    site = page_site(organisation)
    fields, found, after = "id,message,created_time,permalink_url,attachments{title,url}", [], {}
    while True:
        page = f"{site.member.page}/published_posts"
        answer = graph(organisation, page, access_token=site.token, limit=5, fields=fields, **after)
        assert json.loads(answer.headers["X-App-Usage"])["call_count"] < 80
        page_of_posts = json.loads(answer.read())
        found += page_of_posts["data"]
        if "next" not in page_of_posts["paging"]:
            break
        assert quote(site.token) in page_of_posts["paging"]["next"]
        after = {"after": page_of_posts["paging"]["cursors"]["after"]}
    assert [p["permalink_url"] for p in found] == [post_address(site, p) for p in site.posts]
    assert found[0]["message"].startswith("📌 ")
    assert set(found[0]) == {"id", "message", "created_time", "permalink_url"}


@pytest.mark.parametrize(
    ("edge", "query", "status", "code"),
    [
        pytest.param("published_posts", {"access_token": "wrong"}, 400, 190, id="dead token"),
        pytest.param("feed", {}, 403, 10, id="visitors' posts"),
        pytest.param("published_posts", {"fields": "id,from,comments"}, 403, 10, id="persons"),
        pytest.param("published_posts", {"limit": "101"}, 400, 100, id="too many"),
        pytest.param("published_posts", {"after": "!!"}, 400, 100, id="cursor"),
    ],
)
def test_the_graph_api_refuses(organisation: SampleOrganisation, edge: str, query: dict[str, str], status: int, code: int) -> None:
    site = page_site(organisation)
    asked = urlencode({"access_token": site.token, **query})
    found, body = status_of(f"{organisation.graph_address}/{site.member.page}/{edge}?{asked}")
    assert (found, body["error"]["code"]) == (status, code)  # type: ignore[index]


def test_the_ports_are_free_again_afterwards(tmp_path_factory: pytest.TempPathFactory) -> None:
    built = build(DAY, tmp_path_factory.mktemp("twice"), 0)
    for _ in range(2):
        with serve(built):
            assert status_of(f"{built.sites[0].base}/robots.txt")[0] == 200
