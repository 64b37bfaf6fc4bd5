"""Portals in the manner of DotNetNuke: no feed, no sitemap, listings by page number, the date only as a visible line."""

from collections.abc import Sequence
from hashlib import sha256
from html import escape

from examples.sample_organisation.posts import SECTIONS, SamplePost
from examples.sample_organisation.sites.site import (
    WEEKDAYS,
    Engine,
    Site,
    local,
    page_number,
    page_of,
    paragraphs_html,
    render,
)
from examples.sample_organisation.web import Application, Request, Response, html, not_found, robots

PAGE_SIZE = 8
_COOKIE = {"Set-Cookie": "dnn_IsMobile=False; path=/; HttpOnly", "Cache-Control": "private", "X-Powered-By": "ASP.NET"}


def path(post: SamplePost) -> str:
    return f"/chi-tiet-tin/id/{post.number}/{post.slug}"


def application(site: Site) -> Application:
    by_path = {path(p): p for p in site.posts}

    def respond(request: Request) -> Response:
        where = request.path
        if where == "/robots.txt":
            return robots("Disallow: /admin/", "Disallow: /Login")
        if where.startswith("/Portals/"):
            return Response(render("portal.css").encode(), content_type="text/css")
        if where in ("/", "/trang-chu"):
            return html(_home(site), headers=_COOKIE)
        if post := by_path.get(where):
            return html(_article(site, post), headers=_COOKIE)
        section = where.strip("/")
        if section in SECTIONS:
            return _listing(site, section, page_number(request.query.get("page")))
        return not_found("Trang không tồn tại")

    return respond


def _rows(posts: Sequence[SamplePost]) -> str:
    return "\n".join(
        f'<div class="ArticleItem"><a class="ArticleTitle" id="dnn_ctr421_List_{p.number}" href="{path(p)}">{escape(p.title)}</a>'
        f'<span class="ArticleDate">({local(p.published_at):%d/%m/%Y})</span>'
        f'<p class="ArticleSummary">{escape(p.lead[:160])}...</p></div>'
        for p in posts
    )


def _home(site: Site) -> str:
    blocks = "".join(
        f'<div class="DnnModule DnnModule-Articles"><h2 class="ModTitle"><a href="/{slug}">{name}</a>'
        f"</h2>{_rows(site.in_section(slug)[:4])}"
        f'<a class="viewall" href="/{slug}">Xem tất cả</a></div>'
        for slug, name in SECTIONS.items()
    )
    return _page(site, "Trang chủ", f"{site.base}/", "", blocks)


def _listing(site: Site, section: str, number: int) -> Response:
    shown, pages = page_of(site.in_section(section), number, PAGE_SIZE)
    links = "".join(
        f'<a class="{"NormalBold" if n == number else "Normal"}" href="/{section}?page={n}">{n}</a>' for n in range(1, pages + 1)
    )
    forward = f'<a class="Normal" href="/{section}?page={number + 1}">Trang sau</a>' if number < pages else ""
    content = (
        f'<div class="DnnModule DnnModule-Articles"><h1 class="ModTitle">{SECTIONS[section]}</h1>{_rows(shown)}'
        f'<div class="PagingTable"><span>Trang {number} trên {pages}</span> {links} {forward}</div></div>'
    )
    return html(_page(site, SECTIONS[section], f"{site.base}/{section}", "", content), headers=_COOKIE)


def _article(site: Site, post: SamplePost) -> str:
    moment = local(post.published_at)
    head = (
        f'<meta id="MetaDescription" name="DESCRIPTION" content="{escape(post.lead[:150])}">'
        f'<meta property="og:title" content="{escape(post.title)}"><meta property="og:url" content="{site.base}{path(post)}">'
    )
    others = "".join(
        f'<li><a href="{path(p)}">{escape(p.title)}</a> <span>({local(p.published_at):%d/%m/%Y})</span></li>'
        for p in site.related(post)
    )
    content = (
        '<div id="dnn_ctr422_ModuleContent" class="DnnModule DnnModule-ArticleDetail"><div class="detail">'
        f'<span id="dnn_ctr422_View_lblTitle" class="DetailTitle">{escape(post.title)}</span>'
        f'<div class="DetailDate">'
        f'<span id="dnn_ctr422_View_lblDate">{WEEKDAYS[moment.weekday()]}, ngày {moment:%d/%m/%Y, %H:%M}</span>'
        ' | <span class="fontsize">Cỡ chữ: <a href="#">A-</a> <a href="#">A+</a></span></div>'
        f'<div id="dnn_ctr422_View_divSummary" class="DetailSummary">{escape(post.lead)}</div>'
        f'<div id="dnn_ctr422_View_divContent" class="DetailContent">{paragraphs_html(post.paragraphs[1:])}</div>'
        f'<div class="OtherNews"><div class="OtherTitle">Các tin khác</div><ul>{others}</ul></div></div></div>'
    )
    return _page(site, post.title, f"{site.base}{path(post)}", head, content)


def _page(site: Site, title: str, canonical: str, head: str, content: str) -> str:
    menu = "".join(f'<li class="item"><a href="/{slug}"><span>{name}</span></a></li>' for slug, name in SECTIONS.items())
    state = sha256(canonical.encode()).hexdigest() * 3
    return render(
        "portal.html",
        title=escape(title),
        site=escape(site.member.name),
        canonical=canonical,
        head=head,
        state=state,
        menu=menu,
        content=content,
        today=f"{WEEKDAYS[site.day.weekday()]}, ngày {site.day:%d/%m/%Y}",
        address=escape(site.member.address),
        contact=site.member.contact,
        year=site.day.year,
    )


ENGINE = Engine("website", path, application)
