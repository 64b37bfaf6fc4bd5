"""Ways to name an element so that the same one is found on every page of a site."""

from collections import Counter
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extract.template.blocks import tokens

_STABLE_SHARE = 0.6
_LONGEST_PATH = 16


def stable_tokens(trees: Sequence[LexborHTMLParser]) -> frozenset[str]:
    """Names that stand on most of the pages: style hashes and post numbers do not."""
    counts = Counter(name for tree in trees for name in names_on(tree))
    return frozenset(t for t, n in counts.items() if n >= max(2, _STABLE_SHARE * len(trees)))


def names_on(tree: LexborHTMLParser) -> frozenset[str]:
    return frozenset(name for node in tree.css("[class], [id], [itemprop], [role]") for name in tokens(node))


def selectors(node: LexborNode, stable: frozenset[str]) -> list[str]:
    """Selectors that name this element, the plainest first; the last one counts positions from the nearest named ancestor."""
    named = _named(node, stable)
    return [*named, path] if (path := _path(node, stable)) else named


def _named(node: LexborNode, stable: frozenset[str]) -> list[str]:
    tag = node.tag or ""
    own = [t for t in tokens(node) if t in stable]
    if not own:
        return []
    found = [tag + t for t in own if t.startswith(("#", "["))]
    classes = [t for t in own if t.startswith(".")]
    if len(classes) > 1:
        found.append(tag + "".join(classes))
    return found + [tag + c for c in classes]


def _path(node: LexborNode, stable: frozenset[str]) -> str | None:
    steps: list[str] = []
    current: LexborNode | None = node
    while current is not None and len(steps) < _LONGEST_PATH:
        if current.tag in ("body", "html"):
            return " > ".join(["body", *reversed(steps)]) if steps else None
        if steps and (named := _named(current, stable)):
            return " > ".join([named[0], *reversed(steps)])
        steps.append(f"{current.tag}:nth-of-type({_position(current)})")
        current = current.parent
    return None


def _position(node: LexborNode) -> int:
    position, sibling = 1, node.prev
    while sibling is not None:
        position += sibling.tag == node.tag
        sibling = sibling.prev
    return position
