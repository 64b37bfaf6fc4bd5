"""Kind `youtube`: a unit's own channel. Its feed shows the newest fifteen videos; the Data API, with a key, reads farther back.

The feed has been away for days at a time while channels were fine: a 404 of it says nothing about the channel.
"""

import json
import re
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawlers.extract.feeds import parse_feed
from crawlers.extract.vietnamese_dates import parse_machine_date
from crawlers.faults import Blocked, LookFault, Refused, TokenDead, Unreachable, Unreadable
from crawlers.items import PostItem, Published
from crawlers.options import CrawlOptions
from crawlers.visit import Visit
from domain.post import PublishedSource
from domain.text import nfc
from domain.unit import Channel
from domain.urls import canonical_url, host_of

_CHANNEL_ID = re.compile(r"UC[\w-]{22}")
_MOST_PAGES = 20
_PER_PAGE = 50
_OVER_QUOTA = {"quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded", "userRateLimitExceeded"}
_BAD_KEY = {"keyInvalid", "keyExpired", "accessNotConfigured", "forbidden", "ipRefererBlocked"}


def hosts(channel: Channel, options: CrawlOptions) -> frozenset[str]:
    return frozenset({host_of(options.youtube_feed_address), host_of(options.youtube_api_address)})


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    """The feed; and the Data API when the feed is away or does not reach back as far as needed."""
    channel = _channel_id(visit)
    fault: LookFault | None = None
    visit.method = "feed"
    try:
        async for item in _read_feed(visit, channel):
            yield item
    except Unreachable as error:
        fault = error
    if visit.reach is not None and visit.reach <= visit.needed:
        return
    if visit.options.youtube_key:
        visit.method = "api" if fault else "feed+api"
        async for item in _read_api(visit, channel):
            yield item
    elif fault:
        raise fault


def _channel_id(visit: Visit) -> str:
    match = _CHANNEL_ID.search(urlsplit(visit.channel.url).path + "?" + urlsplit(visit.channel.url).query)
    if match is None:
        raise Unreadable(
            f"Địa chỉ {visit.channel.url} không có mã kênh YouTube. Hãy dùng dạng https://www.youtube.com/channel/UC…",
            f"no channel id in {visit.channel.url}",
        )
    return match[0]


async def _read_feed(visit: Visit, channel: str) -> AsyncGenerator[PostItem]:
    """Descriptions of videos are in the feed: no page is asked for."""
    address = f"{visit.options.youtube_feed_address}/feeds/videos.xml?channel_id={channel}"
    fetched = await visit.fetch(address, programmatic=True)
    if fetched.status in (404, 500, 502, 503):
        raise Unreachable(
            "YouTube tạm thời không trả về danh sách video; sẽ đọc lại sau.", f"YouTube feed: HTTP {fetched.status} for {channel}"
        )
    feed = parse_feed(fetched.body, fetched.content_type, fetched.url, visit.moment)
    visit.posts_seen += len(feed.links)
    for link in feed.links:
        if link.published and link.published.at < visit.options.since:
            continue
        yield _item(visit, link.url, link.title, link.text, link.published)
    if feed.shown_since:
        visit.proves(max(visit.options.since, feed.shown_since))


async def _read_api(visit: Visit, channel: str) -> AsyncGenerator[PostItem]:
    """The playlist of uploads, newest first, at one unit of quota a page."""
    # The uploads of channel UCxyz are the playlist UUxyz.
    asked = {"part": "snippet,contentDetails", "playlistId": "UU" + channel[2:], "maxResults": str(_PER_PAGE)}
    page: str | None = None
    for _ in range(_MOST_PAGES):
        answer = await _ask(visit, asked | ({"pageToken": page} if page else {}))
        for entry in answer.get("items", []):
            item = _from_api(visit, entry)
            if item is None:
                continue
            visit.posts_seen += 1
            if item.published and item.published.at < visit.needed:
                visit.proves(visit.needed)
                return
            yield item
        page = answer.get("nextPageToken")
        if not page:
            visit.proves(visit.needed)
            return


async def _ask(visit: Visit, asked: dict[str, str]) -> dict[str, Any]:
    address = f"{visit.options.youtube_api_address}/youtube/v3/playlistItems?{urlencode(asked)}"
    fetched = await visit.fetch(address, programmatic=True, secrets={"key": visit.options.youtube_key})
    try:
        answer = json.loads(fetched.body)
    except ValueError as error:
        raise Unreadable("YouTube trả lời không đúng định dạng.", f"Data API: not JSON, HTTP {fetched.status}") from error
    if not isinstance(answer, dict):
        raise Unreadable("YouTube trả lời không đúng định dạng.", "Data API: not an object")
    if refusal := answer.get("error"):
        raise _fault(refusal if isinstance(refusal, dict) else {}, fetched.status)
    return answer


def _fault(refusal: dict[str, Any], status: int) -> LookFault:
    reasons = {e.get("reason") for e in refusal.get("errors", []) if isinstance(e, dict)}
    if reasons & _OVER_QUOTA:
        return Blocked("Đã dùng hết hạn mức truy cập YouTube hôm nay.", "Data API: quota exceeded", 6 * 3600)
    if reasons & _BAD_KEY or status == 400:
        return TokenDead("Khóa truy cập YouTube không còn dùng được. Hãy cấp khóa mới.", f"Data API: key refused, HTTP {status}")
    if status == 404:
        return Unreadable("YouTube không tìm thấy kênh này.", "Data API: no such channel")
    if status >= 500:
        return Unreachable("YouTube đang gặp sự cố; sẽ đọc lại sau.", f"Data API: HTTP {status}")
    return Refused("YouTube từ chối yêu cầu.", f"Data API: HTTP {status}")


def _from_api(visit: Visit, entry: object) -> PostItem | None:
    snippet = entry.get("snippet") if isinstance(entry, dict) else None
    details = entry.get("contentDetails") if isinstance(entry, dict) else None
    if not isinstance(snippet, dict) or not isinstance(details, dict):
        return None
    video, title = details.get("videoId"), snippet.get("title")
    if not isinstance(video, str) or not isinstance(title, str) or title in ("Private video", "Deleted video"):
        return None
    at = parse_machine_date(str(details.get("videoPublishedAt") or snippet.get("publishedAt") or ""))
    published = Published(at, PublishedSource.API) if at else None
    return _item(visit, f"https://www.youtube.com/watch?v={video}", title, str(snippet.get("description") or ""), published)


def _item(visit: Visit, url: str, title: str, text: str, published: Published | None) -> PostItem:
    return PostItem(
        channel=visit.channel,
        url=canonical_url(url),
        title=nfc(title),
        text=nfc(text),
        published=published,
        first_seen=visit.moment,
        kind="video",
        method="api" if published and published.source is PublishedSource.API else "feed",
    )
