"""Sites in the manner of NukeViet 4.5, with what is wrong there: feed dates with the month in place of the minutes, a
published_time that is not ISO, 200 to every conditional request, the site's name as author, related teasers after the text."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from examples.sample_organisation.posts import SECTIONS, SamplePost
from examples.sample_organisation.sites.site import (
    Engine,
    Site,
    local,
    page_number,
    page_of,
    paragraphs_html,
    render,
    visible_moment,
)
from examples.sample_organisation.web import Application, Request, Response, html, not_found, robots, xml

PAGE_SIZE = 12
_FEED_SIZE = 20
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def path(post: SamplePost) -> str:
    return f"/news/{post.section}/{post.slug}-{post.number}.html"


def wrong_feed_date(moment: datetime) -> str:
    """`Fri, 20 Nov 2026 14:11:05 +0700` for 14:30:05: the engine's format string asks for the month twice."""
    when = local(moment)
    return f"{_DAYS[when.weekday()]}, {when.day:02} {_MONTHS[when.month - 1]} {when.year} {when:%H:%m:%S} +0700"


def wrong_published_time(moment: datetime) -> str:
    """`2026-11-20+0714:30:00`: the zone in place of the letter T."""
    return f"{local(moment):%Y-%m-%d+07%H:%M:%S}"


def application(site: Site) -> Application:
    by_path = {path(p): p for p in site.posts}

    def respond(request: Request) -> Response:
        where = request.path
        if where == "/robots.txt":
            return robots(
                "Disallow: /admin/", "Disallow: /data/tmp/", "Disallow: /news/print/", f"Sitemap: {site.base}/sitemap.xml"
            )
        if where == "/sitemap.xml":
            return xml(_sitemap_index(site))
        if where == "/sitemap-vi.news.xml":
            return xml(_news_sitemap(site))
        if where == "/themes/default/css/style.css":
            return Response(render("nukeviet.css").encode(), content_type="text/css")
        if where == "/rss/":
            return html(_page(site, "RSS-feeds", f"{site.base}/rss/", "", _feed_list(site)))
        if where.startswith("/news/rss/"):
            section = where.removeprefix("/news/rss/").strip("/")
            if section and section not in SECTIONS:
                return not_found()
            return _feed(site, site.in_section(section) if section else site.posts, where)
        if post := by_path.get(where):
            return html(_article(site, post))
        return _listing(site, where)

    return respond


def _listing(site: Site, where: str) -> Response:
    """`/`, `/news/`, `/news/page-2/`, `/news/thong-bao/`, `/news/thong-bao/page-2/`."""
    parts = [part for part in where.split("/") if part]
    if parts and parts.pop(0) != "news":
        return not_found()
    posts: Sequence[SamplePost] = site.posts
    heading, root = "Tin tức", "/news/"
    if parts and parts[0] in SECTIONS:
        section = parts.pop(0)
        posts, heading, root = site.in_section(section), SECTIONS[section], f"/news/{section}/"
    number = page_number(parts.pop(0).removeprefix("page-")) if parts and parts[0].startswith("page-") else 1
    shown, pages = page_of(posts, number, PAGE_SIZE)
    if parts or number > pages:
        return not_found()
    rows = "\n".join(
        f'<div class="panel panel-default"><div class="panel-body featured"><h3><a href="{path(p)}" title="{escape(p.title)}">'
        f'{escape(p.title)}</a></h3><div class="text-muted"><ul class="list-unstyled list-inline"><li>'
        f'<em class="fa fa-clock-o"></em> '
        f"{local(p.published_at):%d/%m/%Y %H:%M}</li></ul></div>{escape(p.lead[:200])}...</div></div>"
        for p in shown
    )
    links = "".join(
        f'<li class="{"active" if n == number else ""}"><a href="{root if n == 1 else f"{root}page-{n}/"}">{n}</a></li>'
        for n in range(1, pages + 1)
    )
    content = (
        f'<div class="news_column"><h1>{heading}</h1>{rows}</div><div class="text-center"><ul class="pagination">{links}</ul></div>'
    )
    return html(_page(site, heading, site.base + where, "", content))


