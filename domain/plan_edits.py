"""What a person may change in a plan before confirming it. Each edit gives a new plan; ids of topics that stay are kept.

Every function raises NotFound for a topic that is not there and InvalidInput for an edit that would leave no sense.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.errors import InvalidInput, NotFound
from domain.plan import Anniversary, PhaseId, Plan, Requirement, Topic, TopicId
from domain.text import one_line

BEFORE_ANNIVERSARY = timedelta(days=30)
AFTER_ANNIVERSARY = timedelta(days=7)
STAFF = "staff"
"""The `source` of a requirement that a person set: an amended document does not take it back."""


def topic_named(plan: Plan, id: TopicId) -> Topic:
    topic = plan.topic(id)
    if topic is None:
        known = ", ".join(t.id for t in plan.topics)
        raise NotFound(f"Kế hoạch không có chủ đề “{id}”. Các chủ đề: {known}.", f"no topic {id!r}; topics: {known}")
    return topic


def rename_topic(plan: Plan, id: TopicId, title: str) -> Plan:
    return _changed(plan, replace(topic_named(plan, id), title=_words(title)))


def set_key_phrases(plan: Plan, id: TopicId, phrases: Sequence[str]) -> Plan:
    """Words and phrases that speak for the topic beyond its own text; they replace the earlier ones."""
    kept = tuple(dict.fromkeys(one_line(p) for p in phrases if p.strip()))
    return _changed(plan, replace(topic_named(plan, id), key_phrases=kept))


def set_window(plan: Plan, id: TopicId, start: date | None, end: date | None) -> Plan:
    """The days on which posts on the topic count, both included; requirements that stood on its former days move along."""
    _in_order(start, end)
    return _requirements_moved(plan, _changed(plan, replace(topic_named(plan, id), start=start, end=end)))


def set_phase_days(plan: Plan, id: PhaseId, start: date | None, end: date | None) -> Plan:
    """The days of a phase, both included, for example once the event that ends it has a date; requirements move along."""
    _in_order(start, end)
    phase = plan.phase(id)
    if phase is None:
        known = ", ".join(p.id for p in plan.phases) or "—"
        raise NotFound(f"Kế hoạch không có giai đoạn “{id}”. Các giai đoạn: {known}.", f"no phase {id!r}; phases: {known}")
    dated = replace(phase, start=start, end=end)
    return _requirements_moved(plan, replace(plan, phases=tuple(dated if p.id == id else p for p in plan.phases)))


def set_issued_on(plan: Plan, day: date) -> Plan:
    """The day of issue, where the document does not show it: open phases that begin “từ nay” are counted from it."""
    return replace(plan, issued_on=day)


def split_topic(plan: Plan, id: TopicId, titles: Sequence[str]) -> Plan:
    """The topic's subjects become topics below it; what was required of it is required of each of them."""
    topic = topic_named(plan, id)
    named = [_words(t) for t in titles]
    if len(named) < 2:
        raise InvalidInput("Hãy cho ít nhất hai tên chủ đề để tách.", "a split needs at least two titles")
    parts = [
        Topic(_free_id(plan, f"{id}-{n}"), title, parent=id, phase=topic.phase, start=topic.start, end=topic.end, lines=topic.lines)
        for n, title in enumerate(named, 1)
    ]
    at = plan.topics.index(topic) + 1
    return replace(
        plan,
        topics=(*plan.topics[:at], *parts, *plan.topics[at:]),
        requirements=tuple(
            part for r in plan.requirements for part in ([replace(r, topic=p.id) for p in parts] if r.topic == id else [r])
        ),
    )


def merge_topics(plan: Plan, ids: Sequence[TopicId]) -> Plan:
    """The first topic takes in the others: their words, citations, key phrases, sub-topics and obligations.

    Of what is required of the same units in the same days, the larger minimum stays: one subject, not the sum of two.
    """
    merged = [topic_named(plan, id) for id in dict.fromkeys(ids)]
    if len(merged) < 2:
        raise InvalidInput("Hãy nêu ít nhất hai chủ đề để gộp.", "a merge needs at least two topics")
    into, gone = merged[0].id, {t.id for t in merged[1:]}
    if into in _descendants(plan, gone):
        raise InvalidInput("Không thể gộp một chủ đề vào chủ đề con của nó.", "a topic cannot be merged into its own sub-topic")
    kept = replace(
        merged[0],
        text="\n".join(dict.fromkeys(t.text or t.title for t in merged)),
        cited_documents=tuple(dict.fromkeys(d for t in merged for d in t.cited_documents)),
        key_phrases=tuple(dict.fromkeys(p for t in merged for p in t.key_phrases)),
        lines=tuple(sorted({n for t in merged for n in t.lines})),
    )
    topics = tuple(
        kept if t.id == into else replace(t, parent=into) if t.parent in gone else t for t in plan.topics if t.id not in gone
    )
    moved = [replace(r, topic=into) if r.topic in gone else r for r in plan.requirements]
    return replace(
        plan,
        topics=topics,
        requirements=_largest(moved),
        obligations=tuple(replace(o, topic=into) if o.topic in gone else o for o in plan.obligations),
    )


