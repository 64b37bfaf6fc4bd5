"""One look at one channel: what it may ask, what it found out, and what that proves."""

import hashlib
import time
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawlers.extensions.addresses import refused_address
from crawlers.extensions.robots import OBEYED_ELSEWHERE, Robots
from crawlers.extensions.scope_guard import HOSTS
from crawlers.extract.decoding import decode
from crawlers.extract.pool import ExtractionPool
from crawlers.extract.template.site import SiteTemplates
from crawlers.faults import DOWNLOAD_FAULTS, Blocked, BudgetSpent, LookFault, Refused, TokenDead, Unreachable, fault_of
from crawlers.items import RunItem
from crawlers.options import CrawlOptions
from crawlers.scope import in_scope
from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval
from domain.errors import Message
from domain.unit import Channel
from domain.urls import url_identity

SEEN_UNTIL = "seen_until"
"""Key of the state: when the last look began that was read to its end. A later look need not go farther back."""
_WAIT_UNTIL = "wait_until"
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that can be read. `unchanged`: the same as at the last look, by validator (then without a body) or by hash."""

    url: str
    status: int
    content_type: str
    body: bytes
    unchanged: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""

    @property
    def text(self) -> str:
        return decode(self.body, self.content_type)


@dataclass(slots=True)
class Visit:
    """The only way in which a spider reaches the network, and where it notes what the look has shown.

    `state` is what the last look left; the spider changes it in place and the end of the look saves it.
    """

    channel: Channel
    options: CrawlOptions
    crawler: Crawler
    hosts: frozenset[str]
    known: Set[str]
    state: dict[str, object]
    pool: ExtractionPool
    method: str | None = None
    posts_seen: int = 0
    posts_yielded: int = 0
    yielded: set[str] = field(default_factory=set)
    """Identities of the posts of this look: a feed and a listing show the same ones."""
    requests: int = 0
    bytes: int = 0
    reach: datetime | None = None
    """The look would have shown every post since then; None while it proves nothing."""
    unread: list[datetime | None] = field(default_factory=list)
    """When the posts were published that were announced and could not be read (None: nobody knows)."""
    began: datetime = field(init=False)
    templates: SiteTemplates = field(init=False)
    base: float = 0.0
    """Monotonic clock at `options.now`."""

    def __post_init__(self) -> None:
        self.began = self.moment
        self.templates = SiteTemplates(self.state)

    @property
    def moment(self) -> datetime:
        return self.options.now + timedelta(seconds=time.monotonic() - self.base)

    def is_known(self, url: str) -> bool:
        """Whether the post behind this address is stored, also when it gave itself another address."""
        identity = url_identity(url)
        alias = self.aliases.get(identity, identity)
        return not {identity, alias}.isdisjoint(self.known) or not {identity, alias}.isdisjoint(self.yielded)

    @property
    def aliases(self) -> dict[str, str]:
        """Identity of an announced address → identity of the post that it led to."""
        return remembered(self.state, "aliases")

    def owns(self, url: str) -> bool:
        return in_scope(url, self.hosts)

    async def fetch(
        self,
        url: str,
        *,
        remember: bool = False,
        accept: str | None = None,
        programmatic: bool = False,
        secrets: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        """Reads an address. Raises LookFault when it cannot be read; any status but 2xx is a fault.

        `remember`: asks conditionally with what the last look kept, and keeps validators and a hash for the next.
        `programmatic`: an interface for programs with its own terms: robots.txt does not apply, and errors come in the answer.
        `secrets` are parameters added to the address as it leaves; they are in no fault and nothing that is kept.
        """
        sent = self._headers(url, remember, accept) | dict(headers or {})
        response = await self._send(url, sent, programmatic, secrets or {})
        kept = {name.decode("latin-1").lower(): b",".join(values).decode("latin-1") for name, values in response.headers.items()}
        content_type = kept.get("content-type", "")
        address = url if secrets else response.url
        if response.status == _NOT_MODIFIED and remember:
            return Fetched(address, response.status, content_type, b"", unchanged=True, headers=kept)
        if not programmatic:
            _check_status(response)
        unchanged = self._remember(url, response) if remember and response.status < 300 else False
        return Fetched(address, response.status, content_type, response.body, unchanged, kept)

    async def _send(self, url: str, headers: dict[str, str], programmatic: bool, secrets: Mapping[str, str]) -> Response:
        if self.requests >= self.options.requests_per_look:
            raise BudgetSpent(
                f"Kênh này cần nhiều hơn {self.options.requests_per_look} lượt truy cập trong một lần đọc; lần sau đọc tiếp.",
                f"more than {self.options.requests_per_look} requests in one look",
            )
        self.requests += 1
        meta: dict[str, object] = {
            HOSTS: self.hosts,
            "download_slot": urlsplit(url).netloc.lower(),
            OBEYED_ELSEWHERE: programmatic,
            "dont_redirect": programmatic,
        }
        address = f"{url}{'&' if '?' in url else '?'}{urlencode(secrets)}" if secrets else url
        try:
            response = await self.crawler.engine.download_async(Request(address, headers=headers, meta=meta))
        except DOWNLOAD_FAULTS as error:
            raise self._fault(error, url) from (None if secrets else error)
        self.bytes += len(response.body)
        return response

    def _fault(self, error: Exception, url: str) -> LookFault:
        fault = fault_of(error, url)
        address = refused_address(urlsplit(url).hostname or "") if isinstance(fault, Unreachable) else None
        if address is None:
            return fault
        return Refused(
            f"Không kết nối tới {url}: tên miền trỏ về địa chỉ nội bộ {address}.", f"private address refused: {url} -> {address}"
        )

    def _headers(self, url: str, remember: bool, accept: str | None) -> dict[str, str]:
        sent = {"Accept": accept} if accept else {}
        if remember and (validators := self._validators().get(url_identity(url))):
            if etag := validators.get("etag"):
                sent["If-None-Match"] = etag
            if modified := validators.get("modified"):
                sent["If-Modified-Since"] = modified
        return sent

    def _validators(self) -> dict[str, dict[str, str]]:
        return remembered(self.state, "validators")

    def _remember(self, url: str, response: Response) -> bool:
        digest = hashlib.sha256(response.body).hexdigest()[:16]
        kept = self._validators()
        before = kept.get(url_identity(url), {})
        after = {"digest": digest}
        for name, header in (("etag", "ETag"), ("modified", "Last-Modified")):
            if value := response.headers.get(header):
                after[name] = value.decode("latin-1")
        kept[url_identity(url)] = after
        return before.get("digest") == digest

    def forget(self, url: str) -> None:
        """The next look asks for this address in full again: what it held could not be used entirely."""
        self._validators().pop(url_identity(url), None)

    async def sitemaps_in_robots(self) -> list[str]:
        """`Sitemap:` lines of the channel's robots.txt that are on the channel's host."""
        robots = next((m for m in self.crawler.engine.downloader.middleware.middlewares if isinstance(m, Robots)), None)
        if robots is None:
            return []
        rules = await robots.rules(Request(self.channel.url, meta={HOSTS: self.hosts}))
        return [] if isinstance(rules, LookFault) else [url for url in rules.sitemaps if self.owns(url)]

    def token(self) -> str:
        """The channel's own access token. Raises TokenDead when the settings have none."""
        wanted = url_identity(self.channel.url)
        for address, token in self.options.page_tokens.items():
            if url_identity(address) == wanted:
                return token
        raise TokenDead(
            f"Chưa có mã truy cập (token) cho {self.channel.url}. Hãy thêm vào thiết lập page_tokens.",
            f"no token for {self.channel.url}",
        )

    def check_pause(self) -> None:
        """Raises Blocked while the server's own `Retry-After` from an earlier look has not passed."""
        until = self.state.get(_WAIT_UNTIL)
        if isinstance(until, str) and self.moment < datetime.fromisoformat(until):
            raise Blocked(f"Máy chủ đã yêu cầu chờ đến {until}; sẽ đọc lại sau.", f"the server asked to stay away until {until}")
        self.state.pop(_WAIT_UNTIL, None)

    @property
    def needed(self) -> datetime:
        """How far back this look must reach to leave no gap after the looks before it."""
        until = self.state.get(SEEN_UNTIL)
        return max(self.options.since, datetime.fromisoformat(until)) if isinstance(until, str) else self.options.since

    def proves(self, since: datetime) -> None:
        """Notes that every post since then would have been shown. Called again, the farther reach counts."""
        self.reach = since if self.reach is None else min(self.reach, since)

    def proved(self) -> datetime | None:
        """The reach, shortened by what could not be read: up to the date of such a post nothing is proved."""
        if self.reach is None or None in self.unread:
            return None
        return max([self.reach, *(at + timedelta(seconds=1) for at in self.unread if at is not None)])

    def finish(self, fault: LookFault | None) -> RunItem:
        """The end of the look. What was proved before the budget ran out still holds; any other fault proves nothing."""
        ended = self.moment
        partial = isinstance(fault, BudgetSpent) and self.posts_seen > 0
        # An interface that is asked for what is new answers with nothing when nothing is: the posts before that are stored.
        there = self.posts_seen > 0 or (self.reach is not None and bool(self.known))
        outcome, reason = _verdict(None if partial else fault, there)
        if partial and fault:
            reason = fault.message
        if isinstance(fault, Blocked) and fault.wait:
            self.state[_WAIT_UNTIL] = (ended + timedelta(seconds=fault.wait)).isoformat()
        if fault is None and self.proved() is not None:
            self.state[SEEN_UNTIL] = self.began.isoformat()
        proved = self.proved() if outcome.succeeded else None
        run = CrawlRun(
            channel=self.channel.id,
            started_at=self.began,
            finished_at=ended,
            outcome=outcome,
            reason=reason,
            posts_seen=self.posts_seen,
            observed=Interval(min(proved, self.began), self.began) if proved else None,
            method=self.method,
            requests=self.requests,
            bytes=self.bytes,
        )
        return RunItem(run, self.state)


