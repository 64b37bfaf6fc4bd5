"""The score of every topic for every post, from words, concepts, identities, anniversaries and dates."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from classifier.anniversaries import Commemoration, commemorations, years_said
from classifier.arrays import Flags, Matrix
from classifier.concepts import ConceptModel
from classifier.dates import DateRules, PostYear, year_of
from classifier.entities import Mention
from classifier.extraction import mentions
from classifier.features import ConceptShare, WordModel
from classifier.language import LanguageData
from classifier.lexicon import Hit
from classifier.places import PLACE
from classifier.profile import SLOGAN, PlanProfile, profile_plan
from classifier.reading import Reading, read
from classifier.rules import IdentityRules, Said, Verdict
from domain.dates import local_day
from domain.plan import Plan
from domain.post import PostContent

TEXT, WHOLE, CLAUSE, SUPPORT, AGAINST, SLOGANS = 0.8, 0.4, 0.6, 0.6, 0.8, 0.35
COSINE_OF_ONE = 0.35
FEEDBACK = 0.25
MENTIONED = 0.7
NEAR_HEADING, LENT = 0.5, 0.5
"""From this score a topic is meant rather than its heading, and what it takes over of the heading's lead."""
DECIDED = 0.3
"""Support by entities from which a title without a word of the topic changes nothing."""
SEEDS = 8
OTHER_PROVINCE, OTHER_TIME = 0.6, 0.15
SEED_LINE = 0.9
SAME_POST = 0.8


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
    concepts: dict[str, ConceptShare]


@dataclass(frozen=True)
class Scores:
    """Posts × topics. `against` is the contradiction, `words` the score without it and without the date, `ruled_out` says that
    the years of an anniversary forbid the topic, `only_actors` that nothing but who acts connects post and topic."""

    total: Matrix
    against: Matrix
    text: Matrix
    concept: Matrix
    support: Matrix
    date: Matrix
    anniversary: Matrix
    ruled_out: Flags
    words: Matrix
    only_actors: Flags
    verdicts: list[Verdict]


