"""Fifty sites with a hundred articles each, served from memory by a process of its own: what the collection benchmarks read."""

import asyncio
import hashlib
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

SITES = 50
ARTICLES = 100
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
_TEXT = (
    "ủy ban nhân dân xã thôn đường làng kênh mương lúa vườn trường học sinh thầy cô bà con tham gia buổi sáng chiều tổ chức "
    "phát động phong trào vệ sinh môi trường cây xanh văn hóa thể thao sức khỏe trạm y tế thuốc khám miễn phí công trình "
    "khởi công khánh thành nhà văn hóa sân bóng đèn chiếu sáng camera an toàn giao thông biển báo hội thi đội tuyển giải thưởng"
)
_WORDS = _TEXT.split()


def article(site: int, number: int) -> bytes:
    """Forty kilobytes as a portal sends them: a menu, a text of a few paragraphs, related posts and a long side column."""
    chance = random.Random(site * 1000 + number)
    title = " ".join(chance.choices(_WORDS, k=11)).capitalize() + f" {number}"
    at = NOW - timedelta(hours=6 * number + site % 5, minutes=number % 50)
    paragraphs = "".join(
        f"<p>{' '.join(chance.choices(_WORDS, k=chance.randint(35, 80))).capitalize()}.</p>" for _ in range(chance.randint(5, 11))
    )
    related = "".join(
        f"<li><a href='/tin/bai-viet-lien-quan-so-{n}.html'>Bài viết liên quan của trang số {n}</a></li>" for n in range(8)
    )
    side = "".join(
        f"<div class='item c{n % 7}'><a class='lnk' href='/muc/{n}'><span>Mục số {n} của cột bên phải trang</span></a></div>"
        for n in range(chance.randint(160, 420))
    )
    page = (
        f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{title} - Trang {site}</title>"
        f"<meta property='article:published_time' content='{at.isoformat()}'><meta name=generator content=NukeViet></head><body>"
        "<ul class=menu><li><a href='/'>Trang chủ</a></li><li><a href='/tin'>Tin tức</a></li></ul>"
        f"<div class=noi-dung-{site % 9}><h1 class=tieu-de>{title}</h1><div class=ngay>{at:%d/%m/%Y %H:%M}</div>"
        f"<div class=bai-viet>{paragraphs}</div><div class=lien-quan><h3>Tin liên quan</h3><ul>{related}</ul></div></div>"
        f"<div class=cot-ben>{side}</div><div class=chan-trang>Bản quyền của trang {site}</div></body></html>"
    )
    return page.encode()


def article_path(number: int) -> str:
    return f"/tin/bai-viet-cua-trang-so-{number:04}.html"


def _sitemap(base: str) -> bytes:
    rows = "".join(f"<url><loc>{base}{article_path(n)}</loc></url>" for n in range(ARTICLES))
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>".encode()


class _Server:
    def __init__(self) -> None:
        self.bytes_sent = 0
        self.requests = 0
        self._pages = {(site, article_path(n)): article(site, n) for site in range(SITES) for n in range(ARTICLES)}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer(head.decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head.split("\r\n")[1:])}
        host = headers["host"]
        site = int(host.split(":")[0].rpartition(".")[2]) - 2
        body, status, kind = self._page(site, path, f"http://{host}")
        etag = f'"{hashlib.md5(body).hexdigest()}"' if path.endswith(".xml") else ""
        if etag and headers.get("if-none-match") == etag:
            body, status = b"", "304 Not Modified"
        extra = f"ETag: {etag}\r\n" if etag else ""
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}\r\n".encode() + body
        self.bytes_sent += len(answer)
        self.requests += 1
        return answer

    def _page(self, site: int, path: str, base: str) -> tuple[bytes, str, str]:
        if page := self._pages.get((site % SITES, path)):
            return page, "200 OK", "text/html; charset=utf-8"
        if path == "/sitemap.xml":
            return _sitemap(base), "200 OK", "application/xml"
        if path == "/feed.xml":
            return _feed(base), "200 OK", "application/rss+xml"
        return b"", "404 Not Found", "text/plain"


def _feed(base: str) -> bytes:
    rows = "".join(
        f"<item><title>Bài viết của trang số {n}</title><link>{base}{article_path(n)}</link>"
        f"<pubDate>{NOW - timedelta(hours=6 * n):%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
        for n in range(20)
    )
    return f"<rss version='2.0'><channel><title>Trang</title>{rows}</channel></rss>".encode()


def _run(connection: "Connection[object, object]") -> None:
    server = _Server()

    async def main() -> None:
        listening = await asyncio.start_server(server.serve, "0.0.0.0", 0, backlog=2048)
        connection.send(listening.sockets[0].getsockname()[1])
        while True:
            await asyncio.sleep(0.02)
            if connection.poll():
                if connection.recv() == "count":
                    connection.send((server.requests, server.bytes_sent))
                    server.requests = server.bytes_sent = 0
                else:
                    return

    asyncio.run(main())


class Sites:
    """`count()` gives the requests and bytes since it was last asked."""

    def __init__(self, port: int, connection: "Connection[object, object]") -> None:
        self.port = port
        self._connection = connection

    def base(self, site: int) -> str:
        return f"http://127.0.{site // 200}.{site % 200 + 2}:{self.port}"

    def count(self) -> tuple[int, int]:
        self._connection.send("count")
        requests, sent = self._connection.recv()  # type: ignore[misc]
        return requests, sent


@contextmanager
def serving_sites() -> Iterator[Sites]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Sites(int(str(ours.recv())), ours)
    finally:
        ours.send("end")
        process.join(5)
        process.kill()
