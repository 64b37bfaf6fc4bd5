"""How results look on a terminal and in a pipe."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from domain.dates import VIETNAM, show_moment
from domain.errors import BamsatError, InvalidInput, Language, Problem, Severity

json_option = click.option("--json", "as_json", is_flag=True, help="print JSON instead of a table")

_MARKS = {Severity.ERROR: "✗", Severity.DOUBT: "?", Severity.NOTE: "·"}


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as wide as the terminal; in a pipe as wide as its longest row, so that no word is cut."""
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    wide = None if sys.stdout.isatty() else 400
    Console(width=wide, highlight=False, markup=False).print(table)


def say(text: str) -> None:
    """A sentence about what was done: standard error, so that a result can be piped."""
    click.echo(text, err=True)


def show_problems(problems: Iterable[Problem], language: Language) -> None:
    for problem in problems:
        place = problem.place(language)
        hint = f" — {problem.hint.in_language(language)}" if problem.hint else ""
        say(f"  {_MARKS[problem.severity]} {place + ': ' if place else ''}{problem.message.in_language(language)}{hint}")


def show_error(fault: BamsatError, language: Language) -> None:
    say(("Lỗi: " if language == "vi" else "Error: ") + fault.message.in_language(language))
    if isinstance(fault, InvalidInput):
        show_problems(fault.problems, language)


def iso(moment: datetime | None) -> str | None:
    """A moment in JSON: ISO 8601 with the Vietnamese offset, to the second."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds") if moment else None


def shown(moment: datetime | None) -> str:
    return show_moment(moment) if moment else "—"


class MomentOption(click.ParamType[datetime]):
    """A day or a moment: 2026-11-21, or 2026-11-21T10:30. Vietnamese time where no zone is given."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            parsed = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}: 2026-11-21 | 2026-11-21T10:30", param, ctx)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=VIETNAM)).astimezone(UTC)


MOMENT = MomentOption()
