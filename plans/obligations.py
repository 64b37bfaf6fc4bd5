"""Duties: who does what, how much, by when, and reports to whom.

The assignee stands in the heading above (`2. Sở Nội vụ`), at the head of the sentence, or after `đề nghị`, `giao`, `yêu cầu`; a
bullet such as `- Thời gian hoàn thành: …` belongs to the duty before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain.plan import Lines, Obligation, Recurrence
from plans.bodies import split_duty, starts_with_body, without_lead
from plans.deadlines import When, read_when
from plans.outline import Item
from plans.phases import Calendar, read_period
from plans.plain import plain
from plans.quantities import quantities
from plans.sections import SectionRole, role_heading, roles_of
from plans.sentences import clauses, sentences

_NO_DUTIES = frozenset(
    {SectionRole.PURPOSE, SectionRole.BASIS, SectionRole.SITUATION, SectionRole.SLOGANS, SectionRole.AUDIENCE, SectionRole.MATERIALS}
)
_CLOSING = re.compile(r"(?:tren day la|nhan duoc|trong qua trinh|can cu (?:ke hoach|noi dung) nay|de nghi|yeu cau|ke hoach nay)")
_ASKS = re.compile(r"(?:,|^|\s)(?:đề nghị|yêu cầu|giao(?: cho)?)\s+(?=[Cc]ác\s|[A-ZĐÀ-Ỹ])")
_REPORTS = re.compile(r"(?:bao cao(?!\s+vien)|gui|nop|tong hop|phan anh|dang ky)\b")
_TOWARDS = re.compile(r"\s(?:về|với|đến|tới|cho)\s+(?=(?:các\s)?[A-ZĐÀ-Ỹ]|cơ quan|cấp ủy|cấp trên)")
_DIRECT = re.compile(r"(?:báo cáo|[Gg]ửi|Báo cáo)\s+(?=(?:Ban|Sở|Ủy ban|UBND|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Thường trực|Văn phòng|Bộ|Phòng|Hội đồng|Chủ tịch|Trung tâm)\b)")
_REPORT_END = re.compile(
    r"[.;]|,(?!\s*(?:va\s+)?[^,]{3,60}\(qua)|\s(?:truoc|cham nhat|dinh ky|hang (?:thang|quy|nam|tuan)|de|theo|vao|qua|khi|trong|bang|ket qua|ve|ngay|moi|xem xet)\b"
)
_ONWARD = re.compile(r"\s(?:để|nhằm)\s")
_ADVERB = re.compile(
    r"(?:hang|dinh ky|can cu|tren co so|trong|tu|truoc|sau|khi|phan dau|nhan duoc|theo|vao|ngay|de |ben canh|dong thoi|ngoai ra|thong qua|voi)\b"
)
_WHEN_LABEL = re.compile(r"(?:thoi gian|thoi han|thoi diem|tien do|han hoan thanh|hoan thanh)\b[^:]{0,40}:")
_WHO_LABEL = re.compile(r"(?:don vi|co quan|bo phan|to chuc)?\s*(?:chu tri|thuc hien|phu trach|chiu trach nhiem|chu tri thuc hien|thuc hien chinh)\b[^:]{0,30}:|(?:don vi|co quan|phan cong)(?: thuc hien)?\s*:")
_OTHER_LABEL = re.compile(
    r"(?:noi dung|hinh thuc|doi tuong|thanh phan|dia diem|so luong|kinh phi|don vi phoi hop|co quan phoi hop|phoi hop|san pham|ket qua|ghi chu|luu y)\b[^:]{0,30}:"
)
_COORDINATES = re.compile(r"phoi hop (?:chat che )?(?:cung )?(?:voi )")
_VAGUE = re.compile(r"lien quan|chuc nang$|cung cap$|khac$")
_NEVER_BOUND = re.compile(r"(?:Ban Chấp hành Trung ương|Bộ Chính trị|Ban Bí thư|Quốc hội|Chính phủ|Chủ tịch nước|Đảng,? |Nhà nước)")
"""National bodies: a plan of a province or below speaks of them and gives them no duty."""
_NAMED_EVENT = re.compile(r"cuoc thi|hoi thi|chuyen muc|chuyen trang|fanpage|an pham|cong thong tin|trang thong tin|bao |dai phat thanh|tap chi")
_LONGEST_HEADING = 260


@dataclass(slots=True)
class Duties:
    obligations: list[Obligation] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)
    """Bodies with a duty or named to coordinate, by their plain name."""
    assumed_years: list[int] = field(default_factory=list)
    """Lines with a deadline whose year was taken from the plan."""

    def name(self, body: str | None) -> None:
        if body and not _NEVER_BOUND.match(body) and not _VAGUE.search(plain(body)):
            self.bodies.setdefault(plain(body), body)


def read_duties(root: Item, calendar: Calendar) -> Duties:
    """The duties of a plan's body, in reading order."""
    found = Duties()
    reader = _Reader(found, calendar)
    for item in root.children:
        reader.section(item)
    return found


