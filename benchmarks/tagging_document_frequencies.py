"""Makes two tables of figures about the language from news texts, both in classifier/data:

document_frequencies.txt.gz   in how many texts a folded word or pair of words occurs
syllables.txt                 which syllables, with their marks, are Vietnamese at all

usage: python benchmarks/tagging_document_frequencies.py ARTICLES.jsonl.gz...

The tables hold no text; docs/decisions/0012-figures-about-the-language.md says what they were made from. Run again after
NORMALISER is raised.
"""

import collections
import gzip
import itertools
import json
import re
import sys
import unicodedata
from pathlib import Path

from classifier.language import shipped_language
from classifier.reading import BREAK, read
from classifier.syllables import is_syllable

LEAD = 1_000
"""Characters of an article: about as long as a post."""
AT_LEAST = {1: 3, 2: 12}
"""Rarer words and pairs say too little about the language, and too much about single articles, to be kept."""


OF_A_SYLLABLE = 4
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
STOPPED_TONES = frozenset("\u0301\u0323")
_STOPPED = re.compile(r"(?:p|t|c|ch)$")
_SYLLABLE = re.compile(r"[^\W\d_]+")


def _well_formed(syllable: str) -> bool:
    """A syllable that ends in p, t, c or ch is said with the tone sắc or nặng only."""
    tones = {c for c in unicodedata.normalize("NFD", syllable) if c in TONES}
    return is_syllable(syllable) and (not _STOPPED.search(syllable) or bool(tones & STOPPED_TONES))


def main() -> None:
    counts: collections.Counter[str] = collections.Counter()
    syllables: collections.Counter[str] = collections.Counter()
    total = 0
    for name in sys.argv[1:]:
        with gzip.open(name, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                reading = read("", article["text"][:LEAD], shipped_language().abbreviations)
                words = reading.words
                syllables.update(set(_SYLLABLE.findall(reading.body.accented)))
                pairs = (f"{a} {b}" for a, b in itertools.pairwise(words) if BREAK not in (a, b))
                counts.update({*(w for w in words if w != BREAK), *pairs})
                total += 1
    kept = sorted((gram, df) for gram, df in counts.items() if df >= AT_LEAST[gram.count(" ") + 1] and not gram.isdigit())
    folder = Path(__file__).parents[1] / "classifier" / "data"
    target = folder / "document_frequencies.txt.gz"
    marked = sorted(s for s, df in syllables.items() if df >= OF_A_SYLLABLE and not s.isascii() and _well_formed(s))
    (folder / "syllables.txt").write_text(" ".join(marked) + "\n", "utf-8")
    with gzip.GzipFile(target, "wb", mtime=0) as file:
        file.write(f"{total}\n".encode())
        file.writelines(f"{df}\t{gram}\n".encode() for gram, df in kept)
    sys.stderr.write(f"{total} texts, {len(marked)} syllables, {len(kept)} entries, {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
