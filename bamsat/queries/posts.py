"""The posts behind a number."""

from dataclasses import dataclass
from datetime import datetime

from bamsat.queries.plans import plan_version
from domain.access import Viewer
from domain.coverage import CoverageMatrix
from domain.plan import TopicId
from domain.post import Post
from domain.tag import EffectiveTag, effective_tags
from domain.unit import Channel, UnitCode
from store import Store


@dataclass(frozen=True, slots=True)
class CellPost:
    """A post of a cell with the tag that put it there. `counted` tells it from one that only waits for a person."""

    post: Post
    tag: EffectiveTag
    channel: Channel
    counted: bool


def posts_in_cell(viewer: Viewer, store: Store, matrix: CoverageMatrix, unit: UnitCode, topic: TopicId) -> list[CellPost]:
    """The counted and waiting posts of a cell, newest first, as known then. Raises NotAllowed for another's unit."""
    viewer.require_unit(unit)
    cell = matrix.cell(unit, topic)
    wanted = [*cell.counted, *cell.late, *cell.waiting]
    with store.reading() as tx:
        version = plan_version(tx, matrix.plan.number or matrix.plan.title, matrix.as_of)
        tags = tx.tags.list(version.plan_id, version.version, as_of=matrix.as_of, posts=wanted)
        held = effective_tags(tags, tx.tags.corrections(version.plan_id, as_of=matrix.as_of))
        by_post = {t.post: t for t in held if t.topic == topic}
        channels = {c.id: c for c in tx.units.get(unit).channels}
        found = [
            CellPost(p, by_post[p.id], channels.get(p.channel) or tx.units.channel(p.channel), p.id in cell.counted)
            for p in tx.posts.get_many(wanted, as_of=matrix.as_of)
            if p.id in by_post
        ]
    return sorted(found, key=lambda c: (_moment(c.post), c.post.id), reverse=True)


def _moment(post: Post) -> datetime:
    return post.published_at or post.first_seen
