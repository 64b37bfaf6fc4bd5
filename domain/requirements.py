"""What a plan demands of whom: from its table of quotas where it has one, otherwise one original post by topic and phase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from domain.coverage import group_key
from domain.errors import Message, Problem, Severity
from domain.plan import Plan, QuotaRow, Requirement, Topic, TopicId
from domain.text import fold
from domain.unit import Unit

DEFAULT, QUOTA = "default", "quota"
ALIKE = 0.85
"""Least likeness (0 to 1) of two names that are taken for one: room for a slip of the pen, not for another unit."""
_TOPIC_LABELS = ("muc", "noi dung", "chu de", "chuyen de", "nhiem vu")


def default_requirements(plan: Plan, groups: Sequence[str] = ()) -> tuple[Requirement, ...]:
    """At least one original post on every topic that no other topic elaborates, within its days, or in each phase.

    It binds the groups of the registry (`groups`) that the plan names, or every unit when the plan names none of them.
    """
    named = {group_key(g) for g in plan.unit_groups}
    bound: Sequence[str | None] = [g for g in dict.fromkeys(groups) if group_key(g) in named] or [None]
    parents = plan.parents()
    found: list[Requirement] = []
    for topic in plan.topics:
        if topic.id not in parents:
            for start, end in plan.windows(topic):
                of_all = Requirement(topic.id, start=start, end=end, source=DEFAULT, lines=topic.lines)
                found.extend(replace(of_all, unit_group=group) for group in bound)
    return tuple(found)


def derived_requirements(plan: Plan, units: Sequence[Unit]) -> tuple[tuple[Requirement, ...], tuple[Problem, ...]]:
    """The plan's requirements for the registry's units, and what of the quota table could not be placed.

    A quota of 0 asks nothing. Topics that no quota speaks of get the default. A quota whose topic is not in the plan is left
    out with a Problem; one whose unit is not in the registry is kept under the printed name, so that it binds once the unit
    is loaded under that name, and reported too.
    """
    groups = tuple(dict.fromkeys(u.group for u in units))
    found: list[Requirement] = []
    problems: list[Problem] = []
    spoken_of: set[TopicId] = set()
    for quota in plan.quotas:
        topic = _topic_of(plan, quota)
        if topic is None:
            problems.append(_unplaced(quota, "chủ đề", "topic", quota.topic or "—"))
            continue
        spoken_of.add(topic.id)
        if quota.minimum:
            whom = _whom(quota, units, groups)
            if whom is None and units:
                problems.append(_unplaced(quota, "đơn vị", "unit", quota.unit))
            start, end = plan.days(topic)
            base = Requirement(topic.id, quota.minimum, quota.period, start=start, end=end, source=QUOTA, lines=quota.lines)
            bound = whom or _Whom(unit=quota.unit)
            found.append(replace(base, unit=bound.unit, unit_group=bound.unit_group))
    ancestors = {a for id in spoken_of for a in _ancestors(plan, id)}
    defaults = [r for r in default_requirements(plan, groups) if r.topic not in spoken_of and not _under(plan, r.topic, spoken_of)]
    return (*found, *(r for r in defaults if r.topic not in ancestors)), tuple(problems)


def requirements_by_topic(plan: Plan) -> list[tuple[Topic, tuple[Requirement, ...]]]:
    """The topics that somebody must publish on, in the order of the plan, with what is required."""
    found = [(t, tuple(r for r in plan.requirements if r.topic == t.id)) for t in plan.topics]
    return [(topic, demands) for topic, demands in found if demands]


@dataclass(frozen=True, slots=True)
class _Whom:
    """Whom a quota binds: one unit of the registry, or a group."""

    unit: str | None = None
    unit_group: str | None = None


def _whom(quota: QuotaRow, units: Sequence[Unit], groups: Sequence[str]) -> _Whom | None:
    for unit in units:
        if fold(quota.unit) in (fold(unit.code), fold(unit.name)):
            return _Whom(unit=unit.code)
    for group in groups:
        if group_key(quota.unit) == group_key(group):
            return _Whom(unit_group=group)
    named = [(SequenceMatcher(None, fold(quota.unit), fold(name)).ratio(), whom) for name, whom in _names(units, groups)]
    likeness, whom = max(named, key=lambda pair: pair[0], default=(0.0, None))
    return whom if likeness >= ALIKE else None


def _names(units: Sequence[Unit], groups: Sequence[str]) -> list[tuple[str, _Whom]]:
    return [(u.name, _Whom(unit=u.code)) for u in units] + [(g, _Whom(unit_group=g)) for g in groups]


def _topic_of(plan: Plan, quota: QuotaRow) -> Topic | None:
    wanted = quota.topic or ""
    bare = fold(wanted)
    for label in _TOPIC_LABELS:
        bare = bare.removeprefix(f"{label} ")
    for topic in plan.topics:
        if bare in (fold(topic.id), fold(topic.printed or topic.id), fold(topic.title)):
            return topic
    likely = [(SequenceMatcher(None, bare, fold(t.title)).ratio(), t) for t in plan.topics]
    best = max(likely, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _ancestors(plan: Plan, id: TopicId) -> set[TopicId]:
    found: set[TopicId] = set()
    topic = plan.topic(id)
    while topic and topic.parent and topic.parent not in found:
        found.add(topic.parent)
        topic = plan.topic(topic.parent)
    return found


def _under(plan: Plan, id: TopicId, others: set[TopicId]) -> bool:
    """Whether a topic elaborates one of the others: what is asked of the whole is not asked of each part again."""
    return bool(_ancestors(plan, id) & others)


def _unplaced(quota: QuotaRow, vi: str, en: str, what: str) -> Problem:
    return Problem(
        Severity.DOUBT,
        f"quota_{en}",
        Message(
            f"Bảng chỉ tiêu nêu {vi} “{what}” chưa có trong dữ liệu.", f"the quota table names a {en} that is not known: {what!r}"
        ),
        Message("Kiểm tra tên rồi đặt yêu cầu bằng tay.", "Check the name and set the requirement by hand."),
        line=quota.lines[0] if quota.lines else None,
    )
