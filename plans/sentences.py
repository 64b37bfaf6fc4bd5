"""Sentences and clauses of a paragraph. Abbreviations, dates, numbers and what stands in brackets or quotes hold together."""

import re

_STOP = re.compile(r"(?<!\bTP)(?<!\bTT)(?<!\bTX)(?<!\bPGS)(?<!\bTS)(?<!\bđ/c)(?<!\s\d)\.(?:/\.)?\s+(?=[^\W\d_]|[“\"\d(-])")
_CLAUSE = re.compile(r";\s+")


def sentences(text: str) -> list[str]:
    """A full stop before a capital ends a sentence."""
    found, start = [], 0
    for match in _STOP.finditer(text):
        following = text[match.end() : match.end() + 1]
        if following.isalpha() and not following.isupper():
            continue
        if _depth(text[start : match.start()]):
            continue
        found.append(text[start : match.start()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [s for s in found if s]


def clauses(text: str) -> list[str]:
    """The parts between semicolons."""
    found, start = [], 0
    for match in _CLAUSE.finditer(text):
        if not _depth(text[start : match.start()]):
            found.append(text[start : match.start()].strip())
            start = match.end()
    found.append(text[start:].strip())
    return [c for c in found if c]


def _depth(text: str) -> int:
    """Brackets and quotes that are still open."""
    return max(0, text.count("(") - text.count(")")) + max(0, text.count("“") - text.count("”"))
