"""When a duty is due: `trước ngày 15/10/2026`, `trong quý II/2026`, `hằng tháng trước ngày 25`, `khi có yêu cầu`.

Conventions: a deadline is the last day of the printed time; what recurs, or waits for an event, has a text and no day.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.plan import Recurrence
from plans.anniversaries import anniversary_spans
from plans.citations import citations
from plans.dates import PrintedTime, printed_times, year_ranges
from plans.phases import Calendar
from plans.plain import plain
from plans.quantities import PRODUCTS

_EVERY = r"(?:dinh ky\s+(?:hang|moi|theo)?|hang|moi)\s*"
_PER = rf"(?:(?<=lan)|(?<=ky)|(?:{PRODUCTS})\b[^.;/\d]{{0,30}})\s*/\s*(?:1 |01 )?"
_RECURRENCES: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    (Recurrence.MONTHLY, re.compile(rf"{_EVERY}thang\b|{_PER}thang\b|cua thang\b(?!\s*(?:\d|cuoi|dau))|bao cao thang\b(?!\s*\d)")),
    (
        Recurrence.QUARTERLY,
        re.compile(
            rf"{_EVERY}quy\b(?!\s*(?:[iv1-4]+\b|dinh|che))|{_PER}quy\b|dau quy sau|quy sau\b|"
            rf"bao cao quy\b(?!\s*[iv1-4]+\b)|thang cuoi (?:cua )?quy|cuoi moi quy|cuoi quy\b(?!\s*[iv])"
        ),
    ),
    (
        Recurrence.ANNUAL,
        re.compile(
            rf"{_EVERY}nam\b(?!\s*\d)|{_PER}nam\b|bao cao nam\b(?!\s*\d)|"
            rf"(?:dinh ky\s+)?6 thang(?: mot lan)?,?\s+(?:va\s+)?(?:1|01|mot|ca|hang)?\s*nam\b(?!\s*\d)"
        ),
    ),
)
_WEEKLY = re.compile(
    rf"(?:(?:vao\s+)?(?:sang|chieu|toi)?\s*thu\s+(?:hai|ba|tu|nam|sau|bay)\s+)?{_EVERY}(?:tuan|ngay)\b|{_PER}(?:tuan|ngay)\b"
)
_CONTINUOUS = re.compile(r"thuong xuyen|duy tri|lien tuc")
_DUE = re.compile(
    r"(?:(?:hoan thanh|xong)\s+)?(?:cham nhat(?:\s+(?:la|vao|den|truoc))?|muon nhat(?: la)?|truoc|den het|den|het|"
    r"xong trong|trong|vao|tu|"
    r"thoi (?:gian|han|diem)[^:;]{0,40}:|hoan thanh|xong|du kien|dip)\s*"
    r"(?:vao\s+|khi\s+het\s+)?(?:(?:cuoi|dau|giua|het|trong)\s+)?$"
)
_YEAR_DUE = re.compile(r"(?:(?:den |truoc )?het|trong|hoan thanh (?:trong|truoc)?|xong (?:trong|truoc)|truoc)\s*$")
_CONDITION = re.compile(
    r"(?:(?:va|hoac)\s+)?(?:(?:dinh ky\s+)?(?:hoac\s+|va\s+)?dot xuat(?:\s+(?:khi|theo)\s+(?:co\s+)?(?:yeu cau|chi dao))?"
    r"|(?:ngay\s+)?(?:sau\s+)?khi\s+(?:co|duoc|ket thuc|nhan duoc|hoan thanh|phat sinh|xay ra|ban hanh|xuat hien)\b[^.;,)]{0,80}"
    r"|ngay sau\s[^.;,)]{3,80}|trong (?:vong|thoi han)\s+\d+\s*(?:ngay|gio|phut|thang|tuan)[^.;,)]{0,80}"
    r"|(?:cham nhat|truoc|sau)\s+\d+\s*(?:ngay|gio|tuan|thang)\b[^.;,)]{0,80}|\d+\s*gio\s+(?:sau|truoc|ke tu)[^.;,)]{0,60}"
    r"|theo (?:yeu cau|ke hoach de ra)\b)"
)
_ATTACHED_DAY = re.compile(
    r"(?:truoc\s+|vao\s+|cham nhat\s+(?:la\s+|vao\s+)?)?(?:ngay|mung)\s+\d{1,2}\s*(?=(?:hang|cua|moi)?\s*thang)"
)


_CONNECTED = re.compile(r"[\s,-]*(?:den|va|hoac|cua)?(?:\s+(?:het|ngay))?\s*")


_FIRM = re.compile(r"truoc|cham nhat|muon nhat|xong|hoan thanh|\bhet\b|han")


@dataclass(frozen=True, slots=True)
class When:
    """`text` is every time expression, parts joined by ` … `. `firm`: words such as `trước`, `hoàn thành` make it a deadline;
    in a section about content other times only tell when things happen."""

    deadline: date | None = None
    text: str | None = None
    recurrence: Recurrence | None = None
    firm: bool = False
    year_assumed: bool = False


@dataclass(frozen=True, slots=True)
class _Due:
    """A printed time that is a deadline, from the words before it on; `opens` when it begins a range."""

    lead: int
    time: PrintedTime
    firm: bool
    opens: bool


def read_when(text: str, calendar: Calendar) -> When:
    """The last of what a clause says about its time."""
    return read_whens(text, calendar)[-1]


def read_whens(text: str, calendar: Calendar) -> tuple[When, ...]:
    """What a clause of a duty says about its time; two unconnected days are two deadlines.

    Dates of cited documents and of anniversaries are not deadlines. Always at least one, empty where the clause says nothing.
    """
    bare = plain(text)
    recurrence, spans = _recurrence(bare)
    runs = _due_runs(text, bare)
    spans += [(due.lead, due.time.end) for run in runs for due in run]
    conditions = [m.span() for m in _CONDITION.finditer(bare)]
    spans += [c for c in conditions if not any(c[0] < e and s < c[1] for s, e in spans)]
    firm = any(due.firm for run in runs for due in run) or "ke hoach de ra" in bare
    if recurrence is not None and recurrence is not Recurrence.CONTINUOUS:
        return (When(None, _joined(text, spans), recurrence, True),)
    if len(runs) > 1 and all(run[-1].time.last_month for run in runs):
        return tuple(_when(text, run, [(d.lead, d.time.end) for d in run], recurrence, calendar) for run in runs)
    if not runs:
        return (When(None, _joined(text, spans), recurrence, firm),)
    return (_when(text, runs[-1], spans, recurrence, calendar),)


def parts_by_deadline(text: str) -> list[str]:
    """`mở lớp trong tháng 4/2026, báo cáo trước ngày 05/5/2026`: a clause with two deadlines comes apart at the comma between."""
    runs = _due_runs(text, plain(text))
    cuts = []
    for run, following in pairwise(runs):
        comma = text.find(", ", run[-1].time.end, following[0].lead)
        if comma >= 0:
            cuts.append(comma)
    edges = [0, *cuts, len(text)]
    return [text[a:b].strip(" ,") for a, b in pairwise(edges)]


def _when(text: str, run: list[_Due], spans: list[tuple[int, int]], recurrence: Recurrence | None, calendar: Calendar) -> When:
    last = run[-1].time
    deadline = last.last(calendar.year or (calendar.issued_on.year if calendar.issued_on else None))
    known = recurrence or (Recurrence.ONCE if deadline else None)
    return When(deadline, _joined(text, spans), known, any(d.firm for d in run), deadline is not None and last.year is None)


def _recurrence(bare: str) -> tuple[Recurrence | None, list[tuple[int, int]]]:
    for recurrence, pattern in _RECURRENCES:
        if found := list(pattern.finditer(bare)):
            return recurrence, [m.span() for m in found if "/" not in m[0]]
    if weekly := _WEEKLY.search(bare):
        return None, [weekly.span()] if "/" not in weekly[0] else []
    return (Recurrence.CONTINUOUS, []) if _CONTINUOUS.search(bare) else (None, [])


def _due_runs(text: str, bare: str) -> list[list[_Due]]:
    """The times that are deadlines; those joined by `đến`, `và` or a comma are one run. A lone `từ ngày …` is none."""
    taken = _other_dates(text)
    runs: list[list[_Due]] = []
    for time in printed_times(text):
        if any(time.start < e and s < time.end for s, e in taken):
            continue
        if runs and _CONNECTED.fullmatch(bare[runs[-1][-1].time.end : time.start]):
            runs[-1].append(_Due(time.start, time, False, False))
        elif due := _due(bare, time):
            runs.append([due])
    return [run for run in runs if len(run) > 1 or not run[0].opens]


def _due(bare: str, time: PrintedTime) -> _Due | None:
    """A time with the words before it that make it a deadline; None when nothing does."""
    before = bare[max(0, time.start - 60) : time.start]
    offset = time.start - len(before)
    whole_year = time.first_month is None and time.day is None
    match = (_YEAR_DUE if whole_year else _DUE).search(before)
    if match:
        lead = offset + match.start() + len(match[0]) - len(match[0].lstrip())
        opens = match[0].split()[-1:] == ["tu"]
        return _Due(lead, time, bool(_FIRM.search(match[0])), opens)
    if whole_year:
        return None
    stands_alone = not before.strip() or before.rstrip().endswith(("(", ":"))
    return _Due(time.start, time, False, False) if stands_alone or time.day is None else None


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
