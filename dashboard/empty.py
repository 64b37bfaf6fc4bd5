"""What a screen says when there is nothing to show: why, and what to do next."""

import streamlit as st

from dashboard import phrases
from dashboard.phrases import Say
from dashboard.view_models.coverage import MatrixView
from domain.coverage import CoverageMatrix
from domain.errors import Message


def explain_no_plan(say: Say) -> None:
    explain(say(phrases.NO_PLAN), phrases.NO_PLAN_COMMAND)


def explain_empty(matrix: CoverageMatrix, view: MatrixView, say: Say) -> bool:
    """Says what is missing, if anything is; then there is no grid to draw. Channels never looked at are only pointed out."""
    reason = _missing(matrix, view)
    if reason:
        explain(say(reason[0]), reason[1])
        return True
    if not any(row.looked_until for row in matrix.units) and not any(cell.posts for row in matrix.units for cell in row.cells):
        explain(say(phrases.NEVER_LOOKED), phrases.NEVER_LOOKED_COMMAND)
    return False


def _missing(matrix: CoverageMatrix, view: MatrixView) -> tuple[Message, str | None] | None:
    if not matrix.units:
        return phrases.NO_UNITS, phrases.NO_UNITS_COMMAND
    if not matrix.topics:
        return phrases.NO_TOPICS, None
    if not view.units:
        return phrases.NO_MATCH, None
    return None


def explain(sentence: str, command: str | None = None) -> None:
    st.info(sentence)
    if command:
        st.code(command, language="shell")
