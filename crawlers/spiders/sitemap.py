"""Kind `sitemap`: sitemaps and their indexes. Complete by nature: read to the end, they show everything since `since`."""

import re
from collections.abc import AsyncGenerator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from crawlers.collecting import collect
from crawlers.extract.sitemaps import parse_sitemap
from crawlers.faults import BudgetSpent, LookFault, TooLarge, Unreadable
from crawlers.items import PostItem, PostLink
from crawlers.spiders.feed import Proof
from crawlers.visit import SEEN_UNTIL, Visit, remembered
from domain.urls import url_identity

ACCEPT = "application/xml,text/xml;q=0.9,*/*;q=0.5"
USUAL_PLACES = ("/sitemap.xml", "/wp-sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml", "/sitemap.xml.gz")
_NOT_POSTS = re.compile(
    r"taxonom|category|categories|post_tag|[-_/]tags?[-_./]|author|users?[-_.]|images?[-_.]|product|page-sitemap|posts-page-", re.I
)
_MOST_SITEMAPS = 60
_DEEPEST = 3
_LYING_SHARE = 0.5


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    visit.method = "sitemap"
    proof = Proof()
    addresses = [visit.channel.url] if _is_sitemap(visit.channel.url) else await find_sitemaps(visit)
    if not addresses:
        raise Unreadable(
            f"Không tìm thấy sơ đồ trang (sitemap) của {visit.channel.url}.", f"no sitemap found for {visit.channel.url}"
        )
    async for item in read_sitemaps(visit, addresses, proof):
        yield item
    if proof.since:
        visit.proves(proof.since)


def _is_sitemap(url: str) -> bool:
    return bool(re.search(r"sitemap|\.xml(\.gz)?$", urlsplit(url).path, re.I))


async def find_sitemaps(visit: Visit) -> list[str]:
    """Sitemaps named in robots.txt, else the first of the usual places that is one."""
    if named := await visit.sitemaps_in_robots():
        return named
    for place in USUAL_PLACES:
        address = urljoin(visit.channel.url, place)
        try:
            fetched = await visit.fetch(address, accept=ACCEPT)
            parse_sitemap(fetched.body, address, visit.options.max_bytes)
        except BudgetSpent:
            raise
        except LookFault:
            continue
        return [address]
    return []


async def read_sitemaps(visit: Visit, addresses: list[str], proof: Proof) -> AsyncGenerator[PostItem]:
    """Walks indexes, newest first; the same sitemap never twice. What was not changed since `since` is not opened."""
    waiting = [(address, 0, None) for address in addresses]
    walked: set[str] = set()
    links: dict[str, PostLink] = {}
    complete = True
    while waiting:
        address, depth, _ = waiting.pop(0)
        identity = url_identity(address)
        if identity in walked or not visit.owns(address):
            continue
        if len(walked) >= _MOST_SITEMAPS or depth > _DEEPEST:
            complete = False
            break
        walked.add(identity)
        try:
            fetched = await visit.fetch(address, remember=True, accept=ACCEPT)
        except (BudgetSpent, TooLarge):
            raise
        except LookFault:
            if depth == 0:
                raise
            complete = False
            continue
        memory = remembered(remembered(visit.state, "sitemaps"), identity)
        if fetched.unchanged and memory.get("done"):
            visit.posts_seen += int(memory.get("count", 0))
            waiting.extend((child, depth + 1, None) for child in memory.get("children", []))
            continue
        found = parse_sitemap(fetched.body, address, visit.options.max_bytes)
        children = [(url, changed) for url, changed in found.children if _worth_reading(visit, url, changed)]
        children.sort(key=lambda child: child[1] or visit.moment, reverse=True)
        waiting.extend((url, depth + 1, None) for url, _ in children)
        posts = [link for link in found.links if visit.owns(link.url) and (link.title or looks_like_post(link.url))]
        memory |= {"count": len(posts), "children": [url for url, _ in children], "done": True}
        links |= {url_identity(link.url): link for link in posts}
    async for item in _collect_newest_first(visit, list(links.values())):
        yield item
    if complete and walked:
        proof.since = visit.options.since


def _worth_reading(visit: Visit, url: str, changed: datetime | None) -> bool:
    return not _NOT_POSTS.search(urlsplit(url).path) and (changed is None or changed >= visit.options.since)


async def _collect_newest_first(visit: Visit, links: list[PostLink]) -> AsyncGenerator[PostItem]:
    """`lastmod` bounds the date of publication from above. When it claims that most known posts changed, it is not believed."""

    def edited(link: PostLink) -> bool:
        return SEEN_UNTIL in visit.state and link.changed_at is not None and link.changed_at > visit.needed

    known = [link for link in links if visit.is_known(link.url)]
    lying = sum(edited(link) for link in known) > max(5, _LYING_SHARE * len(known))
    recent = [link for link in links if link.changed_at is None or link.changed_at >= visit.options.since]
    visit.posts_seen += len(links) - len(recent)
    recent.sort(key=lambda link: link.changed_at or visit.moment, reverse=True)
    try:
        async for item in collect(visit, recent, (lambda link: False) if lying else edited):
            yield item
    except LookFault:
        for memory in remembered(visit.state, "sitemaps").values():
            memory["done"] = False
        raise


def looks_like_post(url: str) -> bool:
    """A post's address ends in a slug of several words or carries a number; a section's does not."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    words = [w for w in re.split(r"[-_.]", last) if w]
    return (
        len(words) >= 5
        or bool(re.search(r"\d{3,}", last))
        or bool(re.search(r"(?:id|p|newsid|itemid|articleid)=\d+", parts.query, re.I))
    )
