"""Where in the document the plan's plain fields stand: number, title, issuer, day, place, bodies and recipients.

Phases, topics, obligations and the like carry their lines themselves. What is only text is verbatim, so it can be found again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain.plan import Lines, Plan
from domain.text import fold

_MOST_LINES = 6
"""A title of an office runs over so many lines at most, blank ones included."""


def places(plan: Plan, lines: Sequence[str]) -> Mapping[str, tuple[Lines, ...]]:
    """Field → the lines (from 1) of each of its values, in their order; empty lines for a value that was put together."""
    folded = [f" {fold(line)} " for line in lines]
    one = {
        "number": plan.number,
        "title": plan.title,
        "issuing_body": plan.issuing_body,
        "place": plan.place,
    }
    found: dict[str, tuple[Lines, ...]] = {name: (_lines_of(value, folded),) for name, value in one.items() if value}
    if plan.issued_on:
        found["issued_on"] = (_lines_of_day(plan.issued_on, folded),)
    if plan.unit_groups:
        found["unit_groups"] = tuple(_lines_of(value, folded) for value in plan.unit_groups)
    if plan.recipients:
        # The body names most of the recipients too: they stand where they are addressed.
        heading = max((n for n, line in enumerate(folded) if line.startswith(" noi nhan ")), default=0)
        ending = [""] * heading + list(folded[heading:])
        found["recipients"] = tuple(_lines_of(value, ending) for value in plan.recipients)
    return found


def _lines_of(value: str, folded: Sequence[str]) -> Lines:
    """The fewest consecutive lines that hold the value, the first such ones."""
    return _first_holding([f" {fold(value)} "], folded)


def _lines_of_day(day: date, folded: Sequence[str]) -> Lines:
    shapes = {(f"{day.day:0{d}}", f"{day.month:0{m}}") for d in (1, 2) for m in (1, 2)}
    wanted = [w for d, m in sorted(shapes) for w in (f" ngay {d} thang {m} nam {day.year} ", f" {d} {m} {day.year} ")]
    return _first_holding(wanted, folded)


def _first_holding(wanted: Iterable[str], folded: Sequence[str]) -> Lines:
    sought = list(wanted)
    for width in range(1, _MOST_LINES + 1):
        for start in range(len(folded) - width + 1):
            if not folded[start].strip():
                continue
            text = " ".join(part.strip() for part in folded[start : start + width] if part.strip())
            if any(w in f" {text} " for w in sought):
                return tuple(n + 1 for n in range(start, start + width) if folded[n].strip())
    return ()
