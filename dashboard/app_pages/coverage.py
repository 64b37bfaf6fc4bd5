"""Ma trận: which units publish on which topics, where nobody could look, and the posts behind each figure."""

from dataclasses import replace

import streamlit as st

from bamsat.application import Application, now
from bamsat.queries.plans import plans_in_force
from bamsat.queries.posts import posts_in_cell
from dashboard import phrases, session
from dashboard.cell_panel import show_cell
from dashboard.empty import explain_empty, explain_no_plan
from dashboard.filters_bar import choose_plan_and_week, choose_units, share
from dashboard.grid import show_grid, show_legend
from dashboard.reads import coverage_of
from dashboard.tables import show_topics, show_unseen
from dashboard.view_models.coverage import cell_view, matrix_view, topic_rows, unseen_view
from dashboard.view_models.filters import groups_of, kinds_of
from domain.access import Viewer
from domain.dates import show_moment


def show(application: Application, viewer: Viewer) -> None:
    """Draws the page."""
    language, store, moment = session.language(application), application.store, now()
    say = phrases.speaker(language)
    st.header(say(phrases.COVERAGE_TITLE if viewer.sees_all_units else phrases.OWN_COVERAGE_TITLE), anchor=False)
    plans = plans_in_force(viewer, store, moment)
    if not plans:
        explain_no_plan(say)
        return
    asked = choose_plan_and_week(plans, moment, language)
    address = application.settings.database_url
    whole = coverage_of(viewer, address, asked.plan, asked.week, None, store, moment)
    if viewer.sees_all_units:
        asked = choose_units(asked, groups_of(whole.matrix), kinds_of(whole.matrix), say, language)
    read = coverage_of(viewer, address, asked.plan, asked.week, asked.kind, store, moment) if asked.kind else whole
    view = matrix_view(read.matrix, language, asked.group, asked.search, asked.turned)
    if explain_empty(whole.matrix, view, say):
        share(asked)
        return
    st.text(read.version.plan.title)
    st.caption(say(phrases.JUDGED, until=show_moment(read.matrix.until), as_of=show_moment(read.matrix.as_of)))
    show_legend(view, language)
    asked_cell = (asked.unit, asked.topic) if asked.unit and asked.topic else None
    key = "|".join(["grid", *(str(part) for part in (asked.plan, asked.week, asked.group, asked.kind, asked.search, view.turned))])
    chosen = show_grid(view, asked_cell, say, key)
    asked = replace(asked, unit=chosen.unit if chosen else None, topic=chosen.topic if chosen else None)
    share(asked)
    if chosen:
        posts = posts_in_cell(viewer, store, read.matrix, chosen.unit, chosen.topic)
        show_cell(cell_view(read.matrix, chosen.unit, chosen.topic, posts, language), say, f"{key}|{chosen.unit}|{chosen.topic}")
    elif asked_cell:
        st.warning(say(phrases.NOT_FOUND_CELL))
    else:
        st.caption(say(phrases.GRID_HINT))
    show_unseen(unseen_view(read.unseen, view.units, language), say)
    show_topics(topic_rows(read.matrix, language), view.hidden_topics, say)


show(session.application(), session.signed_in(now()))
