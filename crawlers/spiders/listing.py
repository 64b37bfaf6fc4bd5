"""Kind `listing`: a page that lists posts, followed page by page back to `since` or to what is already known."""

from collections.abc import AsyncGenerator
from datetime import datetime, time, timedelta

from crawlers.collecting import collect
from crawlers.extract.feeds import reach_of
from crawlers.extract.listings import Listing, parse_listing
from crawlers.faults import Unreadable
from crawlers.items import PostItem
from crawlers.pipelines.dates import OLDEST
from crawlers.spiders.feed import Proof
from crawlers.visit import Visit, remembered
from domain.dates import VIETNAM
from domain.urls import url_identity

_MOST_PAGES = 60


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    visit.method = "listing"
    proof = Proof()
    async for item in read_listing(visit, visit.channel.url, proof):
        yield item
    if not visit.posts_seen:
        raise Unreadable(
            f"Trang {visit.channel.url} không có danh sách bài viết nào nhận ra được.", f"no listing at {visit.channel.url}"
        )
    if proof.since:
        visit.proves(proof.since)


async def read_listing(visit: Visit, url: str, proof: Proof, first: Listing | None = None) -> AsyncGenerator[PostItem]:
    """Posts of a listing and of its further pages. Raises LookFault when its first page cannot be read.

    Ends at a page of posts older than `since`, at the end of the list, where pages only repeat, or where everything is known and
    the look before reached that far. `first` is the first page when it has been read already.
    """
    memory = remembered(remembered(visit.state, "listings"), url_identity(url))
    since = visit.options.since
    dates: dict[str, datetime | None] = {}
    read: dict[str, datetime] = {}
    page, number = first, 1
    address: str | None = url
    unread = len(visit.unread)
    before = memory.get("complete_until")
    continued = datetime.fromisoformat(before) if isinstance(before, str) else None
    kept = None
    while address and number <= _MOST_PAGES:
        if page is None:
            fetched = await visit.fetch(address, remember=number == 1)
            if number == 1 and fetched.unchanged and continued and memory.get("count"):
                visit.posts_seen += int(memory["count"])
                kept = continued
                break
            page = parse_listing(fetched.text, fetched.url, visit.moment)
        fresh = [link for link in page.links if url_identity(link.url) not in dates]
        if number == 1:
            memory["count"] = len(fresh)
        if not fresh:
            break
        all_known = all(visit.is_known(link.url) for link in fresh)
        some_known = any(visit.is_known(link.url) for link in fresh)
        dates |= {url_identity(link.url): link.published.at if link.published else None for link in fresh}
        async for item in collect(visit, fresh):
            if item.published and not item.published.doubtful and item.published.at > visit.began - OLDEST:
                read[url_identity(item.url)] = item.published.at
            yield item
        for identity in map(url_identity, (link.url for link in fresh)):
            dates[identity] = read.get(visit.aliases.get(identity, identity), dates[identity])
        shown = [dates[url_identity(link.url)] for link in fresh]
        if continued and (all_known or (some_known and not page.next_page)):
            kept = continued
            break
        if all(at is not None and at < since for at in shown):
            kept = since
            break
        if page.next_page is None and number > 1:
            kept = since
            break
        address, page, number = page.next_page, None, number + 1
    if kept is None:
        kept = _reach(list(dates.values()), since)
    if kept is not None:
        proof.since = max(kept, since)
    if kept is None or len(visit.unread) > unread:
        visit.forget(url)
        memory.pop("complete_until", None)
    else:
        memory["complete_until"] = visit.began.isoformat()


def _reach(dates: list[datetime | None], since: datetime) -> datetime | None:
    """Of a list that could not be followed to its end: as far as its order shows, when every post has a date."""
    known = [at for at in dates if at is not None]
    if not known or len(known) < len(dates):
        return None
    shown = reach_of(known)
    if shown is None:
        return None
    # A card that gives only the day does not say from which hour of it the list is complete.
    if shown.astimezone(VIETNAM).time() == time():
        shown += timedelta(days=1)
    return max(shown, since)
