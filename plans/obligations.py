"""Duties: who does what, how much, by when, and reports to whom.

The assignee stands in the heading above (`2. Sở Nội vụ`), at the head of the sentence, or after `đề nghị`, `giao`, `yêu cầu`; a
bullet such as `- Thời gian hoàn thành: …` belongs to the duty before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain.plan import Lines, Obligation, Recurrence
from plans.bodies import split_duty, starts_with_body, without_lead
from plans.deadlines import When, parts_by_deadline, read_when
from plans.duty_facts import Facts, read_facts
from plans.outline import Item
from plans.phases import Calendar, read_period
from plans.plain import plain
from plans.quantities import quantities
from plans.sections import SectionRole, role_heading, roles_named, roles_of
from plans.sentences import clauses, sentences

_NO_DUTIES = frozenset(
    {
        SectionRole.PURPOSE,
        SectionRole.BASIS,
        SectionRole.SITUATION,
        SectionRole.SLOGANS,
        SectionRole.AUDIENCE,
        SectionRole.MATERIALS,
        SectionRole.TIME,
    }
)
_CLOSING = re.compile(r"(?:tren day la|nhan duoc|trong qua trinh|can cu (?:ke hoach|noi dung) nay|de nghi|yeu cau|ke hoach nay)")
_ASKS = re.compile(
    r"(?:,|^|\s)(?:[Đđ]ề nghị|[Yy]êu cầu|[Gg]iao(?: cho)?)\s+(?=[Cc]ác\s|[A-ZĐÀ-Ỹ]|trưởng|thủ trưởng|lãnh đạo|người đứng đầu)"
)
_ASKING = ("yêu cầu", "đề nghị", "giao ")
_ADVERB = re.compile(
    r"(?:hang|dinh ky|can cu|tren co so|trong|tu|truoc|sau|khi|phan dau|nhan duoc|theo|vao|ngay|de |ben canh|"
    r"dong thoi|ngoai ra|thong qua|voi)\b"
)
_WHEN_LABEL = re.compile(r"(?:thoi gian|thoi han|thoi diem|tien do|han hoan thanh|hoan thanh)\b[^:]{0,40}:")
_WHO_LABEL = re.compile(
    r"(?:don vi|co quan|bo phan|to chuc)?\s*(?:chu tri|thuc hien|phu trach|chiu trach nhiem|chu tri thuc hien|"
    r"thuc hien chinh)\b[^:]{0,30}:"
    r"|(?:don vi|co quan|phan cong)(?: thuc hien)?\s*:"
)
_WITH_LABEL = re.compile(r"(?:(?:don vi|co quan)\s+)?phoi hop(?: thuc hien)?\s*:")
_OTHER_LABEL = re.compile(
    r"(?:noi dung|hinh thuc|doi tuong|thanh phan|dia diem|so luong|kinh phi|san pham|ket qua|ghi chu|luu y)\b[^:]{0,30}:"
)
_COORDINATES = re.compile(r"phoi hop (?:chat che )?(?:cung )?(?:voi )?")
_VAGUE = re.compile(r"lien quan|chuc nang$|cung cap$|khac$")
_NEVER_BOUND = re.compile(
    r"(?:Ban Chấp hành Trung ương|Bộ Chính trị|Ban Bí thư|Quốc hội|Chính phủ|Chủ tịch nước|Đảng(?=,| ta\b|$)|Nhà nước)"
)
"""National bodies: a plan of a province or below speaks of them and gives them no duty."""
_NAMED_EVENT = re.compile(
    r"cuoc thi|hoi thi|chuyen muc|chuyen trang|fanpage|an pham|cong thong tin|trang thong tin|dai phat thanh|tap chi"
)
_NEWSPAPER = re.compile(r"\bbáo (?!cáo|động|hiệu|đáp|tin\b)", re.I)
"""Told by its mark: `bảo vệ`, `bảo đảm` and `bao gồm` have the same plain copy."""
_BY = re.compile(r"\bdo\s+((?:các\s+)?[A-ZĐÀ-Ỹ][^,;.]{3,80}?)\s+(chủ trì|thực hiện|phụ trách|tham mưu|đảm nhiệm)\b")
"""`Nội dung này do Công an tỉnh chủ trì`."""
_EACH = re.compile(r"(?:mỗi|từng)\s", re.I)
_INTRODUCES = re.compile(r"(?:co (?:trach nhiem|nhiem vu)|nhiem vu sau|cac noi dung sau|la co quan [^:]{0,80}).{0,30}:$")
_REPORT = re.compile(r"bao cao(?!\s+vien)|gui\b")
_COUNTS = re.compile(r"(?:so|so luong)\s+(?:tin|bai|san pham)")
"""The caption of a table of numbers."""
_LONGEST_HEADING = 260
_FEWEST_WORDS = 3


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


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a section speaks, by its roles: among descriptions of content only what binds is a duty, and a heading names a body
    where duties are given out."""

    roles: frozenset[SectionRole]

    @property
    def strict(self) -> bool:
        return SectionRole.CONTENT in self.roles and SectionRole.DUTIES not in self.roles

    @property
    def names_bodies(self) -> bool:
        return not self.roles & {SectionRole.CONTENT, SectionRole.FORM} or SectionRole.DUTIES in self.roles


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
        if roles and roles <= _NO_DUTIES:
            return
        if not item.is_section:
            self.item(item, None, _Manner(roles))
            return
        for child in item.children:
            own = role_heading(child)
            if own and own <= _NO_DUTIES:
                continue
            if child.is_section and own:
                self.section(child)
            else:
                self.item(child, None, _Manner(own or roles))

    def item(self, item: Item, assignee: str | None, manner: _Manner) -> None:
        if item.is_row or (item.text.endswith(":") and _COUNTS.match(plain(item.text))):
            return
        if item.is_paragraph and roles_named(item.text.rstrip(":")):
            return
        if item.is_paragraph and _CLOSING.match(plain(item.text)):
            assignee, manner = None, _Manner(frozenset({SectionRole.DUTIES}))
        if self._attribute(item):
            return
        rest = item.text
        if not (manner.strict and item.children and read_period(item.text, self.calendar)):
            heading, rest = self._heading(item, manner)
            if heading and assignee and _EACH.match(heading):
                rest = item.text
            elif heading:
                assignee = heading
                self.found.name(heading)
            self._sentences(rest, item, assignee, manner)
        for child in item.children:
            self.item(child, assignee, manner)

    def _heading(self, item: Item, manner: _Manner) -> tuple[str | None, str]:
        """The body that an item is about, and the rest of its text."""
        if (divided := split_duty(item.text, manner.names_bodies)) and not divided[1].startswith(_ASKING):
            return divided
        if item.children and manner.names_bodies and len(item.text) <= _LONGEST_HEADING:
            name = without_lead(item.text)
            if all(starts_with_body(part) for part in re.split(r"[.;]\s+", name)):
                return name, ""
        return None, item.text

    def _attribute(self, item: Item) -> bool:
        """`- Thời gian hoàn thành: …`, `- Đơn vị chủ trì: …`: said of the duty before, True when the item is one of those."""
        bare = plain(item.text)
        label = _WHEN_LABEL.match(bare) or _WHO_LABEL.match(bare) or _WITH_LABEL.match(bare)
        if not label:
            return bool(_OTHER_LABEL.match(bare)) and not item.children and not quantities(item.text)
        said = item.text[label.end() :].strip(" .;")
        before = self._duty_before(item)
        if label.re is _WHEN_LABEL:
            when = read_when(item.text, self.calendar)
            if before is not None and when.text and self.found.obligations[before].deadline_text is None:
                self._amend(before, item, deadline=when.deadline, deadline_text=said, recurrence=when.recurrence)
        elif starts_with_body(said):
            self.found.name(said)
            if label.re is _WHO_LABEL and before is not None:
                self._amend(before, item, assignee=said)
        return True

    def _duty_before(self, item: Item) -> int | None:
        """The nearest duty read from a sibling or from the parent."""
        holder = item.parent
        near = set(holder.lines) | {n for sibling in holder.children for n in sibling.lines} if holder else set()
        for index in range(len(self.found.obligations) - 1, -1, -1):
            if near & set(self.found.obligations[index].lines):
                return index
        return None

    def _amend(
        self,
        index: int,
        item: Item,
        *,
        assignee: str | None = None,
        deadline: object = None,
        deadline_text: str | None = None,
        recurrence: Recurrence | None = None,
    ) -> None:
        known = self.found.obligations[index]
        said = {"assignee": assignee, "deadline": deadline, "deadline_text": deadline_text, "recurrence": recurrence}
        changes = {name: value for name, value in said.items() if value is not None}
        self.found.obligations[index] = replace(known, lines=known.lines + item.lines, **changes)  # type: ignore[arg-type]

    def _sentences(self, text: str, item: Item, assignee: str | None, manner: _Manner) -> None:
        holder = assignee
        for sentence in sentences(text):
            if item.children and _INTRODUCES.search(plain(sentence)):
                continue
            own, action = self._own_assignee(sentence, manner)
            if own and assignee and _EACH.match(own):
                own, action = None, sentence
            holder = own or holder
            reported: str | None = None
            for clause, facts in _pieces(action, self.calendar):
                inherits = facts.report_to is None and plain(clause).startswith("bao cao")
                stated = replace(facts, report_to=reported) if inherits else facts
                reported = stated.report_to or reported
                self._coordinated(clause)
                later = None if own else split_duty(clause, colon=False)
                said = clause
                if later and not _EACH.match(later[0]):
                    own = holder = later[0]
                    said = later[1]
                if self._is_duty(said, stated, holder, own, manner):
                    self.found.name(own)
                    self._add(said, item.lines, holder, stated, manner)

    def _own_assignee(self, sentence: str, manner: _Manner) -> tuple[str | None, str]:
        """A body named in the sentence itself beats the one of the heading; the one that is asked beats the one that asks."""
        divided = split_duty(sentence, manner.names_bodies)
        if divided and _NEVER_BOUND.match(divided[0]):
            return None, sentence
        if divided and not divided[1].startswith(_ASKING):
            return divided
        for ask in reversed(list(_ASKS.finditer(sentence))):
            if asked := split_duty(sentence[ask.end() :]):
                return asked
        label = re.match(r"[^:;.]{3,60}:\s+", sentence)
        if label and (after := split_duty(sentence[label.end() :], colon=False)):
            return after
        if by := _BY.search(sentence):
            return by[1].strip(" ,"), f"{sentence[: by.start()]} {sentence[by.start(2) :]}".strip()
        if _ADVERB.match(plain(sentence)):
            for comma in re.finditer(r",\s+", sentence[:240]):
                if later := split_duty(sentence[comma.end() :]):
                    return later[0], f"{sentence[: comma.start()]}, {later[1]}"
        return None, sentence

    @staticmethod
    def _is_duty(clause: str, facts: Facts, assignee: str | None, own: str | None, manner: _Manner) -> bool:
        if len(clause.split()) < _FEWEST_WORDS:
            return False
        continuous = facts.whens[-1].recurrence is Recurrence.CONTINUOUS
        named = bool(_NAMED_EVENT.search(plain(clause)) or _NEWSPAPER.search(clause))
        if manner.strict:
            return bool(facts.binds or own or continuous or named)
        return bool(facts.is_hard or assignee or continuous or named)

    def _add(self, clause: str, lines: Lines, assignee: str | None, facts: Facts, manner: _Manner) -> None:
        action = clause.strip(" ,;./")
        for read in facts.whens:
            binds = not manner.strict or read.firm or facts.quantities
            when = read if binds else When(recurrence=read.recurrence if read.recurrence is not Recurrence.ONCE else None)
            if when.year_assumed:
                self.found.assumed_years.extend(lines[:1])
            duty = Obligation(
                assignee=assignee,
                action=action,
                deadline=when.deadline,
                deadline_text=when.text,
                recurrence=when.recurrence,
                report_to=facts.report_to,
                lines=lines,
            )
            if not facts.quantities:
                self.found.obligations.append(duty)
            for i, quantity in enumerate(facts.quantities):
                end = facts.quantities[i + 1].start if i + 1 < len(facts.quantities) else len(clause)
                own = clause[quantity.start if i else 0 : end].strip(" ,;./")
                self.found.obligations.append(replace(duty, action=own, quantity=quantity.number, unit_of_quantity=quantity.unit))

    def _coordinated(self, clause: str) -> None:
        for match in _COORDINATES.finditer(plain(clause)):
            divided = split_duty(clause[match.end() :], colon=False)
            if divided and len(divided[0]) < 120:
                self.found.name(divided[0])


def _pieces(text: str, calendar: Calendar) -> Iterator[tuple[str, Facts]]:
    """The clauses of a sentence with what they state. Those that state nothing hard stay together; two deadlines come apart,
    and the recipient of the whole clause is that of every part from the report on."""
    soft: list[str] = []
    for clause in clauses(text):
        whole = read_facts(clause, calendar)
        if not whole.is_hard:
            soft.append(clause)
            continue
        if soft:
            yield _with_facts("; ".join(soft), calendar)
            soft = []
        reports = False
        for part in filter(None, parts_by_deadline(clause)):
            facts = read_facts(part, calendar)
            reports = reports or bool(_REPORT.search(plain(part)))
            yield part, replace(facts, report_to=facts.report_to or (whole.report_to if reports else None))
    if soft:
        yield _with_facts("; ".join(soft), calendar)


def _with_facts(clause: str, calendar: Calendar) -> tuple[str, Facts]:
    return clause, read_facts(clause, calendar)
