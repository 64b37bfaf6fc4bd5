"""A post: one thing that a unit published on one of its own channels. Never its author, its readers or their reactions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.unit import ChannelId, UnitCode
from domain.urls import identity_digest, url_identity

PostId = NewType("PostId", str)


class PublishedSource(StrEnum):
    """Where a publication date was read, in falling order of trust."""

    API = "api"
    FEED = "feed"
    JSON_LD = "json-ld"
    META = "meta"
    PAGE = "page"
    """The outlet's own visible date line."""
    URL = "url"
    SITEMAP = "sitemap"
    SUGGESTED = "suggested"
    """A guess to review: never counted without a doubt."""
    PERSON = "person"


MANUAL = "manual"
"""The kind of a post that a person handed in."""


@dataclass(frozen=True, slots=True)
class PostContent:
    """What a tagger may look at: words and a date, nothing else."""

    id: PostId
    title: str
    text: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """`kind` says what it is (article, photos, video, document, social, manual); `original_of` is the id of the post that this
    one repeats, None while it counts as an original. `published_doubtful` keeps a shaky date from being counted as sure.
    `first_seen` never changes.
    """

    id: PostId
    channel: ChannelId
    unit: UnitCode
    url: str
    title: str
    text: str
    published_at: datetime | None
    published_source: PublishedSource | None
    first_seen: datetime
    published_doubtful: bool = False
    kind: str = "article"
    original_of: PostId | None = None

    @property
    def content(self) -> PostContent:
        return PostContent(self.id, self.title, self.text, self.published_at)


@dataclass(frozen=True, slots=True)
class PostVersion:
    """What a post said from `recorded_at` until `superseded_at` (None: it still does)."""

    title: str
    text: str
    published_at: datetime | None
    published_source: PublishedSource | None
    published_doubtful: bool
    recorded_at: datetime
    superseded_at: datetime | None


def post_id(url: str) -> PostId:
    """The identity of a post is its address: the same page found twice, also over http and www., is one post."""
    return PostId(identity_digest(url_identity(url)))
