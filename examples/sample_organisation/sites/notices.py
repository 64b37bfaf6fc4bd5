"""A site of notices: a table of documents with their files; the page holds the summary, the attached Word file the whole."""

import io
from functools import cache
from html import escape

from docx import Document

from domain.dates import show_day
from examples.sample_organisation.posts import NOTICES, SECTIONS, SamplePost
from examples.sample_organisation.sites.site import Engine, Site, local, page_number, page_of, paragraphs_html, render
from examples.sample_organisation.web import Application, Request, Response, html, not_found, robots, validated

PAGE_SIZE = 10
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def path(post: SamplePost) -> str:
    return f"/thong-tin/{post.number}/{post.slug}.html"


def file_path(post: SamplePost) -> str | None:
    """Where the whole text stands as a Word file: notices have one."""
    return f"/tep-dinh-kem/{post.number}.docx" if post.section == NOTICES else None


@cache
def word_file(title: str, paragraphs: tuple[str, ...]) -> bytes:
    document = Document()
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def application(site: Site) -> Application:
    by_path = {path(p): p for p in site.posts}
    files = {file_path(p): p for p in site.posts if file_path(p)}

    def respond(request: Request) -> Response:
        where = request.path
        if where == "/robots.txt":
            return robots("Disallow: /dang-nhap")
        if where == "/giao-dien.css":
            return Response(render("notices.css").encode(), content_type="text/css")
        if post := by_path.get(where):
            return html(_article(site, post))
        if post := files.get(where):
            content = Response(word_file(post.title, post.paragraphs), content_type=_WORD)
            return validated(content, post.changed_at, request)
        if where in ("/", "/thong-tin", "/thong-tin/"):
            return _listing(site, page_number(request.query.get("trang")))
        return not_found()

    return respond


def _listing(site: Site, number: int) -> Response:
    shown, pages = page_of(site.posts, number, PAGE_SIZE)
    rows = "\n".join(
        f'<tr><td>{p.number}</td><td><a href="{path(p)}">{escape(p.title)}</a></td>'
        f"<td>{local(p.published_at):%d/%m/%Y}</td><td>{_file_link(p)}</td></tr>"
        if p.dated
        else f'<tr><td>{p.number}</td><td><a href="{path(p)}">{escape(p.title)}</a></td><td></td><td>{_file_link(p)}</td></tr>'
        for p in shown
    )
    links = " ".join(f'<a href="/thong-tin?trang={n}" class="trang">{n}</a>' for n in range(1, pages + 1))
    content = (
        '<h1>Thông tin, thông báo</h1><table class="bang"><thead><tr><th>Mã số</th><th>Trích yếu</th><th>Ngày đăng</th>'
        "<th>Tệp</th></tr></thead>"
        f'<tbody>{rows}</tbody></table><div class="phan-trang">{links}</div>'
    )
    canonical = f"{site.base}/thong-tin?trang={number}" if number > 1 else f"{site.base}/"
    return html(_page(site, "Thông tin, thông báo", canonical, content))


def _file_link(post: SamplePost) -> str:
    address = file_path(post)
    return f'<a class="tep" href="{address}" title="Tải về">Tải về (.docx)</a>' if address else ""


def _article(site: Site, post: SamplePost) -> str:
    attached = file_path(post)
    day = f'<p class="ngay">Ngày đăng tải: {show_day(local(post.published_at).date())}</p>' if post.dated else ""
    shown = post.paragraphs[:1] if attached else post.paragraphs
    files = f'<div class="dinh-kem"><strong>Tệp đính kèm:</strong> {_file_link(post)}</div>' if attached else ""
    content = (
        f'<div class="chi-tiet"><h1>{escape(post.title)}</h1>{day}<p class="muc">{SECTIONS[post.section]}</p>'
        f'<div class="noi-dung">{paragraphs_html(shown)}</div>{files}</div>'
    )
    return _page(site, post.title, site.base + path(post), content)


def _page(site: Site, title: str, canonical: str, content: str) -> str:
    return render(
        "notices.html",
        title=escape(title),
        site=escape(site.member.name),
        canonical=canonical,
        content=content,
        newest="".join(f'<li><a href="{path(p)}">{escape(p.title)}</a></li>' for p in site.posts[:4]),
        address=escape(site.member.address),
        contact=site.member.contact,
    )


ENGINE = Engine("website", path, application)
