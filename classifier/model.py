"""The score of every topic for every post, from words, concepts, identities, anniversaries and dates."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.anniversaries import Commemoration, commemorations, years_said
from classifier.dates import DateRules, PostYear, year_of
from classifier.entities import Mention
from classifier.extraction import mentions
from classifier.features import CONCEPT, WordModel, concept_counts
from classifier.lexicon import Hit
from classifier.places import PLACE
from classifier.profile import SLOGAN, PlanProfile, profile_plan
from classifier.reading import BREAK, Abbreviations, Reading, read
from classifier.rules import IdentityRules, Said, Verdict
from classifier.thesaurus import Thesaurus
from domain.dates import local_day
from domain.plan import Plan
from domain.post import PostContent

TEXT, WHOLE, CLAUSE, SUPPORT, AGAINST, SLOGANS = 0.8, 0.4, 0.6, 0.6, 0.8, 0.35
COSINE_OF_ONE = 0.35
FEEDBACK = 0.4
SEEDS = 8


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that was found in one post."""

    reading: Reading
    hits: list[Hit]
    mentions: list[Mention]
    commemorated: list[Commemoration]
    said: Said
    provinces: frozenset[str]
    title_provinces: frozenset[str]
    published: dt.date | None
    year: PostYear | None


@dataclass(frozen=True)
class Scores:
    """Posts × topics. `against` is the contradiction, `ruled_out` says that a rule forbids the topic whatever the words."""

    total: np.ndarray
    against: np.ndarray
    text: np.ndarray
    concept: np.ndarray
    support: np.ndarray
    date: np.ndarray
    anniversary: np.ndarray
    ruled_out: np.ndarray
    verdicts: list[Verdict]


class TopicModel:
    def __init__(
        self, plan: Plan, thesaurus: Thesaurus, abbreviations: Abbreviations, background: Iterable[PostContent] = ()
    ) -> None:
        self.plan = plan
        self.profile: PlanProfile = profile_plan(plan, thesaurus, abbreviations)
        self._abbreviations = abbreviations
        self._words = WordModel(self.profile.readings, (read(p.title, p.text, abbreviations) for p in background))
        self._rules = IdentityRules(self.profile)
        self._dates = DateRules(self.profile)
        self._concepts = ConceptModel(self.profile)

    def examine(self, post: PostContent) -> Examined:
        reading = read(post.title, post.text, self._abbreviations)
        hits = self.profile.lexicon.find(reading)
        named = mentions(reading)
        commemorated = commemorations(reading, hits, self.profile.events)
        places = frozenset(str(h.entry.key) for h in hits if h.entry.kind == PLACE)
        title_places = frozenset(str(h.entry.key) for h in hits if h.entry.kind == PLACE and reading.in_title(h.first))
        home = not places or self.profile.province in places
        published = local_day(post.published_at) if post.published_at else None
        return Examined(
            reading,
            hits,
            named,
            commemorated,
            Said.of(named, home),
            places,
            title_places,
            published,
            year_of(reading, published, commemorated, named, self.profile.events),
        )

    def score(self, posts: Sequence[Examined]) -> Scores:
        rows = self._words.rows([p.reading for p in posts])
        text = np.sqrt(np.minimum(self._words.similarity(rows) / COSINE_OF_ONE, 1))
        whole, clause = self._concepts.similarity(posts)
        verdicts = [self._rules.judge(p.said) for p in posts]
        support = np.array([v.support for v in verdicts], dtype=np.float32).reshape(len(posts), -1)
        against = np.array([v.against for v in verdicts], dtype=np.float32).reshape(len(posts), -1)
        support = support + self._slogans(posts)
        against = against + self._places(posts)
        date = self._dates.adjust([p.year for p in posts], support, [self.profile.province in p.provinces for p in posts])
        content = TEXT * text + WHOLE * whole + CLAUSE * clause
        total = content + SUPPORT * support - AGAINST * against + date
        anniversary, ruled_out = self._dates.anniversaries(
            [p.commemorated for p in posts],
            [years_said(p.reading) for p in posts],
            [p.published for p in posts],
            [p.year for p in posts],
            [p.reading for p in posts],
            [p.provinces for p in posts],
        )
        decided = self._dates.decided
        total[:, decided] = 1.2 * anniversary[:, decided] + 0.25 * text[:, decided] - 0.3 * (anniversary[:, decided] == 0)
        total = np.where(ruled_out, np.minimum(total, 0.2), total)
        total += self._feedback(rows, total, against)
        return Scores(total, against, text, WHOLE * whole + CLAUSE * clause, support, date, anniversary, ruled_out, verdicts)

    def _slogans(self, posts: Sequence[Examined]) -> np.ndarray:
        found = np.zeros((len(posts), len(self.profile.topics)), dtype=np.float32)
        for row, post in enumerate(posts):
            said = {h.entry.key for h in post.hits if h.entry.kind == SLOGAN}
            if said:
                for column, topic in enumerate(self.profile.topics):
                    found[row, column] = SLOGANS * min(len(said & set(topic.slogans)), 2)
        return found

    def _places(self, posts: Sequence[Examined]) -> np.ndarray:
        bound = np.array([t.province is not None for t in self.profile.topics])
        found = np.zeros((len(posts), len(bound)), dtype=np.float32)
        if bound.any():
            for row, post in enumerate(posts):
                home = self.profile.province
                if (post.title_provinces and home not in post.title_provinces) or (post.provinces and home not in post.provinces):
                    found[row, bound] = 0.6
                elif home not in post.provinces:
                    found[row, bound] = 0.2
        return found

    def _feedback(self, rows: object, total: np.ndarray, against: np.ndarray) -> np.ndarray:
        return np.zeros_like(total)


