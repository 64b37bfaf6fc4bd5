"""Kind `website`: given only an address, finds what works (interface, feeds, sitemaps, listings), keeps it with its reasons, and
looks for it again when it stops working. An address below the front page is one section of a site: only that is read."""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from crawlers.extract.discovery import FrontPage, guessed_feeds, is_front_page, read_front_page
from crawlers.extract.feeds import Feed, parse_feed
from crawlers.extract.listings import Listing, parse_listing
from crawlers.faults import Blocked, BudgetSpent, LookFault, Refused, Unreadable
from crawlers.items import PostItem
from crawlers.spiders import wordpress
from crawlers.spiders.feed import ACCEPT, Proof, read_feed
from crawlers.spiders.listing import read_listing
from crawlers.spiders.sitemap import find_sitemaps, read_sitemaps
from crawlers.visit import Visit, remembered
from domain.urls import url_identity

_STALE = timedelta(days=90)
_MOST_KEPT_FEEDS = 12
_MOST_LISTINGS = 20
_FRESH_LINKS = 12


@dataclass(slots=True)
class Ways:
    """What was found to work, and why the rest was left: kept in the channel's state as plain JSON."""

    interface: bool = False
    feeds: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    listings: list[str] = field(default_factory=list)
    feeds_left_out: list[str] = field(default_factory=list)
    listings_left_out: list[str] = field(default_factory=list)
    """Those that are not read, because they are too many or could not be read: the others prove nothing without them."""
    reasons: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.interface or self.feeds or self.sitemaps or self.listings)


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    """The known ways first; when none of them gives anything any more, they are looked for again in the same look."""
    if ways := _kept_ways(visit):
        try:
            async for item in _read(visit, ways):
                yield item
        except (Blocked, BudgetSpent):
            raise
        except LookFault:
            if visit.posts_seen:
                raise
        if visit.posts_seen or (visit.reach is not None and visit.known):
            return
    ways = await discover(visit)
    if not ways:
        raise Unreadable(
            f"Không tìm được RSS, sơ đồ trang hay danh sách bài trên {visit.channel.url}. Hãy đăng ký địa chỉ chuyên mục cụ thể.",
            f"no feed, sitemap or listing at {visit.channel.url}",
        )
    _keep(visit, ways)
    async for item in _read(visit, ways):
        yield item


async def _read(visit: Visit, ways: Ways) -> AsyncGenerator[PostItem]:
    """Feeds for what is new; then, while a stretch is still unproved, the ways that reach farther back."""
    used: list[str] = []
    faults: list[LookFault] = []
    needed = visit.needed
    for name, reading in (
        ("interface", _read_interface(visit, ways)),
        ("feed", _read_feeds(visit, ways)),
        ("sitemap", _read_sitemaps(visit, ways)),
        ("listing", _read_listings(visit, ways)),
    ):
        if visit.reach is not None and visit.reach <= needed:
            await reading.aclose()
            continue
        before, reached = visit.method, visit.reach
        useful = visit.posts_seen == 0
        visit.method = "+".join([*used, name])
        try:
            async for item in reading:
                useful = True
                yield item
        except (Blocked, BudgetSpent):
            raise
        except LookFault as fault:
            faults.append(fault)
        if (visit.posts_seen or visit.reach is not None) and (useful or visit.reach != reached):
            used.append(name)
        else:
            visit.method = before
    if faults and not used:
        raise faults[0]


async def _read_interface(visit: Visit, ways: Ways) -> AsyncGenerator[PostItem]:
    if ways.interface:
        proof = Proof()
        async for item in wordpress.read_posts(visit, proof):
            yield item
        if proof.since:
            visit.proves(proof.since)


async def _read_feeds(visit: Visit, ways: Ways) -> AsyncGenerator[PostItem]:
    """Feeds of several sections stand beside each other: together they prove only what the shortest of them does."""
    proofs = []
    for url in ways.feeds:
        proofs.append(proof := Proof())
        async for item in read_feed(visit, url, proof):
            yield item
    _prove_together(visit, proofs, ways.feeds_left_out)


