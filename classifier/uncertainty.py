"""Which posts a person should look at: those whose decisions lie nearest to a line."""

import numpy as np

from classifier.arrays import Flags, Matrix
from classifier.rules import HARD
from classifier.thresholds import LINE

SHARE = 0.28
"""At most this share of a batch is sent, the most doubtful first."""
FLOOR = 0.72
"""Posts less doubtful than this are not sent, however few they are."""
ASKING = 0.5
"""How much nearer to a line a post counts that carries a tag to confirm."""
SMALL_BATCH = 20
"""Below it a share means nothing: all that reach the floor are sent."""

_GIVEN_SLACK, _SECOND_LINE, _MISSED_SLACK, _BARRED_SLACK, _BARRED_MOST = 0.04, 0.9, 0.01, 0.1, 1.3


def closeness(total: Matrix, against: Matrix, words: Matrix, given: Flags) -> Matrix:
    """For each post, 1 minus the distance of its nearest decision from the line that decided it.

    `words` are the scores without what was held against the topics: a post that only a contradiction keeps from a topic is
    doubtful too. `given` marks the topics that the post was given.
    """
    best = total.max(axis=1)
    any_given = given.any(axis=1)
    open_to = np.where(given | (against >= HARD), -np.inf, total).max(axis=1)
    kept = np.maximum(1 - (best - LINE - _GIVEN_SLACK), 1 - (_SECOND_LINE - open_to))
    barred = np.minimum(words.max(axis=1), _BARRED_MOST) - _BARRED_SLACK
    missed = np.maximum(1 - (LINE + _MISSED_SLACK - best), barred)
    return np.asarray(np.where(any_given, kept, missed))


def to_review(close: Matrix, asking: Flags) -> Flags:
    """The posts of a batch that are sent to a person: those with a tag to confirm (`asking`) and the
    doubtful ones; of too many, the most doubtful."""
    wanted = asking | (close >= FLOOR)
    allowed = int(SHARE * len(close))
    if len(close) >= SMALL_BATCH and wanted.sum() > allowed:
        order = np.argsort(-(close), kind="stable")
        wanted = np.zeros(len(close), dtype=bool)
        wanted[order[:allowed]] = True
    return np.asarray(wanted)
