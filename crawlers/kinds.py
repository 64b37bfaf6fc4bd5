"""The kinds of channels: to add one, write its spider file and add its line here (docs/adding_a_channel_kind.md)."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from crawlers.items import PostItem
from crawlers.options import CrawlOptions
from crawlers.scope import own_hosts
from crawlers.spiders import facebook, feed, listing, sitemap, website, youtube, zalo
from crawlers.visit import Visit
from domain.unit import Channel, ChannelKind


def _registered_host(channel: Channel, options: CrawlOptions) -> frozenset[str]:
    return own_hosts(channel)


@dataclass(frozen=True, slots=True)
class Kind:
    """`look` yields the posts of one look and notes on the visit what it proved; `hosts` are the only hosts it may ask."""

    look: Callable[[Visit], AsyncGenerator[PostItem]]
    hosts: Callable[[Channel, CrawlOptions], frozenset[str]] = _registered_host


KINDS: dict[ChannelKind, Kind] = {
    ChannelKind.WEBSITE: Kind(website.look),
    ChannelKind.FEED: Kind(feed.look),
    ChannelKind.SITEMAP: Kind(sitemap.look),
    ChannelKind.LISTING: Kind(listing.look),
    ChannelKind.FACEBOOK: Kind(facebook.look, facebook.hosts),
    ChannelKind.YOUTUBE: Kind(youtube.look, youtube.hosts),
    ChannelKind.ZALO: Kind(zalo.look, zalo.hosts),
}