def _article(site: Site, post: SamplePost) -> str:
    address = site.base + path(post)
    name = escape(site.member.name)
    head = (
        f'<meta name="description" content="{escape(post.lead[:160])}"><meta name="author" content="{name}">'
        f'<meta name="copyright" content="{name} [{site.member.contact}]"><meta name="generator" content="NukeViet v4.5">'
        f'<meta property="og:title" content="{escape(post.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:url" content="{address}"><meta property="og:site_name" content="{name}">'
        f'<meta property="article:published_time" content="{wrong_published_time(post.published_at)}">'
        f'<meta property="article:modified_time" content="{wrong_published_time(post.changed_at)}">'
        f'<meta property="article:section" content="{SECTIONS[post.section]}">'
    )
    related = "".join(
        f'<li><em class="fa fa-angle-right">&nbsp;</em><h4><a href="{path(p)}" title="{escape(p.title)}">{escape(p.title)}</a></h4>'
        f"<em>({local(p.published_at):%d/%m/%Y})</em></li>"
        for p in site.related(post)
    )
    content = (
        '<div class="news_column panel panel-default"><div class="panel-body">'
        f'<h1 class="title margin-bottom-lg">{escape(post.title)}</h1>'
        '<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">'
        f'{visible_moment(post.published_at)}</span></div><div class="col-md-12"><ul class="list-inline text-right">'
        '<li><a class="dimgray" rel="nofollow" title="In ra" href="#"><em class="fa fa-print fa-lg">&nbsp;</em></a></li>'
        "</ul></div></div>"
        f'<div class="clearfix"><div class="hometext m-bottom">{escape(post.lead)}</div></div>'
        f'<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{paragraphs_html(post.paragraphs[1:])}</div>'
        '<div class="news_column panel panel-default"><div class="panel-body">'
        "<p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p></div></div>"
        f'<div class="news_column panel panel-default"><div class="panel-body other-news"><p class="h3">'
        f"<strong>Những tin cũ hơn</strong></p>"
        f'<div class="clearfix"><ul class="detail-related related list-none list-items">{related}</ul></div></div></div>'
        f"</div></div>"
    )
    return _page(site, post.title, address, head, content)


def _feed_list(site: Site) -> str:
    rows = "".join(f'<li><a href="/news/rss/{slug}/">{name}</a></li>' for slug, name in SECTIONS.items())
    return f'<h1>RSS-feeds</h1><ul><li><a href="/news/rss/">{escape(site.member.name)}</a><ul>{rows}</ul></li></ul>'


def _feed(site: Site, posts: Sequence[SamplePost], where: str) -> Response:
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{site.base}{path(p)}</link>"
        f'<guid isPermaLink="false">news_{p.number}</guid><description><![CDATA[{p.lead}]]></description>'
        f"<pubDate>{wrong_feed_date(p.published_at)}</pubDate></item>\n"
        for p in posts[:_FEED_SIZE]
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f'<title>{escape(site.member.name)}</title><link>{site.base}/</link><atom:link href="{site.base}{where}" rel="self" '
        f'type="application/rss+xml" /><description>{escape(site.member.name)}: tin tức</description><language>vi</language>'
        f"<generator>{escape(site.member.name)}</generator>\n{items}</channel></rss>"
    )
    changed = format_datetime(site.changed_at.astimezone(UTC), usegmt=True)
    return Response(text.encode(), content_type="application/xml; charset=utf-8", headers={"Last-Modified": changed})


def _sitemap_index(site: Site) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        f"<loc>{site.base}/sitemap-vi.news.xml</loc><lastmod>{local(site.changed_at).isoformat()}</lastmod></sitemap></sitemapindex>"
    )


def _news_sitemap(site: Site) -> str:
    entries = "".join(
        f"<url><loc>{site.base}{path(p)}</loc><lastmod>{local(p.changed_at).isoformat()}</lastmod><changefreq>daily</changefreq>"
        "<priority>0.5</priority></url>"
        for p in site.posts
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def _page(site: Site, title: str, canonical: str, head: str, content: str) -> str:
    newest = "".join(
        f'<li><a class="show" href="{path(p)}">{escape(p.title)}</a> '
        f'<span class="text-muted">{local(p.published_at):%d/%m/%Y}</span></li>'
        for p in site.posts[:6]
    )
    return render(
        "nukeviet.html",
        title=escape(title),
        site=escape(site.member.name),
        base=site.base,
        canonical=canonical,
        head=head,
        menu="".join(f'<li><a href="/news/{slug}/">{name}</a></li>' for slug, name in SECTIONS.items()),
        content=content,
        newest=newest,
        address=escape(site.member.address),
        contact=site.member.contact,
        year=site.day.year,
    )


ENGINE = Engine("website", path, application)
