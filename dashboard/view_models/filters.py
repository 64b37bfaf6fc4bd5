"""What can be chosen above a table, and what an address says was chosen: an address is never trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.coverage import CoverageMatrix, plan_start
from domain.errors import InvalidInput
from domain.plan import PlanVersion
from domain.unit import ChannelKind
from domain.weeks import Week

MOST_WEEKS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters that an address names; whatever it says that cannot be is left out."""

    plan: str | None
    week: Week
    group: str | None
    kind: ChannelKind | None
    search: str
    turned: bool
    unit: str | None
    topic: str | None


def asked_for(parameters: Mapping[str, str], weeks: Sequence[Week]) -> Asked:
    """`weeks` are those that can be chosen, the one shown unless another is asked for first."""
    kind = parameters.get("kind")
    return Asked(
        plan=parameters.get("plan"),
        week=_week(parameters.get("week"), weeks),
        group=parameters.get("group"),
        kind=ChannelKind(kind) if kind in list(ChannelKind) else None,
        search=parameters.get("q", "")[:100],
        turned=parameters.get("rows") == "topics",
        unit=parameters.get("unit"),
        topic=parameters.get("topic"),
    )


def address_of(asked: Asked) -> dict[str, str]:
    """The parameters that lead here again. The week is always named: “this week” is another one next Monday."""
    named = {
        "plan": asked.plan,
        "week": str(asked.week),
        "group": asked.group,
        "kind": asked.kind,
        "q": asked.search,
        "rows": "topics" if asked.turned else None,
        "unit": asked.unit,
        "topic": asked.topic if asked.unit else None,
    }
    return {name: str(value) for name, value in named.items() if value}


def groups_of(matrix: CoverageMatrix) -> list[str]:
    """The groups of the units, in the order of the registry."""
    return list(dict.fromkeys(row.unit.group for row in matrix.units))


def kinds_of(matrix: CoverageMatrix) -> list[ChannelKind]:
    """The kinds of channels that the units have, in the order of the kinds."""
    there = {channel.kind for row in matrix.units for channel in row.unit.channels}
    return [kind for kind in ChannelKind if kind in there]


def weeks_of(plan: PlanVersion, now: datetime) -> list[Week]:
    """This week and those before it, back to the start of the plan, at most `MOST_WEEKS`; newest first."""
    this = Week.of(now)
    start = plan_start(plan.plan)
    first = max(min(Week.of(start), this), this.shifted(1 - MOST_WEEKS)) if start else this.shifted(-11)
    weeks = [this]
    while weeks[-1] > first:
        weeks.append(weeks[-1].shifted(-1))
    return weeks


def _week(text: str | None, weeks: Sequence[Week]) -> Week:
    if text:
        try:
            week = Week.parse(text)
        except InvalidInput:
            return weeks[0]
        if week in weeks:
            return week
    return weeks[0]
