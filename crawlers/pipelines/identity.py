"""One address for each post, on the registered outlet, once a look."""

from scrapy.exceptions import DropItem

from crawlers.items import PostItem, RunItem
from domain.unit import ChannelId
from domain.urls import url_identity


class IdentityPipeline:
    """Drops a post that was already yielded in this look (a feed and a listing both show it)."""

    def __init__(self) -> None:
        self._seen: dict[ChannelId, set[str]] = {}

    def process_item(self, item: PostItem | RunItem) -> PostItem | RunItem:
        if isinstance(item, RunItem):
            self._seen.pop(item.run.channel, None)
            return item
        identity = url_identity(item.url)
        seen = self._seen.setdefault(item.channel.id, set())
        if identity in seen:
            raise DropItem(f"already in this look: {item.url}", log_level="DEBUG")
        seen.add(identity)
        return item
