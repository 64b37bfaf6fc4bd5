"""Announced posts → posts: which are worth reading, several pages at a time, and what it means when one cannot be read."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable
from datetime import datetime

from crawlers.faults import Blocked, BudgetSpent, LookFault
from crawlers.items import PostItem, PostLink
from crawlers.reading import Reading, from_announcement, learn, read_post, settled
from crawlers.visit import Visit

_AT_ONCE = 3
_MOST_FAULTS_IN_A_ROW = 5


async def collect(
    visit: Visit, links: Iterable[PostLink], changed: Callable[[PostLink], bool] = lambda link: False
) -> AsyncGenerator[PostItem]:
    """Reads the posts that are new, or stored and `changed`. Known ones and those before `since` are only counted.

    Posts that had to be read carefully come a little later: they are held back until the site's template has been learned from
    them. A page that cannot be read is noted on the visit, unless the announcement itself says enough. Raises LookFault when the
    host blocks us, fails again and again, or the budget is spent.
    """
    held: list[Reading] = []
    try:
        async for reading in _readings(visit, _wanted(visit, links, changed)):
            if isinstance(reading, PostItem):
                yield reading
            elif reading.lesson is None:
                yield reading.item
            else:
                held.append(reading)
                visit.templates.lessons.append(reading.lesson)
                if visit.templates.can_learn:
                    await learn(visit)
                    batch, held = held, []
                    for item in settled(visit, batch):
                        yield item
    except LookFault:
        for item in settled(visit, held):
            yield item
        raise
    if visit.templates.may_learn_at_the_end:
        await learn(visit)
    for item in settled(visit, held):
        yield item


def _wanted(visit: Visit, links: Iterable[PostLink], changed: Callable[[PostLink], bool]) -> deque[PostLink]:
    wanted: deque[PostLink] = deque()
    for link in links:
        if not visit.owns(link.url):
            continue
        visit.posts_seen += 1
        if link.published and not link.published.doubtful and link.published.at < visit.options.since:
            continue
        if not visit.is_known(link.url) or changed(link):
            wanted.append(link)
    return wanted


async def _readings(visit: Visit, wanted: deque[PostLink]) -> AsyncGenerator[Reading | PostItem]:
    """A few pages are on their way at any time; they come in the order asked for."""
    reading: deque[tuple[PostLink, asyncio.Task[Reading]]] = deque()
    faults = 0
    try:
        while wanted or reading:
            while wanted and len(reading) < _AT_ONCE:
                link = wanted.popleft()
                reading.append((link, asyncio.create_task(read_post(visit, link))))
            link, task = reading[0]
            found: Reading | PostItem | None
            try:
                found = await task
                faults = 0
            except (Blocked, BudgetSpent):
                raise
            except LookFault:
                faults += 1
                if faults >= _MOST_FAULTS_IN_A_ROW:
                    raise
                found = from_announcement(visit, link)
                if found is None:
                    visit.unread.append(_latest_date(link))
            reading.popleft()
            if found is not None:
                yield found
    except LookFault:
        visit.unread.extend(_latest_date(link) for link in [*(link for link, _ in reading), *wanted])
        raise
    finally:
        for _, task in reading:
            task.cancel()


def _latest_date(link: PostLink) -> datetime | None:
    """The latest moment at which the post can have been published."""
    if link.published and not link.published.doubtful:
        return link.published.at
    return link.changed_at
