"""Kind `facebook`: a unit's own page, read through the Graph API with that page's own token.

Only `published_posts`: `/feed` also holds visitors' posts. No field that names a person is asked for. The token is added to the
address only as it leaves, and the next page is built from the cursor: `paging.next` holds the token in clear.
"""

import json
import re
from collections.abc import AsyncGenerator, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawlers.extract.links import absolute
from crawlers.extract.vietnamese_dates import parse_machine_date
from crawlers.faults import Blocked, LookFault, Refused, TokenDead, Unreachable, Unreadable
from crawlers.items import PostItem, Published
from crawlers.options import CrawlOptions
from crawlers.scope import in_scope
from crawlers.visit import Fetched, Visit
from domain.post import PublishedSource
from domain.text import nfc
from domain.unit import Channel
from domain.urls import canonical_url, host_of

VERSION = "v26.0"
FIELDS = (
    "id,message,story,created_time,updated_time,permalink_url,status_type,is_published,is_expired,"
    "attachments{media_type,title,url,unshimmed_url,subattachments},shares"
)
_LIMIT = 100
_MOST_PAGES = 60
_BUSY = 80
_THROTTLED = {4, 17, 32, 613, 80001}
_NUMERIC = re.compile(r"(?:^|[/?=-])(\d{6,})(?:$|[/?&])")
_TITLE_LENGTH = 160
_USAGE_HEADERS = ("X-App-Usage", "X-Page-Usage", "X-Business-Use-Case-Usage")


def hosts(channel: Channel, options: CrawlOptions) -> frozenset[str]:
    """The Graph API speaks for the page: www.facebook.com itself is never asked."""
    return frozenset({host_of(options.graph_address)})


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    """All posts since `since`. The list is ranked, not sorted: one old post is not its end, so every page of it is read."""
    visit.method = "graph"
    token = visit.token()
    after: str | None = None
    for _ in range(_MOST_PAGES):
        fetched = await _ask(visit, token, after)
        answer = _answer(fetched)
        for entry in answer.get("data", []):
            if (item := _item(visit, entry)) is None:
                continue
            visit.posts_seen += 1
            if item.published is None or item.published.at >= visit.options.since:
                yield item
        cursors = answer.get("paging", {}).get("cursors", {})
        if not answer.get("data") or not answer.get("paging", {}).get("next") or cursors.get("after") in (None, after):
            visit.proves(visit.options.since)
            return
        after = cursors["after"]
        if _usage(fetched) >= _BUSY:
            raise Blocked(
                "Facebook báo trang này đã dùng gần hết hạn mức truy cập; lần sau đọc tiếp.", "Graph API usage near its limit", 3600
            )


def page_name(url: str) -> str:
    """The id or name of the page in its public address."""
    parts = urlsplit(url)
    if match := _NUMERIC.search(parts.path + "?" + parts.query):
        return match[1]
    names = [name for name in parts.path.split("/") if name and name not in ("pg", "pages", "people")]
    if not names:
        raise Unreadable(f"Địa chỉ {url} không chỉ đến một trang Facebook.", f"no page name in {url}")
    return names[0]


async def _ask(visit: Visit, token: str, after: str | None) -> Fetched:
    asked = {"fields": FIELDS, "limit": str(_LIMIT)} | ({"after": after} if after else {})
    address = f"{visit.options.graph_address}/{VERSION}/{page_name(visit.channel.url)}/published_posts?{urlencode(asked)}"
    return await visit.fetch(address, accept="application/json", programmatic=True, secrets={"access_token": token})


def _answer(fetched: Fetched) -> dict[str, Any]:
    try:
        answer = json.loads(fetched.body)
    except ValueError as error:
        raise Unreadable("Facebook trả lời không đúng định dạng.", f"Graph API: not JSON, HTTP {fetched.status}") from error
    if not isinstance(answer, dict):
        raise Unreadable("Facebook trả lời không đúng định dạng.", "Graph API: not an object")
    if refusal := answer.get("error"):
        raise _fault(refusal if isinstance(refusal, dict) else {}, fetched)
    return answer


