"""Words and concepts as numbers: sparse rows that are compared with topics by one matrix product."""

import gzip
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from scipy import sparse

from classifier.arrays import Flags, Matrix
from classifier.entities import Identity, Mention, Scope
from classifier.lexicon import Hit
from classifier.reading import BREAK, Reading
from classifier.thesaurus import BROADER, KnownDocument, Thesaurus

CONCEPT = "concept"
"""The kind of lexicon entries that name a concept of the thesaurus; their key is the concept's id."""

LEAD_WORDS = 90
"""A post says what it is about in its first sentences; what comes later is often attendance, thanks or another page."""
LATE = 0.6
ENOUGH_BACKGROUND, RARER = 1_000, 3.0
"""Posts from which a background says something (a few hundred may all be about the plan, and would make its words look common),
and how much rarer than there a word may count as (natural logarithm)."""
FIELD, PHRASE = 0.6, 0.8
"""How much of a phrase speaks for its wide field, and how much for itself."""


@lru_cache(maxsize=1)
def shipped_frequencies() -> tuple[int, dict[str, int]]:
    """How many texts were counted, and in how many of them each word or pair of words occurs."""
    with files("classifier").joinpath("data", "document_frequencies.txt.gz").open("rb") as raw, gzip.open(raw, "rt") as lines:
        total = int(next(lines))
        return total, {gram: int(df) for df, gram in (line.rstrip("\n").split("\t") for line in lines)}


def grams(words: Sequence[str]) -> list[str]:
    """Words and pairs of words within a sentence, repetitions kept."""
    pairs = [f"{a} {b}" for a, b in pairwise(words) if a != BREAK != b]
    return [*(w for w in words if w != BREAK), *pairs]


class WordModel:
    """TF-IDF over words and pairs, those of a title counted twice."""

    def __init__(self, topics: Sequence[Reading], background: Iterable[Reading] = ()) -> None:
        total, frequencies = shipped_frequencies()
        own = Counter(g for t in topics for g in set(grams(t.words)))
        here: Counter[str] = Counter()
        posts = 0
        for reading in background:
            here.update(set(grams(reading.words)))
            posts += 1
        self._columns: dict[str, int] = {g: i for i, g in enumerate(own)}
        self._topic_columns = len(self._columns)
        for gram in frequencies:
            self._columns.setdefault(gram, len(self._columns))
        counted = np.array([frequencies.get(g, 0) or 1 for g in self._columns], dtype=np.float64)
        self._idf = np.log((total + 1) / (counted + 0.5)).astype(np.float32)
        if posts >= ENOUGH_BACKGROUND:
            # A word in every third post of an organisation says little there; one in every thirtieth may be a topic of its plan.
            seen = np.array([here.get(g, 0) for g in self._columns], dtype=np.float64)
            self._idf = np.minimum(self._idf, np.log((posts + 1) / (seen + 0.5)) + RARER).astype(np.float32)
        self._unknown = float(np.log((total + 1) / 2))
        rows, _ = self.rows(topics)
        spread = np.array(list(own.values()), dtype=np.float32)
        count = len(topics)
        # Words that many topics of the plan share say little about which one of them it is.
        rarity = np.log((count + 1) / (spread + 0.5)) / np.log(count + 1) if count > 1 else np.ones_like(spread)
        self._topics = _unit(sparse.csr_matrix(rows.multiply(np.maximum(rarity, 0.05)))).toarray().astype(np.float32)

    def rows(self, readings: Sequence[Reading]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Rows of unit length for the readings: over the columns of the topics, and over all grams that two of them share."""
        columns = self._columns
        known = len(columns)
        own: dict[str, int] = {}
        indices: list[int] = []
        indptr = [0]
        for reading in readings:
            heading = reading.words[: reading.title_words]
            for gram in (*(2 * grams(heading)), *grams(reading.words[reading.title_words :])):
                column = columns.get(gram)
                indices.append(own.setdefault(gram, known + len(own)) if column is None else column)
            indptr.append(len(indices))
        counts = sparse.csr_matrix(
            (np.ones(len(indices), dtype=np.float32), np.array(indices, dtype=np.int32), np.array(indptr, dtype=np.int32)),
            shape=(len(readings), known + len(own)),
        )
        counts.sum_duplicates()
        idf = np.concatenate([self._idf, np.full(len(own), self._unknown, dtype=np.float32)])
        counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
        shared = np.bincount(counts.indices, minlength=counts.shape[1]) >= 2
        return self._over_topics(counts, known), _unit(_columns(counts, shared))

    def _over_topics(self, counts: sparse.csr_matrix, known: int) -> sparse.csr_matrix:
        """The topics' columns of rows whose length is that of all known grams: names and slips must not drown what is known."""
        lengths = _lengths(counts, counts.indices < known)
        rows = _columns(counts, np.arange(counts.shape[1]) < self._topic_columns)
        rows.data /= np.repeat(lengths, np.diff(rows.indptr))
        return rows

    def similarity(self, rows: sparse.csr_matrix) -> Matrix:
        """Cosine of every row with every topic."""
        return np.asarray(rows @ self._topics.T)


def _lengths(matrix: sparse.csr_matrix, counted: Flags) -> Matrix:
    """The length of each row over the counted entries, 1 where there are none."""
    sums = np.concatenate([[0.0], np.cumsum(np.where(counted, matrix.data.astype(np.float64) ** 2, 0.0))])
    squares = sums[matrix.indptr[1:]] - sums[matrix.indptr[:-1]]
    return np.sqrt(np.where(squares > 0, squares, 1)).astype(np.float32)


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    matrix.data /= np.repeat(_lengths(matrix, np.ones(matrix.nnz, dtype=bool)), np.diff(matrix.indptr))
    return matrix


def _columns(matrix: sparse.csr_matrix, wanted: Flags) -> sparse.csr_matrix:
    """The wanted columns, renumbered; without the detour over a sorted index that slicing takes."""
    keep = wanted[matrix.indices]
    numbers = np.cumsum(wanted) - 1
    indptr = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr]
    return sparse.csr_matrix(
        (matrix.data[keep], numbers[matrix.indices[keep]].astype(np.int32), indptr), shape=(matrix.shape[0], int(wanted.sum()))
    )


