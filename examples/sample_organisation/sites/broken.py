"""A site whose database is gone: it answers, and every page is an error."""

from examples.sample_organisation.posts import SamplePost
from examples.sample_organisation.sites.site import Engine, Site
from examples.sample_organisation.web import Application, Request, Response, html, robots


def application(site: Site) -> Application:
    page = (
        "<!DOCTYPE html><html><head><title>Lỗi máy chủ</title></head><body><h1>Error establishing a database connection</h1>"
        f"<p>{site.member.name}: hệ thống đang gặp sự cố, mong bạn đọc quay lại sau.</p></body></html>"
    )

    def respond(request: Request) -> Response:
        if request.path == "/robots.txt":
            return robots("Disallow:")
        return html(page, 500, {"Retry-After": "3600"})

    return respond


def path(post: SamplePost) -> str:
    return f"/{post.slug}-{post.number}.html"


ENGINE = Engine("website", path, application)