def _prove_together(visit: Visit, proofs: list[Proof], left_out: list[str]) -> None:
    reached = [p.since for p in proofs if p.since]
    if proofs and len(reached) == len(proofs) and not left_out:
        visit.proves(max(reached))


async def _read_sitemaps(visit: Visit, ways: Ways) -> AsyncGenerator[PostItem]:
    if ways.sitemaps:
        proof = Proof()
        async for item in read_sitemaps(visit, ways.sitemaps, proof):
            yield item
        if proof.since:
            visit.proves(proof.since)


async def _read_listings(visit: Visit, ways: Ways) -> AsyncGenerator[PostItem]:
    proofs = []
    for url in ways.listings:
        proofs.append(proof := Proof())
        async for item in read_listing(visit, url, proof):
            yield item
    _prove_together(visit, proofs, ways.listings_left_out)


async def discover(visit: Visit) -> Ways:
    """Asks the front page (or the section's page) and the usual places. Raises LookFault when the page itself cannot be read."""
    url = visit.channel.url
    fetched = await visit.fetch(url)
    html = fetched.text
    front = read_front_page(html, fetched.url)
    listing = parse_listing(html, fetched.url, visit.moment)
    ways = Ways(reasons={"engine": front.engine or "unknown"})
    whole = is_front_page(url)
    fresh = {url_identity(link.url) for link in listing.links[:_FRESH_LINKS]}
    if whole and front.engine == "wordpress":
        await _try_interface(visit, ways)
    if not ways.interface:
        await _try_feeds(visit, front, fresh, ways)
    if whole and not ways.interface:
        await _try_sitemaps(visit, ways)
    if not ways.interface:
        await _try_listings(visit, front, listing, fetched.url, ways)
    return ways


async def _try_interface(visit: Visit, ways: Ways) -> None:
    try:
        fetched = await visit.fetch(wordpress.address(visit.channel.url, visit.options.since, 1, size=1), accept="application/json")
        wordpress.entries_of(fetched.body, fetched.url)
    except (Blocked, BudgetSpent) as fault:
        ways.reasons[wordpress.PLACE] = str(fault)
    except LookFault as fault:
        ways.reasons[wordpress.PLACE] = str(fault)
    else:
        ways.interface = True
        ways.reasons[wordpress.PLACE] = "gives posts with text and date"


async def _try_feeds(visit: Visit, front: FrontPage, fresh: set[str], ways: Ways) -> None:
    """Announced feeds, then feed lists they lead to (an address of a feed may be a page of feeds), then guesses."""
    section = not is_front_page(visit.channel.url)
    announced = [u for u in front.feeds if visit.owns(u) and (not section or _below(u, visit.channel.url))]
    tried: set[str] = set()
    covered: set[str] = set()
    for candidates in (announced, guessed_feeds(front.engine, visit.channel.url)):
        waiting = list(candidates)
        while waiting and len(ways.feeds) < _MOST_KEPT_FEEDS:
            address = waiting.pop(0)
            if url_identity(address) in tried or not visit.owns(address):
                continue
            tried.add(url_identity(address))
            try:
                fetched = await visit.fetch(address, accept=ACCEPT)
            except BudgetSpent:
                raise
            except LookFault as fault:
                ways.reasons[address] = str(fault)
                continue
            try:
                feed = parse_feed(fetched.body, fetched.content_type, fetched.url, visit.moment)
            except Unreadable as fault:
                ways.reasons[address] = str(fault)
                if (b"<html" in fetched.body[:2048].lower() and candidates is announced) or "rss" in address:
                    waiting.extend(u for u in read_front_page(fetched.text, fetched.url).feeds if url_identity(u) not in tried)
                continue
            if why_not := _unfit(visit, feed, fresh, covered):
                ways.reasons[address] = why_not
                continue
            covered |= {url_identity(link.url) for link in feed.links}
            ways.feeds.append(address)
            mended = f", {feed.fault}" if feed.fault else ""
            ways.reasons[address] = f"{len(feed.links)} posts, shown since {feed.shown_since}{mended}"
        ways.feeds_left_out.extend(waiting)
        if ways.feeds:
            return


