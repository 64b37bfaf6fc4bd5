"""What the screen is like, as far as the browser says."""

import streamlit as st

_MOBILE = "Mobi"
"""In the name of every browser on a phone (MDN, browser detection using the user agent)."""


def on_phone() -> bool:
    return _MOBILE in st.context.headers.get("User-Agent", "")


def in_the_dark() -> bool:
    return st.context.theme.type == "dark"
