"""What reading a plan document gives: a plan to be checked by a person, never one in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.errors import Problem
from domain.plan import Lines, Plan


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """`lines` is the document's text: the line numbers (from 1) of the plan's fields and of the problems count in it.

    `format` is a name of `plans.formats.FORMATS`. `places` gives the lines of the plan's plain fields (`plans.places`).
    """

    plan: Plan
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]
    format: str
    places: Mapping[str, tuple[Lines, ...]] = field(default_factory=dict)
