"""The filters of a page, in the side bar; what is chosen goes into the address, so that it can be shared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from dashboard import phrases
from dashboard.phrases import Say
from dashboard.view_models.filters import Asked, address_of, asked_for, weeks_of
from domain.errors import Language
from domain.plan import PlanVersion
from domain.unit import ChannelKind
from reports.words import KIND_WORDS, week_choice


def choose_plan_and_week(plans: Sequence[PlanVersion], now: datetime, language: Language) -> Asked:
    """What the address asks for, changed by what is chosen here. `plans` must not be empty."""
    say = phrases.speaker(language)
    parameters = st.query_params.to_dict()
    with st.sidebar:
        st.subheader(say(phrases.FILTERS), anchor=False)
        ids = [str(p.plan_id) for p in plans]
        names = {str(p.plan_id): say(phrases.PLAN_VERSION, number=p.plan.number or p.plan.title, version=p.version) for p in plans}
        wanted = parameters.get("plan", ids[0])
        first = ids.index(wanted) if wanted in ids else 0
        plan = st.selectbox(say(phrases.PLAN), ids, index=first, format_func=names.__getitem__, key="plan")
        weeks = weeks_of(next(p for p in plans if p.plan_id == plan), now)
        asked = asked_for(parameters, weeks)
        week = st.selectbox(say(phrases.WEEK), weeks, index=weeks.index(asked.week), format_func=week_choice, key="week")
    return replace(asked, plan=plan, week=week)


def choose_units(asked: Asked, groups: Sequence[str], kinds: Sequence[ChannelKind], say: Say, language: Language) -> Asked:
    """The filters of the matrix; `groups` and `kinds` are those that there are."""
    with st.sidebar:
        every = ["", *groups]
        first = every.index(asked.group) if asked.group in every else 0
        group = st.selectbox(say(phrases.GROUP), every, first, lambda g: g or say(phrases.ALL_GROUPS), key="group")
        names = {"": say(phrases.ALL_KINDS)} | {str(k): KIND_WORDS[k].in_language(language) for k in kinds}
        first = list(names).index(asked.kind) if asked.kind in names else 0
        kind = st.selectbox(say(phrases.CHANNEL_KIND), list(names), first, names.__getitem__, key="kind")
        search = st.text_input(say(phrases.FIND_UNIT), value=asked.search, placeholder=say(phrases.FIND_UNIT_HINT), key="search")
        turned = st.toggle(say(phrases.TURN), value=asked.turned, key="turned")
    return replace(asked, group=group or None, kind=ChannelKind(kind) if kind else None, search=search, turned=turned)


def share(asked: Asked) -> None:
    """Writes the choice into the address of the page."""
    address = address_of(asked)
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
