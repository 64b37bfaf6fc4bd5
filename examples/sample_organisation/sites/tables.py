"""Hand-made sites: tables for layout, old marks, addresses by query, listings without dates, a date line that some lack."""

from html import escape

from examples.sample_organisation.posts import SECTIONS, SamplePost
from examples.sample_organisation.sites.site import Engine, Site, local, page_number, page_of, render
from examples.sample_organisation.web import Application, Request, Response, html, not_found, robots

PAGE_SIZE = 15
_GROUPS = tuple(SECTIONS)


def path(post: SamplePost) -> str:
    return f"/xemtin.php?id={post.number}"


def application(site: Site) -> Application:
    by_number = {str(p.number): p for p in site.posts}

    def respond(request: Request) -> Response:
        if request.path == "/robots.txt":
            return robots("Disallow: /quantri/")
        if request.path == "/xemtin.php":
            post = by_number.get(request.query.get("id", ""))
            return html(_article(site, post)) if post else not_found("Không có bài này")
        if request.path in ("/", "/index.php", "/danhsach.php"):
            return _listing(site, request)
        return not_found()

    return respond


def _listing(site: Site, request: Request) -> Response:
    group = request.query.get("nhom", "")
    posts = site.in_section(_GROUPS[int(group) - 1]) if group in ("1", "2", "3", "4") else site.posts
    number = page_number(request.query.get("trang"))
    shown, pages = page_of(posts, number, PAGE_SIZE)
    rows = "\n".join(
        f'<tr><td width="20" valign="top"><font color="red">&raquo;</font></td><td>'
        f'<a href="xemtin.php?id={p.number}">{escape(p.title)}</a></td></tr>'
        for p in shown
    )
    chosen = f"nhom={group}&amp;" if group else ""
    links = " ".join(f'<a href="danhsach.php?{chosen}trang={n}">[{n}]</a>' for n in range(1, pages + 1))
    content = f'<table width="100%" cellpadding="3">{rows}</table><p align="center">Trang: {links}</p>'
    query = f"?{chosen.replace('&amp;', '&')}trang={number}" if group or number > 1 else ""
    canonical = f"{site.base}/danhsach.php{query}" if query else f"{site.base}/"
    return html(_page(site, "Tin bài", canonical, content))


def _article(site: Site, post: SamplePost) -> str:
    date_line = (
        f'<tr><td align="right"><font size="2" color="#666666"><i>(Cập nhật ngày {local(post.published_at):%d/%m/%Y})</i>'
        f"</font></td></tr>"
        if post.dated
        else ""
    )
    body = "<br><br>\n".join(escape(p) for p in post.paragraphs[1:])
    others = "<br>\n".join(f'- <a href="xemtin.php?id={p.number}">{escape(p.title)}</a>' for p in site.related(post, 4))
    content = (
        f'<table width="100%" cellpadding="4"><tr><td><font size="4" color="#990000"><b>{escape(post.title)}</b></font>'
        f"</td></tr>{date_line}"
        f'<tr><td><b>{escape(post.lead)}</b></td></tr><tr><td align="justify">{body}</td></tr>'
        f"<tr><td><hr><b>Các bài đã đăng:</b><br>{others}</td></tr></table>"
    )
    return _page(site, post.title, site.base + path(post), content)


def _page(site: Site, title: str, canonical: str, content: str) -> str:
    menu = "<br>".join(f'<a href="danhsach.php?nhom={n}"><b>{name}</b></a>' for n, name in enumerate(SECTIONS.values(), 1))
    return render(
        "tables.html",
        title=escape(title),
        site=escape(site.member.name),
        canonical=canonical,
        menu=menu,
        content=content,
        address=escape(site.member.address),
        contact=site.member.contact,
    )


ENGINE = Engine("website", path, application)
