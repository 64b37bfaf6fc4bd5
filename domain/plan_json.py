"""A plan as JSON, and back: the shape that `bamsat plan check --json` prints and that code books are written in.

Fields may be added, never renamed. Reading is forgiving about what is absent and strict about what is malformed.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from domain.errors import InvalidInput
from domain.plan import (
    Anniversary,
    Citation,
    ListedUnit,
    Obligation,
    Period,
    Phase,
    PhaseId,
    Plan,
    PlanChannel,
    QuotaRow,
    Recurrence,
    Requirement,
    Signatory,
    Topic,
    TopicId,
)

Json = dict[str, Any]
_OPENING_WORDS = 8
T = TypeVar("T")
E = TypeVar("E", Period, Recurrence)


def plan_to_json(plan: Plan) -> Json:
    return {
        "number": plan.number,
        "title": plan.title,
        "issuing_body": plan.issuing_body,
        "issued_on": _iso(plan.issued_on),
        "place": plan.place,
        "signed_by": (
            {"role": plan.signed_by.role, "name": plan.signed_by.name, "lines": list(plan.signed_by.lines)}
            if plan.signed_by
            else None
        ),
        "based_on": [{"number": c.number, "date": _iso(c.date), "issuer": c.issuer, "lines": list(c.lines)} for c in plan.based_on],
        "phases": [
            {
                "id": p.id,
                "title": p.title,
                "start": _iso(p.start),
                "end": _iso(p.end),
                "start_text": p.start_text,
                "end_text": p.end_text,
                "lines": list(p.lines),
            }
            for p in plan.phases
        ],
        "topics": [_topic_to_json(t) for t in plan.topics],
        "anniversaries": [{"name": a.name, "date": _iso(a.date), "lines": list(a.lines)} for a in plan.anniversaries],
        "channels": [
            {"kind": c.kind, "name": c.name, "named_outlet": c.named_outlet, "lines": list(c.lines)} for c in plan.channels
        ],
        "obligations": [
            {
                "assignee": o.assignee,
                "action": o.action,
                "quantity": o.quantity,
                "unit_of_quantity": o.unit_of_quantity,
                "deadline": _iso(o.deadline),
                "deadline_text": o.deadline_text,
                "recurrence": o.recurrence.value if o.recurrence else None,
                "report_to": o.report_to,
                "topic": o.topic,
                "lines": list(o.lines),
            }
            for o in plan.obligations
        ],
        "requirements": [
            {
                "topic": r.topic,
                "minimum": r.minimum,
                "period": r.period.value,
                "unit_group": r.unit_group,
                "unit": r.unit,
                "start": _iso(r.start),
                "end": _iso(r.end),
                "channel_kinds": list(r.channel_kinds),
                "counts_reposts": r.counts_reposts,
                "source": r.source,
                "lines": list(r.lines),
            }
            for r in plan.requirements
        ],
        "quotas": [
            {"unit": q.unit, "topic": q.topic, "minimum": q.minimum, "period": q.period.value, "lines": list(q.lines)}
            for q in plan.quotas
        ],
        "listed_units": [
            {"name": u.name, "group": u.group, "urls": list(u.urls), "lines": list(u.lines)} for u in plan.listed_units
        ],
        "unit_groups": list(plan.unit_groups),
        "recipients": list(plan.recipients),
    }


def _topic_to_json(topic: Topic) -> Json:
    words = (topic.text or topic.title).split("\n", 1)[0].split()
    body = topic.text.split()
    return {
        "id": topic.id,
        "parent": topic.parent,
        "phase": topic.phase,
        "printed": topic.printed,
        "title": topic.title,
        "text": topic.text,
        "text_start": " ".join(words[:_OPENING_WORDS]),
        "text_end": " ".join(words[-_OPENING_WORDS:]),
        "body_end": " ".join(body[-_OPENING_WORDS:]),
        "cited_documents": list(topic.cited_documents),
        "key_phrases": list(topic.key_phrases),
        "start": _iso(topic.start),
        "end": _iso(topic.end),
        "lines": list(topic.lines),
    }


def plan_from_json(data: object) -> Plan:
    """Raises InvalidInput, naming the field, when something has the wrong shape."""
    if not isinstance(data, Mapping):
        raise _malformed("kế hoạch", "the plan", data)
    signed = data.get("signed_by")
    return Plan(
        title=_text(data, "title") or "",
        number=_text(data, "number"),
        issuing_body=_text(data, "issuing_body"),
        issued_on=_day(data, "issued_on"),
        place=_text(data, "place"),
        signed_by=(
            Signatory(_text(signed, "role"), _text(signed, "name"), _lines(signed)) if isinstance(signed, Mapping) else None
        ),
        based_on=_all(data, "based_on", lambda c: Citation(_text(c, "number"), _day(c, "date"), _text(c, "issuer"), _lines(c))),
        phases=_all(data, "phases", _phase),
        topics=_all(data, "topics", _topic),
        anniversaries=_all(data, "anniversaries", lambda a: Anniversary(_needed(a, "name"), _day(a, "date"), _lines(a))),
        channels=_all(
            data,
            "channels",
            lambda c: PlanChannel(_needed(c, "kind"), _text(c, "name") or "", _text(c, "named_outlet"), _lines(c)),
        ),
        obligations=_all(data, "obligations", _obligation),
        requirements=_all(data, "requirements", _requirement),
        quotas=_all(
            data,
            "quotas",
            lambda q: QuotaRow(_needed(q, "unit"), _text(q, "topic"), _count(q, "minimum"), _word(q, "period", Period), _lines(q)),
        ),
        listed_units=_all(
            data, "listed_units", lambda u: ListedUnit(_needed(u, "name"), _text(u, "group"), _texts(u, "urls"), _lines(u))
        ),
        unit_groups=_texts(data, "unit_groups"),
        recipients=_texts(data, "recipients"),
    )


def _phase(p: Mapping[str, Any]) -> Phase:
    return Phase(
        PhaseId(_needed(p, "id")),
        _text(p, "title") or "",
        _day(p, "start"),
        _day(p, "end"),
        _text(p, "start_text"),
        _text(p, "end_text"),
        _lines(p),
    )


def _topic(t: Mapping[str, Any]) -> Topic:
    parent, phase = _text(t, "parent"), _text(t, "phase")
    return Topic(
        TopicId(_needed(t, "id")),
        _text(t, "title") or "",
        TopicId(parent) if parent else None,
        PhaseId(phase) if phase else None,
        _text(t, "text") or "",
        _texts(t, "cited_documents"),
        _texts(t, "key_phrases"),
        _text(t, "printed"),
        _day(t, "start"),
        _day(t, "end"),
        _lines(t),
    )


def _obligation(o: Mapping[str, Any]) -> Obligation:
    topic, recurrence = _text(o, "topic"), _text(o, "recurrence")
    return Obligation(
        _text(o, "assignee"),
        _text(o, "action") or "",
        _number(o, "quantity"),
        _text(o, "unit_of_quantity"),
        _day(o, "deadline"),
        _text(o, "deadline_text"),
        _word(o, "recurrence", Recurrence) if recurrence else None,
        _text(o, "report_to"),
        TopicId(topic) if topic else None,
        _lines(o),
    )


def _requirement(r: Mapping[str, Any]) -> Requirement:
    return Requirement(
        TopicId(_needed(r, "topic")),
        _count(r, "minimum"),
        _word(r, "period", Period) if r.get("period") else Period.WHOLE,
        _text(r, "unit_group"),
        _text(r, "unit"),
        _day(r, "start"),
        _day(r, "end"),
        _texts(r, "channel_kinds"),
        bool(r.get("counts_reposts", False)),
        _text(r, "source") or "default",
        _lines(r),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _malformed(vi: str, en: str, value: object) -> InvalidInput:
    return InvalidInput(
        f"Tệp kế hoạch có “{vi}” không đúng dạng: {str(value)[:60]!r}.",
        f"malformed plan: {en} is {str(value)[:60]!r}",
    )


def _all(data: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    rows = data.get(name)
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(r, Mapping) for r in rows):
        raise _malformed(name, name, rows)
    return tuple(make(r) for r in rows)


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise _malformed(name, name, value)
    return value or None


def _needed(data: Mapping[str, Any], name: str) -> str:
    value = _text(data, name)
    if value is None:
        raise _malformed(name, name, dict(data))
    return value


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _malformed(name, name, value)
    return tuple(value)


def _lines(data: Mapping[str, Any]) -> tuple[int, ...]:
    value = data.get("lines")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(v, int) for v in value):
        raise _malformed("lines", "lines", value)
    return tuple(value)


def _day(data: Mapping[str, Any], name: str) -> date | None:
    value = _text(data, name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _malformed(name, name, value) from None


def _number(data: Mapping[str, Any], name: str) -> float | None:
    value = data.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise _malformed(name, name, value)
    return value


def _count(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name, 1)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _malformed(name, name, value)
    return value


def _word(data: Mapping[str, Any], name: str, words: type[E]) -> E:
    value = _text(data, name)
    try:
        return words(value or "")
    except ValueError:
        raise _malformed(name, name, value) from None