class ConceptModel:
    """Posts and topics in the space of the thesaurus: as wholes, and clause by clause."""

    def __init__(self, profile: PlanProfile) -> None:
        self._index: dict[str, int] = {}
        topics = len(profile.topics)
        wholes: list[dict[int, float]] = []
        clauses: list[tuple[int, float, dict[int, float]]] = []
        for number, (reading, hits) in enumerate(zip(profile.readings, profile.hits, strict=True)):
            counts = concept_counts(hits, reading)
            syllables = max(len(reading.words) - reading.title_words, 1)
            damp = min(1.0, (60 / syllables) ** 0.5)
            wholes.append({self._column(c): 2 * min(t, 1.5) + damp * min(b, 2.0) for c, (t, b) in counts.items()})
            pieces = _clauses(reading)
            inner = sum(first >= reading.title_words for first, _ in pieces)
            for first, last in pieces:
                heading = first < reading.title_words
                weights: dict[int, float] = {}
                for hit in hits:
                    if hit.entry.kind == CONCEPT and first <= hit.first < last:
                        column = self._column(str(hit.entry.key))
                        weights[column] = min(weights.get(column, 0.0) + hit.entry.weight, 1.5)
                if weights:
                    share = 1.0 if heading else 0.85 * min(1.0, (6 / max(inner, 1)) ** 0.5)
                    clauses.append((number, share, weights))
            clauses.append((number, 1.0, wholes[-1]))
        self._names = list(self._index)
        size = len(self._index)
        matrix = np.zeros((topics, size), dtype=np.float32)
        for row, weights in enumerate(wholes):
            for column, value in weights.items():
                matrix[row, column] = value
        spread = (matrix > 0).sum(axis=0)
        icf = np.log((topics + 1) / (spread + 0.5)) if topics else np.zeros(size)
        self._weight = np.sqrt(np.maximum(icf, 0.05)).astype(np.float32)
        self._unseen = float(0.5 * np.log(topics + 1))
        self._topics = _unit(matrix * self._weight)
        clauses.sort(key=lambda c: c[0])
        pieces_matrix = np.zeros((len(clauses), size), dtype=np.float32)
        for row, (_, _, weights) in enumerate(clauses):
            for column, value in weights.items():
                pieces_matrix[row, column] = value
        self._clauses = _unit(pieces_matrix * self._weight)
        self._share = np.array([s for _, s, _ in clauses], dtype=np.float32)
        owners = [o for o, _, _ in clauses]
        self._starts = [owners.index(t) for t in range(topics)]

    def _column(self, concept: str) -> int:
        return self._index.setdefault(concept, len(self._index))

    def similarity(self, posts: Sequence[Examined]) -> tuple[np.ndarray, np.ndarray]:
        matrix = np.zeros((len(posts), len(self._index)), dtype=np.float32)
        outside = np.zeros(len(posts), dtype=np.float32)
        for row, post in enumerate(posts):
            for concept, (title, body) in concept_counts(post.hits, post.reading).items():
                value = 2 * min(title, 1.5) + min(body, 2.0)
                column = self._index.get(concept)
                if column is None:
                    outside[row] += (value * self._unseen**0.5) ** 2
                else:
                    matrix[row, column] = value
        weighted = matrix * self._weight
        norms = np.sqrt((weighted**2).sum(axis=1) + outside)
        posts_unit = weighted / np.where(norms > 0, norms, 1)[:, None]
        enough = np.minimum(1, norms / 3)[:, None]
        whole = posts_unit @ self._topics.T * enough
        pieces = posts_unit @ self._clauses.T * self._share
        clause = np.maximum.reduceat(pieces, self._starts, axis=1) * enough if len(self._starts) else whole
        return whole, clause


def _unit(matrix: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(norms > 0, norms, 1)


def _clauses(reading: Reading) -> list[tuple[int, int]]:
    """Stretches of words between the ends of sentences; very short ones say too little."""
    found = []
    first = 0
    for index, word in enumerate((*reading.words, BREAK)):
        if word == BREAK or index == reading.title_words:
            if index - first >= 4:
                found.append((first, index))
            first = index + (word == BREAK)
    return found
