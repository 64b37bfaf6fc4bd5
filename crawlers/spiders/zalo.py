"""Kind `zalo`: the articles of a unit's own Official Account, by its own access token.

Refresh tokens are single-use: the application refreshes and stores them under a lock; a look is only given a fresh access token.
"""

import json
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from crawlers.extract.feeds import plain_text
from crawlers.faults import Blocked, LookFault, TokenDead, Unreadable
from crawlers.items import PostItem, Published
from crawlers.options import CrawlOptions
from crawlers.visit import Fetched, Visit
from domain.post import PublishedSource
from domain.text import nfc
from domain.unit import Channel
from domain.urls import canonical_url, host_of

_TYPES = ("normal", "video")
_LIMIT = 10
_MOST_PAGES = 60
_TOKEN_ERRORS = {-216, -220, -14020}
_PAID_TIER = -224


def hosts(channel: Channel, options: CrawlOptions) -> frozenset[str]:
    return frozenset({host_of(options.zalo_address)})


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    """Articles and videos, newest first, back to what is needed."""
    visit.method = "zalo"
    token = visit.token()
    proofs = []
    for kind in _TYPES:
        complete = False
        for page in range(_MOST_PAGES):
            asked = {"offset": str(page * _LIMIT), "limit": str(_LIMIT), "type": kind}
            medias = _medias(await _ask(visit, token, f"/v2.0/article/getslice?{urlencode(asked)}"))
            for media in medias:
                visit.posts_seen += 1
                published = _published(media)
                if published and published.at < visit.needed:
                    complete = True
                    continue
                if (item := await _item(visit, token, media, kind, published)) is not None:
                    yield item
            if complete or len(medias) < _LIMIT:
                complete = True
                break
        proofs.append(complete)
    if all(proofs):
        visit.proves(visit.needed)


async def _ask(visit: Visit, token: str, path: str) -> Any:
    """`data` of an answer. Errors come with HTTP 200 and a number."""
    fetched = await visit.fetch(visit.options.zalo_address + path, programmatic=True, headers={"access_token": token})
    answer = _json(fetched)
    code = answer.get("error", 0)
    if code:
        raise _fault(code)
    return answer.get("data")


def _json(fetched: Fetched) -> Mapping[str, Any]:
    try:
        answer = json.loads(fetched.body)
    except ValueError as error:
        raise Unreadable("Zalo trả lời không đúng định dạng.", f"Zalo API: not JSON, HTTP {fetched.status}") from error
    if not isinstance(answer, dict):
        raise Unreadable("Zalo trả lời không đúng định dạng.", "Zalo API: not an object")
    return answer


def _fault(code: object) -> LookFault:
    if code in _TOKEN_ERRORS:
        return TokenDead("Mã truy cập Zalo đã hết hạn. Hãy để quản trị tài khoản cấp lại.", f"Zalo API error {code}")
    if code == _PAID_TIER:
        return Blocked("Tài khoản Zalo này cần gói trả phí để đọc bài viết.", f"Zalo API error {code}")
    return Unreadable("Zalo từ chối yêu cầu.", f"Zalo API error {code}")


def _medias(data: object) -> list[dict[str, Any]]:
    """The list is called `medias` in most accounts and `articles` in some."""
    lists = [data.get("medias"), data.get("articles")] if isinstance(data, dict) else []
    found = next((each for each in lists if isinstance(each, list)), [])
    return [media for media in found if isinstance(media, dict) and media.get("id")]


def _published(media: Mapping[str, Any]) -> Published | None:
    """Milliseconds since 1970; `create_date` or, in some answers, `published_date`."""
    for name in ("create_date", "published_date", "update_date"):
        value = media.get(name)
        if isinstance(value, int | float) and value > 0:
            at = datetime.fromtimestamp(value / 1000, UTC)
            return Published(at, PublishedSource.API, doubtful=name == "update_date")
    return None


async def _item(visit: Visit, token: str, media: Mapping[str, Any], kind: str, published: Published | None) -> PostItem | None:
    link = media.get("link_view") or media.get("link") or f"{visit.channel.url.rstrip('/')}?id={media['id']}"
    url = canonical_url(str(link))
    if media.get("status") == "hide" or visit.is_known(url):
        return None
    detail = await _ask(visit, token, f"/v2.0/article/getdetail?{urlencode({'id': str(media['id'])})}")
    detail = detail if isinstance(detail, dict) else {}
    title = nfc(str(media.get("title") or detail.get("title") or "")).strip()
    if not title:
        return None
    return PostItem(
        channel=visit.channel,
        url=url,
        title=title,
        text=_text(detail),
        published=published,
        first_seen=visit.moment,
        kind="video" if kind == "video" else "social",
        method="api",
    )


def _text(detail: Mapping[str, Any]) -> str:
    """The description and the paragraphs of the body; pictures and products have none."""
    parts = [plain_text(str(detail.get("description") or ""))]
    body = detail.get("body")
    for part in body if isinstance(body, list) else []:
        if isinstance(part, dict) and part.get("type") == "text":
            parts.append(plain_text(str(part.get("content") or "")))
    return "\n".join(part for part in parts if part)
