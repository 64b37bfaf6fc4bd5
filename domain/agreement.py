"""How far the machine agrees with people, as a share and the interval in which the true share lies."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from math import sqrt

from domain.plan import TopicId
from domain.post import PostId
from domain.tag import Correction, effective_tags

ENOUGH = 20
"""Of fewer cases no share is told: its interval would be wider than half of everything that is possible."""
Z_95 = 1.959964
"""The 97.5 % quantile of the standard normal distribution: 95 % between both sides."""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of` cases."""

    hits: int
    of: int

    @property
    def enough(self) -> bool:
        return self.of >= ENOUGH

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 % confidence: the score interval of E. B. Wilson, “Probable inference, the law of
        succession, and statistical inference”, Journal of the American Statistical Association 22 (1927), 209–212."""
        if not self.of:
            return 0.0, 1.0
        square = Z_95 * Z_95
        shrunk = 1 + square / self.of
        middle = (self.value + square / (2 * self.of)) / shrunk
        half = Z_95 * sqrt(self.value * (1 - self.value) / self.of + square / (4 * self.of**2)) / shrunk
        return max(0.0, min(self.value, middle - half)), min(1.0, max(self.value, middle + half))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `posts` posts: the share of the machine's tags that people confirm, and that of people's tags which the machine gave."""

    posts: int
    precision: Share
    recall: Share


def agreement(machine: Mapping[PostId, Set[TopicId]], people: Mapping[PostId, Set[TopicId]]) -> Agreement:
    """Over the posts that both have answered; an empty set is an answer too."""
    both = machine.keys() & people.keys()
    right = sum(len(machine[p] & people[p]) for p in both)
    return Agreement(len(both), Share(right, sum(len(machine[p]) for p in both)), Share(right, sum(len(people[p]) for p in both)))


def whole_answers(corrections: Iterable[Correction]) -> dict[PostId, frozenset[TopicId]]:
    """The topics that people gave each post, for the posts on which they said everything: no topic at all, and at the same
    moment or later the ones that it is about. Nothing that a machine gives such a post later holds."""
    said = list(corrections)
    answers: dict[PostId, set[TopicId]] = {c.post: set() for c in said if c.topic is None}
    for tag in effective_tags((), said):
        if tag.post in answers:
            answers[tag.post].add(tag.topic)
    return {post: frozenset(topics) for post, topics in answers.items()}
