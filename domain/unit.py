"""Member units and their own official outlets: the registry is the whole world that is ever looked at."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from domain.urls import identity_digest, url_identity

UnitCode = NewType("UnitCode", str)
UnitGroup = NewType("UnitGroup", str)
ChannelId = NewType("ChannelId", str)


class ChannelKind(StrEnum):
    WEBSITE = "website"
    """Finds feed, sitemap or listing by itself and keeps what works."""
    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    FACEBOOK = "facebook"
    YOUTUBE = "youtube"
    ZALO = "zalo"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Channel:
    """One official outlet of one unit. It is looked at from `valid_from` to `valid_until` (days, both included)."""

    id: ChannelId
    unit: UnitCode
    kind: ChannelKind
    url: str
    posts_per_week: float | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A member organisation. `successor` is the unit that took over its duties after `valid_until`."""

    code: UnitCode
    name: str
    group: UnitGroup
    contact: str | None = None
    channels: tuple[Channel, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    successor: UnitCode | None = None


def channel_id(kind: ChannelKind, url: str) -> ChannelId:
    """The same outlet read in the same way has the same id, whichever unit holds it and on every machine."""
    return ChannelId(identity_digest(kind, url_identity(url)))
