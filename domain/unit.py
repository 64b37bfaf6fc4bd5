"""Member units and their own official outlets: the registry is the whole world that is ever looked at."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from urllib.parse import parse_qsl, urlsplit

from domain.urls import canonical_url, host_of, identity_digest, url_identity

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


OWN_SITE = (ChannelKind.WEBSITE, ChannelKind.FEED, ChannelKind.SITEMAP, ChannelKind.LISTING)
"""The kinds whose outlet is a site of the unit's own, not an account on a platform that all share."""


def holds_address(channel: Channel, url: str) -> bool:
    """Whether an address belongs to this outlet: is on its site or, for an account on a platform that all share, below the
    account's own address (or names it as `id`, as addresses of Facebook posts do). Raises ValueError when `url` is no address.
    """
    if host_of(url) != host_of(channel.url):
        return False
    if channel.kind in OWN_SITE:
        return True
    outlet, address = urlsplit(canonical_url(channel.url)), urlsplit(canonical_url(url))
    number = dict(parse_qsl(outlet.query)).get("id")
    own = [number] if number else outlet.path.casefold().strip("/").split("/")
    if own == [""]:
        return channel.kind is ChannelKind.FILE
    return address.path.casefold().strip("/").split("/")[: len(own)] == own or dict(parse_qsl(address.query)).get("id") == own[-1]


def channel_id(kind: ChannelKind, url: str) -> ChannelId:
    """The same outlet read in the same way has the same id, whichever unit holds it and on every machine."""
    return ChannelId(identity_digest(kind, url_identity(url)))
