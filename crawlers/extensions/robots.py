"""robots.txt by RFC 9309: asked once a host, 4xx means no rules, a server that cannot give it means no crawl."""

import asyncio
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawlers.extensions.scope_guard import HOSTS
from crawlers.faults import DOWNLOAD_FAULTS, LookFault, Refused, Unreachable, fault_of
from domain.urls import host_of

OBEYED_ELSEWHERE = "without_robots"
"""`Request.meta` key for robots.txt itself, and for interfaces made for programs (Graph API), where robots.txt has no say."""
CONSENT = "BAMSAT_ROBOTS_CONSENT"
"""Setting: hosts whose unit has agreed in writing that its robots.txt does not bind us."""
_MAX_BYTES = 512_000
_LONGEST_DELAY = 60.0


class Robots:
    """Downloader middleware; also says which sitemaps a host names in its robots.txt."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["USER_AGENT"]
        self._consent = frozenset(crawler.settings.getlist(CONSENT))
        self._rules: dict[str, asyncio.Future[Protego | LookFault]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Robots":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(OBEYED_ELSEWHERE) or host_of(request.url) in self._consent:
            return
        rules = await self.rules(request)
        if isinstance(rules, LookFault):
            raise rules
        self._slow_down(request, rules)
        if not rules.can_fetch(request.url, self._agent):
            raise Refused(
                f"Tệp robots.txt không cho đọc {request.url}. Cần sự đồng ý bằng văn bản của đơn vị.",
                f"robots.txt forbids {request.url}",
            )

    def _slow_down(self, request: Request, rules: Protego) -> None:
        """`Crawl-delay` counts where it asks for more than we leave anyway, up to a minute."""
        slot = self._crawler.engine.downloader.slots.get(str(request.meta.get("download_slot")))
        if slot is not None:
            slot.delay = max(slot.delay, min(rules.crawl_delay(self._agent) or 0.0, _LONGEST_DELAY))

    async def rules(self, request: Request) -> Protego | LookFault:
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.get_running_loop().create_future()
            self._rules[site].set_result(await self._ask(site, request))
        return await self._rules[site]

    async def _ask(self, site: str, request: Request) -> Protego | LookFault:
        meta = {OBEYED_ELSEWHERE: True, HOSTS: request.meta[HOSTS], "download_slot": request.meta.get("download_slot")}
        robots = Request(f"{site}/robots.txt", meta=meta, priority=1000)
        try:
            response = await self._crawler.engine.download_async(robots)
        except DOWNLOAD_FAULTS as error:
            fault = fault_of(error, robots.url)
            # A redirect of robots.txt to somewhere else gives no rules for this host.
            return Protego.parse("") if isinstance(fault, Refused) else fault
        if response.status >= 500:
            return Unreachable(
                f"Máy chủ {site} báo lỗi {response.status} khi hỏi robots.txt.", f"{site}/robots.txt: HTTP {response.status}"
            )
        return Protego.parse(_text(response) if response.status < 300 else "")


def _text(response: Response) -> str:
    """A page of HTML in place of robots.txt has no rules in it."""
    text = response.body[:_MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    return "" if text.lstrip()[:1] == "<" else text