def remove_topic(plan: Plan, id: TopicId) -> Plan:
    """Takes out a topic that is none; its sub-topics move up to its parent, its requirements go."""
    topic = topic_named(plan, id)
    return replace(
        plan,
        topics=tuple(replace(t, parent=topic.parent) if t.parent == id else t for t in plan.topics if t.id != id),
        requirements=tuple(r for r in plan.requirements if r.topic != id),
        obligations=tuple(replace(o, topic=None) if o.topic == id else o for o in plan.obligations),
    )


def add_topic(plan: Plan, title: str, parent: TopicId | None = None) -> Plan:
    """A topic that the document does not show, after its siblings; nothing is required of anybody yet."""
    above = topic_named(plan, parent) if parent else None
    siblings = sum(t.parent == parent for t in plan.topics)
    id = _free_id(plan, f"{parent}-{siblings + 1}" if parent else str(siblings + 1))
    return replace(plan, topics=(*plan.topics, Topic(id, _words(title), parent=parent, phase=above.phase if above else None)))


def topic_from_anniversary(plan: Plan, anniversary: Anniversary) -> Plan:
    """A topic of its own for an anniversary, from 30 days before its date to 7 days after, with one post required of everyone.

    Raises InvalidInput when the anniversary has no date: nobody could say when a post is in time.
    """
    if anniversary.date is None:
        raise InvalidInput(
            f"“{anniversary.name}” chưa có ngày; hãy thêm chủ đề và đặt thời gian bằng tay.",
            f"{anniversary.name!r} has no date; add a topic and set its window by hand",
        )
    start, end = anniversary.date - BEFORE_ANNIVERSARY, anniversary.date + AFTER_ANNIVERSARY
    id = _free_id(plan, f"KN-{anniversary.date:%Y%m%d}")
    topic = Topic(id, f"Kỷ niệm {anniversary.name}", start=start, end=end, lines=anniversary.lines)
    return replace(
        plan,
        topics=(*plan.topics, topic),
        requirements=(*plan.requirements, Requirement(id, start=start, end=end, source="anniversary", lines=anniversary.lines)),
    )


def set_requirement(plan: Plan, requirement: Requirement) -> Plan:
    """Requires `requirement` in the place of what the same units owed on the same topic; a minimum of 0 takes it away."""
    topic_named(plan, requirement.topic)
    _in_order(requirement.start, requirement.end)
    same = (requirement.topic, requirement.unit_group, requirement.unit)
    others = tuple(r for r in plan.requirements if (r.topic, r.unit_group, r.unit) != same)
    return replace(plan, requirements=(*others, replace(requirement, source=STAFF)) if requirement.minimum else others)


def _requirements_moved(before: Plan, after: Plan) -> Plan:
    """`after` with every requirement that stood on the former days of its topic moved to the new ones."""
    moved = []
    for r in after.requirements:
        old, new = before.topic(r.topic), after.topic(r.topic)
        days = dict(zip(before.windows(old), after.windows(new), strict=False)) if old and new else {}
        start, end = days.get((r.start, r.end), (r.start, r.end))
        moved.append(replace(r, start=start, end=end))
    return replace(after, requirements=tuple(moved))


def _changed(plan: Plan, topic: Topic) -> Plan:
    return replace(plan, topics=tuple(topic if t.id == topic.id else t for t in plan.topics))


def _words(title: str) -> str:
    if not title.strip():
        raise InvalidInput("Tên chủ đề không được để trống.", "a topic needs a title")
    return one_line(title)


def _in_order(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise InvalidInput("Ngày cuối đứng trước ngày đầu.", "the last day is before the first day")


def _free_id(plan: Plan, wanted: str) -> TopicId:
    taken = {t.id for t in plan.topics}
    candidates = (TopicId(wanted if n == 1 else f"{wanted}.{n}") for n in range(1, len(taken) + 2))
    return next(c for c in candidates if c not in taken)


def _descendants(plan: Plan, ids: set[TopicId]) -> set[TopicId]:
    found = set(ids)
    while more := {t.id for t in plan.topics if t.parent in found} - found:
        found |= more
    return found - ids


def _largest(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    best: dict[object, Requirement] = {}
    for r in requirements:
        key = replace(r, minimum=0, source="", lines=())
        if key not in best or best[key].minimum < r.minimum:
            best[key] = r
    return tuple(best.values())
