"""Which posts a person should look at next, and in what order.

Three quarters of the queue are the doubtful posts by expected gain; every fourth post is drawn at random from all posts of
which nobody has spoken, doubtful or not: only those say without bias how right the machine is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from heapq import heappop, heappush
from itertools import islice
from math import ceil, inf, sqrt
from statistics import fmean

from domain.plan import PlanId, TopicId
from domain.post import PostId
from domain.tag import TaggedPost

RANDOM_EVERY = 4
"""Every so many posts of the queue, one is drawn at random."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tagged post of which no person had spoken before today; `spoken`: one has by now. `doubtful`: the tagger asks for one."""

    post: PostId
    doubtful: bool
    original: PostId | None = None
    published_at: datetime | None = None
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class QueuedPost:
    post: PostId
    random: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """What a day's queue is made of, with one post for each text: the doubtful ones, newest first, and those drawn at random
    in the order of the draw. A post may be both: it is then asked as a random one only."""

    doubtful: tuple[PostId, ...]
    random: tuple[PostId, ...]


def draw(plan: PlanId, day: date, candidates: Iterable[Candidate]) -> Draw:
    """What is left of the day's draw. One post stands for each text: the original, or where that is no candidate (any more) the
    copy with the least id. A text is doubtful when any of its posts is.

    As many are drawn at random as make every fourth of the queue, those that come first in an order that depends on plan, day
    and post alone. How many is known before any is looked at, and what was decided today still counts: neither what the posts
    are nor which were decided first can change what is drawn.
    """
    texts: dict[PostId, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        texts[candidate.original or candidate.post].append(candidate)
    chosen = {min(members, key=lambda c: (c.spoken, c.post != text, c.post)): members for text, members in texts.items()}
    doubtful = [c for c, members in chosen.items() if any(m.doubtful for m in members)]
    # Of those drawn, as large a share is doubtful as of all: they leave the rest of the queue that much shorter.
    many = ceil(len(doubtful) / (RANDOM_EVERY - 1 + len(doubtful) / len(chosen))) if chosen else 0
    drawn = sorted((c.post for c in chosen), key=lambda post: _lot(plan, day, post))[:many]
    spoken = {c.post for c in chosen if c.spoken}
    return Draw(
        tuple(c.post for c in sorted(doubtful, key=_newest_first) if not c.spoken),
        tuple(post for post in drawn if post not in spoken),
    )


def queue(drawn: Draw, answers: Iterable[TaggedPost], decisions: Mapping[TopicId, int]) -> tuple[QueuedPost, ...]:
    """The whole queue. `answers` are the tagger's on the doubtful posts, `decisions` says on how many posts people have decided
    about each topic."""
    taken = set(drawn.random)
    gainful = iter(by_gain([p for p in drawn.doubtful if p not in taken], answers, decisions))
    ordered: list[QueuedPost] = []
    for post in drawn.random:
        ordered += [QueuedPost(p, False) for p in islice(gainful, RANDOM_EVERY - 1)]
        ordered.append(QueuedPost(post, True))
    return (*ordered, *(QueuedPost(p, False) for p in gainful))


def by_gain(posts: Sequence[PostId], answers: Iterable[TaggedPost], decisions: Mapping[TopicId, int]) -> list[PostId]:
    """The posts by what a decision is expected to teach: the nearer to the line that decided it and the fewer decisions its
    topic has, those earlier in the queue included, the sooner; of equal ones in the order of `posts`.

    Scores are compared with each other only, so their scale does not matter. Posts without an answer come last.
    """
    known = {a.post: a for a in answers}
    margins = _margins([known[p] for p in posts if p in known])
    typical = fmean(margins.values()) if margins else 0.0
    nearness = {post: 1 / (1 + margin / (typical or 1.0)) for post, margin in margins.items()}
    by_topic: dict[TopicId | None, list[PostId]] = defaultdict(list)
    place = {post: number for number, post in enumerate(posts)}
    for post in sorted(margins, key=lambda p: (nearness[p], -place[p])):
        by_topic[_subject(known[post])].append(post)
    asked = {topic: decisions.get(topic, 0) if topic else 0 for topic in by_topic}

    def offer(topic: TopicId | None) -> None:
        if by_topic[topic]:
            post = by_topic[topic][-1]
            heappush(waiting, (-nearness[post] / sqrt(1 + asked[topic]), place[post], topic))

    ordered: list[PostId] = []
    waiting: list[tuple[float, int, TopicId | None]] = []
    for topic in by_topic:
        offer(topic)
    while waiting:
        topic = heappop(waiting)[2]
        ordered.append(by_topic[topic].pop())
        asked[topic] += 1
        offer(topic)
    return [*ordered, *(p for p in posts if p not in margins)]


def _margins(answers: Sequence[TaggedPost]) -> dict[PostId, float]:
    """How far each decision was from the other one: the best kept score before the best one not kept, or where nothing was
    kept, the best score below the lowest that was enough for any of these posts. A better topic that was barred makes it 0."""
    line = min((t.score for a in answers for t in a.tags), default=None)
    if line is None:
        line = max((o.score for a in answers for o in a.others), default=0.0)
    margins = {}
    for answer in answers:
        best_other = max((o.score for o in answer.others), default=0.0)
        best_kept = max((t.score for t in answer.tags), default=line)
        margins[answer.post] = max(0.0, best_kept - best_other)
    return margins


def _subject(answer: TaggedPost) -> TopicId | None:
    """The topic that the decision is about: the best one kept, else the best of all."""
    scored = [(t.score, t.topic) for t in answer.tags] or [(o.score, o.topic) for o in answer.others]
    return min(scored, key=lambda s: (-s[0], s[1]))[1] if scored else None


def _newest_first(candidate: Candidate) -> tuple[float, PostId]:
    return (-candidate.published_at.timestamp() if candidate.published_at else inf, candidate.post)


def _lot(plan: PlanId, day: date, post: PostId) -> bytes:
    return blake2b(f"{plan}\x1f{day.isoformat()}\x1f{post}".encode(), digest_size=16).digest()
