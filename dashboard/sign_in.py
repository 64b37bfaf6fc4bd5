"""Signing in with a local account."""

from datetime import datetime

import streamlit as st

from bamsat.application import Application
from bamsat.queries.accounts import has_accounts
from bamsat.workflows.accounts import sign_in
from dashboard import phrases, session
from domain.errors import NotAllowed


def show(application: Application, now: datetime) -> None:
    """The form; a successful sign-in goes on to the page whose address was asked for."""
    language = session.language(application)
    say = phrases.speaker(language)
    _, middle, _ = st.columns([1, 1.4, 1])
    with middle:
        st.title(say(phrases.APP_NAME))
        if application.settings.organisation:
            st.text(application.settings.organisation)
        if not has_accounts(application.store):
            st.info(say(phrases.NO_ACCOUNTS))
            st.code(phrases.NO_ACCOUNTS_COMMAND, language="shell")
            return
        if st.session_state.pop("over", False):
            st.warning(say(phrases.SESSION_OVER))
        with st.form("sign-in"):
            name = st.text_input(say(phrases.USER_NAME), autocomplete="username")
            password = st.text_input(say(phrases.PASSWORD), type="password", autocomplete="current-password")
            sent = st.form_submit_button(say(phrases.SIGN_IN), type="primary", width="stretch")
        st.caption(say(phrases.SIGN_IN_HINT))
        if not sent:
            return
        try:
            viewer = sign_in(application.store, name, password)
        except NotAllowed as refusal:
            st.error(refusal.message.in_language(language))
            return
    session.begin(viewer, now)
    st.rerun()
