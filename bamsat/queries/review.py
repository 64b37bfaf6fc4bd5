"""What waits for a person's word, and how far people and the machine agree."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from bamsat.queries.plans import plan_version
from domain.access import Viewer
from domain.agreement import Agreement, agreement
from domain.audit import AuditEntry
from domain.dates import day_start, local_day
from domain.plan import PlanId, PlanVersion, TopicId
from domain.post import Post, PostId
from domain.review import Draw, draw, queue
from domain.tag import Correction, TaggedPost
from domain.unit import Channel, Unit
from store import Store, Transaction

DECIDED = "review.decide"
"""The action under which the audit log holds a person's whole answer on a post."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A post to decide on. `answer` is the machine's whole answer with its evidence, `copies` how many other posts repeat the
    same text and get the same decision; `random` marks one that was drawn to measure the machine."""

    post: Post
    unit: Unit
    channel: Channel
    answer: TaggedPost
    random: bool
    copies: int


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """`waiting` counts the doubtful texts that nobody has spoken of, `decided` the texts that somebody has. `agreement` is
    measured on randomly drawn posts alone, against the tags that the machine had given when they were first decided."""

    version: PlanVersion
    waiting: int
    decided: int
    agreement: Agreement


def review_queue(
    viewer: Viewer, store: Store, now: datetime, plan: str | None = None, limit: int | None = None
) -> list[ReviewItem]:
    """The posts that a person should look at under a plan in force, in the order of `domain.review`.

    Raises NotAllowed for anybody but staff, NotFound when no such plan is in force.
    """
    viewer.require_staff()
    with store.reading() as tx:
        version = plan_version(tx, plan, now)
        drawn = draw_of_day(tx, version.plan_id, now)
        doubtful = tx.tags.tagged(version.plan_id, posts=drawn.doubtful)
        ordered = queue(drawn, doubtful, _decisions(tx.tags.corrections(version.plan_id)))[:limit]
        wanted = [q.post for q in ordered]
        answers = {a.post: a for a in tx.tags.tagged(version.plan_id, posts=wanted)}
        posts = {p.id: p for p in tx.posts.get_many(wanted)}
        units = {u.code: u for u in tx.units.list()}
        return [
            ReviewItem(
                posts[q.post],
                units[posts[q.post].unit],
                tx.units.channel(posts[q.post].channel),
                answers[q.post],
                q.random,
                len(tx.posts.same_text(q.post)) - 1,
            )
            for q in ordered
        ]


def review_progress(viewer: Viewer, store: Store, now: datetime, plan: str | None = None) -> ReviewProgress:
    """How far the review of a plan in force has come. Raises as `review_queue` does."""
    viewer.require_staff()
    with store.reading() as tx:
        version = plan_version(tx, plan, now)
        drawn = draw_of_day(tx, version.plan_id, now)
        spoken = {p.id: p for p in tx.posts.get_many(c.post for c in tx.tags.corrections(version.plan_id))}
        decided = sum(p.original_of not in spoken for p in spoken.values())
        entries = [e for e in tx.audit.list(action=DECIDED) if e.after and e.after["plan"] == version.plan_id]
    return ReviewProgress(version, len(drawn.doubtful), decided, _measured(entries))


def draw_of_day(tx: Transaction, plan: PlanId, now: datetime) -> Draw:
    """What is left of the draw of the Vietnamese day on which `now` falls."""
    day = local_day(now)
    return draw(plan, day, tx.tags.candidates(plan, since=day_start(day)))


def _decisions(corrections: Iterable[Correction]) -> Mapping[TopicId, int]:
    """On how many posts people have said of a topic that they are about it, or that they are not."""
    return Counter(topic for _, topic in {(c.post, c.topic) for c in corrections} if topic)


def _measured(entries: Iterable[AuditEntry]) -> Agreement:
    """`entries` newest first. A person who changes an answer corrects the person, not the machine's answer that it is held to."""
    machine: dict[PostId, Set[TopicId]] = {}
    people: dict[PostId, Set[TopicId]] = {}
    drawn: set[PostId] = set()
    for entry in reversed(list(entries)):
        before, after = entry.before or {}, entry.after or {}
        post = PostId(after["post"])
        machine.setdefault(post, {TopicId(t) for t in before["machine"]})
        people.update({PostId(p): {TopicId(t) for t in after["topics"]} for p in after["posts"]})
        if after["random"]:
            drawn.add(post)
    return agreement({p: machine[p] for p in drawn}, people)
