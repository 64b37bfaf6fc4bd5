"""A plan document becomes a draft: recognised by its content, taken apart, every field with the lines it was read from."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.errors import Problem
from domain.plan import ListedUnit, Obligation, Phase, Plan, QuotaRow, Topic
from plans import problems
from plans.anniversaries import anniversaries, distinct
from plans.channels import read_channels
from plans.draft import PlanDraft
from plans.ending import read_recipients, read_signature
from plans.formats import FORMATS, recognise
from plans.letterhead import has_blank_number, read_basis, read_date, read_issuer, read_number, read_title
from plans.obligations import Duties, read_duties
from plans.outlets import outlets_of_units
from plans.outline import Item, outline
from plans.paragraphs import Paragraph
from plans.phases import Calendar, title_period
from plans.places import places
from plans.quotas import is_quota_table, read_quotas
from plans.sections import SectionRole, form_texts, roles_of
from plans.tables import Table, tables_of, tables_under
from plans.task_tables import coordinating, is_task_table, is_unit_table, read_tasks, read_units
from plans.topics import read_subjects
from plans.zones import Zones, zones


def read_plan(content: bytes, name: str) -> PlanDraft:
    """Reads a plan from the bytes of a document; `name` is the file's name, for messages only.

    Raises UnreadableDocument for what cannot be read safely or at all, MissingProgram when a program is needed that is not here.
    Whatever can be left out is not raised: it is a Problem of the draft.
    """
    format_name = recognise(content)
    document = FORMATS[format_name].read(content)
    plan, found = plan_of_lines(document.lines, document.wrapped)
    return PlanDraft(plan, (*document.problems, *found), document.lines, format_name, places(plan, document.lines))


def plan_of_lines(lines: Sequence[str], wrapped: bool = True) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan in the lines of a document, and what is doubtful about it. `wrapped` as in `plans.document.Document`."""
    parts = zones(lines, wrapped)
    root = outline(parts.body)
    title = read_title(parts)
    issued_on, place, _ = read_date(parts)
    whole = title_period(title.text) if title else None
    year = whole.end.year if whole and whole.start and whole.end and whole.start.year == whole.end.year else None
    calendar = Calendar(issued_on, year)
    phases, topics = _subjects(root, parts, calendar)
    if not phases and whole and title:
        phases = (whole.phase(1, title.lines),)
    if len(phases) == 1:
        topics = tuple(replace(t, phase=phases[0].id) for t in topics)
    duties = read_duties(root, calendar)
    tables = _read_tables(root, parts, topics, calendar, duties)
    number, issuer = read_number(parts), read_issuer(parts)
    basis = [s for s in root.children if s.is_section and SectionRole.BASIS in roles_of(s.text)]
    body = [(p.text, p.lines) for p in (*parts.body, *(line for a in parts.appendices for line in a))]
    plan = Plan(
        title=title.text if title else "",
        number=number.text if number else None,
        issuing_body=issuer.text if issuer else None,
        issued_on=issued_on,
        place=place,
        signed_by=read_signature(parts),
        based_on=read_basis(parts, basis),
        phases=phases,
        topics=topics,
        anniversaries=distinct(a for text, lines in ((p.text, p.lines) for p in parts.body) for a in anniversaries(text, lines)),
        channels=(*read_channels(form_texts(root), [(_spoken(p), p.lines) for p in parts.body]), *outlets_of_units(tables.units)),
        obligations=(*duties.obligations, *tables.obligations),
        quotas=tuple(tables.quotas),
        listed_units=tuple(tables.units),
        unit_groups=tuple(duties.bodies.values()),
        recipients=read_recipients(parts),
    )
    found = [
        *problems.missing(plan, has_blank_number(parts)),
        *problems.carried_over(topics),
        *problems.assumed_years(duties.assumed_years, calendar),
        *tables.problems,
        *problems.slips(body),
    ]
    return plan, tuple(sorted(found, key=lambda p: p.line or 0))


def _spoken(paragraph: Paragraph) -> str:
    """A table row as a list, so that names do not run on into the next cell."""
    return paragraph.text.strip("| ").replace(" | ", "; ") if paragraph.is_row else paragraph.text


def _subjects(root: Item, parts: Zones, calendar: Calendar) -> tuple[tuple[Phase, ...], tuple[Topic, ...]]:
    """Phases and topics of the body; without topics there, those of an appendix about the content."""
    found = read_subjects(root, calendar)
    for appendix in parts.appendices if not found.topics else ():
        inner = read_subjects(outline(appendix), calendar)
        if inner.topics:
            return tuple(found.phases or inner.phases), tuple(inner.topics)
    return tuple(found.phases), tuple(found.topics)


@dataclass(slots=True)
class _Tables:
    obligations: list[Obligation] = field(default_factory=list)
    quotas: list[QuotaRow] = field(default_factory=list)
    units: list[ListedUnit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _read_tables(root: Item, parts: Zones, topics: Sequence[Topic], calendar: Calendar, duties: Duties) -> _Tables:
    found = _Tables()
    own = {t.lines: t.id for t in topics}
    tables: list[Table] = [table for _, table in tables_under(root)]
    tables += [table for appendix in parts.appendices for table in tables_of(appendix)]
    for table in tables:
        if is_unit_table(table):
            found.units.extend(read_units(table))
        elif is_quota_table(table):
            quotas = read_quotas(table, topics)
            found.quotas.extend(quotas.rows)
            found.obligations.extend(quotas.obligations)
            found.problems.extend(problems.quota_doubts(quotas.unmatched, quotas.wrong_sums))
        elif is_task_table(table):
            found.obligations.extend(replace(o, topic=own.get(o.lines)) for o in read_tasks(table, calendar))
            for body in coordinating(table):
                duties.name(body)
        else:
            found.problems.append(problems.unknown_table(table.rows[0].lines[0]))
    return found