def remembered(state: dict[str, object], key: str) -> dict[str, Any]:
    """The table kept under `key` of a look's state, made when it is not there."""
    kept = state.get(key)
    if not isinstance(kept, dict):
        kept = state[key] = {}
    return kept


def _verdict(fault: LookFault | None, there: bool) -> tuple[RunOutcome, Message | None]:
    if fault is not None:
        return fault.outcome, fault.message
    if there:
        return RunOutcome.UNCHANGED, None
    return RunOutcome.EMPTY, Message(
        "Đọc được nhưng không thấy bài nào. Hãy kiểm tra địa chỉ của kênh.", "read, and no posts there"
    )


def _check_status(response: Response) -> None:
    """Raises the fault that a status means. Servers send 401, 403 and 429 to programs that they do not want."""
    status, url = response.status, response.url
    if 200 <= status < 300:
        return
    if status in (401, 403, 429) or (status == 503 and response.headers.get("Retry-After")):
        raise Blocked(
            f"{url} từ chối cho đọc (HTTP {status}). Hãy đề nghị đơn vị cho phép.", f"HTTP {status}: {url}", _retry_after(response)
        )
    raise Unreachable(f"{url} trả về lỗi HTTP {status}.", f"HTTP {status}: {url}")


def _retry_after(response: Response) -> float | None:
    """Seconds of a `Retry-After` header, at most a day; dates are rare and taken as an hour."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if not value:
        return None
    return min(float(value), 86_400.0) if value.isdigit() else 3_600.0
