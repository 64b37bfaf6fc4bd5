"""Provinces and centrally run cities, by today's and earlier names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from classifier.lexicon import Entry
from classifier.normalise import normalise
from classifier.reading import same_sound
from classifier.thesaurus import data_text

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
        key = _words(name)
        for form in (name, *(o for o in others.split(";") if o.strip())):
            accented = tuple(re.findall(r"\w+", normalise(form).accented))
            yield Entry(PLACE, key, _words(form), accented, proper=True)


def _words(name: str) -> str:
    return " ".join(same_sound(w) for w in re.findall(r"[0-9a-z]+", normalise(name).folded))
