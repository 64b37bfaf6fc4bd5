"""Web addresses in a text, whole or cut by the end of a printed line.

A line end inside an address leaves no mark. Where the halves are told beyond doubt they are joined; else `DOUBT` stands between
them, and neither half is read as an address: part of an address is the address of somebody else.
"""

import re
from collections.abc import Iterator

DOUBT = "… …"
"""Between two lines that may be one address."""
_ADDRESS = re.compile(
    r"https?://[^\s,;)\]|“”\"<>]+|"
    r"(?:https?://)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:vn|com|net|org|info|me|edu|gov)(?![\w.-]*@)(?:/[^\s,;)\]|“”\"<>]*)?"
)
_SCHEME = re.compile(r"https?(?::/{0,2})?", re.I)
_OPENS = re.compile(r"https?:|www\.", re.I)
_WHOLE_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|me|edu|gov)", re.I)
_DOTTED = re.compile(r"[a-z][a-z0-9-]{2,}(?:\.[a-z0-9-]+)+\.?")
_LONE = re.compile(r"[a-z0-9-]{6,}|[A-Za-z0-9._-]+@[A-Za-z0-9.-]*")
_REST = re.compile(r"[A-Za-z0-9._~%/?=&#+:@-]+[;,.)]*")
_GOES_ON = re.compile(r"[./?=&#_%][A-Za-z0-9]")


def addresses(text: str) -> Iterator[re.Match[str]]:
    """The addresses of a text, in order; those that an ellipsis cuts are none."""
    for match in _ADDRESS.finditer(text):
        if "…" not in text[max(0, match.start() - 1) : match.end() + 1]:
            yield match


def web_addresses(text: str) -> list[str]:
    """The web addresses in a text, in order, without the full stop behind them."""
    return [m[0].rstrip(".") for m in addresses(text)]


def join_lines(before: str, after: str, full: bool) -> str:
    """Two printed lines of one paragraph or cell; `full` says that not one letter more had room at the end of the first."""
    head, tail = before.split()[-1:], after.split()[:1]
    if not head or not tail:
        return f"{before} {after}".strip()
    alone = len(after.split()) == 1
    return f"{before}{_between(head[0], tail[0], full, alone)}{after}"


def _between(head: str, tail: str, full: bool, alone: bool) -> str:
    """What stands between the last word of a line and the first of the next: nothing where they are one address."""
    is_rest, opens_whole = bool(_REST.fullmatch(tail)), bool(_ADDRESS.match(tail))
    if _SCHEME.fullmatch(head):
        return "" if is_rest and not tail.startswith("http") else DOUBT
    if (
        _OPENS.match(tail)
        or head.endswith((",", ";", ")", ":"))
        or not _is_address(head, full and bool(opens_whole or _GOES_ON.match(tail)))
    ):
        return " "
    if _GOES_ON.match(tail):
        return ""
    if head.endswith("."):
        return "" if full and is_rest and tail[:1].islower() else " "
    if head.endswith(("/", "-")):
        return " " if not is_rest else DOUBT if opens_whole else ""
    if _WHOLE_HOST.fullmatch(head):
        return DOUBT if full and opens_whole else " "
    if "/" in _SCHEME.sub("", head, count=1):
        return " " if not full or not is_rest else "" if alone and not opens_whole else DOUBT
    if _OPENS.match(head):
        return "" if full and is_rest else DOUBT
    if full and (opens_whole or _ADDRESS.fullmatch(f"{head}{tail}".rstrip(".,;)"))):
        return ""
    return DOUBT if opens_whole else " "


def _is_address(head: str, before_address: bool) -> bool:
    if _OPENS.match(head) or _ADDRESS.match(head) or _DOTTED.fullmatch(head):
        return True
    return before_address and bool(_LONE.fullmatch(head))