@dataclass(frozen=True, slots=True)
class ConceptShare:
    """How much of a concept stands in the title and in the body of a text."""

    title: float
    body: float


class ConceptReader:
    """Counts the concepts of a reading: its phrases, the documents it names by number, and the broader concepts of both."""

    def __init__(self, thesaurus: Thesaurus, documents: Iterable[KnownDocument]) -> None:
        self._broader = thesaurus.broader
        self._actors = thesaurus.actors
        self._masks = thesaurus.masks
        self._fields = thesaurus.fields
        self._documents: dict[tuple[str, int], list[KnownDocument]] = {}
        for document in documents:
            self._documents.setdefault((document.type, document.number), []).append(document)

    def read(self, reading: Reading, hits: Sequence[Hit], mentions: Iterable[Mention], year: int | None) -> dict[str, ConceptShare]:
        """Each different phrase counts once in the title and once in the body; what comes late in the body counts less."""
        seen: set[tuple[str, str, bool]] = set()
        title: dict[str, float] = {}
        body: dict[str, float] = {}
        lead_end = reading.title_words + LEAD_WORDS
        for hit in hits:
            if hit.entry.kind != CONCEPT or hit.entry.key in self._masks:
                continue
            concept = str(hit.entry.key)
            heading = hit.first < reading.title_words
            key = (concept, hit.entry.words, heading)
            if key not in seen:
                seen.add(key)
                weight = hit.entry.weight if heading or hit.first < lead_end else LATE * hit.entry.weight
                side = title if heading else body
                for name, share in self.shares(hit):
                    side[name] = side.get(name, 0.0) + share * weight
        for concept, heading in self._of_documents(mentions, year):
            side = title if heading else body
            side[concept] = side.get(concept, 0.0) + 1.0
        subjects = any(w >= 1 and c not in self._actors for c, w in title.items())
        for side in (title, body):
            for concept, weight in list(side.items()):
                if concept in self._actors and subjects:
                    side[concept] = weight * 0.5
                wider = self._broader.get(concept)
                if wider:
                    side[wider] = side.get(wider, 0.0) + BROADER * min(weight, 1.0)
        return {c: ConceptShare(title.get(c, 0.0), body.get(c, 0.0)) for c in title.keys() | body.keys()}

    def shares(self, hit: Hit) -> tuple[tuple[str, float], ...]:
        """The dimensions that a phrase speaks to. In a wide field the phrase itself is one of them."""
        concept = str(hit.entry.key)
        if concept in self._masks:
            return ()
        if concept in self._fields:
            return (concept, FIELD), (f"{concept}:{hit.entry.words}", PHRASE)
        return ((concept, 1.0),)

    def _of_documents(self, mentions: Iterable[Mention], year: int | None) -> set[tuple[str, bool]]:
        found: set[tuple[str, bool]] = set()
        for mention in mentions:
            if mention.identity.scope is not Scope.DOCUMENT:
                continue
            kind, figure, issuer, _ = mention.identity.value
            for document in self._documents.get((str(kind), int(figure or 0)), ()):
                if issuer not in (None, document.issuer) or (year is not None and not document.first <= year <= document.last):
                    continue
                if year is None and document.last < 9999:
                    continue
                found.update((c, mention.field == "title") for c in document.concepts)
        return found

    def knows(self, document: Identity) -> bool:
        """Whether it is known what a numbered document is about."""
        return (str(document.value[0]), int(document.value[1] or 0)) in self._documents

    def headline(self, shares: dict[str, ConceptShare]) -> frozenset[str]:
        """What the title itself says the text is about; who acts is not what is done."""
        return frozenset(c for c, s in shares.items() if s.title >= 1 and c not in self._actors)
