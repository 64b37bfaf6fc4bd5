"""One page of a registered site, by its address: for a post that no look has found."""

from dataclasses import replace
from datetime import datetime

from bamsat.settings import Settings
from bamsat.workflows.collect import crawl_options
from crawlers.probe import read_page
from domain.access import Viewer
from domain.dates import local_day
from domain.errors import InvalidInput, OutOfScope
from domain.post import MANUAL, Post
from domain.unit import OWN_SITE, Channel, ChannelId, holds_address
from domain.urls import canonical_url, url_identity
from store import Store


def add_post(
    store: Store, settings: Settings, url: str, viewer: Viewer, at: datetime, channel_id: ChannelId | None = None
) -> tuple[Post, bool]:
    """Reads the page and stores it as a post that a person handed in; False beside a post that was there already.

    Without `channel_id` it belongs to the registered site that lies nearest above it. Raises OutOfScope, before anything is
    asked for, when the address is on no unit's site; NotAllowed for another unit's; InvalidInput when the page cannot be read.
    """
    channel = _registered_channel(store, url, at, channel_id)
    viewer.require_unit(channel.unit)
    page = read_page(url, crawl_options(settings, at))
    post = replace(page, channel=channel.id, unit=channel.unit, first_seen=at, kind=MANUAL)
    with store.transaction() as tx:
        for known in tx.posts.get_many([post.id]):
            return known, False
        tx.posts.add([post], at)
        said = {"channel": channel.id, "title": post.title, "url": post.url}
        tx.audit.add(viewer.name, at, "post.add", f"post:{post.id}", after=said)
        return tx.posts.get(post.id), True


def _registered_channel(store: Store, url: str, at: datetime, wanted: ChannelId | None) -> Channel:
    try:
        address = canonical_url(url)
    except ValueError as fault:
        raise InvalidInput(f"“{url}” không phải là địa chỉ web (http hoặc https).", f"not a web address: {url!r}") from fault
    with store.reading() as tx:
        registered = [c for unit in tx.units.list(on=local_day(at)) for c in unit.channels]
    holding = [c for c in registered if wanted in (None, c.id) and c.kind in OWN_SITE and holds_address(c, address)]
    if not holding:
        raise OutOfScope(
            f"{address} không thuộc trang nào đã đăng ký của các đơn vị nên không được đọc. Bám Sát chỉ đọc trang chính thức "
            "trong danh bạ (bamsat units list).",
            f"{address} is on no registered site; nothing was asked for",
        )
    return max(holding, key=lambda c: (_lies_above(c, address), c.id))


def _lies_above(channel: Channel, address: str) -> int:
    """How much of the address is the channel's own; 0 when it lies elsewhere on the site."""
    own = url_identity(channel.url)
    return len(own) if url_identity(address).startswith(own) else 0
