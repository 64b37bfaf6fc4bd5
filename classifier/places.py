"""Provinces and centrally run cities, by today's and earlier names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from classifier.lexicon import Entry
from classifier.normalise import normalise
from classifier.thesaurus import data_text, fold_phrase

PLACE = "place"
"""The kind of lexicon entries that name a province; their key is its folded name."""


@lru_cache(maxsize=1)
def place_entries() -> tuple[Entry, ...]:
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    for line in data_text("provinces.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, others = line.partition("=")
        key = fold_phrase(name)
        for form in (name, *(o for o in others.split(";") if o.strip())):
            accented = tuple(re.findall(r"\w+", normalise(form).accented))
            yield Entry(PLACE, key, fold_phrase(form), accented, proper=True)
