"""The grid of the matrix: a table that the keyboard reaches, with a cell to choose, and its legend."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard import phrases
from dashboard.device import in_the_dark, on_phone
from dashboard.phrases import Say
from dashboard.view_models.coverage import GridCell, MatrixView
from domain.errors import Language
from reports.marks import Colours, Mark

HEAD, DONE, SEEN = "head", "done", "seen"
ROW_HEIGHT = 34
_TALLEST = 379
"""So that the head of the chosen cell's posts is in sight on a screen of 768 lines."""


def show_legend(view: MatrixView, language: Language) -> None:
    """The signs with their colours, words and counts: product text and numbers only, which is why it may be HTML."""
    parts = []
    for entry in view.legend:
        colours = _colours(entry.mark)
        box = f"background:{colours.fill};color:{colours.ink};border:1px solid {colours.ink}33;border-radius:4px;padding:1px 7px"
        word, meaning = entry.mark.word.in_language(language), entry.mark.meaning.in_language(language)
        parts.append(
            f'<li title="{meaning}" style="display:flex;gap:6px;align-items:center;margin:0">'
            f'<span style="{box};font-weight:600">{entry.mark.sign}</span>{word} <b>{entry.cells}</b></li>'
        )
    name = phrases.speaker(language)(phrases.LEGEND)
    listed = "display:flex;flex-wrap:wrap;gap:6px 18px;list-style:none;padding:0;margin:0;font-size:0.9rem"
    st.html(f'<ul aria-label="{name}" style="{listed}">{"".join(parts)}</ul>')


def show_grid(view: MatrixView, chosen: tuple[str, str] | None, say: Say, key: str) -> GridCell | None:
    """Draws the grid and gives the chosen cell. `chosen` (unit, topic) is chosen at first; `key` must change with the grid."""
    place = view.place_of(*chosen) if chosen else None
    event = st.dataframe(
        _styled(view),
        key=key,
        height=min(_TALLEST, ROW_HEIGHT * (len(view.lines) + 1) + 5),
        hide_index=True,
        row_height=ROW_HEIGHT,
        column_order=_order(view),
        column_config=_columns(view, say),
        on_select="rerun",
        selection_mode="single-cell",
        selection_default={"selection": {"cells": [place] if place else []}},
        alt=say(phrases.GRID_NAME),
    )
    cells = event.selection.cells
    return view.cell_at(*cells[0]) if cells else None


def _styled(view: MatrixView) -> "pd.io.formats.style.Styler":
    keys = [c.key for c in view.columns]
    columns = [HEAD, DONE, SEEN, *keys]
    texts = [[line.head.short, line.done, line.seen_until, *(cell.text for cell in line.cells)] for line in view.lines]
    plain = [""] * (len(columns) - len(keys))
    looks = [plain + [_look(cell.mark) for cell in line.cells] for line in view.lines]
    styles = pd.DataFrame(looks, columns=columns)
    return pd.DataFrame(texts, columns=columns).style.apply(lambda _: styles, axis=None)


def _look(mark: Mark) -> str:
    colours = _colours(mark)
    return f"background-color:{colours.fill};color:{colours.ink}"


def _order(view: MatrixView) -> list[str]:
    """On a phone the cells come first, and how far the channels were read last."""
    keys = [c.key for c in view.columns]
    if len(keys) == 1:
        return [HEAD, *keys]
    if view.turned:
        return [HEAD, DONE, *keys]
    return [HEAD, *keys, DONE, SEEN] if on_phone() else [HEAD, DONE, SEEN, *keys]


def _colours(mark: Mark) -> Colours:
    return mark.dark if in_the_dark() else mark.light


def _columns(view: MatrixView, say: Say) -> dict[str, ColumnConfig]:
    """Widths in pixels; on a phone the heads leave room for the cells."""
    phone = on_phone()
    config = st.column_config.Column
    head = (170 if phone else 420) if view.turned else (140 if phone else 250)
    columns: dict[str, ColumnConfig] = {
        HEAD: config(view.corner, width=head, pinned=True),
        DONE: config(say(phrases.DONE), width=62, help=say(phrases.DONE_NOTE), alignment="center"),
        SEEN: config(say(phrases.SEEN_UNTIL), width=134, help=say(phrases.SEEN_UNTIL_NOTE)),
    }
    width = (190 if phone else 260) if len(view.columns) == 1 else 84 if view.turned else 92
    for column in view.columns:
        columns[column.key] = config(column.short, width=width, help=column.full, alignment="center")
    return columns
