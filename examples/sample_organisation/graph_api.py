"""A stand-in for the Facebook Graph API: a page's own posts with that page's own token, paged by cursors.

It answers as the documentation says the real one does; what the product must never ask for (visitors' posts, persons) it refuses.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from itertools import count
from typing import Protocol
from urllib.parse import urlencode

from examples.sample_organisation.posts import SamplePost
from examples.sample_organisation.sites import PAGE, Site, post_address
from examples.sample_organisation.sites.site import local, page_number, paragraphs_html
from examples.sample_organisation.web import Application, Request, Response, html, not_found, robots

_EDGE = re.compile(r"/(?:v\d+\.\d+/)?([\w.]+)(?:/(\w+))?/?")
_POST = re.compile(r"/([\w.]+)/posts/(\d+)/?")
_LIMIT = 100
_DEFAULT_FIELDS = "id,created_time,message"
_PERSONS = {"from", "to", "comments", "reactions", "admin_creator", "message_tags", "likes", "sharedposts"}


class Organisation(Protocol):
    @property
    def sites(self) -> tuple[Site, ...]: ...
    @property
    def graph_address(self) -> str: ...


def graph_application(organisation: Organisation) -> Application:
    pages = {_page_id(site): site for site in organisation.sites if site.engine == PAGE}
    by_name = {site.member.page: site for site in pages.values()}
    calls = count(1)

    def respond(request: Request) -> Response:
        if request.path == "/robots.txt":
            return robots("Disallow:")
        if match := _POST.fullmatch(request.path):
            return _public_post(by_name.get(match[1]), int(match[2]))
        if (name := request.path.strip("/")) in by_name and "fields" not in request.query and "access_token" not in request.query:
            return _public_page(by_name[name])
        match = _EDGE.fullmatch(request.path)
        site = (pages.get(match[1]) or by_name.get(match[1])) if match else None
        if not match or not site:
            return _error(100, "Unsupported get request. Object does not exist or cannot be loaded.", 400)
        if _token(request) != site.token:
            return _error(190, "Error validating access token: the session has been invalidated.", 400)
        usage = {"X-App-Usage": json.dumps({"call_count": min(79, next(calls) // 10), "total_cputime": 3, "total_time": 5})}
        if match[2] is None:
            return _json({"id": _page_id(site), "name": site.member.name, "link": site.url}, headers=usage)
        if match[2] != "published_posts":
            return _error(10, f"(#10) This endpoint requires the 'pages_read_user_content' permission: {match[2]}", 403)
        return _published_posts(site, request, organisation.graph_address, usage)

    return respond


def _page_id(site: Site) -> str:
    return f"1000{int.from_bytes(site.member.code.encode()):010}"


def _token(request: Request) -> str:
    return request.query.get("access_token") or request.headers.get("authorization", "").removeprefix("Bearer ")


def _published_posts(site: Site, request: Request, base: str, headers: dict[str, str]) -> Response:
    fields = [name.partition("{")[0] for name in _split_fields(request.query.get("fields", _DEFAULT_FIELDS))]
    if asked := _PERSONS.intersection(fields):
        return _error(10, f"(#10) Fields about persons are not given here: {', '.join(sorted(asked))}", 403)
    limit = page_number(request.query.get("limit", "25"))
    if not 1 <= limit <= _LIMIT:
        return _error(100, f"(#100) limit must be between 1 and {_LIMIT}", 400)
    start = 0
    if after := request.query.get("after"):
        try:
            start = int(urlsafe_b64decode(after)) + 1
        except ValueError:
            return _error(100, "(#100) Invalid cursor", 400)
    shown = site.posts[start : start + limit]
    answer: dict[str, object] = {"data": [_fields_of(site, p, fields) for p in shown]}
    if shown:
        cursors = {"before": _cursor(start), "after": _cursor(start + len(shown) - 1)}
        paging: dict[str, object] = {"cursors": cursors}
        if start + limit < len(site.posts):
            query = {**request.query, "access_token": site.token, "after": cursors["after"]}
            paging["next"] = f"{base}{request.path}?{urlencode(query)}"
        answer["paging"] = paging
    return _json(answer, headers=headers)


def _split_fields(text: str) -> Iterator[str]:
    """Field names separated by commas that stand outside braces: `id,attachments{title,url}`."""
    depth, current = 0, ""
    for character in text:
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            yield current
            current = ""
        else:
            current += character
    yield current


def _fields_of(site: Site, post: SamplePost, fields: list[str]) -> dict[str, object]:
    known: dict[str, object] = {
        "id": f"{_page_id(site)}_{post.number}",
        "message": message(post),
        "created_time": _graph_time(post.published_at),
        "updated_time": _graph_time(post.changed_at),
        "permalink_url": post_address(site, post),
        "status_type": "added_photos",
        "is_published": True,
        "is_expired": False,
    }
    return {name: known[name] for name in ["id", *fields] if name in known}


def message(post: SamplePost) -> str:
    """A post as a page writes it: the headline, the words, hash tags."""
    return "\n\n".join((f"📌 {post.title}", *post.paragraphs, "#NamLinh #ThongTinChinhThong"))


def _graph_time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000"


def _cursor(place: int) -> str:
    return urlsafe_b64encode(f"{place:06}".encode()).decode()


def _public_post(site: Site | None, number: int) -> Response:
    post = next((p for p in site.posts if p.number == number), None) if site else None
    if not site or not post:
        return not_found("Nội dung này hiện không hiển thị")
    name, shown = escape(site.member.name), paragraphs_html(message(post).split("\n\n"))
    return html(
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{name} - {escape(post.title)}</title>'
        f'<link rel="canonical" href="{post_address(site, post)}"></head><body><h1><a href="{site.url}">{name}</a></h1>'
        f"<p>{local(post.published_at):%d/%m/%Y %H:%M}</p>{shown}</body></html>"
    )


def _public_page(site: Site) -> Response:
    entries = "".join(f'<li><a href="{post_address(site, p)}">{escape(p.title)}</a></li>' for p in site.posts[:10])
    return html(
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(site.member.name)}</title></head>'
        f"<body><h1>{escape(site.member.name)}</h1><ul>{entries}</ul></body></html>"
    )


def _json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(value).encode(), status, "application/json; charset=UTF-8", headers or {})


def _error(code: int, words: str, status: int) -> Response:
    error = {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "Asample"}
    return _json({"error": error}, status, {"WWW-Authenticate": f'OAuth "Facebook Platform" "invalid_token" "{words}"'})
