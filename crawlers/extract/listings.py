"""A page that lists posts → posts announced and the way to the next page, for sites without a feed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import lxml.html
from lxml.etree import ParserError

from crawlers.extract.links import absolute
from crawlers.extract.vietnamese_dates import parse_visible_date
from crawlers.items import PostLink, Published
from domain.post import PublishedSource
from domain.text import fold, one_line
from domain.urls import url_identity

_OUTSIDE = {"nav", "footer", "header", "aside"}
_OUTSIDE_CLASS = re.compile(
    r"(^|[\s_-])(menu|nav|navbar|footer|breadcrumb|sidebar|banner|pagination|pager|paging|social|share|login|search|weblink|lien-ket)",
    re.I,
)
_NOT_POSTS = re.compile(
    r"\.(jpe?g|png|gif|svg|webp|mp[34]|css|js|zip|rar)$|/(tag|tags|author|search|tim-kiem|login|dang-nhap|lien-he|contact|rss|feed|gioi-thieu)(/|$|\.)",
    re.I,
)
_NEXT_WORDS = re.compile(r"^(trang sau|trang tiep|trang ke|tiep|tiep theo|sau|next|next page|older posts|bai cu hon|xem them)$")
_NEXT_SIGNS = {">", "›", "»", "→", "&gt;", "Tiếp >", ">>"}
_PAGE_NUMBER = re.compile(
    r"(?:^|[/?&_.=-])(?:page|trang|paged|cur|pageindex|pagenumber|trang-so)[/=-]?(\d{1,4})(?=$|[/?&.#_-])", re.I
)
_SHORT_PAGE_NUMBER = re.compile(r"[?&]p=(\d{1,4})(?=$|&)", re.I)
_FEWEST = 3
_SHORTEST_TITLE = 18


@dataclass(frozen=True, slots=True)
class Listing:
    links: tuple[PostLink, ...]
    next_page: str | None


def parse_listing(html: str, url: str, now: datetime) -> Listing:
    """The largest group of like-placed, titled links on this host. Empty when the page lists nothing."""
    try:
        tree = lxml.html.fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return Listing((), None)
    groups: dict[str, dict[str, tuple[str, lxml.html.HtmlElement]]] = defaultdict(dict)
    for anchor in tree.iter("a"):
        address = _address(anchor, url)
        if address is None or _is_outside(anchor):
            continue
        title = one_line(anchor.get("title") or "") if len(one_line(anchor.text_content())) < 4 else one_line(anchor.text_content())
        if len(title) < _SHORTEST_TITLE or len(title.split()) < 4 or len(title) > 300:
            continue
        group = groups[_place(anchor)]
        if address not in group or len(title) > len(group[address][0]):
            group[address] = (title, anchor)
    chosen = _choose(groups)
    links = tuple(PostLink(address, title, "", _card_date(anchor, now)) for address, (title, anchor) in chosen.items())
    return Listing(links, next_page(tree, url))


def _address(anchor: lxml.html.HtmlElement, url: str) -> str | None:
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    address = absolute(url, href)
    if address is None or not _same_host(address, url):
        return None
    parts = urlsplit(address)
    if _NOT_POSTS.search(parts.path) or _page_match(address):
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    try:
        return None if url_identity(address) == url_identity(url) else address
    except ValueError:
        return None


def _is_outside(anchor: lxml.html.HtmlElement) -> bool:
    for element in anchor.iterancestors():
        if element.tag in ("body", "html", "article"):
            return False
        if element.tag in _OUTSIDE or _OUTSIDE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False


def _place(anchor: lxml.html.HtmlElement) -> str:
    """Where a link stands, without what makes cards of one list differ (odd and even, first and last)."""
    steps = []
    for element in [anchor, *anchor.iterancestors()][:6]:
        if not isinstance(element.tag, str) or element.tag == "body":
            break
        steps.append(element.tag)
    return " < ".join(steps)


def _choose(
    groups: dict[str, dict[str, tuple[str, lxml.html.HtmlElement]]],
) -> dict[str, tuple[str, lxml.html.HtmlElement]]:
    """Groups worth reading, in page order: those with enough links, the best first; posts in two groups count once."""
    chosen: dict[str, tuple[str, lxml.html.HtmlElement]] = {}
    for group in sorted(groups.values(), key=len, reverse=True):
        if len(group) >= _FEWEST or not chosen:
            for address, card in group.items():
                chosen.setdefault(address, card)
    return chosen


def _card_date(anchor: lxml.html.HtmlElement, now: datetime) -> Published | None:
    """The date in the smallest card around the link that holds no other post's link."""
    own = anchor.get("href")
    card = anchor
    for element in anchor.iterancestors():
        if element.tag in ("body", "html", "ul", "ol", "tbody", "table"):
            break
        titled = {
            a.get("href") for a in element.iter("a") if len(one_line(a.text_content())) >= _SHORTEST_TITLE and a.get("href") != own
        }
        if titled:
            break
        card = element
    for line in _card_lines(card, anchor):
        if at := parse_visible_date(line, now):
            return Published(at, PublishedSource.PAGE)
    return None


def _card_lines(card: lxml.html.HtmlElement, anchor: lxml.html.HtmlElement) -> Iterator[str]:
    for element in card.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "time" and element.get("datetime"):
            yield element.get("datetime")
        inside = element is anchor or any(a is anchor for a in element.iterancestors())
        for text in ("" if inside else element.text, element.tail if element is not card else ""):
            if text and len(text) < 120 and any(c.isdigit() for c in text):
                yield text


def next_page(tree: lxml.html.HtmlElement, url: str) -> str | None:
    """The address of the following page: `rel=next`, a link that says so, or the number after this page's own."""
    for href in tree.xpath("//link[contains(@rel, 'next')]/@href | //a[contains(@rel, 'next')]/@href"):
        return _followable(str(href), url)
    current = page_number(url)
    farther: list[tuple[int, str]] = []
    for anchor in tree.iter("a"):
        words = one_line(anchor.text_content())
        label = one_line(anchor.get("title") or anchor.get("aria-label") or "")
        href = (anchor.get("href") or "").strip()
        if not href:
            continue
        address = _followable(href, url)
        if address is None:
            continue
        number = page_number(address)
        if number == current + 1 and (words == str(number) or number > 1):
            return address
        says_next = words in _NEXT_SIGNS or _NEXT_WORDS.match(fold(words)) or _NEXT_WORDS.match(fold(label))
        if says_next and number > current:
            return address
        if (says_next or words.isdigit()) and number == 1 and _offset(address) > _offset(url):
            farther.append((_offset(address), address))
    return min(farther)[1] if farther else None


def page_number(url: str) -> int:
    match = _page_match(url)
    return int(match[1]) if match else 1


def _page_match(url: str) -> "re.Match[str] | None":
    """The page number in an address. `?p=` is one too, except at the root, where it is WordPress's number of a post."""
    parts = urlsplit(url)
    match = _PAGE_NUMBER.search(parts.path) or _PAGE_NUMBER.search("?" + parts.query)
    return match or (_SHORT_PAGE_NUMBER.search("?" + parts.query) if parts.path.strip("/") else None)


def _offset(url: str) -> int:
    values = [
        v for k, v in parse_qsl(urlsplit(url).query) if k.lower() in ("start", "offset", "limitstart", "from") and v.isdigit()
    ]
    return int(values[0]) if values else 0


def _followable(href: str, url: str) -> str | None:
    address = absolute(url, href)
    return address if address and _same_host(address, url) and address != url else None


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one).netloc.lower().removeprefix("www.") == urlsplit(other).netloc.lower().removeprefix("www.")
