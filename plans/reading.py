"""A plan document becomes a draft: recognised by its content, taken apart, every field with the lines it was read from."""

from dataclasses import replace

from domain.plan import Plan
from plans.anniversaries import anniversaries, distinct
from plans.channels import read_channels
from plans.draft import PlanDraft
from plans.ending import read_recipients, read_signature
from plans.formats import FORMATS, recognise
from plans.letterhead import read_basis, read_date, read_issuer, read_number, read_title
from plans.obligations import read_duties
from plans.outline import outline
from plans.phases import Calendar, title_period
from plans.sections import SectionRole, form_texts, roles_of
from plans.topics import read_subjects
from plans.zones import zones


def read_plan(content: bytes, name: str) -> PlanDraft:
    format_name = recognise(content)
    document = FORMATS[format_name].read(content)
    parts = zones(document.lines)
    root = outline(parts.body)
    number, title, issuer = read_number(parts), read_title(parts), read_issuer(parts)
    issued_on, place, _ = read_date(parts)
    whole = title_period(title.text) if title else None
    year = whole.end.year if whole and whole.start and whole.end and whole.start.year == whole.end.year else None
    calendar = Calendar(issued_on, year)
    subjects = read_subjects(root, calendar)
    phases, topics = subjects.phases, subjects.topics
    if not phases and whole and title:
        phases = [whole.phase(1, title.lines)]
    if len(phases) == 1:
        topics = [replace(t, phase=phases[0].id) for t in topics]
    duties = read_duties(root, calendar)
    marked = distinct(a for p in (*parts.opening, *parts.body) for a in anniversaries(p.text, p.lines))
    body = [(p.text, p.lines) for p in parts.body]
    channels = read_channels(form_texts(root), body)
    basis = [s for s in root.children if s.is_section and SectionRole.BASIS in roles_of(s.text)]
    plan = Plan(
        title=title.text if title else "",
        number=number.text if number else None,
        issuing_body=issuer.text if issuer else None,
        issued_on=issued_on,
        place=place,
        signed_by=read_signature(parts),
        based_on=read_basis(parts, basis),
        phases=tuple(phases),
        topics=tuple(topics),
        anniversaries=marked,
        channels=channels,
        obligations=tuple(duties.obligations),
        unit_groups=tuple(duties.bodies.values()),
        recipients=read_recipients(parts),
    )
    return PlanDraft(plan, document.problems, document.lines, format_name)
