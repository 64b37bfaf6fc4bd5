"""Words and concepts as numbers: sparse rows that are compared with topics by one matrix product."""

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from scipy import sparse

from classifier.lexicon import Hit
from classifier.reading import BREAK, Reading

CONCEPT = "concept"
"""The kind of lexicon entries that name a concept of the thesaurus; their key is the concept's id."""


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

    def rows(self, readings: Sequence[Reading]) -> sparse.csr_matrix:
        """A row of unit length for each reading, over the columns of the topics."""
        data: list[float] = []
        indices: list[int] = []
        indptr = [0]
        idf, columns = self._idf, self.columns
        log = math.log
        for reading in readings:
            square = 0.0
            start = len(data)
            for gram, n in grams(reading).items():
                weight = idf.get(gram)
                if weight is None:
                    continue
                if n > 1:
                    weight *= 1 + log(n)
                square += weight * weight
                column = columns.get(gram)
                if column is not None:
                    data.append(weight)
                    indices.append(column)
            length = math.sqrt(square) or 1.0
            for i in range(start, len(data)):
                data[i] /= length
            indptr.append(len(data))
        return sparse.csr_matrix(
            (np.array(data, dtype=np.float32), np.array(indices, dtype=np.int32), np.array(indptr, dtype=np.int32)),
            shape=(len(readings), len(columns)),
        )

    def similarity(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Cosine of every row with every topic."""
        return np.asarray(rows @ self._topics.T)


def concept_counts(hits: Sequence[Hit], reading: Reading) -> dict[str, tuple[float, float]]:
    """Concept → (weight in the title, weight in the body); each different phrase counts once in each."""
    seen: set[tuple[str, str, bool]] = set()
    counts: dict[str, list[float]] = {}
    for hit in hits:
        if hit.entry.kind != CONCEPT:
            continue
        heading = reading.in_title(hit.first)
        key = (str(hit.entry.key), hit.entry.words, heading)
        if key in seen:
            continue
        seen.add(key)
        counts.setdefault(key[0], [0.0, 0.0])[0 if heading else 1] += hit.entry.weight
    return {c: (t, b) for c, (t, b) in counts.items()}
