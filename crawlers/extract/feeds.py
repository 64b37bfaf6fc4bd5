"""RSS and Atom → posts announced. feedparser reads; what feeds are known to get wrong is mended or thrown away here."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

import feedparser
import lxml.html
from lxml.etree import ParserError

from crawlers.faults import Unreadable
from crawlers.items import PostLink, Published
from domain.dates import VIETNAM
from domain.post import PublishedSource
from domain.text import one_line

_FRESH = timedelta(minutes=10)
MINUTES_ARE_MONTHS = "minutes are months"
_DOCTYPE_ENTITY = re.compile(rb"<!ENTITY", re.I)
_ORDERED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Feed:
    """`shown_since` is the oldest date that the feed reaches in its order; None when its order or dates prove nothing."""

    title: str
    links: tuple[PostLink, ...]
    shown_since: datetime | None
    paged: bool = False
    """Whether its engine is known to give older posts at further pages."""
    fault: str | None = None


def parse_feed(body: bytes, content_type: str, url: str, moment: datetime) -> Feed:
    """Raises Unreadable when this is not a feed. `moment` is when it was fetched."""
    if _DOCTYPE_ENTITY.search(body[:4096]):
        raise Unreadable(f"Bản tin RSS {url} chứa khai báo không an toàn.", f"entity declarations in feed {url}")
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    if not parsed.version:
        raise Unreadable(f"{url} không phải là bản tin RSS/Atom đọc được.", f"not a feed: {url}")
    links = [link for entry in parsed.entries if (link := _link(entry))]
    links, fault = _without_lies(links, moment)
    dates = [link.published.at for link in links if link.published]
    shown = reach_of(dates) if len(dates) == len(links) else None
    if shown and fault == MINUTES_ARE_MONTHS:
        shown = shown.replace(minute=0, second=0) + timedelta(hours=1)
    return Feed(
        title=one_line(parsed.feed.get("title", "")),
        links=tuple(links),
        shown_since=shown,
        paged="wordpress.org" in parsed.feed.get("generator", ""),
        fault=fault,
    )


def _link(entry: "feedparser.FeedParserDict") -> PostLink | None:
    url = entry.get("link") or ""
    if not url.startswith(("http://", "https://")):
        return None
    title = plain_text(entry.get("title", ""))
    contents = [c.get("value", "") for c in entry.get("content", [])]
    text = plain_text(max([entry.get("summary", ""), *contents], key=len))
    published = _moment(entry.get("published_parsed"))
    updated = _moment(dict.get(entry, "updated_parsed"))  # feedparser's own get would give the other date, with a warning
    at = published or updated
    mark = hashlib.sha256("\x1f".join((title, text, str(updated or published))).encode()).hexdigest()[:12]
    # An Atom entry without <published> only says when it was last changed.
    date = Published(at, PublishedSource.FEED, doubtful=published is None) if at else None
    return PostLink(url, title, text, date, mark, updated)


def _moment(parts: "tuple[int, ...] | None") -> datetime | None:
    """feedparser gives UTC."""
    if not parts:
        return None
    try:
        year, month, day, hour, minute, second = parts[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def _without_lies(links: list[PostLink], moment: datetime) -> tuple[list[PostLink], str | None]:
    """Takes away dates that only say when the feed was made, and marks NukeViet's minutes (it writes the month there)."""
    dates = [link.published.at for link in links if link.published]
    if len(dates) >= 3 and all(abs(moment - d) < _FRESH for d in dates):
        return [_dated(link, None) for link in links], "dates are those of the request"
    local = [d.astimezone(VIETNAM) for d in dates]
    if len(local) >= 3 and all(d.minute == d.month for d in local):
        doubtful = [_dated(k, Published(k.published.at, k.published.source, doubtful=True) if k.published else None) for k in links]
        return doubtful, MINUTES_ARE_MONTHS
    return links, None


def _dated(link: PostLink, published: Published | None) -> PostLink:
    return PostLink(link.url, link.title, link.text, published, link.mark, link.changed_at)


def reach_of(dates: Sequence[datetime]) -> datetime | None:
    """The date down to which a newest-first list is complete: the end of its longest falling run, if most of it falls.

    A pinned or an edited old post does not lengthen the reach; a shuffled list reaches nowhere.
    """
    ends: list[float] = []
    for date in dates:
        key = -date.timestamp()
        place = bisect_right(ends, key)
        ends[place : place + 1] = [key]
    if not dates or len(ends) < _ORDERED_SHARE * len(dates):
        return None
    return datetime.fromtimestamp(-ends[-1], UTC)


def plain_text(html: str) -> str:
    """The words of a fragment of HTML, a paragraph a line."""
    if "<" not in html and "&" not in html:
        return one_line(html)
    try:
        tree = lxml.html.fromstring(f"<div>{html}</div>")
    except (ParserError, ValueError):
        return one_line(html)
    for block in tree.iter("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"):
        block.tail = "\n" + (block.tail or "")
    lines = (one_line(line) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)
