"""The head of a document: number, place and date, issuing body, title, basis.

Conventions: Nghị định 30/2020/NĐ-CP, Phụ lục I (`Số: 07/KH-UBND`, `Địa danh, ngày … tháng … năm …`) and Hướng dẫn 36-HD/VPTW
(`Số 10-KH/ĐUK`, `*` under the issuing body).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.plan import Citation, Lines
from plans.bodies import starts_with_head
from plans.citations import NUMBER, citations, document_number, first_mentions, is_proposal
from plans.dates import printed_times
from plans.outline import Item
from plans.paragraphs import Paragraph
from plans.plain import is_capitals, plain
from plans.zones import Zones

_MOTTO = re.compile(
    r"cong hoa xa hoi|dang cong san viet nam|doc lap|doan thanh nien cong san ho chi minh|mat tran to quoc viet nam$"
)
_NUMBER_LINE = re.compile(r"so\s*:?\s*(?=[\d/._…\s-])")
_BLANK_NUMBER = re.compile(r"so\s*:?\s*[._…\s]*[-/]\s*[a-z]")
_DATED = re.compile(r"(?P<place>[^\W\d_][^\d,;:]{1,60}?)?\s*,?\s*(?P<day>ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4})")
_ISSUES = re.compile(
    r"\s+(?:(?:de ra|tiep tuc|thong nhat|quyet dinh)\s+)?(?:xay dung(?: va)?(?: ban hanh)?|ban hanh|lap|"
    r"trien khai|to chuc(?: trien khai)?|cu the hoa|de ra|huong dan)\s+"
    r"(?:thuc hien\s+)?(?:noi dung\s+)?(?:ke hoach|huong dan|chuong trinh|cong tac|tuyen truyen|mot so|cac noi dung)"
)
_BASIS = re.compile(r"(?:thuc hien|can cu|trien khai|thi hanh|theo|tiep tuc|nham)\b")


@dataclass(frozen=True, slots=True)
class Read:
    """A text and the lines it was read from."""

    text: str
    lines: Lines


def _pieces(lines: Iterable[Paragraph]) -> list[Read]:
    """Printed lines with two columns come apart."""
    return [
        Read(cell.strip(), p.lines) for p in lines for cell in p.text.strip("| ").replace(" | ", "\t").split("\t") if cell.strip()
    ]


def read_number(zones: Zones) -> Read | None:
    """The number of the plan itself, never one that it cites."""
    for piece in _pieces(zones.letterhead):
        start = _NUMBER_LINE.match(plain(piece.text))
        match = NUMBER.match(piece.text, start.end()) if start else None
        if match:
            return Read(document_number(match[0]), piece.lines)
    return None


def has_blank_number(zones: Zones) -> Lines | None:
    """The line of a number that was left to be filled in (`Số:      /KH-UBND`)."""
    return next((p.lines for p in _pieces(zones.letterhead) if _BLANK_NUMBER.match(plain(p.text))), None)


def read_date(zones: Zones) -> tuple[date | None, str | None, Lines]:
    """Day of issue and place; None where the letterhead leaves them open."""
    for piece in _pieces(zones.letterhead):
        match = _DATED.search(plain(piece.text))
        if match and (times := printed_times(piece.text[match.start("day") :])):
            place = piece.text[: match.start("day")].strip(" ,*") if match.start("day") else ""
            return times[0].first(), place or None, piece.lines
    return None, None, ()


def read_title(zones: Zones) -> Read | None:
    if not zones.title:
        return None
    text = " ".join(p.text.lstrip("# ").replace("\t", " ") for p in zones.title)
    return Read(text, tuple(n for p in zones.title for n in p.lines))


def read_issuer(zones: Zones) -> Read | None:
    """The body that the opening sentence names as the one that issues the plan, else the lower body of the letterhead."""
    for paragraph in reversed(zones.opening):
        if name := _issuer_in(paragraph.text):
            return Read(name, paragraph.lines)
    return _letterhead_issuer(zones.letterhead)


def _issuer_in(text: str) -> str | None:
    bare = plain(text)
    for match in _ISSUES.finditer(bare):
        start = match.start()
        cuts = [0, *(m.end() for m in re.finditer(r"[,;:.]\s+", bare[:start]))]
        for cut in reversed(cuts):
            if match.start() - cut > 160:
                break
            name = text[cut:start].strip()
            if name[:1].isupper() and starts_with_head(name) and not NUMBER.search(name):
                return name
    return None


def _letterhead_issuer(lines: Sequence[Paragraph]) -> Read | None:
    bodies: list[Read] = []
    for piece in _pieces(lines):
        bare = plain(piece.text)
        if _NUMBER_LINE.match(bare) or _DATED.search(bare) or _MOTTO.search(bare) or not is_capitals(piece.text):
            continue
        if starts_with_head(piece.text) or not bodies:
            bodies.append(piece)
        else:
            bodies[-1] = Read(f"{bodies[-1].text} {piece.text}", bodies[-1].lines + piece.lines)
    return bodies[-1] if bodies and starts_with_head(bodies[-1].text) else None


def read_basis(zones: Zones, sections: Iterable[Item]) -> tuple[Citation, ...]:
    """The documents that the plan implements: those of the opening and of a section `CĂN CỨ`, without proposals."""
    texts = [(p.text, p.lines) for p in zones.opening]
    texts += [(item.text, item.lines) for section in sections for item in section.walk()]
    found = []
    for text, lines in texts:
        found += [
            c.citation for c in citations(text, lines) if not is_proposal(text, c.start) and "/TTr" not in (c.citation.number or "")
        ]
    return first_mentions(found)
