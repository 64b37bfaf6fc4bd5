"""Kind `feed`: RSS and Atom. A feed shows only its newest posts; where it has further pages they are read back to `since`."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.collecting import collect
from crawlers.extract.feeds import Feed, parse_feed
from crawlers.faults import BudgetSpent, LookFault
from crawlers.items import PostItem, PostLink
from crawlers.visit import Visit, remembered
from domain.urls import url_identity

ACCEPT = "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
_MOST_PAGES = 40


@dataclass(slots=True)
class Proof:
    """How far back one way of looking showed everything; None: it proves nothing."""

    since: datetime | None = None

    def reaches(self, moment: datetime) -> bool:
        return self.since is not None and self.since <= moment


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    visit.method = "feed"
    proof = Proof()
    async for item in read_feed(visit, visit.channel.url, proof):
        yield item
    if proof.since:
        visit.proves(proof.since)


async def read_feed(visit: Visit, url: str, proof: Proof, first: Feed | None = None) -> AsyncGenerator[PostItem]:
    """The new and the changed posts of a feed. `first` is the feed when it has been read already. Raises LookFault."""
    memory = remembered(remembered(visit.state, "feeds"), url_identity(url))
    since = visit.options.since
    if first is None:
        fetched = await visit.fetch(url, remember=True, accept=ACCEPT)
        if fetched.unchanged and memory.get("count"):
            visit.posts_seen += int(memory["count"])
            if shown := memory.get("shown_since"):
                proof.since = max(since, datetime.fromisoformat(shown))
            return
        first = parse_feed(fetched.body, fetched.content_type, fetched.url, visit.moment)
    marks: dict[str, str] = memory.get("marks", {})

    def changed(link: PostLink) -> bool:
        return marks.get(url_identity(link.url), link.mark) != link.mark

    if first.shown_since:
        proof.since = max(since, first.shown_since)
    unread = len(visit.unread)
    try:
        async for item in collect(visit, first.links, changed):
            yield item
        if not proof.reaches(visit.needed):
            async for item in _older_pages(visit, url, first, proof):
                yield item
    finally:
        if len(visit.unread) > unread:
            visit.forget(url)
    memory["marks"] = {url_identity(link.url): link.mark for link in first.links if visit.owns(link.url)}
    memory["count"] = len(first.links)
    memory["shown_since"] = first.shown_since.isoformat() if first.shown_since else None


async def _older_pages(visit: Visit, url: str, first: Feed, proof: Proof) -> AsyncGenerator[PostItem]:
    """WordPress gives older posts at `?paged=N`; a page that only repeats means that there are none."""
    seen = {url_identity(link.url) for link in first.links}
    if not first.paged or proof.since is None:
        return
    for number in range(2, _MOST_PAGES):
        try:
            fetched = await visit.fetch(_with_page(url, number), accept=ACCEPT)
            feed = parse_feed(fetched.body, fetched.content_type, fetched.url, visit.moment)
        except BudgetSpent:
            raise
        except LookFault:
            # Past its last page WordPress answers 404: everything has been shown.
            proof.since = visit.options.since
            return
        fresh = [link for link in feed.links if url_identity(link.url) not in seen]
        if not fresh or feed.shown_since is None:
            return
        seen.update(url_identity(link.url) for link in fresh)
        proof.since = max(visit.options.since, feed.shown_since)
        async for item in collect(visit, fresh):
            yield item
        if proof.reaches(visit.needed):
            return


def _with_page(url: str, number: int) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), ("paged", str(number))])))
