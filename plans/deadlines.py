"""When a duty is due: `trước ngày 15/10/2026`, `trong quý II/2026`, `hằng tháng trước ngày 25`, `khi có yêu cầu`.

Conventions: a deadline is the last day of the printed time; what recurs, or waits for an event, has a text and no day.
"""

import re
from dataclasses import dataclass
from datetime import date

from domain.plan import Recurrence
from plans.anniversaries import anniversary_spans
from plans.citations import citations
from plans.dates import PrintedTime, printed_times, year_ranges
from plans.phases import Calendar
from plans.plain import plain

_EVERY = r"(?:dinh ky\s+(?:hang|moi|theo)?|hang|moi)\s*"
_RECURRENCES: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    (Recurrence.MONTHLY, re.compile(rf"{_EVERY}thang\b|(?<=\d)\s*(?:lan)?\s*/\s*(?:1 |01 )?thang|/\s*thang\b|cua thang\b(?!\s*(?:\d|cuoi))|bao cao thang\b(?!\s*\d)")),
    (Recurrence.QUARTERLY, re.compile(rf"{_EVERY}quy\b(?!\s*(?:[iv1-4]+\b|dinh|che))|/\s*quy\b|bao cao quy\b(?!\s*[iv1-4]+\b)|thang cuoi (?:cua )?quy|cuoi moi quy|cuoi quy\b(?!\s*[iv])")),
    (Recurrence.ANNUAL, re.compile(rf"{_EVERY}nam\b(?!\s*\d)|/\s*nam\b|bao cao nam\b(?!\s*\d)|(?:dinh ky\s+)?6 thang(?: mot lan)?,?\s+(?:va\s+)?(?:1|01|mot|ca|hang)?\s*nam\b(?!\s*\d)")),
)
_WEEKLY = re.compile(rf"{_EVERY}tuan\b|/\s*tuan\b")
_CONTINUOUS = re.compile(r"thuong xuyen|duy tri|lien tuc|hang ngay|moi ngay")
_DUE = re.compile(
    r"(?:cham nhat(?:\s+(?:la|vao|den|truoc))?|muon nhat(?: la)?|truoc|den het|den|het|xong trong|trong|vao|tu|thoi (?:gian|han|diem)[^:;]{0,40}:|hoan thanh|xong|du kien|dip)\s*"
    r"(?:vao\s+|khi\s+het\s+)?(?:(?:cuoi|dau|giua|het|trong)\s+)?$"
)
_YEAR_DUE = re.compile(r"(?:(?:den |truoc )?het|hoan thanh (?:trong|truoc)?|xong (?:trong|truoc)|truoc)\s*$")
_CONDITION = re.compile(
    r"(?:(?:va|hoac)\s+)?(?:(?:dinh ky\s+)?(?:hoac\s+|va\s+)?dot xuat(?:\s+(?:khi|theo)\s+(?:co\s+)?(?:yeu cau|chi dao))?"
    r"|(?:ngay\s+)?(?:sau\s+)?khi\s+(?:co|duoc|ket thuc|nhan duoc|hoan thanh|phat sinh|xay ra|ban hanh|xuat hien)\b[^.;,)]{0,80}"
    r"|ngay sau\s[^.;,)]{3,80}|trong (?:vong|thoi han)\s+\d+\s*(?:ngay|gio|thang|tuan)[^.;,)]{0,80}"
    r"|(?:cham nhat|truoc|sau)\s+\d+\s*(?:ngay|gio|tuan|thang)\b[^.;,)]{0,80}|\d+\s*gio\s+(?:sau|truoc|ke tu)[^.;,)]{0,60}"
    r"|theo (?:yeu cau|tien do|ke hoach de ra)\b)"
)
_ATTACHED_DAY = re.compile(r"(?:truoc\s+|vao\s+|cham nhat\s+(?:la\s+|vao\s+)?)?(?:ngay|mung)\s+\d{1,2}\s*(?=(?:hang|cua|moi)?\s*thang)")


_CONNECTED = re.compile(r"[\s,-]*(?:den|va|hoac)?(?:\s+(?:het|ngay))?\s*")


@dataclass(frozen=True, slots=True)
class When:
    """`text` is every time expression of the clause, parts joined by ` … `."""

    deadline: date | None = None
    text: str | None = None
    recurrence: Recurrence | None = None
    year_assumed: bool = False


def read_when(text: str, calendar: Calendar) -> When:
    """What a clause of a duty says about its time. Dates of cited documents and of anniversaries are not deadlines."""
    bare = plain(text)
    recurrence, spans = _recurrence(bare)
    taken = _other_dates(text)
    times = [t for t in printed_times(text) if not any(t.start < e and s < t.end for s, e in taken)]
    due: list[PrintedTime] = []
    for time in times:
        lead = _lead(bare, time, due)
        if lead is not None:
            due.append(time)
            spans.append((lead, time.end))
    spans.extend(m.span() for m in _CONDITION.finditer(bare) if not any(m.start() < e and s < m.end() for s, e in spans))
    if recurrence is not None and recurrence is not Recurrence.CONTINUOUS:
        return When(None, _joined(text, spans), recurrence)
    last = due[-1] if due else None
    deadline = last.last(calendar.year or (calendar.issued_on.year if calendar.issued_on else None)) if last else None
    if deadline and recurrence is None:
        recurrence = Recurrence.ONCE
    return When(deadline, _joined(text, spans), recurrence, bool(last and deadline and last.year is None))


def _recurrence(bare: str) -> tuple[Recurrence | None, list[tuple[int, int]]]:
    for recurrence, pattern in _RECURRENCES:
        if found := list(pattern.finditer(bare)):
            return recurrence, [m.span() for m in found[:1]]
    if weekly := _WEEKLY.search(bare):
        return None, [weekly.span()]
    return (Recurrence.CONTINUOUS, []) if _CONTINUOUS.search(bare) else (None, [])


def _lead(bare: str, time: PrintedTime, due: list[PrintedTime]) -> int | None:
    """Where the words that make a time a deadline begin; None when nothing does."""
    before = bare[max(0, time.start - 60) : time.start]
    offset = time.start - len(before)
    if time.first_month is None and time.day is None:
        match = _YEAR_DUE.search(before)
        return offset + match.start() if match else None
    if due and _CONNECTED.fullmatch(bare[due[-1].end : time.start]):
        return time.start
    if match := _DUE.search(before):
        words = match[0]
        return offset + match.start() + len(words) - len(words.lstrip())
    if before.rstrip().endswith("(") or not before.strip() or before.rstrip().endswith(":"):
        return time.start
    return time.start if time.day is None else None


def _other_dates(text: str) -> list[tuple[int, int]]:
    """Where dates of cited documents, of anniversaries and ranges of years stand."""
    spans = [(c.start, c.end + 30) for c in citations(text) if c.citation.date]
    spans += anniversary_spans(text)
    spans += [(s, e) for s, e, _, _ in year_ranges(text)]
    return spans


def _joined(text: str, spans: list[tuple[int, int]]) -> str | None:
    """The marked parts in order; those that touch become one."""
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or _CONNECTED.fullmatch(plain(text[merged[-1][1] : start]))):
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return " … ".join(text[s:e].strip(" ,(") for s, e in merged) or None
