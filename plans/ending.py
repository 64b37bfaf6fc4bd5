"""The end of a document: recipients (`Nơi nhận`) and signature."""

import re

from domain.plan import Lines, Signatory
from plans.bodies import starts_with_body
from plans.letterhead import Read
from plans.paragraphs import Paragraph
from plans.plain import is_capitals, plain
from plans.zones import Zones, is_role_line

_RECIPIENTS = re.compile(r"noi nhan\s*:?\s*")
_BULLET = re.compile(r"^[-–—•+*·]\s*")
_SEAL = re.compile(r"\(?(?:da ky|ky ten|da ky va dong dau|ky ten, dong dau|chu ky|ky, ghi ro ho ten|signed).*\)?|\[.*\]")
_ADDRESS = re.compile(r"^(?:Ông|Bà|Đ/c|Đồng chí)\s+")


def _cells(lines: tuple[Paragraph, ...]) -> list[tuple[int, Read]]:
    """The cells of the ending's lines with the column that each stands in."""
    found = []
    for paragraph in lines:
        for column, cell in enumerate(paragraph.text.strip("| ").replace(" | ", "\t").split("\t")):
            if cell.strip():
                found.append((column, Read(cell.strip(), paragraph.lines)))
    return found


def read_recipients(zones: Zones) -> tuple[str, ...]:
    """One entry a line of `Nơi nhận`, without its bullet and the punctuation behind it; a wrapped entry is one."""
    entries: list[str] = []
    started = False
    for _, cell in _cells(zones.ending):
        text = cell.text
        if head := _RECIPIENTS.match(plain(text)):
            started, text = True, text[head.end() :]
            if not text:
                continue
        if not started or is_role_line(text) or (is_capitals(text) and " " in text):
            continue
        if bullet := _BULLET.match(text):
            entries.append(text[bullet.end() :])
        elif entries and not entries[-1].endswith((".", ";")) and not _is_name(text):
            entries[-1] = f"{entries[-1]} {text}"
        elif not entries:
            entries.append(text)
    return tuple(e for e in (re.sub(r"(?:\s*[;,.]|/\.)+$", "", entry).strip() for entry in entries) if e)


def _is_name(text: str) -> bool:
    """Two to six words, every one of letters with a capital first: no name of a body."""
    words = _ADDRESS.sub("", text).split()
    return (
        2 <= len(words) <= 6 and all(w[0].isupper() and w.replace("-", "").isalpha() for w in words) and not starts_with_body(text)
    )


def read_signature(zones: Zones) -> Signatory | None:
    """All lines of the role joined, and the name under them; None where the document ends without a name."""
    roles: list[str] = []
    lines: Lines = ()
    name: str | None = None
    for _, cell in _cells(zones.ending):
        text = re.sub(r"\(đã ký\)", "", cell.text, flags=re.I).strip()
        if not text or _BULLET.match(text) or _SEAL.fullmatch(plain(text)):
            continue
        if is_role_line(text) or (roles and name is None and is_capitals(text) and not _is_person(text, bool(roles))):
            if name is None:
                roles.append(text)
                lines += cell.lines
        elif name is None and _is_person(text, bool(roles)):
            name = text
            lines += cell.lines
    return Signatory(" ".join(roles) or None, name, lines) if roles or name else None


def _is_person(text: str, after_role: bool) -> bool:
    """A line that is a person's name. In capitals only under a role, where a body's name would have begun otherwise."""
    if not _is_name(text) or _RECIPIENTS.match(plain(text)):
        return False
    return not is_capitals(text) or (after_role and not is_role_line(text) and 2 <= len(text.split()) <= 4)
