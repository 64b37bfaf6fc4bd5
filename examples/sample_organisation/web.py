"""What a local site answers to: a request and a response as values, and the small things every web server does."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Response:
    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=UTF-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Application = Callable[[Request], Response]


def request(target: str, headers: Mapping[str, str]) -> Request:
    parts = urlsplit(target)
    query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    return Request(parts.path, query, {name.lower(): value for name, value in headers.items()})


def html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(text.encode(), status, headers=headers or {})


def xml(text: str, content_type: str = "application/xml; charset=UTF-8") -> Response:
    return Response(text.encode(), content_type=content_type)


def robots(*lines: str) -> Response:
    return Response("\n".join(("User-agent: *", *lines, "")).encode(), content_type="text/plain; charset=utf-8")


def redirect(address: str) -> Response:
    return Response(status=301, headers={"Location": address})


def not_found(words: str = "Không tìm thấy trang") -> Response:
    return html(f"<!DOCTYPE html><html lang='vi'><head><title>404</title></head><body><h1>{words}</h1></body></html>", 404)


def validated(response: Response, changed: datetime, request: Request) -> Response:
    """`response` with ETag and Last-Modified; 304 without a body when the visitor already has it (RFC 9110, 13.1)."""
    etag = f'"{hashlib.sha256(response.body).hexdigest()[:20]}"'
    headers = {**response.headers, "ETag": etag, "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}
    if match := request.headers.get("if-none-match"):
        known = etag in match
    elif since := request.headers.get("if-modified-since"):
        known = _not_later(changed, since)
    else:
        known = False
    if known:
        return Response(status=304, content_type=response.content_type, headers=headers)
    return Response(response.body, response.status, response.content_type, headers)


def _not_later(changed: datetime, since: str) -> bool:
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except ValueError:
        return False
