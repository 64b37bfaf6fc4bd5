"""The written stock of the sample press offices: articles with slots, read from the text files in `content/`.

A file holds articles separated by blank lines. The first line of each says `= topic ids | who | options`: topic ids as the
plan prints them or `-` for none; who may publish it (`s` departments, `x` communes, `b` press, `h` associations, the code of
one unit, `*` all);
options `series=6` (a bulletin that returns six times), `near` (looks like a topic, is none).
The next line is the title, then the lead, then the paragraphs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

CONTENT = Path(__file__).parent / "content"
_SLOT = re.compile(r"\{([a-z_0-9]+)(?::(\d+)-(\d+))?\}")


@dataclass(frozen=True, slots=True)
class Article:
    topics: tuple[str, ...]
    publishers: frozenset[str]
    """Letters of groups and codes of units; empty for all."""
    title: str
    paragraphs: tuple[str, ...]
    series: int = 1
    near: bool = False

    def suits(self, group: str, unit: str) -> bool:
        return not self.publishers or group in self.publishers or unit in self.publishers


def read_articles(folder: Path = CONTENT) -> tuple[Article, ...]:
    """All articles, in the order of file names and lines. Raises ValueError naming the file and the article that is wrong."""
    found = []
    for path in sorted((folder / "articles").glob("*.txt")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
            found.append(_article(block.splitlines(), path.name))
    return tuple(found)


def _article(lines: list[str], place: str) -> Article:
    head = [part.strip() for part in lines[0].removeprefix("=").split("|")]
    if not lines[0].startswith("=") or len(head) != 3 or len(lines) < 3:
        raise ValueError(f"{place}: not an article: {lines[0]!r}")
    options = dict(option.partition("=")[::2] for option in head[2].split())
    if unknown := options.keys() - {"series", "near"}:
        raise ValueError(f"{place}: unknown options {unknown} of {lines[1]!r}")
    return Article(
        topics=tuple(t.strip() for t in head[0].split(",") if t.strip() != "-"),
        publishers=frozenset(p.strip() for p in head[1].split(",") if p.strip() != "*"),
        title=lines[1].strip(),
        paragraphs=tuple(line.strip() for line in lines[2:]),
        series=int(options.get("series", 1)),
        near="near" in options,
    )


def fill(text: str, values: Mapping[str, str], chance: Random) -> str:
    """`text` with its slots filled: `{n:20-45}` a number, `{p:91-98}` a percentage with one decimal, else a value by name."""

    def value(match: re.Match[str]) -> str:
        name, low, high = match.groups()
        if name == "n":
            return _grouped(chance.randint(int(low), int(high)))
        if name == "p":
            return f"{chance.uniform(int(low), int(high)):.1f}".replace(".", ",")
        return values[name]

    filled = _SLOT.sub(value, text)
    return filled[:1].upper() + filled[1:]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".") if number >= 1000 else f"{number:02}"
