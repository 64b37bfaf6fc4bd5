"""Sites in the manner of WordPress: feed of ten items with 304, wp-sitemap, wp-json, pages by category."""

import json
from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime
from html import escape

from examples.sample_organisation.posts import SECTIONS, SamplePost
from examples.sample_organisation.sites.site import Engine, Site, local, page_number, page_of, paragraphs_html, render
from examples.sample_organisation.web import Application, Request, Response, html, not_found, redirect, robots, validated, xml

PAGE_SIZE = 10
_JSON_LIMIT = 100
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def path(post: SamplePost) -> str:
    return f"/{local(post.published_at):%Y/%m/%d}/{post.slug}-{post.number}/"


def application(site: Site) -> Application:
    by_path = {path(p): p for p in site.posts}
    by_number = {str(p.number): p for p in site.posts}
    fixed = {
        "/wp-sitemap.xml": lambda: _sitemap_index(site),
        "/wp-sitemap-posts-post-1.xml": lambda: _post_sitemap(site),
        "/wp-sitemap-posts-page-1.xml": lambda: _page_sitemap(site),
    }

    def respond(request: Request) -> Response:
        where = request.path
        if where == "/robots.txt":
            return robots("Disallow: /wp-admin/", "Allow: /wp-admin/admin-ajax.php", "", f"Sitemap: {site.base}/wp-sitemap.xml")
        if where in fixed:
            return xml(fixed[where]())
        if where == "/wp-json/":
            return _json_response({"name": site.member.name, "url": site.base, "namespaces": ["wp/v2"]}, 200)
        if where == "/wp-json/wp/v2/posts":
            return _json(site, request)
        if where.startswith("/wp-content/"):
            return Response(render("wordpress.css").encode(), content_type="text/css")
        if "." not in where and not where.endswith("/"):
            return redirect(f"{site.base}{where}/")
        if where == "/feed/":
            items, _ = page_of(site.posts, page_number(request.query.get("paged")), PAGE_SIZE)
            return validated(xml(_feed(site, items), "application/rss+xml; charset=UTF-8"), site.changed_at, request)
        if known := by_number.get(request.query.get("p", "")):
            return redirect(site.base + path(known))
        if post := by_path.get(where):
            return html(_article(site, post), headers=_link_headers(site))
        if where == "/gioi-thieu/":
            return html(_page(site, "Giới thiệu", f"{site.base}{where}", "", _about(site)))
        return _listing(site, where)

    return respond


def _link_headers(site: Site) -> dict[str, str]:
    return {"Link": f'<{site.base}/wp-json/>; rel="https://api.w.org/"'}


def _listing(site: Site, where: str) -> Response:
    """`/`, `/page/2/`, `/category/thong-bao/`, `/category/thong-bao/page/2/`."""
    parts = where.strip("/").split("/") if where != "/" else []
    posts: Sequence[SamplePost] = site.posts
    heading, root = "Tin mới nhất", "/"
    if parts[:1] == ["category"] and len(parts) > 1 and parts[1] in SECTIONS:
        posts, heading, root = site.in_section(parts[1]), SECTIONS[parts[1]], f"/category/{parts[1]}/"
        parts = parts[2:]
    number = page_number(parts[1]) if parts[:1] == ["page"] and len(parts) == 2 else 1
    if parts and parts[0] != "page":
        return not_found()
    shown, pages = page_of(posts, number, PAGE_SIZE)
    if number > pages:
        return not_found()
    cards = "\n".join(_card(p) for p in shown)
    links = "".join(
        f'<a class="page-numbers" href="{root}page/{n}/">{n}</a>'
        if n != number
        else f'<span class="page-numbers current">{n}</span>'
        for n in range(1, pages + 1)
    )
    content = f'<h1 class="page-title">{heading}</h1>{cards}<nav class="navigation pagination">{links}</nav>'
    return html(_page(site, heading, site.base + where, "", content), headers=_link_headers(site))


def _card(post: SamplePost) -> str:
    moment = local(post.published_at)
    return (
        f'<article id="post-{post.number}" class="post type-post hentry"><header class="entry-header">'
        f'<h2 class="entry-title"><a href="{path(post)}" rel="bookmark">{escape(post.title)}</a></h2>'
        f'<div class="entry-meta"><time class="entry-date published" datetime="{moment.isoformat()}">{moment:%d/%m/%Y}</time>'
        f'<span class="cat-links"><a href="/category/{post.section}/">{SECTIONS[post.section]}</a></span></div></header>'
        f'<div class="entry-summary"><p>{escape(post.lead[:180])} [&hellip;]</p></div></article>'
    )


