"""Tags: what a machine thinks a post is about, what a person said of it, and which of the two holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.plan import PlanId, TopicId
from domain.post import PostId


class Band(StrEnum):
    AUTOMATIC = "automatic"
    """Sure enough to count without a person."""
    ASK = "ask"
    """The best guess, to be confirmed."""


class TagSource(StrEnum):
    MACHINE = "machine"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words in the post that speak for or against a topic: `start` and `end` are character offsets in the post's `field`."""

    kind: str
    words: str
    field: str
    start: int
    end: int
    against: bool = False


@dataclass(frozen=True, slots=True)
class TopicScore:
    topic: TopicId
    score: float


@dataclass(frozen=True, slots=True)
class TopicTag:
    """One topic that a tagger gives to one post; `score` is comparable within one plan and one model version only."""

    topic: TopicId
    score: float
    band: Band
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TaggedPost:
    """A tagger's whole answer on one post. `tags` is the best guess if nobody reviews, `others` the remaining scores,
    `review` whether a person should look."""

    post: PostId
    tags: tuple[TopicTag, ...]
    others: tuple[TopicScore, ...] = ()
    review: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A machine's tag as it was given: kept unchanged, with the versions that made it."""

    post: PostId
    plan_id: PlanId
    plan_version: int
    topic: TopicId
    score: float
    band: Band
    model: str
    tagged_at: datetime
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word on a post: it is about `topic`, or it is not; `topic` None says that it is about no topic at all."""

    post: PostId
    plan_id: PlanId
    topic: TopicId | None
    belongs: bool
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EffectiveTag:
    """What holds for a post and a topic. `waiting` marks a machine's doubtful guess: shown, but not counted."""

    post: PostId
    topic: TopicId
    source: TagSource
    waiting: bool = False
    score: float | None = None
    evidence: tuple[Evidence, ...] = ()


def effective_tags(tags: Iterable[Tag], corrections: Iterable[Correction]) -> tuple[EffectiveTag, ...]:
    """Correction beats machine: the newest correction of a post and topic decides, whatever a later run thinks.

    A correction of no topic at all removes every machine tag of the post and every earlier correction; a later correction
    for one topic brings that one back. The arguments may come in any order; tags of other plans must not be mixed in.
    """
    cleared: dict[PostId, datetime] = {}
    said: dict[tuple[PostId, TopicId], Correction] = {}
    for correction in sorted(corrections, key=lambda c: (c.at, c.topic is not None)):
        if correction.topic is None:
            cleared[correction.post] = correction.at
        else:
            said[correction.post, correction.topic] = correction
    held: dict[tuple[PostId, TopicId], EffectiveTag] = {}
    for tag in sorted(tags, key=lambda t: (t.tagged_at, t.score)):
        if tag.post in cleared or (tag.post, tag.topic) in said:
            continue
        held[tag.post, tag.topic] = EffectiveTag(
            tag.post, tag.topic, TagSource.MACHINE, tag.band is Band.ASK, tag.score, tag.evidence
        )
    for (post, topic), correction in said.items():
        if correction.belongs and correction.at >= cleared.get(post, correction.at):
            held[post, topic] = EffectiveTag(post, topic, TagSource.PERSON)
    return tuple(held[key] for key in sorted(held))
