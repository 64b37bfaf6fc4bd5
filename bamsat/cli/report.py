"""`bamsat report`: the weekly summary as files."""

from datetime import datetime
from pathlib import Path

import click

from bamsat.application import now, open_application
from bamsat.cli.output import MOMENT, say
from bamsat.settings import Settings
from bamsat.workflows.reports import write_reports
from domain.access import SYSTEM
from domain.weeks import Week
from reports.formats import EXPORTERS


@click.command()
@click.argument("week", required=False)
@click.option("--format", "formats", type=click.Choice(sorted(EXPORTERS)), multiple=True, help="one or more; all unless given")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("var/reports"), show_default=True, help="folder"
)
@click.option("--plan", help="id, number or title; the plan that came into force last unless given")
@click.option("--as-of", "as_of", type=MOMENT, help="with what was known at this time")
@click.pass_obj
def report(
    settings: Settings, week: str | None, formats: tuple[str, ...], out: Path, plan: str | None, as_of: datetime | None
) -> None:
    """Write the summary of WEEK (2026-W47; the week before this one unless given)."""
    at = now()
    chosen = Week.parse(week) if week else Week.of(at).shifted(-1)
    store = open_application(settings).store
    for path in write_reports(store, SYSTEM, at, chosen, formats or tuple(EXPORTERS), out, settings.language, plan, as_of):
        say(f"Đã ghi {path}")
