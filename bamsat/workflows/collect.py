"""Looking at channels: what is due, the look itself, and the copies among what it brought."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bamsat.settings import Settings
from bamsat.workflows.store_sink import sink_opener
from crawlers.options import CrawlOptions
from crawlers.runner import Progress, crawl
from domain.crawl_run import CrawlRun
from domain.dates import Interval, local_day
from domain.duplicates import copies
from domain.errors import NotFound
from domain.unit import Channel, ChannelId, ChannelKind, UnitCode
from store import Store

COPY_WINDOW = timedelta(days=60)
"""A text is looked for among the posts of this long before it; later repetitions count as new posts."""


@dataclass(frozen=True, slots=True)
class CollectionResult:
    """The looks, and the channels that were looked at, by id."""

    runs: tuple[CrawlRun, ...]
    channels: Mapping[ChannelId, Channel]

    @property
    def posts_new(self) -> int:
        return sum(r.posts_new for r in self.runs)

    @property
    def failed(self) -> tuple[CrawlRun, ...]:
        return tuple(r for r in self.runs if not r.outcome.succeeded)


def collect(
    store: Store,
    settings: Settings,
    clock: Callable[[], datetime],
    unit: UnitCode | None = None,
    channel: ChannelId | None = None,
    since: datetime | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> CollectionResult:
    """Looks once at every channel (or at those of a unit, or at one), stores what is new and marks copies.

    `since` is how far back a look reaches, by default the settings' `look_back_days`. Raises NotFound when nothing fits.
    """
    at = clock()
    channels = channels_to_look_at(store, at, unit, channel)
    options = crawl_options(settings, at, since)
    runs = crawl(channels, sink_opener(settings.database_url), options, progress)
    mark_copies(store, options.since, clock())
    return CollectionResult(tuple(runs), {c.id: c for c in channels})


def channels_to_look_at(
    store: Store, at: datetime, unit: UnitCode | None = None, channel: ChannelId | None = None
) -> Sequence[Channel]:
    """The channels that can be looked at: what a unit hands in as a file is not among them. Raises NotFound when none is left."""
    with store.reading() as tx:
        if unit is not None:
            tx.units.get(unit)
        units = tx.units.list(on=local_day(at))
    found = [
        c
        for u in units
        for c in u.channels
        if c.kind is not ChannelKind.FILE and (unit is None or u.code == unit) and (channel is None or c.id == channel)
    ]
    if not found:
        raise NotFound(
            "Không có kênh nào để xem. Hãy nạp danh sách đơn vị (bamsat units load TỆP) hoặc kiểm tra mã đơn vị, mã kênh.",
            "no channel to look at: load the registry (bamsat units load FILE), or check the unit code and channel id",
        )
    return found


def crawl_options(settings: Settings, at: datetime, since: datetime | None = None) -> CrawlOptions:
    return CrawlOptions(
        now=at,
        since=since or at - timedelta(days=settings.look_back_days),
        agent=settings.agent,
        contact=settings.contact,
        delay=settings.crawl_delay_seconds,
        timeout=settings.crawl_timeout_seconds,
        allow_private_addresses=settings.allow_private_addresses,
        page_tokens={url: token.get_secret_value() for url, token in settings.page_tokens.items()},
        graph_address=settings.graph_address,
    )


def mark_copies(store: Store, since: datetime, at: datetime) -> int:
    """Finds which posts since a moment repeat which others, over all units, and notes what changed; how many are copies."""
    with store.transaction() as tx:
        recent = tx.posts.list(published=Interval(since - COPY_WINDOW, at + timedelta(days=1)), or_undated=True)
        found = copies(recent)
        before = {p.id: p.original_of for p in recent}
        tx.posts.mark_copies({post: original for post, original in found.items() if before[post] != original}, at)
    return sum(original is not None for original in found.values())
