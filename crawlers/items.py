"""What spiders yield: posts as they were found, and the end of each look."""

from dataclasses import dataclass
from datetime import datetime

from domain.crawl_run import CrawlRun
from domain.post import PublishedSource
from domain.unit import Channel


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date with where it was read; `doubtful` when a person should look."""

    at: datetime
    source: PublishedSource
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post as a feed, sitemap or listing announces it, before its page is read. `mark` changes when the post is edited."""

    url: str
    title: str = ""
    text: str = ""
    published: Published | None = None
    mark: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostItem:
    """A post as found. Nothing about its author or its readers is ever read into it.

    `method` says how the text was got (`template`, `trafilatura`, `feed`, `api`); `attachments` are addresses of linked files.
    """

    channel: Channel
    url: str
    title: str
    text: str
    published: Published | None
    first_seen: datetime
    kind: str = "article"
    method: str = "trafilatura"
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunItem:
    """The end of one look. `run.posts_new` and an OK outcome are settled when its posts have been saved."""

    run: CrawlRun
    state: dict[str, object]
