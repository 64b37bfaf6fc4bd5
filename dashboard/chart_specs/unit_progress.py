"""One bar a unit, split by status: how much of what is required of it is done."""

import altair as alt

from dashboard.view_models.weekly_summary import BarPart
from reports.marks import Colours


def unit_progress(parts: tuple[BarPart, ...], colours: dict[str, Colours], axis: str, unit: str, narrow: bool) -> alt.LayerChart:
    """`colours` gives each status word its colours, in the order of the bars. The sign stands inside its part of the bar.

    `narrow` leaves the bars some room on a phone.
    """
    order = {word: number for number, word in enumerate(colours)}
    values = [{"unit": p.unit, "word": p.word, "sign": p.sign, "cells": p.cells, "order": order[p.word]} for p in parts]
    names = alt.Axis(labelLimit=120 if narrow else 320)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("unit:N", sort=None, title=None, axis=names),
        x=alt.X("cells:Q", stack="zero", title=axis, axis=alt.Axis(tickMinStep=1, format="d")),
        order=alt.Order("order:Q"),
        tooltip=[alt.Tooltip("unit:N", title=unit), alt.Tooltip("word:N", title=" "), alt.Tooltip("cells:Q", title=axis)],
    )
    scale = alt.Scale(domain=list(colours), range=[c.fill for c in colours.values()])
    bars = base.mark_bar().encode(
        color=alt.Color(
            "word:N", scale=scale, title=None, legend=alt.Legend(orient="top", labelLimit=220, columns=1 if narrow else 0)
        )
    )
    signs = base.mark_text(align="right", dx=-6, fontWeight="bold").encode(
        text="sign:N",
        color=alt.Color("word:N", scale=alt.Scale(domain=list(colours), range=[c.ink for c in colours.values()]), legend=None),
    )
    chart: alt.LayerChart = alt.layer(bars, signs, height=alt.Step(26)).resolve_scale(color="independent")
    return chart
