"""Writing the weekly summary to files."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bamsat.queries.summary import weekly_summary
from domain.access import Viewer
from domain.errors import Language
from domain.weeks import Week
from reports.formats import EXPORTERS
from store import Store


def write_reports(
    store: Store,
    viewer: Viewer,
    now: datetime,
    week: Week,
    formats: Iterable[str],
    folder: Path,
    language: Language,
    plan: str | None = None,
    as_of: datetime | None = None,
) -> list[Path]:
    """One file for each format, named after the week. Raises NotFound when no plan is in force."""
    summary = weekly_summary(viewer, store, now, week, plan, as_of)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in formats:
        path = folder / f"bam-sat-{week}.{name}"
        EXPORTERS[name](summary, path, language)
        written.append(path)
    return written
