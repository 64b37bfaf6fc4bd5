"""Queries, remembered for a minute. The viewer is part of every key: what one person may see is never shown to another.

Answers are frozen, so sessions share them as they are; an argument that begins with an underscore is not part of the key.
"""

from datetime import datetime, timedelta

import streamlit as st

from bamsat.queries.coverage import Coverage, coverage
from bamsat.queries.summary import weekly_summary
from domain.access import Viewer
from domain.unit import ChannelKind
from domain.weeks import Week
from reports.summary import WeeklySummary
from store import Store

FRESH = timedelta(minutes=1)
_KEPT = 64


@st.cache_resource(ttl=FRESH, max_entries=_KEPT, show_spinner=False)
def coverage_of(
    viewer: Viewer, address: str, plan: str | None, week: Week, kind: ChannelKind | None, _store: Store, _now: datetime
) -> Coverage:
    return coverage(viewer, _store, _now, plan, week, kind=kind)


@st.cache_resource(ttl=FRESH, max_entries=_KEPT, show_spinner=False)
def summary_of(
    viewer: Viewer, address: str, plan: str | None, week: Week, organisation: str, _store: Store, _now: datetime
) -> WeeklySummary:
    return weekly_summary(viewer, _store, _now, week, plan, organisation=organisation)
