"""The last guard over dates: what cannot be right is kept, and marked for a person to look at."""

from dataclasses import replace
from datetime import timedelta

from crawlers.items import PostItem, RunItem

OLDEST = timedelta(days=400)
NEWEST = timedelta(days=1)


class DatePipeline:
    """A date more than 400 days before or a day after the post was first seen is doubtful, wherever it was read."""

    def process_item(self, item: PostItem | RunItem) -> PostItem | RunItem:
        if isinstance(item, RunItem) or item.published is None:
            return item
        if item.first_seen - OLDEST <= item.published.at <= item.first_seen + NEWEST:
            return item
        return replace(item, published=replace(item.published, doubtful=True))
