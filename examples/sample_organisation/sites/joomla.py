"""Sites in the manner of Joomla: a feed behind `?format=feed`, blog listings by `?start=`, no sitemap, nothing to be cached."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime
from html import escape

from examples.sample_organisation.posts import SECTIONS, SamplePost
from examples.sample_organisation.sites.site import Engine, Site, local, page_of, paragraphs_html, render
from examples.sample_organisation.web import Application, Request, Response, html, not_found, robots

PAGE_SIZE = 10
_NO_CACHE = {
    "Expires": "Wed, 17 Aug 2005 00:00:00 GMT",
    "Cache-Control": "no-store, no-cache, must-revalidate",
    "Pragma": "no-cache",
}


def path(post: SamplePost) -> str:
    return f"/index.php/{post.section}/{post.number}-{post.slug}"


def application(site: Site) -> Application:
    by_path = {path(p): p for p in site.posts}

    def respond(request: Request) -> Response:
        where = request.path
        if where == "/robots.txt":
            return robots("Disallow: /administrator/", "Disallow: /cache/", "Disallow: /includes/", "Disallow: /tmp/")
        if where.startswith("/templates/"):
            return Response(render("joomla.css").encode(), content_type="text/css")
        if post := by_path.get(where):
            return html(_article(site, post), headers=_NO_CACHE)
        section = where.removeprefix("/index.php").strip("/")
        if section and section not in SECTIONS:
            return not_found("404 - Không tìm thấy bài viết")
        posts = site.in_section(section) if section else site.posts
        if request.query.get("format") == "feed":
            return _feed(site, posts[:PAGE_SIZE], where)
        start = request.query.get("start", "0")
        return _listing(site, posts, section, int(start) if start.isascii() and start.isdigit() else 0)

    return respond


def _listing(site: Site, posts: Sequence[SamplePost], section: str, start: int) -> Response:
    root = f"/index.php/{section}" if section else "/index.php"
    number = start // PAGE_SIZE + 1
    shown, pages = page_of(posts, number, PAGE_SIZE)
    items = "\n".join(
        '<div class="blog-item" itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting"><div class="page-header">'
        f'<h2 itemprop="name"><a href="{path(p)}" itemprop="url">{escape(p.title)}</a></h2></div>{_published(p)}'
        f'<p>{escape(p.lead[:240])}</p><p class="readmore"><a class="btn" href="{path(p)}">Đọc thêm...</a></p></div>'
        for p in shown
    )
    links = "".join(
        f'<li class="page-item"><a class="page-link" href="{root}?start={(n - 1) * PAGE_SIZE}">{n}</a></li>'
        for n in range(1, pages + 1)
    )
    heading = SECTIONS.get(section, "Tin mới")
    content = (
        f'<div class="com-content-category-blog blog"><h1>{heading}</h1>{items}<nav><ul class="pagination">{links}</ul></nav></div>'
    )
    return html(_page(site, heading, site.base + root, "", content, root), headers=_NO_CACHE)


def _published(post: SamplePost) -> str:
    moment = local(post.published_at)
    return (
        '<dl class="article-info text-muted"><dd class="published"><span class="icon-calendar"></span>'
        f'<time datetime="{moment.isoformat()}" itemprop="datePublished">'
        f"Được đăng: {moment.day:02} Tháng {moment.month} {moment.year}</time>"
        "</dd></dl>"
    )


def _article(site: Site, post: SamplePost) -> str:
    head = f'<meta name="description" content="{escape(post.lead[:150])}">'
    related = "".join(f'<li><a href="{path(p)}">{escape(p.title)}</a></li>' for p in site.related(post))
    content = (
        '<div class="com-content-article item-page" itemscope itemtype="https://schema.org/Article">'
        '<meta itemprop="inLanguage" content="vi-VN">'
        f'<div class="page-header"><h1 itemprop="headline">{escape(post.title)}</h1></div>{_published(post)}'
        f'<div itemprop="articleBody" class="com-content-article__body">{paragraphs_html(post.paragraphs)}</div>'
        f'<div class="mod-articles-category"><h3>Tin liên quan</h3><ul>{related}</ul></div></div>'
    )
    return _page(site, post.title, site.base + path(post), head, content, f"/index.php/{post.section}")


def _page(site: Site, title: str, canonical: str, head: str, content: str, root: str) -> str:
    return render(
        "joomla.html",
        title=escape(title),
        site=escape(site.member.name),
        canonical=canonical,
        head=head,
        root=root,
        menu="".join(f'<li class="nav-item"><a href="/index.php/{slug}">{name}</a></li>' for slug, name in SECTIONS.items()),
        content=content,
        newest="".join(f'<li><a href="{path(p)}">{escape(p.title)}</a></li>' for p in site.posts[:5]),
        address=escape(site.member.address),
        contact=site.member.contact,
        year=site.day.year,
    )


def _feed(site: Site, posts: Sequence[SamplePost], where: str) -> Response:
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{site.base}{path(p)}</link>"
        f'<guid isPermaLink="true">{site.base}{path(p)}</guid>'
        f"<description><![CDATA[{paragraphs_html(p.paragraphs)}]]></description><category>{SECTIONS[p.section]}</category>"
        f"<pubDate>{format_datetime(p.published_at.astimezone(UTC))}</pubDate></item>\n"
        for p in posts
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!-- generator="Joomla! - Open Source Content Management" -->\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(site.member.name)}</title><description>Tin mới</description><link>{site.base}{where}</link>"
        f"<lastBuildDate>{format_datetime(site.changed_at.astimezone(UTC))}</lastBuildDate>"
        "<generator>Joomla! - Open Source Content Management</generator>"
        f'<atom:link rel="self" type="application/rss+xml" href="{site.base}{where}?format=feed&amp;type=rss"/>'
        f"<language>vi-vn</language>\n{items}</channel></rss>"
    )
    return Response(text.encode(), content_type="application/rss+xml; charset=utf-8", headers=_NO_CACHE)


ENGINE = Engine("website", path, application)