@dataclass(slots=True)
class _Reader:
    found: Duties
    calendar: Calendar

    def section(self, item: Item) -> None:
        roles = roles_of(item.text) if item.is_section else role_heading(item)
        if roles and roles <= _NO_DUTIES | {SectionRole.TIME}:
            return
        strict = bool(roles & {SectionRole.CONTENT, SectionRole.TASKS, SectionRole.TIME}) and SectionRole.DUTIES not in roles
        if not item.is_section:
            self.item(item, None, strict)
            return
        for child in item.children:
            if child.is_section and not role_heading(child):
                self.section(child)
                continue
            own = role_heading(child)
            if own and own <= _NO_DUTIES | {SectionRole.TIME}:
                continue
            self.item(child, None, strict and not own & {SectionRole.DUTIES, SectionRole.FORM})

    def item(self, item: Item, assignee: str | None, strict: bool) -> None:
        """`strict` is for sections of content: a sentence is a duty there only when it states something hard."""
        if item.is_row:
            return
        if item.is_paragraph and _CLOSING.match(plain(item.text)):
            assignee = None
        if self._attribute(item):
            return
        if strict and item.children and read_period(item.text, self.calendar):
            for child in item.children:
                self.item(child, assignee, strict)
            return
        heading, rest = self._heading(item)
        if heading:
            assignee = heading
            self.found.name(heading)
        self._sentences(rest, item.lines, assignee, strict)
        for child in item.children:
            self.item(child, assignee, strict)

    def _heading(self, item: Item) -> tuple[str | None, str]:
        """The body that an item is about, and the rest of its text."""
        text = item.text
        if divided := split_duty(text):
            return divided
        if item.children and len(text) <= _LONGEST_HEADING:
            name = without_lead(text)
            if starts_with_body(name) and not re.search(r"[.;]\s", name):
                return name, ""
        return None, text

    def _attribute(self, item: Item) -> bool:
        """`- Thời gian hoàn thành: …`, `- Đơn vị chủ trì: …`: said of the duty before."""
        bare = plain(item.text)
        before = next(
            (i for i in range(len(self.found.obligations) - 1, -1, -1) if self._near(self.found.obligations[i], item)), None
        )
        if label := _WHEN_LABEL.match(bare):
            when = read_when(item.text, self.calendar)
            if before is not None and when.text:
                known = self.found.obligations[before]
                if known.deadline_text is None:
                    text = item.text[label.end() :].strip(" .;")
                    self.found.obligations[before] = replace(
                        known, deadline=when.deadline, deadline_text=text, recurrence=when.recurrence or known.recurrence, lines=known.lines + item.lines
                    )
            return True
        if label := _WHO_LABEL.match(bare):
            name = item.text[label.end() :].strip(" .;")
            if starts_with_body(name):
                self.found.name(name)
                if before is not None:
                    known = self.found.obligations[before]
                    self.found.obligations[before] = replace(known, assignee=name, lines=known.lines + item.lines)
            return True
        return bool(_OTHER_LABEL.match(bare)) and not item.children and not quantities(item.text)

    def _near(self, obligation: Obligation, item: Item) -> bool:
        siblings = {n for s in (item.parent.children if item.parent else []) for n in s.lines} | set(item.parent.lines if item.parent else ())
        return bool(siblings & set(obligation.lines))

    def _sentences(self, text: str, lines: Lines, assignee: str | None, strict: bool) -> None:
        holder = assignee
        for sentence in sentences(text):
            own, action = self._own_assignee(sentence)
            holder = own or holder
            if own:
                self.found.name(own)
            for clause in _pieces(action, self.calendar):
                self._add(clause, lines, holder, own is not None, strict)

    def _own_assignee(self, sentence: str) -> tuple[str | None, str]:
        """A body named in the sentence itself beats the one of the heading."""
        if divided := split_duty(sentence):
            return divided
        if asks := list(_ASKS.finditer(sentence)):
            if divided := split_duty(sentence[asks[-1].end() :]):
                return divided
        if _ADVERB.match(plain(sentence)):
            for comma in re.finditer(r",\s+", sentence[:240]):
                rest = sentence[comma.end() :]
                if divided := split_duty(rest):
                    return divided[0], f"{sentence[: comma.start()]}, {divided[1]}"
        return None, sentence

    def _add(self, clause: str, lines: Lines, assignee: str | None, own: bool, strict: bool) -> None:
        when = read_when(clause, self.calendar)
        counted = quantities(clause)
        report_to = read_report_to(clause)
        self._coordinated(clause)
        is_hard = bool(counted or report_to or when.text)
        if strict and not (is_hard or own or when.recurrence or _NAMED_EVENT.search(plain(clause))):
            return
        if not (is_hard or assignee or when.recurrence or _NAMED_EVENT.search(plain(clause))):
            return
        if len(clause.split()) < 3:
            return
        if when.year_assumed:
            self.found.assumed_years.extend(lines[:1])
        first = Obligation(
            assignee=assignee,
            action=clause.strip(" ,;./"),
            deadline=when.deadline,
            deadline_text=when.text,
            recurrence=when.recurrence,
            report_to=report_to,
            lines=lines,
        )
        if not counted:
            self.found.obligations.append(first)
        for i, quantity in enumerate(counted):
            end = counted[i + 1].start if i + 1 < len(counted) else len(clause)
            begin = 0 if i == 0 else quantity.start
            self.found.obligations.append(
                replace(first, action=clause[begin:end].strip(" ,;./"), quantity=quantity.number, unit_of_quantity=quantity.unit)
            )

    def _coordinated(self, clause: str) -> None:
        for match in _COORDINATES.finditer(plain(clause)):
            divided = split_duty(clause[match.end() :])
            if divided and len(divided[0]) < 120:
                self.found.name(divided[0])