def _below(address: str, section: str) -> bool:
    return urlsplit(section).path.strip("/") in urlsplit(address).path + "?" + urlsplit(address).query


def _unfit(visit: Visit, feed: Feed, fresh: set[str], covered: set[str]) -> str | None:
    """Why a feed that can be read is still of no use; None when it is fit."""
    own = [link for link in feed.links if visit.owns(link.url)]
    if not own:
        return "no posts of this host"
    identities = {url_identity(link.url) for link in own}
    if identities <= covered:
        return "shows nothing that another feed does not show"
    newest = max((link.published.at for link in own if link.published), default=None)
    if fresh and newest and visit.moment - newest > _STALE and not (identities & fresh):
        return f"stale: newest is of {newest:%Y-%m-%d} and the front page shows other posts"
    return None


async def _try_sitemaps(visit: Visit, ways: Ways) -> None:
    found = await find_sitemaps(visit)
    ways.sitemaps.extend(found)
    for address in found:
        ways.reasons[address] = "a sitemap"


async def _try_listings(visit: Visit, front: FrontPage, listing: Listing, url: str, ways: Ways) -> None:
    """The page itself when it lists posts and can be followed; else the sections that it leads to."""
    if len(listing.links) >= 3 and (listing.next_page or not is_front_page(visit.channel.url)):
        ways.listings.append(url)
        ways.reasons[url] = f"lists {len(listing.links)} posts" + (", has further pages" if listing.next_page else "")
        return
    shapes = {_shape(link.url) for link in listing.links} if len(listing.links) >= 3 else set()
    lists: list[tuple[str, Listing]] = []
    for address in front.sections if is_front_page(visit.channel.url) else ():
        if not visit.owns(address):
            continue
        if len(lists) >= _MOST_LISTINGS:
            ways.listings_left_out.append(address)
            continue
        try:
            fetched = await visit.fetch(address)
        except BudgetSpent:
            raise
        except LookFault as fault:
            ways.reasons[address] = str(fault)
            if not isinstance(fault, Refused):
                ways.listings_left_out.append(address)
            continue
        found = parse_listing(fetched.text, fetched.url, visit.moment)
        shapes |= {_shape(link.url) for link in found.links} if len(found.links) >= 3 else set()
        lists.append((address, found))
    for address, found in lists:
        # A section may hold a single post: it counts when its links look like the posts of the other sections.
        if len(found.links) >= 3 or any(_shape(link.url) in shapes for link in found.links):
            ways.listings.append(address)
            ways.reasons[address] = f"lists {len(found.links)} posts" + (", has further pages" if found.next_page else "")
        else:
            ways.reasons[address] = "lists no posts"
    if not ways.listings and len(listing.links) >= 3:
        ways.listings.append(url)
        ways.reasons[url] = f"lists {len(listing.links)} posts, no further pages"


def _shape(url: str) -> str:
    """An address with what differs between posts left out: its first folders, their number, the names of its parameters."""
    parts = urlsplit(url)
    folders = [re.sub(r"\d+", "0", folder) for folder in parts.path.split("/")[:-1]]
    return "/".join(folders[:2]) + f" {len(folders)} " + ",".join(sorted(name for name, _ in parse_qsl(parts.query)))


def _kept_ways(visit: Visit) -> Ways | None:
    kept = visit.state.get("ways")
    if not isinstance(kept, dict):
        return None
    return Ways(
        interface=bool(kept.get("interface")),
        feeds=list(kept.get("feeds", [])),
        sitemaps=list(kept.get("sitemaps", [])),
        listings=list(kept.get("listings", [])),
        feeds_left_out=list(kept.get("feeds_left_out", [])),
        listings_left_out=list(kept.get("listings_left_out", [])),
        reasons=dict(kept.get("reasons", {})),
    )


def _keep(visit: Visit, ways: Ways) -> None:
    remembered(visit.state, "ways").update(
        interface=ways.interface,
        feeds=ways.feeds,
        sitemaps=ways.sitemaps,
        listings=ways.listings,
        feeds_left_out=ways.feeds_left_out,
        listings_left_out=ways.listings_left_out,
        reasons=ways.reasons,
        found_at=visit.moment.isoformat(),
    )
