"""Subjects of a plan: the numbered items of its content sections, and the bullets that are subjects of their own.

Conventions: a numbered or lettered item is a topic, bullets under it elaborate it; an item that is a period is a phase, and
what stands under it, bullets too, are topics of that phase; bullets directly under a section or under a heading such as
`1. Nội dung tuyên truyền` are topics.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from domain.plan import Lines, Phase, PhaseId, Topic, TopicId
from plans.citations import citations
from plans.markers import LABEL_WORDS, Kind
from plans.outline import Item
from plans.phases import Calendar, Period, read_period
from plans.plain import is_capitals, plain
from plans.quotas import is_quota_table
from plans.sections import SectionRole, role_heading, roles_of
from plans.tables import Column, cell_text, tables_in

_LABEL = re.compile(rf"{LABEL_WORDS}\s+(?:\d{{1,2}}|[ivx]{{1,5}})\s*[.:)-]\s*")
_NUMBERS = re.compile(r"\d{1,2}(?:\.\d{1,2})*|\b[a-z]\b")
_REFERENCE = re.compile(
    rf"(?:{LABEL_WORDS}|diem|khoan|y)\s+(?:so\s+)?(?P<numbers>(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-z](?![a-z]))"
    rf"(?:(?:\s*,\s*|\s+va\s+|\s*;\s*|\s*-\s*)(?:(?:{LABEL_WORDS}|diem)\s+)?(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-z](?![a-z]))(?!\s*/))*)"
)
_OF_PHASE = re.compile(r"\(((?:giai doan|dot)\s[^()]{2,60})\)\s*$")
_STAGE = re.compile(
    r"(?:giai doan|dot)\s|tu\s.*\sden\s|(?:truoc|trong|sau)\s|(?:thang|quy)\s+(?:\d|[iv])|0?6 thang (?:dau|cuoi)|nam\s+20\d\d$"
)
"""A section that is itself a stage: `II. TỪ NAY ĐẾN NGÀY 31/12/2026`."""
_INTRODUCTION = re.compile(
    r"(?:tap trung|tuyen truyen|thong tin|thuc hien|chu trong|dam bao|bao gom|gom).{0,80}(?:sau|sau day|noi dung)\s*:?$"
)
_TITLE_END = re.compile(
    r"[;]|(?<!\bTP)\.\s|:\s|,\s+(?:nhất là|trong đó|qua đó|gắn với|trên cơ sở|góp phần|nhằm|đặc biệt là|từ đó|"
    r"để)\b|\s\((?=[^)]{60})"
)
_SHORTEST_TITLE, _LONGEST_TITLE = 20, 220
_ATTRIBUTE = re.compile(
    r"(?:thoi gian|thoi diem|don vi|co quan|hinh thuc|doi tuong|kinh phi|dia diem|thanh phan|phan cong|chu tri|"
    r"phoi hop|luu y|ghi chu|so luong|ket qua|san pham)\b[^:]{0,60}:"
)


@dataclass(slots=True)
class Subjects:
    """Topics and phases found so far, in reading order."""

    topics: list[Topic] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    said_of_phase: dict[PhaseId, str] = field(default_factory=dict)
    """What stands behind a phase's period: it may name the topics of the phase."""


def read_subjects(root: Item, calendar: Calendar) -> Subjects:
    """Topics and phases of a plan's body. Without a section of content the sections of tasks are taken."""
    found = Subjects()
    sections = list(_sections(root))
    wanted = {SectionRole.CONTENT}
    if not any(SectionRole.CONTENT in roles for _, roles in sections):
        wanted = {SectionRole.TASKS}
    for section, roles in sections:
        if section.is_section and (period := read_period(section.text, calendar)) and _has_days(period) and section.children:
            made = period.phase(len(found.phases) + 1, section.lines)
            found.phases.append(made)
            _Walk(found, calendar, _section_label(section)).items(section, made.id, None)
        elif roles & wanted:
            _Walk(found, calendar, _section_label(section)).section(section, roles)
        elif SectionRole.TIME in roles:
            _read_times(section, found, calendar)
    _follow_references(found)
    return found


def _follow_references(found: Subjects) -> None:
    """`Đợt 1 (…): tuyên truyền các nội dung tại điểm 2.1`, `Quý I: Chuyên đề 1 và Chuyên đề 2`: the topics of a phase by number."""
    for phase, said in found.said_of_phase.items():
        numbers = {n for match in _REFERENCE.finditer(plain(said)) for n in _NUMBERS.findall(match["numbers"])}
        named = {
            t.id for t in found.topics if t.phase is None and ((t.printed or "").lower() in numbers or t.id.lower() in numbers)
        }
        while more := {t.id for t in found.topics if t.parent in named} - named:
            named |= more
        found.topics = [replace(t, phase=phase) if t.id in named and t.phase is None else t for t in found.topics]
    found.topics = [t if t.phase else replace(t, phase=_named_phase(t.title, found.phases)) for t in found.topics]


