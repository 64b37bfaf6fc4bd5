"""Báo cáo: the weekly summary, looked at before it is sent."""

from functools import partial

import pandas as pd
import streamlit as st

from bamsat.application import Application, now
from bamsat.queries.plans import plans_in_force
from dashboard import phrases, session
from dashboard.chart_specs.unit_progress import unit_progress
from dashboard.device import in_the_dark, on_phone
from dashboard.empty import explain, explain_no_plan
from dashboard.filters_bar import choose_plan_and_week, share
from dashboard.reads import summary_of
from dashboard.view_models.weekly_summary import bar_colours, bar_parts, figures, table_views, workbook
from domain.access import Viewer
from domain.dates import show_moment
from reports.formats import MEDIA_TYPES

ROWS_SHOWN = 500
FORMAT = "xlsx"


def show(application: Application, viewer: Viewer) -> None:
    """Draws the page."""
    language, store, moment = session.language(application), application.store, now()
    say = phrases.speaker(language)
    st.header(say(phrases.SUMMARY_TITLE), anchor=False)
    plans = plans_in_force(viewer, store, moment)
    if not plans:
        explain_no_plan(say)
        return
    asked = choose_plan_and_week(plans, moment, language)
    share(asked)
    settings = application.settings
    summary = summary_of(viewer, settings.database_url, asked.plan, asked.week, settings.organisation, store, moment)
    if not summary.units:
        explain(say(phrases.NO_UNITS), phrases.NO_UNITS_COMMAND)
        return
    st.text(summary.plan.plan.title)
    st.caption(say(phrases.JUDGED, until=show_moment(summary.matrix.until), as_of=show_moment(summary.matrix.as_of)))
    first = figures(summary)
    change = None if first.share_change is None else say(phrases.METRIC_CHANGE, n=f"{first.share_change:+d}")
    share_shown = "–" if first.share is None else f"{first.share}%"
    with st.container(horizontal=True):
        st.metric(say(phrases.METRIC_SHARE), share_shown, change, "off", border=True, height="stretch", delta_arrow="off")
        st.metric(say(phrases.METRIC_POSTS), first.in_week, border=True, height="stretch")
        st.metric(say(phrases.METRIC_SILENT), first.silent, border=True, height="stretch")
        st.metric(say(phrases.METRIC_UNSEEN), first.unseen, border=True, height="stretch")
    st.download_button(
        say(phrases.DOWNLOAD),
        partial(workbook, summary, FORMAT, language),
        file_name=f"bam-sat-{summary.week}.{FORMAT}",
        mime=MEDIA_TYPES[FORMAT],
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )
    st.subheader(say(phrases.CHART_TITLE), anchor=False)
    colours = bar_colours(language, in_the_dark())
    st.altair_chart(unit_progress(bar_parts(summary, language), colours, say(phrases.CELLS), say(phrases.UNIT), on_phone()))
    st.subheader(say(phrases.PREVIEW), anchor=False)
    views = table_views(summary, language, ROWS_SHOWN)
    for tab, table in zip(st.tabs([v.name for v in views]), views, strict=True):
        with tab:
            if not table.rows:
                st.text(say(phrases.EMPTY_TABLE))
                continue
            config = {c: st.column_config.Column(help=note) for c, note in zip(table.columns, table.notes, strict=True)}
            frame = pd.DataFrame(table.rows, columns=list(table.columns))
            st.dataframe(frame, hide_index=True, column_config=config, key=f"table-{table.name}")


show(session.application(), session.signed_in(now()))
