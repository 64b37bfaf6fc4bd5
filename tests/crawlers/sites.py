"""Local sites for tests: real HTTP on loopback, pages given as a table, every request remembered."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    body: bytes | str = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def octets(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Page = Reply | str | Callable[[Asked], "Reply | str"]


@dataclass
class Site:
    """`pages` maps a path (with its query, or without) to what is answered; tests may change it between two looks."""

    url: str
    pages: dict[str, Page]
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [a.path for a in self.asked]

    def article_paths(self, prefix: str) -> list[str]:
        return [p for p in self.paths() if p.startswith(prefix)]


def html(title: str, body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"


def text(*parts: str) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


@contextmanager
def serving(pages: dict[str, Page]) -> Iterator[Site]:
    site = Site("", dict(pages))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()})
            site.asked.append(asked)
            page = site.pages.get(self.path, site.pages.get(self.path.split("?")[0]))
            if callable(page):
                page = page(asked)
            if page is None:
                page = Reply("not here", "text/plain", 404)
            reply = Reply(page) if isinstance(page, str) else page
            self.send_response(reply.status)
            headers = {"Content-Type": reply.content_type, "Content-Length": str(len(reply.octets))} | reply.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.status != 304:
                self.wfile.write(reply.octets)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
