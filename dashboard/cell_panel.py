"""The posts of the chosen cell. Everything that came from a post is drawn as plain text, never as Markdown or HTML."""

import streamlit as st

from dashboard import phrases
from dashboard.phrases import Say
from dashboard.view_models.coverage import CellView, PostView

AT_ONCE = 20


def show_cell(view: CellView, say: Say, key: str) -> None:
    with st.container(border=True, key="cell", gap="xsmall"):
        st.subheader(say(phrases.CELL_TITLE), anchor=False)
        with st.container(key="cell-names", gap=None):
            st.text(view.unit)
            st.text(view.topic)
        for sentence in view.sentences:
            st.text(sentence)
        shown = st.session_state.get(f"shown-{key}", AT_ONCE)
        for post in view.posts[:shown]:
            _show_post(post, say)
        left = len(view.posts) - shown
        if left > 0 and st.button(say(phrases.MORE_POSTS, n=left)):
            st.session_state[f"shown-{key}"] = shown + AT_ONCE
            st.rerun()


def _show_post(post: PostView, say: Say) -> None:
    with st.container(border=True, key=f"post-{post.key}", gap="xsmall"):
        st.text(post.title)
        with st.container(horizontal=True, gap="small"):
            for badge in post.badges:
                st.badge(badge, color="gray")
        for line in (post.date, post.channel, post.tag):
            st.text(line)
        if post.url:
            st.link_button(
                say(phrases.OPEN_POST, host=post.host), post.url, help=say(phrases.OPEN_POST_HELP), key=f"open-{post.key}"
            )
