"""A plan that was issued again: which topics are the same as before, and what is different in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from domain.dates import show_day
from domain.errors import Message
from domain.plan import Phase, Plan, Requirement, Topic, TopicId
from domain.plan_edits import STAFF
from domain.text import fold

SAME = 0.6
"""Least likeness (0 to 1) of two topics that are taken for one; below it a topic is new."""
_WORDS_COMPARED = 60


def keep_identity(before: Plan, after: Plan) -> Plan:
    """`after` with the topic ids of `before` where the topics are the same ones, and with what staff had added to those.

    A topic is the same when its words are nearly the same; where several are alike, the same number decides. Key phrases,
    windows and requirements that a person set stay; what only the former document said does not.
    """
    pairs = _same_topics(before, after)
    taken = {old.id for old in pairs.values()}
    names: dict[TopicId, TopicId] = {}
    for topic in after.topics:
        if topic.id in pairs:
            names[topic.id] = pairs[topic.id].id
        else:
            names[topic.id] = _unused(topic.id, taken | set(names.values()) | {t.id for t in before.topics})
    topics = tuple(_carried(t, pairs.get(t.id), names) for t in after.topics)
    kept = {t.id for t in topics}
    by_staff = tuple(r for r in before.requirements if r.source == STAFF and r.topic in kept)
    replaced = {(r.topic, r.unit_group, r.unit) for r in by_staff}
    own = tuple(replace(r, topic=names[r.topic]) for r in after.requirements if r.topic in names)
    return replace(
        after,
        topics=topics,
        requirements=(*(r for r in own if (r.topic, r.unit_group, r.unit) not in replaced), *by_staff),
        obligations=tuple(replace(o, topic=names.get(o.topic, o.topic) if o.topic else None) for o in after.obligations),
    )


def _carried(topic: Topic, old: Topic | None, names: dict[TopicId, TopicId]) -> Topic:
    parent = names.get(topic.parent, topic.parent) if topic.parent else None
    renamed = replace(topic, id=names[topic.id], parent=parent, printed=topic.printed or topic.id)
    if old is None:
        return renamed
    phrases = tuple(dict.fromkeys((*old.key_phrases, *topic.key_phrases)))
    window = (topic.start, topic.end) if topic.start or topic.end else (old.start, old.end)
    return replace(renamed, key_phrases=phrases, start=window[0], end=window[1])


def _same_topics(before: Plan, after: Plan) -> dict[TopicId, Topic]:
    """New id → the old topic, each old topic once: the most alike pairs first."""
    ranked = sorted(
        (
            (likeness, new.printed == old.printed or new.id == old.id, i, j)
            for i, new in enumerate(after.topics)
            for j, old in enumerate(before.topics)
            if (likeness := _likeness(old, new)) >= SAME
        ),
        key=lambda pair: (-round(pair[0], 2), not pair[1], abs(pair[2] - pair[3]), pair[2]),
    )
    found: dict[TopicId, Topic] = {}
    used: set[TopicId] = set()
    for _, _, i, j in ranked:
        new, old = after.topics[i], before.topics[j]
        if new.id not in found and old.id not in used:
            found[new.id] = old
            used.add(old.id)
    return found


def _likeness(a: Topic, b: Topic) -> float:
    def ratio(one: str, other: str) -> float:
        matcher = SequenceMatcher(None, fold(one).split()[:_WORDS_COMPARED], fold(other).split()[:_WORDS_COMPARED], autojunk=False)
        return matcher.ratio() if matcher.quick_ratio() >= SAME else 0.0

    return max(ratio(a.title, b.title), ratio(a.text, b.text) if a.text and b.text else 0.0)


def _unused(id: TopicId, taken: set[TopicId]) -> TopicId:
    candidates = (TopicId(id if n == 1 else f"{id}~{n}") for n in range(1, len(taken) + 2))
    return next(c for c in candidates if c not in taken)


def plan_difference(before: Plan, after: Plan) -> tuple[Message, ...]:
    """What changed, one sentence each, in the order of the plan; empty when nothing did."""
    return tuple(_differences(before, after))


def _differences(before: Plan, after: Plan) -> Iterator[Message]:
    for vi, en, old, new in (
        ("Số", "Number", before.number, after.number),
        ("Tên", "Title", before.title, after.title),
        ("Cơ quan ban hành", "Issuer", before.issuing_body, after.issuing_body),
        ("Ngày ban hành", "Issued on", before.issued_on, after.issued_on),
    ):
        if old != new:
            yield Message(f"{vi}: {_shown(old)} → {_shown(new)}", f"{en}: {_shown(old)} → {_shown(new)}")
    yield from _phase_differences(before, after)
    yield from _topic_differences(before, after)
    yield from _requirement_differences(before, after)
    # The same words on other lines of paper are the same obligation.
    old_duties, new_duties = (dict.fromkeys(replace(o, lines=()) for o in plan.obligations) for plan in (before, after))
    for duty in old_duties:
        if duty not in new_duties:
            yield Message(f"Bỏ nhiệm vụ: {duty.action}", f"Obligation dropped: {duty.action}")
    for duty in new_duties:
        if duty not in old_duties:
            due = _shown(duty.deadline) if duty.deadline else duty.deadline_text or "—"
            yield Message(f"Thêm nhiệm vụ: {duty.action} (hạn: {due})", f"Obligation added: {duty.action} (due: {due})")


def _phase_differences(before: Plan, after: Plan) -> Iterator[Message]:
    def days(phase: Phase) -> str:
        return f"{_shown(phase.start)} – {_shown(phase.end)}"

    old = {p.id: p for p in before.phases}
    new = {p.id: p for p in after.phases}
    for id in [*old, *(i for i in new if i not in old)]:
        a, b = old.get(id), new.get(id)
        if b is None and a:
            yield Message(f"Bỏ giai đoạn {id}: {a.title}", f"Phase {id} dropped: {a.title}")
        elif a is None and b:
            yield Message(f"Thêm giai đoạn {id}: {b.title} ({days(b)})", f"Phase {id} added: {b.title} ({days(b)})")
        elif a and b and (a.start, a.end) != (b.start, b.end):
            yield Message(f"Giai đoạn {id}: {days(a)} → {days(b)}", f"Phase {id}: {days(a)} → {days(b)}")


def _topic_differences(before: Plan, after: Plan) -> Iterator[Message]:
    old = {t.id: t for t in before.topics}
    new = {t.id: t for t in after.topics}
    for id, a in old.items():
        if id not in new:
            yield Message(f"Bỏ chủ đề {id}: {a.title}", f"Topic {id} dropped: {a.title}")
    for id, b in new.items():
        if id not in old:
            yield Message(f"Thêm chủ đề {id}: {b.title}", f"Topic {id} added: {b.title}")
            continue
        a = old[id]
        if a.title != b.title:
            yield Message(f"Chủ đề {id}: “{a.title}” → “{b.title}”", f"Topic {id}: “{a.title}” → “{b.title}”")
        elif fold(a.text) != fold(b.text):
            yield Message(f"Chủ đề {id}: nội dung được sửa", f"Topic {id}: its text was changed")
        if a.parent != b.parent:
            places = f"{a.parent or '—'} → {b.parent or '—'}"
            yield Message(f"Chủ đề {id}: chuyển chỗ {places}", f"Topic {id} moved: {places}")
        if before.days(a) != after.days(b):
            days = " → ".join(" – ".join(map(_shown, pair)) for pair in (before.days(a), after.days(b)))
            yield Message(f"Chủ đề {id}: thời gian {days}", f"Topic {id}: days {days}")
        if a.key_phrases != b.key_phrases:
            phrases = f"{', '.join(a.key_phrases) or '—'} → {', '.join(b.key_phrases) or '—'}"
            yield Message(f"Chủ đề {id}: từ khóa {phrases}", f"Topic {id}: key phrases {phrases}")


def _requirement_differences(before: Plan, after: Plan) -> Iterator[Message]:
    def named(plan: Plan) -> dict[tuple[str, str], list[Requirement]]:
        found: dict[tuple[str, str], list[Requirement]] = {}
        for r in plan.requirements:
            found.setdefault((r.topic, r.unit or r.unit_group or ""), []).append(replace(r, lines=()))
        return found

    old, new = named(before), named(after)
    for key in [*old, *(k for k in new if k not in old)]:
        if old.get(key) != new.get(key):
            minima = " → ".join(", ".join(f"{r.minimum}/{r.period.value}" for r in side.get(key, ())) or "—" for side in (old, new))
            whom = (key[1] or "mọi đơn vị", key[1] or "every unit")
            yield Message(f"Yêu cầu {key[0]}, {whom[0]}: {minima}", f"Requirement {key[0]}, {whom[1]}: {minima}")


def _shown(value: str | date | None) -> str:
    return "—" if value is None else show_day(value) if isinstance(value, date) else value