def _pieces(text: str, calendar: Calendar) -> Iterator[str]:
    """The clauses of a sentence; a clause with two dates for two things comes apart at the comma between them."""
    kept: list[str] = []
    for clause in clauses(text):
        if _is_hard(clause, calendar) and (not kept or _is_hard(kept[-1], calendar)):
            kept.extend(_apart(clause))
        elif _is_hard(clause, calendar) or (kept and _is_hard(kept[-1], calendar)):
            kept.extend(_apart(clause))
        elif kept:
            kept[-1] = f"{kept[-1]}; {clause}"
        else:
            kept.append(clause)
    yield from kept


def _is_hard(clause: str, calendar: Calendar) -> bool:
    when = read_when(clause, calendar)
    return bool(when.text or quantities(clause) or read_report_to(clause))


_TWO_DATES = re.compile(r"((?:trước|chậm nhất)\s+(?:ngày\s+)?\d[^,;]*?),\s+(?=(?:và\s+)?[^,;]*(?:trước|chậm nhất)\s+(?:ngày\s+)?\d)")


def _apart(clause: str) -> list[str]:
    parts = _TWO_DATES.sub(lambda m: m[1] + "\x00", clause).split("\x00")
    return [p.strip() for p in parts if p.strip()]


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
    if towards is None or (towards[0].strip() == "cho" and not bare[report.start() :].startswith("bao cao")):
        direct = _DIRECT.search(clause, report.start(), scope)
        start = direct.end() if direct else None
    if start is None or not starts_with_body(clause[start:]) and not clause[start:].startswith(("cơ quan", "cấp")):
        return None
    stop = _REPORT_END.search(bare, start)
    end = stop.start() if stop else len(clause)
    through = re.match(r"\s*\(\s*qua[^)]*\)", bare[end:])
    if "(" in clause[start:end] and ")" not in clause[start:end] and ")" in clause[end:]:
        end = clause.index(")", end) + 1
    end += through.end() if through else 0
    return clause[start:end].strip(" ,") or None
