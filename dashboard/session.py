"""What one browser session holds: who signed in and when, and the language. Streamlit keeps it in memory on the server."""

from datetime import datetime, timedelta

import streamlit as st

from bamsat.application import Application, open_application
from bamsat.queries.accounts import current_viewer
from domain.access import Viewer
from domain.errors import Language, NotAllowed

SESSION_LENGTH = timedelta(hours=10)
"""A working day; after that one signs in again."""


@st.cache_resource(show_spinner=False)
def application() -> Application:
    """The settings and the store, opened once for all sessions. Raises SettingsError or StoreUnavailable."""
    return open_application()


def begin(viewer: Viewer, now: datetime) -> None:
    """A new session for this person; whatever the browser session held before is forgotten."""
    language = st.session_state.get("language")
    st.session_state.clear()
    st.session_state.update(name=viewer.name, since=now)
    if language:
        st.session_state["language"] = language


def end() -> None:
    st.session_state.clear()


def viewer(application: Application, now: datetime) -> Viewer | None:
    """Who is signed in, with the role that the account has now; None when nobody is, or no longer."""
    name, since = st.session_state.get("name"), st.session_state.get("since")
    if name is None or since is None:
        return None
    known = current_viewer(application.store, name)
    if known is None or now - since > SESSION_LENGTH:
        end()
        st.session_state["over"] = True
        return None
    return known


def signed_in(now: datetime) -> Viewer:
    """Who is signed in. Raises NotAllowed when nobody is: a page is never drawn for a stranger, however it was reached."""
    known = viewer(application(), now)
    if known is None:
        raise NotAllowed("Hãy đăng nhập để xem trang này.", "nobody is signed in")
    return known


def language(application: Application | None = None) -> Language:
    chosen: Language | None = st.session_state.get("language")
    return chosen or (application.settings.language if application else "vi")
