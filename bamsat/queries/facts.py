"""What was known at a moment, read once: everything that a figure is made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bamsat.queries.plans import plan_version
from domain.coverage import CoverageMatrix, cover
from domain.crawl_run import CrawlRun
from domain.dates import local_day
from domain.plan import PlanVersion
from domain.post import Post
from domain.tag import EffectiveTag, effective_tags
from domain.unit import ChannelKind, Unit, UnitCode
from domain.weeks import Week
from store import Store


@dataclass(frozen=True, slots=True)
class Facts:
    version: PlanVersion
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    tags: tuple[EffectiveTag, ...]
    runs: tuple[CrawlRun, ...]
    as_of: datetime

    def matrix(self, week: Week | None) -> CoverageMatrix:
        return cover(self.version.plan, self.units, self.posts, self.tags, self.runs, self.as_of, week)

    def on_channels(self, kind: ChannelKind) -> "Facts":
        """The same facts as if units had channels of this kind only; units that have none of them are left out."""
        kept = (replace(u, channels=tuple(c for c in u.channels if c.kind is kind)) for u in self.units)
        units = tuple(u for u in kept if u.channels)
        channels = {c.id for u in units for c in u.channels}
        return replace(self, units=units, posts=tuple(p for p in self.posts if p.channel in channels))


def facts_known(store: Store, now: datetime, plan: str | None, as_of: datetime | None, only: UnitCode | None = None) -> Facts:
    """What was known at `as_of` (never later than `now`) about all units, or about `only` one.

    Says nothing about who may see it: that is the caller's to decide. Raises NotFound when no such plan was in force.
    """
    moment = min(as_of or now, now)
    with store.reading() as tx:
        version = plan_version(tx, plan, moment)
        units: Sequence[Unit] = tx.units.list(on=local_day(moment))
        tags = tx.tags.list(version.plan_id, version.version, as_of=moment)
        held = effective_tags(tags, tx.tags.corrections(version.plan_id, as_of=moment))
        # Posts that no tagger has read yet may be about anything: a look that brought them proves nothing so far.
        unread = tx.tags.unread_since(version.plan_id, version.version, as_of=moment)
        runs = [r for r in tx.crawl_runs.list(as_of=moment) if r.channel not in unread or r.finished_at < unread[r.channel]]
        posts = tx.posts.list(unit=only, as_of=moment)
    chosen = tuple(u for u in units if only is None or u.code == only)
    return Facts(version, chosen, tuple(posts), held, tuple(runs), moment)
