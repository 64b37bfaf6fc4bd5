"""Posts to tags: `Tagger.for_plan(plan).tag(posts)`."""

from collections.abc import Iterable, Sequence

import numpy as np

from classifier.evidence import evidence_for
from classifier.language import shipped_language
from classifier.model import TopicModel
from classifier.normalise import NORMALISER
from classifier.rules import HARD
from classifier.thresholds import ASK_NEAR, CLEARLY, LINE, MARGIN, MOST_TAGS, NEXT_LINE
from domain.plan import Plan
from domain.post import PostContent
from domain.tag import Band, TaggedPost, TopicScore, TopicTag

VERSION = 1
BATCH = 2_000
"""Posts that are scored together: memory stays bounded, whatever number is given."""


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

    def tag(self, posts: Sequence[PostContent]) -> list[TaggedPost]:
        """One answer for each post, in the same order."""
        answers: list[TaggedPost] = []
        for start in range(0, len(posts), BATCH):
            answers.extend(self._tag(posts[start : start + BATCH]))
        return answers

    def _tag(self, posts: Sequence[PostContent]) -> list[TaggedPost]:
        examined = [self._model.examine(p) for p in posts]
        scores = self._model.score(examined)
        topics = [t.id for t in self._model.plan.topics]
        answers = []
        order = np.argsort(-scores.total, axis=1, kind="stable").tolist()
        rounded = np.round(scores.total.astype(np.float64), 4).tolist()
        for row, post in enumerate(posts):
            line, ranked = rounded[row], order[row]
            best = line[ranked[0]] if ranked else 0.0
            tags: list[TopicTag] = []
            for rank, column in enumerate(ranked[:MOST_TAGS]):
                score = line[column]
                if score < (LINE if rank == 0 else max(NEXT_LINE, best - MARGIN)) or scores.against[row, column] >= HARD:
                    continue
                sure = score >= CLEARLY and scores.against[row, column] == 0
                found = evidence_for(self._model, examined[row], column, scores.verdicts[row])
                tags.append(TopicTag(topics[column], score, Band.AUTOMATIC if sure else Band.ASK, found))
            kept = {t.topic for t in tags}
            others = tuple([TopicScore(topics[c], line[c]) for c in ranked if topics[c] not in kept])
            review = any(t.band is Band.ASK for t in tags) or (not tags and best >= LINE - ASK_NEAR)
            answers.append(TaggedPost(post.id, tuple(tags), others, review))
        return answers