def _named_phase(title: str, phases: Sequence[Phase]) -> PhaseId | None:
    """`Thông tin tuyển sinh (giai đoạn Tuyển sinh)`: the one phase whose title has those words."""
    match = _OF_PHASE.search(plain(title))
    named = [p.id for p in phases if match and match[1] in plain(p.title)]
    return named[0] if len(named) == 1 else None


def _has_days(period: Period) -> bool:
    return bool(period.start_text or period.end_text)


def _sections(root: Item) -> "list[tuple[Item, frozenset[SectionRole]]]":
    """The sections that have a role, nearest the root; a part without a role is looked into."""
    found = []
    top = [c for c in root.children if c.is_section]
    for item in top or [c for c in root.children if c.is_numbered]:
        roles = roles_of(item.text) if item.is_section else role_heading(item)
        if item.is_section and _STAGE.match(plain(item.text)):
            roles = frozenset({SectionRole.CONTENT})
        if roles and not (SectionRole.DUTIES in roles and SectionRole.CONTENT not in roles and _has_content(item)):
            found.append((item, roles))
        elif any(c.is_section for c in item.children):
            found.extend(_sections(item))
    return found


def _has_content(item: Item) -> bool:
    return any(c.is_section and SectionRole.CONTENT in roles_of(c.text) for c in item.children)


def _section_label(item: Item) -> str:
    return item.marker.label if item.marker and item.marker.label else ""


def _read_times(section: Item, found: Subjects, calendar: Calendar) -> None:
    """Phases of a section about time only; each item or sentence is one."""
    for item in section.walk():
        for piece in re.split(r";\s+", item.text) if item is not section else []:
            if not item.is_row and (period := read_period(piece, calendar)) and _has_days(period):
                made = period.phase(len(found.phases) + 1, item.lines)
                found.phases.append(made)
                found.said_of_phase[made.id] = " ".join((period.rest, *(c.text for c in item.children)))


def _read_rows(holder: Item, found: Subjects, calendar: Calendar, section_label: str, of_phase: PhaseId | None) -> None:
    """Content that is a table: a row is a topic, the heading of its group or its cell of time a phase."""
    for table in tables_in(holder):
        subject, time, ordinal = (table.index(c) for c in (Column.TASK, Column.WHEN, Column.ORDINAL))
        if subject is None or is_quota_table(table):
            continue
        for row in table.rows:
            text = cell_text(row.cell(subject))
            if len(text.split()) < 2 or row.is_sum:
                continue
            period = read_period(row.group or "", calendar)
            if period is None and time is not None:
                period = read_period(cell_text(row.cell(time)), calendar)
            phase = of_phase or (_shared_phase(found, period, row.lines) if period else None)
            label = row.cell(ordinal).strip(". ") if ordinal is not None else ""
            number = label or str(len(found.topics) + 1)
            found.topics.append(
                Topic(
                    id=_free_id((number, f"{section_label}.{number}"), found.topics),
                    title=topic_title(text),
                    phase=phase,
                    text=text,
                    cited_documents=_cited(text),
                    printed=label or None,
                    lines=row.lines,
                )
            )


def _shared_phase(found: Subjects, period: Period, lines: Lines) -> PhaseId:
    """The phase with the same period, made when it is new."""
    for phase in found.phases:
        if (phase.start_text, phase.end_text) == (period.start_text, period.end_text):
            return phase.id
    made = period.phase(len(found.phases) + 1, lines)
    found.phases.append(made)
    return made.id


def _cited(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.citation.number for c in citations(text) if c.citation.number))


