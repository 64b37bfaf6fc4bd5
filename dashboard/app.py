"""The entry: `streamlit run dashboard/app.py`. Opens the application, signs in, and runs the page that was asked for."""

import logging
from functools import partial

import streamlit as st

from bamsat.application import now
from dashboard import phrases, session, sign_in
from dashboard.page_list import PAGES, ListedPage, pages_of
from dashboard.style import STYLE
from domain.access import Viewer
from domain.errors import BamsatError, Language

LOG = logging.getLogger(__name__)


def main() -> None:
    """Every page has its address before sign-in and for every role, so that a shared link never ends in “not found”."""
    st.set_page_config(page_title="Bám Sát", page_icon=":material/fact_check:", layout="wide")
    st.html(STYLE)
    language = session.language()
    try:
        application = session.application()
        language = session.language(application)
        viewer = session.viewer(application, now())
        allowed = pages_of(viewer.role) if viewer else ()
        pages = {listed: _page(listed, listed in allowed, language) for listed in PAGES}
        first = [pages[listed] for listed in allowed]
        start = st.Page(partial(_open_first, first), title="Bám Sát", default=True, visibility="hidden")
        current = st.navigation([start, *pages.values()], position="sidebar" if viewer else "hidden")
        if viewer is None:
            sign_in.show(application, now())
            return
        try:
            if current in (start, *first):
                current.run()
            else:
                LOG.warning("%s (%s) asked for a page of others", viewer.name, viewer.role)
                st.error(phrases.NOT_YOUR_PAGE.in_language(language))
                st.page_link(first[0])
        finally:
            _account(viewer, language)
    except BamsatError as fault:
        LOG.warning("%s", fault)
        st.error(fault.message.in_language(language))


def _page(listed: ListedPage, visible: bool, language: Language) -> "st.Page":
    title = listed.title.in_language(language)
    return st.Page(
        listed.file, title=title, icon=listed.icon, url_path=listed.address, visibility="visible" if visible else "hidden"
    )


def _open_first(pages: "list[st.Page]") -> None:
    st.switch_page(pages[0], query_params=st.query_params.to_dict())


def _account(viewer: Viewer, language: Language) -> None:
    say = phrases.speaker(language)
    names = phrases.LANGUAGE_NAMES
    with st.sidebar:
        st.divider()
        st.session_state.setdefault("language", language)
        st.segmented_control(say(phrases.LANGUAGE), list(names), format_func=names.__getitem__, key="language", required=True)
        st.text(viewer.name)
        if st.button(say(phrases.SIGN_OUT), icon=":material/logout:"):
            session.end()
            st.rerun()


if __name__ == "__main__":
    main()
