"""Makes classifier/data/document_frequencies.txt.gz: in how many news texts a word or a pair of words occurs.

usage: python benchmarks/tagging_document_frequencies.py ARTICLES.jsonl.gz...

The table is figures only; docs/decisions/tagging-background.md says what it was made from. Run again after NORMALISER is raised.
"""

import collections
import gzip
import json
import sys
from pathlib import Path

from classifier.reading import BREAK, read
from classifier.language import shipped_language

LEAD = 1_000
"""Characters of an article: about as long as a post."""
AT_LEAST = {1: 3, 2: 12}
"""Rarer words and pairs say too little about the language, and too much about single articles, to be kept."""


def main() -> None:
    counts: collections.Counter[str] = collections.Counter()
    total = 0
    for name in sys.argv[1:]:
        with gzip.open(name, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                words = read("", article["text"][:LEAD], shipped_language().abbreviations).words
                pairs = (f"{a} {b}" for a, b in zip(words, words[1:], strict=False) if BREAK not in (a, b))
                counts.update({*(w for w in words if w != BREAK), *pairs})
                total += 1
    kept = sorted((gram, df) for gram, df in counts.items() if df >= AT_LEAST[gram.count(" ") + 1] and not gram.isdigit())
    target = Path(__file__).parents[1] / "classifier" / "data" / "document_frequencies.txt.gz"
    with gzip.GzipFile(target, "wb", mtime=0) as file:
        file.write(f"{total}\n".encode())
        file.writelines(f"{df}\t{gram}\n".encode() for gram, df in kept)
    sys.stderr.write(f"{total} texts, {len(kept)} entries, {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
