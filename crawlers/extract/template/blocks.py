"""A page as a row of blocks: the stretches of text that a reader sees as lines, with where each one stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from domain.text import nfc, one_line

INLINE = ("a", "abbr", "b", "em", "font", "i", "label", "mark", "small", "span", "strong", "sub", "sup", "time", "u")
SKIPPED = (
    "button",
    "figcaption",
    "iframe",
    "noscript",
    "object",
    "option",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
)
_WORDS = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_SHORT = 70
_NAME = re.compile(r"[A-Za-z_][\w-]*")
FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|zip|rar|odt)(?:$|[?#])", re.I)


@dataclass(frozen=True, slots=True)
class Block:
    """`key` is its words; `boilerplate_key` is the same for lines that differ only in numbers (“Lượt xem: 12”)."""

    text: str
    key: str
    boilerplate_key: str
    owner: LexborNode
    link_characters: int


def key_of(text: str) -> str:
    return " ".join(_WORDS.findall(nfc(text).lower()))


def boilerplate_key_of(key: str) -> str:
    if len(key) >= _SHORT or sum(not word.isdigit() for word in key.split()) < 2:
        return key
    return _DIGITS.sub("0", key)


def blocks_of(root: LexborNode) -> list[Block]:
    """The blocks under `root`, in order. Inline elements join their text to the line around them; `<br>` ends a line."""
    return list(_walk(root))


def _walk(root: LexborNode) -> Iterator[Block]:
    pieces: list[str] = []
    linked = 0
    owner = root
    waiting: list[tuple[LexborNode, bool]] = [(root, False)]
    while waiting:
        node, leaving = waiting.pop()
        tag = node.tag
        if tag == "-text":
            if text := node.text_content:
                if not pieces and text.strip():
                    owner = _block_around(node)
                pieces.append(text)
                linked += len(text.strip()) if _in_link(node) else 0
            continue
        if tag is None or not node.is_element_node or tag in SKIPPED:
            continue
        if tag not in INLINE:
            if block := _block(pieces, owner, linked):
                yield block
            pieces, linked = [], 0
        if leaving:
            continue
        waiting.append((node, True))
        waiting.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    if block := _block(pieces, owner, linked):
        yield block


def _block(pieces: list[str], owner: LexborNode, linked: int) -> Block | None:
    text = one_line("".join(pieces))
    key = key_of(text)
    return Block(text, key, boilerplate_key_of(key), owner, linked) if key else None


def _block_around(node: LexborNode) -> LexborNode:
    """The element that holds the line: a named inline one (a date in a span) when nothing else stands on the line with it."""
    parent = node.parent
    while parent is not None and parent.tag in INLINE and parent.parent is not None:
        if tokens(parent) and _ends_line(parent.prev, forward=False) and _ends_line(parent.next, forward=True):
            return parent
        parent = parent.parent
    return parent if parent is not None else node


def _ends_line(sibling: LexborNode | None, forward: bool) -> bool:
    while sibling is not None and sibling.tag == "-text" and not (sibling.text_content or "").strip():
        sibling = sibling.next if forward else sibling.prev
    return sibling is None or (sibling.tag not in INLINE and sibling.tag != "-text")


def _in_link(node: LexborNode) -> bool:
    """Inside a link to a page; links to files are part of a text."""
    parent = node.parent
    for _ in range(4):
        if parent is None or parent.tag not in INLINE:
            return False
        if parent.tag == "a":
            return not FILE.search(parent.attributes.get("href") or "")
        parent = parent.parent
    return False


def tokens(node: LexborNode) -> list[str]:
    """The names that an element carries, as parts of a selector: `#id`, `.class`, `[itemprop=…]`."""
    attributes = node.attributes
    found = []
    identity = (attributes.get("id") or "").strip()
    if _NAME.fullmatch(identity):
        found.append(f"#{identity}")
    found += [f".{name}" for name in (attributes.get("class") or "").split() if _NAME.fullmatch(name)]
    for name in ("itemprop", "role"):
        if (value := attributes.get(name)) and _NAME.fullmatch(value):
            found.append(f'[{name}="{value}"]')
    return found


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The element itself and those around it, up to `body`, which is left out."""
    current: LexborNode | None = node
    while current is not None and current.tag not in ("body", "html", "-undef", None):
        yield current
        current = current.parent


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)
