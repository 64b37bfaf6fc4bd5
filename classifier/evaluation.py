"""How good tags are, against labels that people gave; and how sure that figure is."""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from classifier.normalise import fold_words
from domain.plan import TopicId
from domain.post import PostContent
from domain.tag import Band, TaggedPost

Labels = Mapping[str, Collection[TopicId]]
"""Post id → the topics that people gave it; a post of no topic has none."""

ENOUGH_POSTS = 3
"""Topics with fewer labelled posts are left out of means over topics."""
SAME_EVENT = 0.6
"""Share of common words from which two titles speak of one event."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All between 0 and 1. `quiet`: posts of no topic left without a tag. `automatic`: precision of the tags that count without a
    person, `automatic_share` their part of all tags. `sent`: posts sent to review; `after`: micro-F1 once those came back right."""

    micro_f1: float
    precision: float
    recall: float
    macro_f1: float
    quiet: float
    mean_average_precision: float
    automatic: float
    automatic_share: float
    sent: float
    after: float


@dataclass(frozen=True, slots=True)
class TopicFigures:
    topic: TopicId
    posts: int
    precision: float
    recall: float
    average_precision: float


def evaluate(tagged: Sequence[TaggedPost], labels: Labels) -> Figures:
    """Figures over the posts that have labels; posts without an entry in `labels` are left out."""
    rows = [t for t in tagged if t.post in labels]
    counts: dict[TopicId, list[int]] = defaultdict(lambda: [0, 0, 0])
    after = [0, 0, 0]
    quiet: list[bool] = []
    sure = right = given = 0
    for row in rows:
        want, got = set(labels[row.post]), {t.topic for t in row.tags}
        _count(counts, want, got)
        _count(defaultdict(lambda: after), want, want if row.review else got)
        automatic = {t.topic for t in row.tags if t.band is Band.AUTOMATIC}
        sure, right, given = sure + len(automatic), right + len(automatic & want), given + len(got)
        if not want:
            quiet.append(not got)
    total = [sum(c[i] for c in counts.values()) for i in range(3)]
    topics = per_topic(rows, labels)
    enough = [t for t in topics if t.posts >= ENOUGH_POSTS]
    return Figures(
        micro_f1=_f1(total),
        precision=_ratio(total[0], total[0] + total[1]),
        recall=_ratio(total[0], total[0] + total[2]),
        macro_f1=_mean([_f1(counts[t.topic]) for t in enough]),
        quiet=_mean([float(q) for q in quiet]),
        mean_average_precision=_mean([t.average_precision for t in enough]),
        automatic=_ratio(right, sure),
        automatic_share=_ratio(sure, given),
        sent=_mean([float(r.review) for r in rows]),
        after=_f1(after),
    )


def per_topic(tagged: Sequence[TaggedPost], labels: Labels) -> tuple[TopicFigures, ...]:
    rows = [t for t in tagged if t.post in labels]
    counts: dict[TopicId, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        _count(counts, set(labels[row.post]), {t.topic for t in row.tags})
    support = Counter(t for row in rows for t in labels[row.post])
    found = []
    for topic in sorted(support):
        hit, wrong, missed = counts[topic]
        ranked = sorted(((_score(r, topic), topic in labels[r.post]) for r in rows), key=lambda x: -x[0])
        found.append(
            TopicFigures(topic, support[topic], _ratio(hit, hit + wrong), _ratio(hit, hit + missed), _average_precision(ranked))
        )
    return tuple(found)


def events(posts: Sequence[PostContent]) -> dict[str, int]:
    """Post id → number of its event: posts whose titles share most of their words are about one thing, and err together."""
    heads: list[tuple[frozenset[str], int]] = []
    found: dict[str, int] = {}
    for post in posts:
        words = frozenset(fold_words(post.title or post.text[:80]).split())
        near = next((n for w, n in heads if words and len(w & words) >= SAME_EVENT * len(w | words)), None)
        found[post.id] = len(heads) if near is None else near
        heads.append((words, found[post.id]))
    return found


def intervals(
    tagged: Sequence[TaggedPost], labels: Labels, event_of: Mapping[str, int | str], rounds: int = 1_000, seed: int = 0
) -> dict[str, tuple[float, float]]:
    """Bootstrap 95 % interval of every figure; whole events are drawn, because the posts of one are right or wrong together."""
    groups: dict[int | str, list[TaggedPost]] = defaultdict(list)
    for row in tagged:
        if row.post in labels:
            groups[event_of[row.post]].append(row)
    drawn_from = [groups[g] for g in sorted(groups, key=str)]
    chance = random.Random(seed)  # noqa: S311 - statistics, not secrets
    samples: list[tuple[float, ...]] = []
    for _ in range(rounds):
        rows = [r for _ in drawn_from for r in chance.choice(drawn_from)]
        samples.append(astuple(evaluate(rows, labels)))
    bounds = {}
    for index, each in enumerate(fields(Figures)):
        values = sorted(s[index] for s in samples)
        bounds[each.name] = (values[int(0.025 * rounds)], values[min(int(0.975 * rounds), rounds - 1)])
    return bounds


def _count(counts: defaultdict[TopicId, list[int]] | dict[TopicId, list[int]], want: set[TopicId], got: set[TopicId]) -> None:
    for topic in want | got:
        counts[topic][0 if topic in want & got else 1 if topic in got else 2] += 1


def _score(row: TaggedPost, topic: TopicId) -> float:
    given = [t.score for t in row.tags if t.topic == topic]
    return next(iter(given or [o.score for o in row.others if o.topic == topic]), float("-inf"))


def _average_precision(ranked: Sequence[tuple[float, bool]]) -> float:
    hits, total = 0, 0.0
    for place, (_, right) in enumerate(ranked, 1):
        hits += right
        total += right * hits / place
    return total / max(hits, 1)


def _f1(counts: Sequence[int]) -> float:
    hit, wrong, missed = counts
    return _ratio(2 * hit, 2 * hit + wrong + missed)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
