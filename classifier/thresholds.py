"""Where tags begin, without labels, and which of them count without a person. docs/tagging.md has the figures behind."""

import numpy as np

from classifier.arrays import Flags, Matrix
from classifier.rules import HARD

LINE = 0.83
"""A post whose best topic stays below is about none: the most common answer."""
NEXT_LINE = 1.15
"""Second and third topics need more, and nothing may speak against them."""
MARGIN = 0.5
"""How far behind the best topic another may stay."""
MOST_TAGS = 3
CLEARLY = 1.0
"""From here a tag counts without a person, if nothing speaks against it and no other topic is near."""
LEAD = 0.1


def choose(total: Matrix, against: Matrix) -> Flags:
    """Posts × topics: the topics that each post is given."""
    if not total.size:
        return np.zeros(total.shape, dtype=bool)
    best = total.max(axis=1, keepdims=True)
    first = (total == best) & (total >= LINE) & (against < HARD)
    rank = np.argsort(np.argsort(-total, axis=1, kind="stable"), axis=1, kind="stable")
    further = (rank < MOST_TAGS) & (total >= np.maximum(NEXT_LINE, best - MARGIN)) & (against == 0)
    return np.asarray((first & (rank == 0)) | further)


def automatic(total: Matrix, against: Matrix, given: Flags, only_actors: Flags) -> Flags:
    """The given topics that count without a person. `only_actors` marks where a post names who acts, not what is done."""
    rival = np.where(given | (against >= HARD), -np.inf, total).max(axis=1, keepdims=True, initial=-np.inf)
    return np.asarray(given & (total >= CLEARLY) & (against == 0) & (total - rival >= LEAD) & ~only_actors)
