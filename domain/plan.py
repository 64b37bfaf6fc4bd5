"""A communications plan: what must be published, by whom, by when."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from domain.dates import Interval, day_end, day_start
from domain.text import fold

PlanId = NewType("PlanId", str)
PhaseId = NewType("PhaseId", str)
TopicId = NewType("TopicId", str)
Lines = tuple[int, ...]
"""Line numbers, from 1, in the text of the document that a field was read from."""


class Recurrence(StrEnum):
    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    CONTINUOUS = "continuous"


class Period(StrEnum):
    """How often a minimum has to be reached; WHOLE means once within the requirement's window."""

    WHOLE = "whole"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered document that the plan names, for example 21-KL/TW."""

    number: str | None
    date: dt.date | None = None
    issuer: str | None = None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    role: str | None
    name: str | None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stage of the plan. An end that is an event has no date: `end_text` says which event. Both days are included."""

    id: PhaseId
    title: str
    start: dt.date | None = None
    end: dt.date | None = None
    start_text: str | None = None
    end_text: str | None = None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that posts can be about. `id` is its identity over all versions of the plan, `printed` its marker on paper.

    `text` is the topic's own paragraph and the bullets that elaborate it. `start` and `end` narrow its phase's window where a
    person or an anniversary says so (both days included). `key_phrases` are words that staff added.
    """

    id: TopicId
    title: str
    parent: TopicId | None = None
    phase: PhaseId | None = None
    text: str = ""
    cited_documents: tuple[str, ...] = ()
    key_phrases: tuple[str, ...] = ()
    printed: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Anniversary:
    name: str
    date: dt.date | None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class PlanChannel:
    """A way of publishing that the plan names: `kind` is a word of docs/plan_json.md, `named_outlet` one particular outlet."""

    kind: str
    name: str
    named_outlet: str | None = None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty of somebody: `deadline` is the last day (included), None where only `deadline_text` says when."""

    assignee: str | None
    action: str
    quantity: float | None = None
    unit_of_quantity: str | None = None
    deadline: dt.date | None = None
    deadline_text: str | None = None
    recurrence: Recurrence | None = None
    report_to: str | None = None
    topic: TopicId | None = None
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """At least `minimum` posts by each unit of `unit_group` (or by the one `unit`) on `topic` between two days, both included.

    Without group and unit it binds every unit. `channel_kinds` empty means that any channel counts. `start` and `end` None
    are open: the requirement then runs from the plan's first day, or has no due day and can never be missing.
    `source` says where it comes from, for the page that explains a score.
    """

    topic: TopicId
    minimum: int = 1
    period: Period = Period.WHOLE
    unit_group: str | None = None
    unit: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    channel_kinds: tuple[str, ...] = ()
    counts_reposts: bool = False
    source: str = "default"
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One cell of a quota table in an appendix: how many posts one unit owes on one topic."""

    unit: str
    topic: str | None
    minimum: int
    period: Period = Period.WHOLE
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit as an appendix of the plan lists it, with its sites and pages; proposed to the registry, never loaded unseen."""

    name: str
    group: str | None = None
    urls: tuple[str, ...] = ()
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of a communications plan."""

    title: str
    number: str | None = None
    issuing_body: str | None = None
    issued_on: dt.date | None = None
    place: str | None = None
    signed_by: Signatory | None = None
    based_on: tuple[Citation, ...] = ()
    phases: tuple[Phase, ...] = ()
    topics: tuple[Topic, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    channels: tuple[PlanChannel, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    quotas: tuple[QuotaRow, ...] = ()
    listed_units: tuple[ListedUnit, ...] = ()
    unit_groups: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    def topic(self, id: TopicId) -> Topic | None:
        return next((t for t in self.topics if t.id == id), None)

    def phase(self, id: PhaseId | None) -> Phase | None:
        return next((p for p in self.phases if p.id == id), None)

    def parents(self) -> frozenset[TopicId]:
        """Topics that others elaborate."""
        return frozenset(t.parent for t in self.topics if t.parent)

    def days(self, topic: Topic) -> tuple[dt.date | None, dt.date | None]:
        """First and last day on which a post on `topic` counts: its own, else those of its nearest ancestor, else its phase's."""
        holder: Topic | None = topic
        seen: set[TopicId] = set()
        while holder and holder.id not in seen:
            seen.add(holder.id)
            if holder.start or holder.end:
                return holder.start, holder.end
            holder = self.topic(holder.parent) if holder.parent else None
        phase = self.phase(topic.phase)
        return (phase.start, phase.end) if phase else (None, None)

    def windows(self, topic: Topic) -> tuple[tuple[dt.date | None, dt.date | None], ...]:
        """The stretches of days in which something is owed on `topic`: its own days, or, where the plan binds it to no phase,
        those of every phase."""
        days = self.days(topic)
        if days == (None, None) and topic.phase is None and self.phases:
            return tuple(dict.fromkeys((p.start, p.end) for p in self.phases))
        return (days,)


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan in the store. Versions count from 1; a version in force is the newest confirmed one."""

    plan_id: PlanId
    version: int
    plan: Plan
    stored_at: dt.datetime
    stored_by: str
    confirmed_at: dt.datetime | None = None
    source_digest: str | None = None
    origin: str = field(default="")


def plan_id(plan: Plan) -> PlanId:
    """A short name for the plan that stays when the plan is amended: its number folded, else the first words of its title."""
    return PlanId("-".join(fold(plan.number or plan.title).split()[:8]) or "plan")


def window(start: dt.date | None, end: dt.date | None, earliest: dt.datetime, latest: dt.datetime) -> Interval:
    """Two days, both included, as an interval of moments; an open side takes `earliest` or `latest`."""
    first = day_start(start) if start else earliest
    last = day_end(end) if end else latest
    return Interval(first, max(first, last))
