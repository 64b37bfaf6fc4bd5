"""The summary as an Excel workbook, written row by row in bounded memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from domain.coverage import CoverageStatus
from domain.dates import VIETNAM, show_moment
from domain.errors import Language
from reports.marks import MARKS, Mark, figure, mark_of
from reports.plain_text import plain_text, web_address
from reports.summary import WeeklySummary
from reports.tables import Column, Link, StatusCell, Table, Value, tables
from reports.words import week_words

LINKS_LIMIT = 65_530
"""The most links that Excel opens in one sheet; later addresses are still there as text."""
ADDRESS_LIMIT = 2_079
"""The longest address that Excel follows from a cell."""
HEADER_ROW = 3
"""Counted from 0: above it are the title, what the figures are of, and the legend."""
_LINE = 13.5
"""Points that one line of text takes."""
_MOST_LINES = 12
_ONE_PAGE = 190
"""Characters that can still be read when a table is shrunk to the width of one sheet of paper."""
_NOTE_SIZE = {"x_scale": 1.6, "y_scale": 0.7, "font_size": 9}
_FONT = {"font_name": "Arial", "font_size": 10, "valign": "vcenter"}


def write_xlsx(summary: WeeklySummary, path: Path, language: Language) -> None:
    """Writes one sheet for each table of the summary. Raises OSError when the file cannot be written."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties({"title": _subtitle(summary, language), "company": plain_text(summary.organisation)})
            book.set_calc_mode("auto")
            styles = _Styles(book)
            for table in tables(summary, language):
                _write_sheet(book.add_worksheet(table.name), table, summary, language, styles)
    except xlsxwriter.exceptions.FileCreateError as fault:
        raise OSError(f"cannot write {path}: {fault}") from fault


@dataclass
class _Styles:
    """The cell formats of one workbook, each made once."""

    book: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(_FONT | properties)
        return self.made[key]

    def of_mark(self, mark: Mark, rest: str, status: CoverageStatus) -> Any:
        """A number that shows its status: `3` is written as `✓ 3`, and stays a number."""
        sign = f'"{mark.sign}"' if status is CoverageStatus.NOT_REQUIRED else f'"{mark.sign} "0"{rest}"'
        several = f'"{mark.sign} "0;;"{mark.sign}"' if status is CoverageStatus.NOT_REQUIRED else sign
        return self.get(
            num_format=several,
            bg_color=mark.light.fill,
            font_color=mark.light.ink,
            align="center",
            border=1,
            border_color="#FFFFFF",
        )


def _write_sheet(sheet: Any, table: Table, summary: WeeklySummary, language: Language, styles: _Styles) -> None:
    columns = table.columns
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
    _print_setup(sheet, table, language)
    fixed = sum(1 for _ in _leading_fixed(columns))
    sheet.freeze_panes(HEADER_ROW + 1, fixed)
    sheet.write_string(0, 0, plain_text(table.title), styles.get(bold=True, font_size=14))
    sheet.write_string(1, 0, _subtitle(summary, language), styles.get(font_color="#444B59"))
    if legend := _legend(table, language):
        sheet.write_string(2, 0, legend, styles.get(font_color="#444B59"))
    sheet.set_row(HEADER_ROW, _LINE * max(_lines(c.title, c) for c in columns) + 10)
    first = next(table.rows(), ())
    for number, column in enumerate(columns):
        align = _alignment(first[number] if first else None)
        header = styles.get(bold=True, text_wrap=True, bg_color="#E7EAF0", bottom=1, align=align, indent=int(align == "left"))
        sheet.write_string(HEADER_ROW, number, plain_text(column.title), header)
        sheet.write_comment(HEADER_ROW, number, column.note, _NOTE_SIZE)
    row, links = HEADER_ROW, 0
    for row, values in enumerate(table.rows(), start=HEADER_ROW + 1):
        sheet.set_row(row, _LINE * max(_lines(value, column) for value, column in zip(values, columns, strict=True)) + 2)
        for number, value in enumerate(values):
            links += _write_cell(sheet, row, number, value, styles, links < LINKS_LIMIT)
    sheet.autofilter(HEADER_ROW, 0, max(row, HEADER_ROW + 1), len(columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Value, styles: _Styles, may_link: bool) -> bool:
    """Writes one value with its type; says whether a link was made of it."""
    match value:
        case None | "":
            pass
        case StatusCell(cell, state):
            posts, rest = figure(cell)
            sheet.write_number(row, column, posts, styles.of_mark(mark_of(cell, state), rest, cell.status))
        case Link(text, url):
            address = web_address(url)
            if address and may_link and len(address) <= ADDRESS_LIMIT:
                sheet.write_url(
                    row, column, address, styles.get(font_color="#0B57A4", underline=1, text_wrap=True, indent=1), plain_text(text)
                )
                return True
            sheet.write_string(row, column, plain_text(text), styles.get(text_wrap=True, indent=1))
        case bool() | str():
            sheet.write_string(row, column, plain_text(str(value)), styles.get(text_wrap=True, indent=1))
        case int():
            sheet.write_number(row, column, value, styles.get(num_format="#,##0"))
        case float():
            sheet.write_number(row, column, value, styles.get(num_format="0%"))
        case datetime():
            local = value.astimezone(VIETNAM).replace(tzinfo=None)
            sheet.write_datetime(row, column, local, styles.get(num_format="dd/mm/yyyy hh:mm", align="left", indent=1))
        case date():
            sheet.write_datetime(row, column, value, styles.get(num_format="dd/mm/yyyy", align="left", indent=1))
    return False


def _leading_fixed(columns: Iterable[Column]) -> Iterable[Column]:
    for column in columns:
        if not column.fixed:
            return
        yield column


def _lines(value: Value, column: Column) -> int:
    """How many lines a value takes in its column. Rows get a height of their own: readers do not fit rows that are streamed."""
    text = value.text if isinstance(value, Link) else value if isinstance(value, str) else ""
    return min(_MOST_LINES, max(1, sum(ceil(len(part) / (column.width - 1)) for part in text.splitlines())))


def _alignment(value: Value) -> str:
    match value:
        case StatusCell():
            return "center"
        case int() | float():
            return "right"
    return "left"


def _print_setup(sheet: Any, table: Table, language: Language) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    fixed = sum(1 for _ in _leading_fixed(table.columns))
    if sum(c.width for c in table.columns) <= _ONE_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(70)
        if fixed:
            sheet.repeat_columns(0, fixed - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(HEADER_ROW)
    page = "Trang" if language == "vi" else "Page"
    sheet.set_footer(f"&L{table.name}&R{page} &P/&N")
    sheet.hide_gridlines(1)


def _subtitle(summary: WeeklySummary, language: Language) -> str:
    plan = summary.plan
    number, version = plan.plan.number or plan.plan_id, plan.version
    moment = show_moment(summary.matrix.as_of)
    parts = [
        summary.organisation,
        week_words(summary.week, language),
        f"Kế hoạch {number}, bản {version}" if language == "vi" else f"Plan {number}, version {version}",
        f"Số liệu đến {moment}" if language == "vi" else f"As of {moment}",
    ]
    return plain_text(" · ".join(part for part in parts if part))


def _legend(table: Table, language: Language) -> str:
    """The signs of the statuses, for tables that show them."""
    first = next(table.rows(), ())
    if not any(isinstance(value, StatusCell) for value in first):
        return ""
    return "   ".join(f"{mark.sign} {mark.word.in_language(language)}" for mark in MARKS.values())
