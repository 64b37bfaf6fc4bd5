"""Posts to tags: `Tagger.for_plan(plan).tag(posts)`."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from classifier.evidence import evidence_for
from classifier.language import shipped_language
from classifier.model import TopicModel
from classifier.normalise import NORMALISER
from classifier.profile import PlanProfile
from classifier.thresholds import MOST_TAGS, automatic, choose
from classifier.uncertainty import closeness, to_review
from domain.plan import Plan
from domain.post import PostContent
from domain.tag import Band, TaggedPost, TopicScore, TopicTag

VERSION = 1
BATCH = 2_000
"""Posts that are scored together: memory stays bounded, whatever number is given."""


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing of a batch refers back to itself, yet the collector would walk over it again and again: a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Tagger:
    """Gives every post the topics of one plan that it is about, from the plan's own text. Needs no labels."""

    def __init__(self, model: TopicModel) -> None:
        self._model = model

    @classmethod
    def for_plan(cls, plan: Plan, background: Iterable[PostContent] = ()) -> "Tagger":
        """`background` are posts of the organisation, whatever they are about: they teach which words are common there."""
        return cls(TopicModel(plan, shipped_language(), background))

    @property
    def model(self) -> str:
        """The version of everything that decides: rules, weights and normaliser."""
        return f"rules-{VERSION}.{NORMALISER}"

    @property
    def profile(self) -> PlanProfile:
        """What each topic asks of a post, for the page that shows it to staff."""
        return self._model.profile

    def tag(self, posts: Sequence[PostContent]) -> list[TaggedPost]:
        """One answer for each post, in the same order."""
        answers: list[TaggedPost] = []
        for start in range(0, len(posts), BATCH):
            with _collector_at_rest():
                answers.extend(self._tag(posts[start : start + BATCH]))
        return answers

    def _tag(self, posts: Sequence[PostContent]) -> list[TaggedPost]:
        if not self._model.plan.topics:
            return [TaggedPost(p.id, ()) for p in posts]
        examined = [self._model.examine(p) for p in posts]
        scores = self._model.score(examined)
        topics = [t.id for t in self._model.plan.topics]
        given = choose(scores.total, scores.against)
        sure = automatic(scores.total, scores.against, given, scores.only_actors)
        for index in np.flatnonzero(given.sum(axis=1) > 1).tolist():
            ranked = np.argsort(-np.where(given[index], scores.total[index], -np.inf), kind="stable").tolist()
            for column in ranked[1 : int(given[index].sum())]:
                sure[index, column] &= self._model.beyond(examined[index], ranked[0], column)
        review = to_review(closeness(scores.total, scores.against, scores.words, given), np.asarray((given & ~sure).any(axis=1)))
        answers = []
        order = np.argsort(-scores.total, axis=1, kind="stable").tolist()
        rounded = np.round(scores.total.astype(np.float64), 4).tolist()
        for row, post in enumerate(posts):
            line, ranked = rounded[row], order[row]
            kept = [c for c in ranked[:MOST_TAGS] if given[row, c]]
            tags = tuple(
                TopicTag(
                    topics[c],
                    line[c],
                    Band.AUTOMATIC if sure[row, c] else Band.ASK,
                    evidence_for(self._model, examined[row], c, scores.verdicts[row]),
                )
                for c in kept
            )
            rest = [c for c in ranked if c not in kept] if kept else ranked
            others = tuple(map(TopicScore, [topics[c] for c in rest], [line[c] for c in rest]))
            answers.append(TaggedPost(post.id, tags, others, bool(review[row])))
        return answers