class TopicModel:
    def __init__(self, plan: Plan, data: LanguageData, background: Iterable[PostContent] = ()) -> None:
        self.plan = plan
        self.profile: PlanProfile = profile_plan(plan, data)
        self._abbreviations = data.abbreviations
        readings = [s.reading for s in self.profile.sources]
        self._words = WordModel(readings, (read(p.title, p.text, data.abbreviations) for p in background))
        self._rules = IdentityRules(self.profile)
        self._dates = DateRules(self.profile)
        self._concepts = ConceptModel(self.profile)
        numbers = {t.id: n for n, t in enumerate(plan.topics)}
        self._children: dict[int, list[int]] = {}
        for topic in plan.topics:
            if topic.parent in numbers:
                self._children.setdefault(numbers[topic.parent], []).append(numbers[topic.id])
        self._subjects = [frozenset(s.concepts) for s in self.profile.sources]

    def examine(self, post: PostContent) -> Examined:
        reading = read(post.title, post.text, self._abbreviations)
        hits = self.profile.lexicon.find(reading)
        named = mentions(reading)
        commemorated = commemorations(reading, hits, self.profile.events)
        found = [h for h in hits if h.entry.kind == PLACE]
        places = frozenset([str(h.entry.key) for h in found])
        title_places = frozenset([str(h.entry.key) for h in found if reading.in_title(h.first)])
        home = not places or self.profile.province in places
        published = local_day(post.published_at) if post.published_at else None
        year = year_of(reading, published, commemorated, named, self.profile.events)
        concepts = self.profile.concepts.read(reading, hits, named, year.year if year else None)
        return Examined(
            reading,
            hits,
            named,
            commemorated,
            Said.of(named, home, "dai hoi" in reading.line or "van kien" in reading.line),
            places,
            title_places,
            published,
            year,
            concepts,
        )

    def score(self, posts: Sequence[Examined]) -> Scores:
        rows, shared = self._words.rows([p.reading for p in posts])
        text = np.sqrt(np.minimum(self._words.similarity(rows) / COSINE_OF_ONE, 1))
        whole, clause = self._concepts.similarity(*self._concepts.rows([p.concepts for p in posts]))
        verdicts = [self._rules.judge(p.said) for p in posts]
        support = np.array([v.support for v in verdicts], dtype=np.float32).reshape(len(posts), -1)
        against = np.array([v.against for v in verdicts], dtype=np.float32).reshape(len(posts), -1)
        support = support + self._slogans(posts)
        years = [p.year for p in posts]
        against = against + self._places(posts) + self._years(posts) + self._dates.other_years(years)
        date = self._dates.adjust(years, support, [self.profile.province in p.provinces for p in posts])
        content = TEXT * text + WHOLE * whole + CLAUSE * clause
        subject = self._headlines(posts, support)
        content *= subject
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
        words = total + AGAINST * against - np.minimum(date, 0)
        words[:, decided] = total[:, decided]
        only_actors = self._only_actors(posts) & (support < DECIDED)
        total += subject * self._feedback(shared, total, against)
        self._hand_down(total)
        return Scores(
            total,
            against,
            text,
            WHOLE * whole + CLAUSE * clause,
            support,
            date,
            anniversary,
            ruled_out,
            words,
            only_actors,
            verdicts,
        )

    def _headlines(self, posts: Sequence[Examined], support: Matrix) -> Matrix:
        """A title that speaks of other things makes what the body says of a topic a mention, not the subject."""
        factor = np.ones((len(posts), len(self._subjects)), dtype=np.float32)
        for row, post in enumerate(posts):
            said = self.profile.concepts.headline(post.concepts)
            if said:
                factor[row] = [1.0 if said & subject else MENTIONED for subject in self._subjects]
        return np.where(support >= DECIDED, 1.0, factor).astype(np.float32)

    def _hand_down(self, total: Matrix) -> None:
        """A heading is only meant where none of the topics under it is: it stands behind the best of them and lends it weight."""
        for parent, children in self._children.items():
            best = total[:, children].max(axis=1)
            column = np.asarray(children)[total[:, children].argmax(axis=1)]
            rows = np.flatnonzero(best >= NEAR_HEADING)
            lent = np.maximum(total[rows, parent] - best[rows], 0) * LENT
            total[rows, column[rows]] += lent
            total[rows, parent] = np.minimum(total[rows, parent], NEAR_HEADING)

    def _only_actors(self, posts: Sequence[Examined]) -> Flags:
        """Where a title, or all that post and topic share, says who acts but not what is done."""
        found = np.zeros((len(posts), len(self._subjects)), dtype=bool)
        actors = self.profile.actors
        for row, post in enumerate(posts):
            if post.concepts.keys() & actors:
                titled = {c for c, share in post.concepts.items() if share.title}
                said = post.concepts.keys() - actors
                found[row] = [(bool(titled) and titled <= actors) or not said & s for s in self._subjects]
        return found

    def beyond(self, post: Examined, first: int, other: int) -> bool:
        """Whether a post says something on `other` that its topic `first` does not explain."""
        explained = {c for c, s in self.profile.sources[first].concepts.items() if s.title}
        asked = {c for c, s in self.profile.sources[other].concepts.items() if s.title}
        return bool((post.concepts.keys() & asked) - explained) or bool(self.profile.topics[other].anniversaries)

    def _slogans(self, posts: Sequence[Examined]) -> Matrix:
        found = np.zeros((len(posts), len(self.profile.topics)), dtype=np.float32)
        for row, post in enumerate(posts):
            said = {h.entry.key for h in post.hits if h.entry.kind == SLOGAN}
            if said:
                for column, topic in enumerate(self.profile.topics):
                    found[row, column] = SLOGANS * min(len(said & set(topic.slogans)), 2)
        return found

    def _places(self, posts: Sequence[Examined]) -> Matrix:
        bound = np.array([t.province is not None for t in self.profile.topics])
        own = np.array([t.territorial and t.province is None for t in self.profile.topics])
        found = np.zeros((len(posts), len(bound)), dtype=np.float32)
        home = self.profile.province
        if home:
            for row, post in enumerate(posts):
                if post.title_provinces and home not in post.provinces:
                    heading = self.profile.concepts.headline(post.concepts)
                    found[row, own | (bool(heading) and heading <= self.profile.territorial)] = OTHER_PROVINCE
                if (post.title_provinces and home not in post.title_provinces) or (post.provinces and home not in post.provinces):
                    found[row, bound] = OTHER_PROVINCE
                elif home not in post.provinces:
                    found[row, bound] = 0.2
        return found

    def _years(self, posts: Sequence[Examined]) -> Matrix:
        """An anniversary that fell in another time makes a post doubtful whatever else it says (`30 năm đổi mới` was 2016)."""
        odd = np.array([any(self._dates.outside(c) for c in p.commemorated) for p in posts], dtype=np.float32)
        return np.asarray(odd[:, None] * OTHER_TIME * np.ones(len(self.profile.topics), dtype=np.float32))

    def _feedback(self, full: sparse.csr_matrix, total: Matrix, against: Matrix) -> Matrix:
        """One round of Rocchio: what posts share with the surest posts of a topic, beyond what all posts share."""
        added = np.zeros_like(total)
        if len(total) < 3:
            return added
        mean = np.asarray(full.mean(axis=0)).ravel()
        common = full @ mean
        best = total.argmax(axis=1)
        for column in range(total.shape[1]):
            if column in self._dates.decided:
                continue
            sure = np.flatnonzero((best == column) & (total[:, column] >= SEED_LINE) & (against[:, column] < 0.3))
            sure = sure[np.argsort(-total[sure, column], kind="stable")]
            seeds = _different(full, sure.tolist())
            if len(seeds) < 2:
                continue
            centre = np.asarray(full[seeds].sum(axis=0)).ravel()
            size = float(np.linalg.norm(centre)) or 1.0
            near = full @ centre / size
            for seed in seeds:
                others = centre - full[seed].toarray().ravel()
                near[seed] = float((full[seed] @ others)[0]) / (float(np.linalg.norm(others)) or 1.0)
            gain = np.clip((near - common) / COSINE_OF_ONE, 0, 1)
            added[:, column] = FEEDBACK * np.where(against[:, column] < 0.3, gain, 0)
        return added


def _different(rows: sparse.csr_matrix, candidates: Sequence[int]) -> list[int]:
    """The first candidates that are no near copies of each other."""
    seeds: list[int] = []
    for candidate in candidates:
        if len(seeds) == SEEDS:
            break
        if not seeds or float((rows[seeds] @ rows[candidate].T).max()) < SAME_POST:
            seeds.append(candidate)
    return seeds
