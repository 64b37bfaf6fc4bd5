"""Posts and topics in the space of the thesaurus."""

from collections.abc import Iterable, Sequence

import numpy as np

from classifier.arrays import Matrix
from classifier.features import CONCEPT, ConceptShare
from classifier.profile import PlanProfile
from classifier.reading import BREAK, Reading

ENOUGH = 3.0
"""The length of a post in concepts from which it counts in full."""


class ConceptModel:
    """Posts and topics in the space of the thesaurus: as wholes, and clause by clause."""

    def __init__(self, profile: PlanProfile) -> None:
        self._index: dict[str, int] = {}
        topics = len(profile.topics)
        wholes: list[dict[int, float]] = []
        clauses: list[tuple[int, float, dict[int, float]]] = []
        for number, source in enumerate(profile.sources):
            reading, hits = source.reading, source.hits
            syllables = max(len(reading.words) - reading.title_words, 1)
            damp = min(1.0, (60 / syllables) ** 0.5)
            wholes.append({self._column(c): 2 * min(s.title, 1.5) + damp * min(s.body, 2.0) for c, s in source.concepts.items()})
            pieces = _clauses(reading)
            inner = sum(first >= reading.title_words for first, _ in pieces)
            for first, last in pieces:
                heading = first < reading.title_words
                weights: dict[int, float] = {}
                for hit in hits:
                    if hit.entry.kind == CONCEPT and first <= hit.first < last:
                        for concept, share in profile.concepts.shares(hit):
                            column = self._column(concept)
                            weights[column] = min(weights.get(column, 0.0) + share * hit.entry.weight, 1.5)
                if weights:
                    share = 1.0 if heading else 0.95 * min(1.0, (6 / max(inner, 1)) ** 0.5)
                    clauses.append((number, share, weights))
            clauses.append((number, 1.0, wholes[-1]))
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

    def rows(self, posts: Sequence[dict[str, ConceptShare]]) -> tuple[Matrix, Matrix]:
        """Posts × concepts of the topics, weighted; and the length of each post over all concepts, its own included."""
        matrix = np.zeros((len(posts), len(self._index)), dtype=np.float32)
        outside = np.zeros(len(posts), dtype=np.float32)
        for row, shares in enumerate(posts):
            for concept, share in shares.items():
                value = 2 * min(share.title, 1.5) + min(share.body, 2.0)
                column = self._index.get(concept)
                if column is None:
                    outside[row] += value * value * self._unseen
                else:
                    matrix[row, column] = value
        weighted = matrix * self._weight
        return weighted, np.sqrt((weighted**2).sum(axis=1) + outside).astype(np.float32)

    def similarity(self, weighted: Matrix, norms: Matrix) -> tuple[Matrix, Matrix]:
        """Posts × topics: the topic as a whole, and its best clause. Posts that say little are not sure of anything."""
        units = weighted / np.where(norms > 0, norms, 1)[:, None]
        enough = np.minimum(1, norms / ENOUGH)[:, None]
        whole = units @ self._topics.T * enough
        pieces = units @ self._clauses.T * self._share
        clause = np.maximum.reduceat(pieces, self._starts, axis=1) * enough if len(self._starts) else whole
        return whole.astype(np.float32), clause.astype(np.float32)

    def columns(self, concepts: Iterable[str]) -> list[int]:
        return [self._index[c] for c in concepts if c in self._index]


def _unit(matrix: Matrix) -> Matrix:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / np.where(norms > 0, norms, 1)).astype(np.float32)


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