def _article(site: Site, post: SamplePost) -> str:
    address = site.base + path(post)
    published, changed = local(post.published_at).isoformat(), local(post.changed_at).isoformat()
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "@id": f"{address}#article",
                "headline": post.title,
                "datePublished": published,
                "dateModified": changed,
                "mainEntityOfPage": address,
                "publisher": {"@type": "GovernmentOrganization", "name": site.member.name, "url": f"{site.base}/"},
                "inLanguage": "vi",
            },
            {"@type": "WebSite", "@id": f"{site.base}/#website", "url": f"{site.base}/", "name": site.member.name},
        ],
    }
    head = (
        f'<meta name="description" content="{escape(post.lead[:150])}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(post.title)}">'
        f'<meta property="og:url" content="{address}">'
        f'<meta property="article:published_time" content="{published}">'
        f'<meta property="article:modified_time" content="{changed}">'
        f'<link rel="shortlink" href="{site.base}/?p={post.number}">'
        f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script>'
    )
    related = "".join(f'<li><a href="{path(p)}">{escape(p.title)}</a></li>' for p in site.related(post))
    moment = local(post.published_at)
    content = (
        f'<article id="post-{post.number}" class="post type-post status-publish hentry"><header class="entry-header">'
        f'<h1 class="entry-title">{escape(post.title)}</h1><div class="entry-meta">Đăng ngày '
        f'<time class="entry-date published" datetime="{published}">{moment:%d/%m/%Y}</time> trong '
        f'<a href="/category/{post.section}/">{SECTIONS[post.section]}</a></div></header>'
        f'<div class="entry-content">{paragraphs_html(post.paragraphs)}</div>'
        f'<footer class="entry-footer"><div class="sharedaddy"><span>Chia sẻ:</span> <a href="#" rel="nofollow">In trang</a></div>'
        f'<h3>Bài viết liên quan</h3><ul class="related-posts">{related}</ul></footer></article>'
    )
    return _page(site, post.title, address, head, content)


def _about(site: Site) -> str:
    return (
        f'<article class="page hentry"><h1 class="entry-title">Giới thiệu</h1><div class="entry-content">'
        f"<p>{escape(site.member.name)} "
        f"đặt trụ sở tại {escape(site.member.address)}. Thư điện tử: {site.member.contact}.</p></div></article>"
    )


def _page(site: Site, title: str, canonical: str, head: str, content: str) -> str:
    menu = "".join(f'<li class="menu-item"><a href="/category/{slug}/">{name}</a></li>' for slug, name in SECTIONS.items())
    recent = "".join(f'<li><a href="{path(p)}">{escape(p.title)}</a></li>' for p in site.posts[:5])
    return render(
        "wordpress.html",
        title=escape(title),
        site=escape(site.member.name),
        base=site.base,
        canonical=canonical,
        head=head,
        menu=menu,
        content=content,
        recent=recent,
        address=escape(site.member.address),
        contact=site.member.contact,
        year=site.day.year,
    )


def _feed(site: Site, posts: Sequence[SamplePost]) -> str:
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{site.base}{path(p)}</link>"
        f"<dc:creator><![CDATA[{site.member.name}]]></dc:creator><pubDate>{format_datetime(p.published_at.astimezone(UTC))}</pubDate>"
        f'<category><![CDATA[{SECTIONS[p.section]}]]></category><guid isPermaLink="false">{site.base}/?p={p.number}</guid>'
        f"<description><![CDATA[{p.lead[:220]} [&#8230;]]]></description>"
        f"<content:encoded><![CDATA[{paragraphs_html(p.paragraphs)}]]></content:encoded></item>\n"
        for p in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n<channel>'
        f'<title>{escape(site.member.name)}</title><atom:link href="{site.base}/feed/" rel="self" type="application/rss+xml" />'
        f"<link>{site.base}</link><description>Trang thông tin điện tử</description>"
        f"<lastBuildDate>{format_datetime(site.changed_at.astimezone(UTC))}</lastBuildDate><language>vi</language>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><generator>https://wordpress.org/?v=6.1.1</generator>\n"
        f"{items}</channel></rss>"
    )


def _sitemap_index(site: Site) -> str:
    names = ("posts-post-1", "posts-page-1")
    entries = "".join(f"<sitemap><loc>{site.base}/wp-sitemap-{name}.xml</loc></sitemap>" for name in names)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="{_SITEMAP}">{entries}</sitemapindex>'


def _post_sitemap(site: Site) -> str:
    entries = "".join(
        f"<url><loc>{site.base}{path(p)}</loc><lastmod>{local(p.changed_at).isoformat()}</lastmod></url>"
        for p in reversed(site.posts)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_SITEMAP}">{entries}</urlset>'


def _page_sitemap(site: Site) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{_SITEMAP}"><url><loc>{site.base}/gioi-thieu/</loc></url></urlset>'
    )


def _json(site: Site, request: Request) -> Response:
    size, number = page_number(request.query.get("per_page", "10")), page_number(request.query.get("page"))
    if size > _JSON_LIMIT:
        return _json_response({"code": "rest_invalid_param", "message": "per_page", "data": {"status": 400}}, 400)
    shown, pages = page_of(site.posts, number, size)
    if number > pages:
        return _json_response({"code": "rest_post_invalid_page_number", "message": "page", "data": {"status": 400}}, 400)
    found = [
        {
            "id": p.number,
            "date": f"{local(p.published_at):%Y-%m-%dT%H:%M:%S}",
            "date_gmt": f"{p.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
            "modified": f"{local(p.changed_at):%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{p.changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
            "slug": f"{p.slug}-{p.number}",
            "status": "publish",
            "type": "post",
            "link": site.base + path(p),
            "title": {"rendered": escape(p.title)},
            "content": {"rendered": paragraphs_html(p.paragraphs), "protected": False},
            "excerpt": {"rendered": f"<p>{escape(p.lead)}</p>", "protected": False},
        }
        for p in shown
    ]
    response = _json_response(found, 200)
    counts = {"X-WP-Total": str(len(site.posts)), "X-WP-TotalPages": str(pages)}
    return Response(response.body, response.status, response.content_type, counts)


def _json_response(value: object, status: int) -> Response:
    return Response(json.dumps(value, ensure_ascii=False).encode(), status, "application/json; charset=UTF-8")


ENGINE = Engine("website", path, application)
