"""Tables below the grid: what could not be looked at, and the topics by number."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import phrases
from dashboard.phrases import Say
from dashboard.view_models.coverage import UnseenView


def show_unseen(rows: Sequence[UnseenView], say: Say) -> None:
    with st.expander(say(phrases.UNSEEN_TITLE, n=len(rows)), expanded=bool(rows), icon=":material/visibility_off:"):
        if not rows:
            st.text(say(phrases.UNSEEN_NONE))
            return
        heads = [phrases.UNIT, phrases.UNSEEN_GAPS, phrases.LAST_LOOK, phrases.REASON, phrases.CHANNEL]
        cells = [(r.unit, r.gaps, r.last_look, r.reason, r.channel) for r in rows]
        st.dataframe(pd.DataFrame(cells, columns=[say(h) for h in heads]), hide_index=True, key="unseen")


def show_topics(rows: Sequence[dict[str, object]], hidden: int, say: Say) -> None:
    with st.expander(say(phrases.TOPIC_LIST), icon=":material/list:"):
        config = {
            say(phrases.NUMBER): st.column_config.Column(width=60),
            say(phrases.TOPIC): st.column_config.Column(width="large"),
        }
        st.dataframe(pd.DataFrame(list(rows)), hide_index=True, column_config=config, key="topics")
        if hidden:
            st.caption(say(phrases.HIDDEN_TOPICS, n=hidden))
