"""Numbered documents that a text names: `Kế hoạch số 28-KH/TU, ngày 19/5/2021 của Ban Thường vụ Tỉnh ủy về …`.

Forms: Party `10-KH/ĐUK`, State `07/KH-UBND`, official letters `1187/UBND-VX`, normative `118/2025/NĐ-CP`, National Assembly
`80/2015/QH13` (Nghị định 30/2020/NĐ-CP, Phụ lục I and III; Hướng dẫn 36-HD/VPTW).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.plan import Citation, Lines
from plans.dates import printed_times
from plans.plain import plain

_GROUP = r"[A-ZĐ][A-Za-zĐđ]{0,9}\d{0,3}"
NUMBER = re.compile(
    rf"(?<![\w/.])\d{{1,5}}(?:\s*/\s*\d{{4}})?\s*[-–/]\s*{_GROUP}(?:\s?[-–/&]\s?{_GROUP})+(?!\w)|(?<![\w/.])\d{{1,4}}/\d{{4}}/(?:QH|UBTVQH)\d{{1,2}}(?!\d)"
)
_DATE = re.compile(r"\s*,?\s*\(?(?:ky |ban hanh )?(?=ngay\s+\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})")
_ISSUER = re.compile(r"\s*\)?,?\s*cua\s+")
_ISSUER_END = re.compile(
    r"[,;:()\"]|\.(?:\s|$)|\s(?:ve|v/v|trong|phe duyet|ban hanh|quy dinh|trien khai|thuc hien|giai doan|nam \d|"
    r"tai|sua doi|huong dan|ngay \d)\b"
)
_UNNUMBERED = re.compile(r"theo de nghi|tai to trinh|xet de nghi")


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A citation and where it stands: offsets of the number in the text."""

    citation: Citation
    start: int
    end: int


def document_number(text: str) -> str:
    """One spelling: no blanks, a hyphen for every dash."""
    return re.sub(r"\s+", "", text).replace("–", "-").replace("—", "-")


def citations(text: str, lines: Lines = ()) -> Iterator[CitedDocument]:
    """Every numbered document in reading order, with date and issuer where they follow the number."""
    bare = plain(text)
    for match in NUMBER.finditer(text):
        end, day = match.end(), None
        start = _DATE.match(bare, end)
        times = printed_times(text[start.end() : start.end() + 40]) if start else []
        if start and times and times[0].start == 0 and times[0].day:
            day, end = times[0].first(), start.end() + times[0].end
        issuer = None
        if of := _ISSUER.match(bare, end):
            stop = _ISSUER_END.search(bare, of.end())
            issuer = text[of.end() : stop.start() if stop else len(text)].strip() or None
        yield CitedDocument(Citation(document_number(match[0]), day, issuer, lines), match.start(), match.end())


def first_mentions(found: Iterable[Citation]) -> tuple[Citation, ...]:
    """Each document once, where it is named first; a later full mention fills what the first leaves open."""
    known: dict[str, Citation] = {}
    for citation in found:
        if citation.number is None:
            continue
        first = known.setdefault(citation.number, citation)
        known[citation.number] = replace(first, date=first.date or citation.date, issuer=first.issuer or citation.issuer)
    return tuple(known.values())


def is_proposal(text: str, start: int) -> bool:
    """Whether the document at `start` is a proposal (`Theo đề nghị của … tại Tờ trình số …`), which is no basis."""
    sentence = plain(text)[:start].rsplit(";", 1)[-1]
    return bool(_UNNUMBERED.search(sentence[-200:]))
