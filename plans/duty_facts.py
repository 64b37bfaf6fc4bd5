"""What one clause of a duty states: its times, its minimum numbers, and to whom a report goes."""

import re
from dataclasses import dataclass

from domain.plan import Recurrence
from plans.bodies import starts_with_head
from plans.deadlines import When, read_whens
from plans.phases import Calendar
from plans.plain import plain
from plans.quantities import Quantity, quantities

_REPORTS = re.compile(r"(?:bao cao(?!\s+vien)|gui|nop|tong hop|phan anh|dang ky|cung cap|chuyen)\b")
_TOWARDS = re.compile(r"\s(?:về|với|đến|tới|cho)\s+(?=(?:các\s)?[A-ZĐÀ-Ỹ]|cơ quan|cấp|công đoàn|phòng|sở|ủy ban|văn phòng)")
_DIRECT = re.compile(r"(?:[Bb]áo cáo|[Gg]ửi)\s+(?=[A-ZĐÀ-Ỹ])")
_REPORT_END = re.compile(
    r"[.;]|,(?!\s*(?:va\s+)?[^,]{3,60}\(qua)|\s(?:truoc|cham nhat|dinh ky|hang (?:thang|quy|nam|tuan)|de|theo|vao|"
    r"qua|khi|trong|bang|"
    r"ket qua|ve|ngay|moi|xem xet|danh sach|tinh hinh)\b"
)
_ONWARD = re.compile(r"\s(?:để|nhằm)\s")
_NEVER_READERS = ("báo chí", "cấp phát")
_CYCLES = frozenset({Recurrence.MONTHLY, Recurrence.QUARTERLY, Recurrence.ANNUAL})


@dataclass(frozen=True, slots=True)
class Facts:
    """`whens` has one entry for every deadline, at least one."""

    whens: tuple[When, ...]
    quantities: tuple[Quantity, ...]
    report_to: str | None

    @property
    def recurs(self) -> bool:
        return any(w.recurrence in _CYCLES for w in self.whens)

    @property
    def is_hard(self) -> bool:
        """Whether the clause states a time, a number or a recipient."""
        return bool(self.quantities or self.report_to or any(w.text for w in self.whens))

    @property
    def binds(self) -> bool:
        """Whether it does so beyond doubt, as a sentence among descriptions of content must."""
        return bool(self.quantities or self.report_to or self.recurs or any(w.firm and w.text for w in self.whens))


def read_facts(clause: str, calendar: Calendar) -> Facts:
    return Facts(read_whens(clause, calendar), tuple(quantities(clause)), read_report_to(clause))


def read_report_to(clause: str) -> str | None:
    """To whom a report goes (`báo cáo … về X (qua Y)`); an onward duty (`để tổng hợp, báo cáo W`) is not this one's."""
    bare = plain(clause)
    report = _REPORTS.search(bare)
    if not report:
        return None
    onward = _ONWARD.search(clause, report.end())
    scope = onward.start() if onward else len(clause)
    towards = _TOWARDS.search(clause, report.start(), scope)
    start = towards.end() if towards else None
    if towards is None or (towards[0].strip() == "cho" and not bare.startswith("bao cao", report.start())):
        direct = _DIRECT.search(clause, report.start(), scope)
        start = direct.end() if direct else None
    if start is None or not starts_with_head(clause[start:]) or clause.startswith(_NEVER_READERS, start):
        return None
    stop = _REPORT_END.search(bare, start)
    end = stop.start() if stop else len(clause)
    if "(" in clause[start:end] and ")" not in clause[start:end] and ")" in clause[end:]:
        end = clause.index(")", end) + 1
    through = re.match(r"\s*\(\s*qua[^)]*\)", bare[end:])
    end += through.end() if through else 0
    return clause[start:end].strip(" ,") or None
