"""The formats in which a summary can be written. A new one is a module in `reports/exporters` and a line here."""

from collections.abc import Callable
from pathlib import Path

from domain.errors import Language
from reports.exporters.xlsx import write_xlsx
from reports.summary import WeeklySummary

Exporter = Callable[[WeeklySummary, Path, Language], None]
"""Writes the summary to the path, replacing what is there; raises OSError where that cannot be."""

EXPORTERS: dict[str, Exporter] = {
    "xlsx": write_xlsx,
}
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
