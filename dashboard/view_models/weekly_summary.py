"""The weekly summary on the screen: the same tables as in the files, and the figures to see first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.coverage import CoverageStatus
from domain.dates import VIETNAM
from domain.errors import Language
from domain.sighting import sighting
from reports.formats import EXPORTERS
from reports.marks import DUE_NOT_SEEN, MARKS, Colours, mark_of
from reports.summary import WeeklySummary
from reports.tables import Link, StatusCell, Table, Value, tables

_SHOWN = (
    MARKS[CoverageStatus.COVERED],
    MARKS[CoverageStatus.LATE],
    MARKS[CoverageStatus.DUE],
    DUE_NOT_SEEN,
    MARKS[CoverageStatus.UNKNOWN],
    MARKS[CoverageStatus.MISSING],
)


@dataclass(frozen=True, slots=True)
class Figures:
    """`share` and `share_change` are in percent and percent points, None where nothing is required."""

    share: int | None
    share_change: int | None
    in_week: int
    silent: int
    unseen: int


@dataclass(frozen=True, slots=True)
class BarPart:
    unit: str
    word: str
    sign: str
    cells: int


@dataclass(frozen=True, slots=True)
class TableView:
    name: str
    title: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    """Within a column all values are of one type: a column of counts and shares, or with empty places, is one of text."""


def figures(summary: WeeklySummary) -> Figures:
    now, before = summary.counts.share, summary.previous_counts.share
    return Figures(
        share=None if now is None else round(100 * now),
        share_change=None if now is None or before is None else round(100 * now) - round(100 * before),
        in_week=summary.in_week,
        silent=len(summary.silent_units),
        unseen=len(summary.unseen),
    )


def bar_parts(summary: WeeklySummary, language: Language) -> tuple[BarPart, ...]:
    """The parts of every unit's bar that are not empty, in the order of the units."""
    parts = []
    for row in summary.matrix.units:
        signs = Counter(mark_of(cell, sighting(cell, row.looked_until, summary.matrix.until)).sign for cell in row.cells)
        for mark in _SHOWN:
            if signs[mark.sign]:
                parts.append(BarPart(row.unit.name, mark.word.in_language(language), mark.sign, signs[mark.sign]))
    return tuple(parts)


def bar_colours(language: Language, dark: bool) -> dict[str, Colours]:
    """Colours by status word, in the order of the parts of a bar."""
    return {mark.word.in_language(language): mark.dark if dark else mark.light for mark in _SHOWN}


def workbook(summary: WeeklySummary, format: str, language: Language) -> bytes:
    """The summary as the bytes of a file, made when somebody asks for it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{format}"
        EXPORTERS[format](summary, path, language)
        return path.read_bytes()


def table_views(summary: WeeklySummary, language: Language, most: int) -> tuple[TableView, ...]:
    """The tables of the report with at most `most` rows each, and values as a screen shows them."""
    return tuple(_table_view(table, most) for table in tables(summary, language))


def _table_view(table: Table, most: int) -> TableView:
    rows = [tuple(_shown(v) for v in values) for values in islice(table.rows(), most)]
    mixed = [len({type(v) for v in column}) > 1 for column in zip(*rows, strict=True)]
    return TableView(
        name=table.name,
        title=table.title,
        columns=tuple(c.title for c in table.columns),
        notes=tuple(c.note for c in table.columns),
        rows=tuple(tuple(_text(v) if m else v for v, m in zip(row, mixed, strict=True)) for row in rows),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _shown(value: Value) -> object:
    match value:
        case StatusCell():
            return str(value)
        case Link(text, _):
            return text
        case float():
            return f"{value:.0%}"
        case datetime():
            return value.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
        case date():
            return value.strftime("%d/%m/%Y")
    return value
