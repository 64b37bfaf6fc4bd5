"""WordPress' own interface for programs: posts with text and date, complete and cheap. Authors are not asked for."""

import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin

from crawlers.extract.feeds import plain_text
from crawlers.extract.vietnamese_dates import parse_machine_date
from crawlers.faults import Unreadable
from crawlers.items import PostItem, Published
from crawlers.spiders.feed import Proof
from crawlers.visit import Visit
from domain.post import PublishedSource
from domain.urls import canonical_url

PLACE = "/wp-json/wp/v2/posts"
_FIELDS = "id,date_gmt,modified_gmt,link,title,content"
_PER_PAGE = 50
_MOST_PAGES = 100
_LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


async def read_posts(visit: Visit, proof: Proof) -> AsyncGenerator[PostItem]:
    """Every post published since the last complete look (or `since`). Raises LookFault when the interface is closed or absent."""
    since = visit.needed
    for page in range(1, _MOST_PAGES):
        fetched = await visit.fetch(address(visit.channel.url, since, page), accept="application/json")
        entries = entries_of(fetched.body, fetched.url)
        for entry in entries:
            visit.posts_seen += 1
            if (item := _item(visit, entry)) is not None:
                yield item
        if len(entries) < _PER_PAGE:
            if not visit.posts_seen and not visit.known:
                await _count_older(visit)
            proof.since = since
            return


async def _count_older(visit: Visit) -> None:
    """A site that was quiet for the whole time is not an empty one."""
    fetched = await visit.fetch(address(visit.channel.url, _LONG_AGO, 1, size=1), accept="application/json")
    visit.posts_seen += len(entries_of(fetched.body, fetched.url))


def address(site: str, since: datetime, page: int, size: int = _PER_PAGE) -> str:
    asked = {
        "per_page": size,
        "page": page,
        "after": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "orderby": "date",
        "_fields": _FIELDS,
    }
    return urljoin(site, PLACE) + "?" + urlencode(asked)


def entries_of(body: bytes, url: str) -> list[dict[str, object]]:
    """Raises Unreadable when the answer is not a list of posts (some sites answer with a page, or an error, and 200)."""
    try:
        entries = json.loads(body)
    except ValueError as error:
        raise Unreadable(f"Giao diện WordPress tại {url} trả lời sai.", f"not JSON: {url}") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Unreadable(f"Giao diện WordPress tại {url} trả lời sai.", f"no list of posts: {url}")
    return entries


def _item(visit: Visit, entry: dict[str, object]) -> PostItem | None:
    link = entry.get("link")
    if not isinstance(link, str) or not visit.owns(link):
        return None
    title = plain_text(_rendered(entry, "title"))
    stamp = entry.get("date_gmt")
    at = parse_machine_date(f"{stamp}+00:00") if isinstance(stamp, str) and stamp else None
    if not title:
        return None
    return PostItem(
        channel=visit.channel,
        url=canonical_url(link),
        title=title,
        text=plain_text(_rendered(entry, "content")),
        published=Published(at, PublishedSource.API) if at else None,
        first_seen=visit.moment,
        method="api",
    )


def _rendered(entry: dict[str, object], name: str) -> str:
    value = entry.get(name)
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""
