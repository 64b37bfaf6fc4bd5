"""Portals in the manner of Liferay: an asset publisher with long addresses, no feed, a date without a time under the title."""

from collections.abc import Sequence
from html import escape

from examples.sample_organisation.posts import SECTIONS, SamplePost
from examples.sample_organisation.sites.site import Engine, Site, local, page_number, page_of, paragraphs_html, render
from examples.sample_organisation.web import Application, Request, Response, html, not_found, redirect, robots

PAGE_SIZE = 6
_PORTLET = "com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_Ab3kQ9xT"
_CURSOR = f"_{_PORTLET}_cur"


def path(post: SamplePost) -> str:
    return f"/web/guest/{post.section}/-/asset_publisher/Ab3kQ9xT/content/{post.slug}-{post.number}"


def application(site: Site) -> Application:
    by_path = {path(p): p for p in site.posts}

    def respond(request: Request) -> Response:
        where = request.path
        if where == "/robots.txt":
            return robots("Disallow: /group/", "Disallow: /c/portal/")
        if where == "/":
            return redirect(f"{site.base}/web/guest/home")
        if where.startswith("/o/"):
            return Response(render("liferay.css").encode(), content_type="text/css")
        if post := by_path.get(where):
            return html(_article(site, post))
        section = where.removeprefix("/web/guest/")
        number = page_number(request.query.get(_CURSOR))
        if section == "home":
            return _listing(site, site.posts, "home", "Trang chủ", number)
        if section in SECTIONS:
            return _listing(site, site.in_section(section), section, SECTIONS[section], number)
        return not_found("Không tìm thấy tài nguyên yêu cầu")

    return respond


def _listing(site: Site, posts: Sequence[SamplePost], section: str, heading: str, number: int) -> Response:
    shown, pages = page_of(posts, number, PAGE_SIZE)
    entries = "\n".join(
        f'<div class="asset-abstract"><h4 class="asset-title"><a href="{path(p)}">{escape(p.title)}</a></h4>'
        f'<span class="metadata-publish-date">{local(p.published_at):%d-%m-%Y}</span>'
        f'<div class="asset-summary">{escape(p.lead[:170])}</div></div>'
        for p in shown
    )
    address = f"/web/guest/{section}?p_p_id={_PORTLET}&amp;p_p_lifecycle=0&amp;{_CURSOR}="
    links = "".join(f'<li class="page-item"><a class="page-link" href="{address}{n}">{n}</a></li>' for n in range(1, pages + 1))
    content = f'<h2 class="portlet-title-text">{heading}</h2>{entries}<ul class="pagination">{links}</ul>'
    return html(_page(site, heading, f"{site.base}/web/guest/{section}", "", content))


def _article(site: Site, post: SamplePost) -> str:
    head = f'<meta content="{escape(post.lead[:150])}" lang="vi-VN" name="description">'
    related = "".join(
        f'<li class="asset-links-list-item"><a href="{path(p)}">{escape(p.title)}</a> ({local(p.published_at):%d/%m})</li>'
        for p in site.related(post)
    )
    content = (
        f'<div class="asset-full-content"><h1 class="header-title">{escape(post.title)}</h1>'
        f'<div class="asset-user-actions"><span class="date-post">Ngày đăng: {local(post.published_at):%d-%m-%Y}</span></div>'
        f'<div class="journal-content-article" data-analytics-asset-type="web-content"><div class="sapo">{escape(post.lead)}</div>'
        f'<div class="noidung">{paragraphs_html(post.paragraphs[1:])}</div></div>'
        f'<div class="asset-links"><strong>Bài viết khác</strong><ul>{related}</ul></div></div>'
    )
    return _page(site, post.title, site.base + path(post), head, content)


def _page(site: Site, title: str, canonical: str, head: str, content: str) -> str:
    return render(
        "liferay.html",
        title=escape(title),
        site=escape(site.member.name),
        canonical=canonical,
        head=head,
        menu="".join(
            f'<li class="lfr-nav-item"><a href="/web/guest/{slug}"><span>{name}</span></a></li>' for slug, name in SECTIONS.items()
        ),
        content=content,
        address=escape(site.member.address),
        contact=site.member.contact,
        year=site.day.year,
    )


ENGINE = Engine("website", path, application)