def _fault(error: dict[str, object], fetched: Fetched) -> LookFault:
    """The words of the API are left out: they may repeat what was sent."""
    code = error.get("code")
    if code in (190, 102) or (error.get("type") == "OAuthException" and code in (10, 200)):
        return TokenDead(
            "Mã truy cập của trang không còn dùng được (đổi mật khẩu hoặc mất vai trò quản trị). Hãy cấp lại mã.",
            f"Graph API error {code}",
        )
    if code in _THROTTLED:
        return Blocked("Facebook yêu cầu tạm ngừng vì quá hạn mức; sẽ đọc lại sau.", f"Graph API error {code}", 3600)
    if code in (100, 803):
        return Unreadable("Facebook không tìm thấy trang này. Hãy kiểm tra địa chỉ trang.", f"Graph API error {code}")
    if code in (1, 2) or fetched.status >= 500:
        return Unreachable("Facebook đang gặp sự cố; sẽ đọc lại sau.", f"Graph API error {code}, HTTP {fetched.status}")
    return Refused("Facebook từ chối yêu cầu.", f"Graph API error {code}, HTTP {fetched.status}")


def _usage(fetched: Fetched) -> float:
    """The fullest of the limits that the answer tells about, in percent."""
    fullest = 0.0
    for name in _USAGE_HEADERS:
        try:
            waiting = [json.loads(fetched.headers.get(name.lower(), "null"))]
        except ValueError:
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, dict):
                percents = (node.get(key) for key in ("call_count", "total_time", "total_cputime"))
                fullest = max([fullest, *(float(p) for p in percents if isinstance(p, int | float))])
                waiting.extend(node.values())
            elif isinstance(node, list):
                waiting.extend(node)
    return fullest


def _item(visit: Visit, entry: object) -> PostItem | None:
    """None for what is not public (drafts, expired offers) and for what is not a post at all."""
    if not isinstance(entry, dict) or entry.get("is_published") is False or entry.get("is_expired") is True or not entry.get("id"):
        return None
    attachments = list(_attachments(entry))
    message = _words(entry, "message")
    title = message.split("\n")[0] or next((t for t, _ in attachments if t), "") or _words(entry, "story")
    created = entry.get("created_time")
    at = parse_machine_date(created) if isinstance(created, str) else None
    return PostItem(
        channel=visit.channel,
        url=_public_address(visit, entry),
        title=_shortened(title) or "(bài không lời)",
        text="\n".join(dict.fromkeys(part for part in (message, *(t for t, _ in attachments)) if part)),
        published=Published(at, PublishedSource.API) if at else None,
        first_seen=visit.moment,
        kind="video" if entry.get("status_type") == "added_video" else "social",
        method="api",
        attachments=tuple(url for _, url in attachments if url),
    )


def _attachments(entry: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Title and outward address of what is attached, albums opened."""
    waiting = [entry.get("attachments")]
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, dict):
            continue
        if node.get("title") or node.get("url"):
            yield _words(node, "title"), _words(node, "unshimmed_url")
        data = node.get("data")
        waiting.extend(data if isinstance(data, list) else [])
        waiting.append(node.get("subattachments"))


def _words(entry: dict[str, object], name: str) -> str:
    value = entry.get(name)
    return nfc(value).strip() if isinstance(value, str) else ""


def _shortened(title: str) -> str:
    """The first line, cut at a word: a post has no title of its own."""
    if len(title) <= _TITLE_LENGTH:
        return title
    return title[:_TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def _public_address(visit: Visit, entry: dict[str, object]) -> str:
    link = absolute("https://www.facebook.com/", _words(entry, "permalink_url")) or ""
    if urlsplit(link).path in ("", "/") or not in_scope(link, frozenset({host_of(visit.channel.url), "facebook.com"})):
        link = f"https://www.facebook.com/{entry['id']}"
    return canonical_url(link)