@dataclass(slots=True)
class _Walk:
    found: Subjects
    calendar: Calendar
    section_label: str

    def section(self, section: Item, roles: frozenset[SectionRole]) -> None:
        """A section of several roles holds its content under the heading that names it."""
        parts = [(child, role_heading(child)) for child in section.children]
        named = [p for p in parts if p[1]]
        if len(roles) > 1 and any(SectionRole.CONTENT in r for _, r in named):
            for child, role in parts:
                if SectionRole.CONTENT in role:
                    self.items(child, None, None)
                elif SectionRole.TIME in role:
                    _read_times(child, self.found, self.calendar)
            return
        self.items(section, None, None)

    def items(self, holder: Item, phase: PhaseId | None, parent: Topic | None) -> None:
        """The topics under `holder`: its items, or, where no item is one, the rows of its table."""
        before = len(self.found.topics)
        self._items(holder, phase, parent)
        if parent is None and len(self.found.topics) == before:
            _read_rows(holder, self.found, self.calendar, self.section_label, phase)

    def _items(self, holder: Item, phase: PhaseId | None, parent: Topic | None) -> None:
        bullets = 0
        subjects = _subject_bullets(holder) if parent is None else ()
        for child in holder.children:
            if child.is_row:
                continue
            roles = role_heading(child) if parent is None else frozenset()
            stands_out = child.is_numbered or child.is_section or child.is_bullet
            period = read_period(child.text, self.calendar) if parent is None and stands_out else None
            if period and roles and not _has_days(period) and not child.children:
                period = None
            if roles and not period and (child.is_numbered or child.is_section or child.is_bullet or child.children):
                if SectionRole.CONTENT in roles or SectionRole.TASKS in roles:
                    self.items(child, phase, None)
                elif SectionRole.TIME in roles:
                    _read_times(child, self.found, self.calendar)
                continue
            if period:
                bullets += child.is_bullet
                made = period.phase(len(self.found.phases) + 1, child.lines)
                self.found.phases.append(made)
                if period.rest:
                    self.found.said_of_phase[made.id] = period.rest
                if not child.children and len(period.rest.split()) >= 4:
                    self._add(child, bullets, made.id, None, period.rest)
                else:
                    self.items(child, made.id, None)
            elif child.is_numbered or child.is_section:
                self.items(child, phase, self._add(child, 0, phase, parent))
            elif child in subjects:
                bullets += 1
                self._add(child, bullets, phase, None)

    def _add(self, item: Item, bullet: int, phase: PhaseId | None, parent: Topic | None, text: str | None = None) -> Topic:
        own = without_label(text or item.text)
        elaboration, lines = _elaboration(item)
        body = "\n".join((own, *elaboration))
        made = Topic(
            id=self._id(item, bullet, parent),
            title=topic_title(own),
            parent=parent.id if parent else None,
            phase=phase,
            text=body,
            cited_documents=_cited(body),
            printed=item.marker.label if item.marker and item.marker.label else None,
            lines=item.lines + lines,
        )
        self.found.topics.append(made)
        return made

    def _id(self, item: Item, bullet: int, parent: Topic | None) -> TopicId:
        label = item.marker.label if item.marker else ""
        above = [a.marker.label for a in item.ancestors() if a.is_numbered and a.marker]
        path = ".".join(p for p in (self.section_label, above[0] if above else "") if p)
        kind = item.marker.kind if item.marker else None
        if not item.is_numbered and not item.is_section:
            candidates = [f"{path or 'I'}-{bullet}"]
        elif kind in (Kind.LETTER, Kind.BRACKET):
            candidates = [f"{parent.id if parent else (above[0] if above else self.section_label)}.{label}", f"{path}.{label}"]
        else:
            candidates = [label, f"{self.section_label}.{label}", f"{path}.{label}"]
        return _free_id(candidates, self.found.topics)


def _free_id(candidates: Sequence[str], topics: Sequence[Topic]) -> TopicId:
    """The first of the candidates that no topic has; when all are taken, the last one with a figure behind it."""
    taken = {t.id for t in topics}
    named = [c.strip(".") for c in candidates if c.strip(".")] or ["0"]
    numbered = (f"{named[-1]}-{figure}" for figure in count(2))
    return TopicId(next(c for c in chain(named, numbered) if c not in taken))


def _subject_bullets(holder: Item) -> list[Item]:
    """The children without number that are subjects: bullets, or, where there is nothing else, plain paragraphs."""
    bullets = [c for c in holder.children if c.is_bullet]
    if bullets or any(c.is_numbered or c.is_section for c in holder.children):
        return [b for b in bullets if not _ATTRIBUTE.match(plain(b.text))]
    return [c for c in holder.children if c.is_paragraph and not _INTRODUCTION.search(plain(c.text)) and not c.text.endswith(":")]


def _elaboration(item: Item) -> tuple[tuple[str, ...], Lines]:
    """The texts under a topic that are not topics themselves, and their lines."""
    texts: list[str] = []
    lines: Lines = ()
    for child in item.children:
        if child.is_numbered or child.is_section:
            continue
        for part in child.walk():
            texts.append(part.text)
            lines += part.lines
    return tuple(texts), lines


def without_label(text: str) -> str:
    """`Chuyên đề 1: Phòng bệnh dại` → `Phòng bệnh dại`: the label is a marker, it is kept as the printed number."""
    label = _LABEL.match(plain(text))
    return text[label.end() :] if label and label.end() < len(text) else text


def topic_title(text: str) -> str:
    """A heading as it is; of a longer paragraph its first clause."""
    text = text.strip()
    if len(text) > _SHORTEST_TITLE:
        match = _TITLE_END.search(text, _SHORTEST_TITLE)
        if match and not is_capitals(text):
            text = text[: match.start()]
    if len(text) > _LONGEST_TITLE:
        text = text[:_LONGEST_TITLE].rsplit(" ", 1)[0]
        text = text.rsplit(",", 1)[0] if "," in text[_SHORTEST_TITLE:] else text
    return re.sub(r"[\s:;,.]+$", "", text) if not text.endswith("...") else text
