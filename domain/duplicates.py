"""One text on several outlets: which posts repeat which original.

Two posts are one text when most of the shorter one's five-word shingles stand in the longer one and neither has figures or
Roman numerals that the other lacks: “Đại hội XIII” and “Đại hội XIV” are two texts, a text with a line “Theo …” before it is one.
Candidates come from the smallest shingle hashes of each text (bottom-k sampling: Broder, “On the resemblance and containment
of documents”, 1997), and every candidate is compared in full.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from domain.post import Post, PostId
from domain.text import fold, nfc

SHINGLE_WORDS = 5
SKETCH_SIZE = 12
SHARED = 0.75
"""Least share of the shorter text's shingles that must stand in the longer one."""
MIN_SHINGLES = 8
"""A text of fewer shingles says too little to be called a copy, unless it is equal word for word."""
LONGEST_TO_SHORTEST = 2.5

_FIGURES = re.compile(r"\b(?:\d[\d.,/]*\d|\d|[IVXLC]+)\b")


@dataclass(frozen=True, slots=True)
class _Sketch:
    post: Post
    shingles: frozenset[int]
    keys: tuple[int, ...]
    figures: frozenset[str]
    words: str


def copies(posts: Iterable[Post]) -> dict[PostId, PostId | None]:
    """For every post the id of the original that it repeats, or None when it is itself an original.

    The earliest post of a group (by sure date, else by when it was first seen; ties by id) is its original. The answer does
    not depend on the order of the posts.
    """
    sketches = sorted((_sketch(p) for p in posts), key=lambda s: (_age(s.post), s.post.id))
    by_key: dict[int, list[_Sketch]] = defaultdict(list)
    found: dict[PostId, PostId | None] = {}
    for sketch in sketches:
        original: PostId | None = None
        tried: set[PostId] = set()
        for key in sketch.keys:
            for earlier in by_key[key]:
                if earlier.post.id not in tried:
                    tried.add(earlier.post.id)
                    if _same_text(earlier, sketch):
                        original = earlier.post.id
                        break
            if original:
                break
        found[sketch.post.id] = original
        if original is None:
            for key in sketch.keys:
                by_key[key].append(sketch)
    return found


def _age(post: Post) -> datetime:
    return post.published_at if post.published_at and not post.published_doubtful else post.first_seen


def _sketch(post: Post) -> _Sketch:
    words = fold(post.text or post.title)
    tokens = words.split()
    shingles = frozenset(
        int.from_bytes(blake2b(" ".join(tokens[i : i + SHINGLE_WORDS]).encode(), digest_size=8).digest(), "big")
        for i in range(max(1, len(tokens) - SHINGLE_WORDS + 1))
    )
    keys = tuple(sorted(shingles)[:SKETCH_SIZE]) if tokens else ()
    return _Sketch(post, shingles, keys, frozenset(_FIGURES.findall(nfc(f"{post.title}\n{post.text}"))), words)


def _same_text(a: _Sketch, b: _Sketch) -> bool:
    short, long = sorted((len(a.shingles), len(b.shingles)))
    if short < MIN_SHINGLES:
        return a.words == b.words and fold(a.post.title) == fold(b.post.title)
    if long > short * LONGEST_TO_SHORTEST or len(a.shingles & b.shingles) < SHARED * short:
        return False
    return not (a.figures - b.figures and b.figures - a.figures)
