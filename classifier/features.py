"""Words and concepts as numbers: sparse rows that are compared with topics by one matrix product."""

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from classifier.entities import Mention, Scope
from classifier.lexicon import Hit
from classifier.reading import BREAK, Reading
from classifier.thesaurus import BROADER, KnownDocument, Thesaurus

CONCEPT = "concept"
"""The kind of lexicon entries that name a concept of the thesaurus; their key is the concept's id."""

LEAD_WORDS = 90
"""A post says what it is about in its first sentences; what comes later is often attendance, thanks or another page."""
LATE = 0.6


@lru_cache(maxsize=1)
def shipped_frequencies() -> tuple[int, dict[str, int]]:
    """How many texts were counted, and in how many of them each word or pair occurs (benchmarks/tagging_document_frequencies.py)."""
    with files("classifier").joinpath("data", "document_frequencies.txt.gz").open("rb") as raw, gzip.open(raw, "rt") as lines:
        total = int(next(lines))
        return total, {gram: int(df) for df, gram in (line.rstrip("\n").split("\t") for line in lines)}


def grams(reading: Reading, title_weight: int = 2) -> Counter[str]:
    """Words and pairs of words within a sentence, those of the title counted twice."""
    words = reading.words
    counts: Counter[str] = Counter()
    heading = words[: reading.title_words]
    for part, weight in ((heading, title_weight), (words[reading.title_words :], 1)):
        previous = BREAK
        for word in part:
            if word == BREAK:
                previous = BREAK
                continue
            counts[word] += weight
            if previous != BREAK:
                counts[f"{previous} {word}"] += weight
            previous = word
    return counts


class WordModel:
    """TF-IDF over words and pairs. Only grams that the topics use have columns; the others count in a post's length alone."""

    def __init__(self, topics: Sequence[Reading], background: Iterable[Reading] = ()) -> None:
        total, frequencies = shipped_frequencies()
        seen: Counter[str] = Counter()
        extra = 0
        for reading in background:
            seen.update(grams(reading).keys())
            extra += 1
        documents = total + extra
        counts = [grams(t) for t in topics]
        spread: Counter[str] = Counter(g for c in counts for g in c)
        self._default = math.log((documents + 1) / 2)
        self._idf = {g: math.log((documents + 1) / (df + seen.get(g, 0) + 0.5)) for g, df in frequencies.items()}
        for gram in spread:
            if gram not in self._idf:
                self._idf[gram] = math.log((documents + 1) / (1.5 + seen.get(gram, 0)))
        self.columns = {g: i for i, g in enumerate(spread)}
        shared = math.log(len(topics) + 1) or 1.0
        self._topics = np.zeros((len(topics), len(self.columns)), dtype=np.float32)
        for row, count in enumerate(counts):
            for gram, n in count.items():
                # Words that many topics of the plan share say little about which one of them it is.
                rare = math.log((len(topics) + 1) / (spread[gram] + 0.5)) / shared if len(topics) > 1 else 1.0
                self._topics[row, self.columns[gram]] = (1 + math.log(n)) * self._idf[gram] * max(rare, 0.05)
        norms = np.linalg.norm(self._topics, axis=1, keepdims=True)
        self._topics /= np.where(norms > 0, norms, 1)

    def rows(self, readings: Sequence[Reading]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Rows of unit length for the readings: over the columns of the topics, and over all grams that two of them share."""
        idf, columns = self._idf, self.columns
        own: dict[str, int] = {}
        log = math.log
        data: list[float] = []
        indices: list[int] = []
        indptr = [0]
        for reading in readings:
            square = 0.0
            start = len(data)
            for gram, n in grams(reading).items():
                weight = idf.get(gram)
                if weight is not None:
                    weight *= 1 + log(n)
                    square += weight * weight
                else:
                    weight = self._default * (1 + log(n))
                column = columns.get(gram)
                if column is None:
                    column = own.setdefault(gram, len(columns) + len(own))
                data.append(weight)
                indices.append(column)
            length = math.sqrt(square) or 1.0
            for i in range(start, len(data)):
                data[i] /= length
            indptr.append(len(data))
        shape = (len(readings), len(columns) + len(own))
        everything = sparse.csr_matrix(
            (np.array(data, dtype=np.float32), np.array(indices, dtype=np.int32), np.array(indptr, dtype=np.int32)), shape=shape
        )
        shared = np.flatnonzero(np.bincount(everything.indices, minlength=shape[1]) >= 2)
        return everything[:, : len(columns)], normalize(everything[:, shared])

    def similarity(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Cosine of every row with every topic."""
        return np.asarray(rows @ self._topics.T)


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
                side[concept] = side.get(concept, 0.0) + weight
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

    def _of_documents(self, mentions: Iterable[Mention], year: int | None) -> set[tuple[str, bool]]:
        found = set()
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

    def headline(self, shares: dict[str, ConceptShare]) -> frozenset[str]:
        """What the title itself says the text is about; who acts is not what is done."""
        return frozenset(c for c, s in shares.items() if s.title >= 1 and c not in self._actors)
