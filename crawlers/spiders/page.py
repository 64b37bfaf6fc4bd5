"""One post by its own address, for a person who names it: no listing is read, and nothing is proved about a stretch of time."""

from collections.abc import AsyncGenerator

from crawlers.extract.discovery import is_front_page
from crawlers.faults import Unreadable
from crawlers.items import PostItem, PostLink
from crawlers.reading import read_post
from crawlers.visit import Visit


async def look(visit: Visit) -> AsyncGenerator[PostItem]:
    visit.method = "page"
    url = visit.channel.url
    if is_front_page(url):
        raise Unreadable(f"{url} là trang chủ, không phải một bài. Hãy đưa địa chỉ của bài.", f"a front page is no post: {url}")
    reading = await read_post(visit, PostLink(url))
    visit.posts_seen += 1
    yield reading.item
