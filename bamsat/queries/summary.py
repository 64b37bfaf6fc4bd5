"""The weekly summary, from what was known at a moment."""

from datetime import datetime

from bamsat.queries.facts import facts_known
from domain.access import Viewer
from domain.weeks import Week
from reports.summary import WeeklySummary, summarise
from store import Store


def weekly_summary(
    viewer: Viewer,
    store: Store,
    now: datetime,
    week: Week,
    plan: str | None = None,
    as_of: datetime | None = None,
    organisation: str = "",
) -> WeeklySummary:
    """The summary of a week: of all units for staff and readers, of the own unit for a unit admin.

    The same week, plan version and as-of time give the same figures for ever. Raises NotFound when no such plan is in force.
    """
    facts = facts_known(store, now, plan, as_of, viewer.unit)
    return summarise(
        facts.version,
        facts.matrix(week),
        facts.matrix(week.shifted(-1)),
        facts.posts,
        facts.tags,
        facts.runs,
        organisation or facts.version.plan.issuing_body or "",
    )
