"""Announced posts → posts: reads their pages, several at a time, and settles title, text, date and address."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable
from datetime import datetime, timedelta

from crawlers.extract.page import ExtractedPage, extract_page
from crawlers.faults import Blocked, BudgetSpent, LookFault, Unreadable
from crawlers.items import PostItem, PostLink, Published
from crawlers.visit import Visit
from domain.post import PublishedSource
from domain.urls import canonical_url, url_identity

_AT_ONCE = 3
_MOST_FAULTS_IN_A_ROW = 5
_SHORTEST_TEXT = 60
_ZONE_LOST = timedelta(hours=7)
_MOST_ALIASES = 5000


async def collect(
    visit: Visit, links: Iterable[PostLink], changed: Callable[[PostLink], bool] = lambda link: False
) -> AsyncGenerator[PostItem]:
    """Reads the posts that are new, or stored and `changed`, in order. Known ones and those before `since` are only counted.

    A page that cannot be read is noted on the visit, unless the announcement itself says enough. Raises LookFault when the host
    blocks us, fails again and again, or the budget is spent.
    """
    wanted: deque[PostLink] = deque()
    for link in links:
        if not visit.owns(link.url):
            continue
        visit.posts_seen += 1
        if link.published and not link.published.doubtful and link.published.at < visit.options.since:
            continue
        if not visit.is_known(link.url) or changed(link):
            wanted.append(link)
    reading: deque[tuple[PostLink, asyncio.Task[PostItem]]] = deque()
    faults = 0
    try:
        while wanted or reading:
            while wanted and len(reading) < _AT_ONCE:
                link = wanted.popleft()
                reading.append((link, asyncio.create_task(_read(visit, link))))
            link, task = reading[0]
            item: PostItem | None
            try:
                item = await task
                faults = 0
            except (Blocked, BudgetSpent):
                raise
            except LookFault:
                faults += 1
                if faults >= _MOST_FAULTS_IN_A_ROW:
                    raise
                item = _from_announcement(visit, link)
                if item is None:
                    visit.unread.append(_date_of(link))
            reading.popleft()
            if item is not None:
                yield item
    except LookFault:
        visit.unread.extend(_date_of(link) for link in [*(link for link, _ in reading), *wanted])
        raise
    finally:
        for _, task in reading:
            task.cancel()


def _date_of(link: PostLink) -> datetime | None:
    """The latest moment at which the post can have been published."""
    if link.published and not link.published.doubtful:
        return link.published.at
    return link.changed_at


async def _read(visit: Visit, link: PostLink) -> PostItem:
    fetched = await visit.fetch(link.url)
    if not _is_page(fetched.body):
        item = _from_announcement(visit, link, attachments=(fetched.url,))
        if item is None:
            raise Unreadable(f"{link.url} không phải là trang web đọc được.", f"not a page: {link.url}")
        return item
    try:
        page = await visit.pool.run(extract_page, fetched.text, fetched.url, visit.moment, link.title)
    except ValueError as error:
        raise Unreadable(f"Không đọc được trang {link.url}.", str(error)) from error
    if not page.title:
        raise Unreadable(f"Trang {link.url} không có tiêu đề.", f"no title: {link.url}")
    url = _own_address(visit, page, fetched.url)
    if (identity := url_identity(link.url)) != url_identity(url):
        aliases = visit.aliases
        aliases[identity] = url_identity(url)
        while len(aliases) > _MOST_ALIASES:
            aliases.pop(next(iter(aliases)))
    text = page.text if len(page.text) >= min(_SHORTEST_TEXT, len(link.text)) else link.text
    return PostItem(
        channel=visit.channel,
        url=url,
        title=page.title,
        text=text,
        published=best_date(link.published, page.published),
        first_seen=visit.moment,
        kind=page.kind,
        method="trafilatura" if text == page.text else "feed",
        attachments=page.attachments,
    )


def _is_page(body: bytes) -> bool:
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (start[:1] == b"<" and not start.startswith(b"<?xml")) or b"<html" in body[:4096].lower()


def _own_address(visit: Visit, page: ExtractedPage, url: str) -> str:
    """The address that the page claims, if it is on the registered host and not simply the front page; else where it was found."""
    if page.canonical and visit.owns(page.canonical):
        claimed = canonical_url(page.canonical)
        if not claimed.endswith("/") or canonical_url(url).endswith("/"):
            return claimed
    return canonical_url(url)


def _from_announcement(visit: Visit, link: PostLink, attachments: tuple[str, ...] = ()) -> PostItem | None:
    """The post as the feed has it, when its own page cannot be read."""
    if not link.title or not (link.text or attachments):
        return None
    return PostItem(
        channel=visit.channel,
        url=canonical_url(link.url),
        title=link.title,
        text=link.text,
        published=link.published,
        first_seen=visit.moment,
        kind="document" if attachments else "article",
        method="feed",
        attachments=attachments,
    )


def best_date(announced: Published | None, on_page: Published | None) -> Published | None:
    """The announcement's date, unless it is doubtful, says less than the page, or has lost its time zone."""
    sure_page = on_page is not None and not on_page.doubtful
    if announced is None:
        return on_page
    if not sure_page or on_page is None:
        return announced if not announced.doubtful or on_page is None else on_page
    if announced.doubtful or announced.source in (PublishedSource.PAGE, PublishedSource.SITEMAP):
        return on_page
    if abs(announced.at - on_page.at) == _ZONE_LOST:
        return on_page
    return announced
