"""Tables of tasks (who, what, by when), tables of contents by time, and tables of units with their pages."""

import re
from collections.abc import Sequence

from domain.plan import ListedUnit, Obligation
from plans.addresses import web_addresses
from plans.deadlines import read_when
from plans.duty_facts import read_report_to
from plans.phases import Calendar
from plans.plain import plain
from plans.quantities import quantities
from plans.tables import Column, Table, cell_number, cell_text

_EMPTY = re.compile(r"[\s\-–—./]*")


def is_unit_table(table: Table) -> bool:
    """Units with web addresses: a column of addresses with at least one, beside a column that names units."""
    return Column.TASK not in table.columns and any(web_addresses(c) for r in table.rows for c in r.cells)


def read_units(table: Table) -> tuple[ListedUnit, ...]:
    """The units of a table with the addresses of their sites and pages; a row without addresses is a unit too."""
    places = set(table.indices(Column.PLACE))
    named = [i for i, c in enumerate(table.columns) if c in (Column.WHO, Column.OTHER) and i not in places]
    name = next((i for i in named if not any(web_addresses(r.cell(i)) for r in table.rows)), None)
    if name is None:
        return ()
    group = next((i for i, h in enumerate(table.header) if re.match(r"(?:khoi|nhom|loai)\b", plain(h))), None)
    found = []
    for row in table.rows:
        title = cell_text(row.cell(name))
        if not title or row.is_sum:
            continue
        urls = tuple(dict.fromkeys(u for c in row.cells for u in web_addresses(c)))
        found.append(
            ListedUnit(title, cell_text(row.cell(group)) or row.group if group is not None else row.group, urls, row.lines)
        )
    return tuple(found)


def is_task_table(table: Table) -> bool:
    """Tasks with who or when; where no heading says task, who and when (or how many) beside a column of another name."""
    has = table.columns.__contains__
    if has(Column.TASK):
        return has(Column.WHO) or has(Column.WHEN)
    return has(Column.OTHER) and has(Column.WHO) and (has(Column.WHEN) or has(Column.COUNT))


def read_tasks(table: Table, calendar: Calendar) -> tuple[Obligation, ...]:
    """One duty a row. A cell left empty says nothing; it is not filled from the row above."""
    who, when_at, count = (table.index(c) for c in (Column.WHO, Column.WHEN, Column.COUNT))
    task = table.index(Column.TASK if Column.TASK in table.columns else Column.OTHER)
    found = []
    for row in table.rows:
        action = cell_text(row.cell(task))
        if not action or row.is_sum or _EMPTY.fullmatch(action):
            continue
        time = cell_text(row.cell(when_at))
        when = read_when(time, calendar) if time and not _EMPTY.fullmatch(time) else read_when(action, calendar)
        text = time if time and not _EMPTY.fullmatch(time) else when.text
        counted = quantities(action)
        number = cell_number(row.cell(count))
        quantity = float(number) if number is not None else counted[0].number if counted else None
        unit = counted[0].unit if counted else None
        if number is None and (stated := quantities(f"tối thiểu {cell_text(row.cell(count))}") if count is not None else []):
            quantity, unit = stated[0].number, stated[0].unit
        assignee = cell_text(row.cell(who)).strip(" .;-")
        found.append(
            Obligation(
                assignee=assignee or None,
                action=action,
                quantity=quantity,
                unit_of_quantity=unit,
                deadline=when.deadline,
                deadline_text=text,
                recurrence=when.recurrence,
                report_to=read_report_to(action),
                lines=row.lines,
            )
        )
    return tuple(found)


def coordinating(table: Table) -> Sequence[str]:
    """The bodies that a table of tasks names to lead or to join in."""
    columns = [i for i in (table.index(Column.WHO), table.index(Column.WITH)) if i is not None]
    return [text for r in table.rows for i in columns if (text := cell_text(r.cell(i)).strip(" .;-"))]
