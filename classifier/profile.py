"""What a topic asks of a post: derived from its text and its place in the plan, shown to staff, and changed by them."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from classifier.anniversaries import Event, commemorations, event_entries, shipped_events
from classifier.entities import Identity, Role, Scope
from classifier.extraction import mentions
from classifier.features import CONCEPT
from classifier.lexicon import Entry, Hit, Lexicon
from classifier.places import PLACE, place_entries
from classifier.reading import Abbreviations, Reading, read
from classifier.thesaurus import Thesaurus
from domain.plan import Plan, Topic, TopicId

SLOGAN = "slogan"
_QUOTED = re.compile(r'"([^"]{12,160})"')
_BOUND = re.compile(r"\b(?:tinh|thanh pho|huyen|thi xa|quan)\b(?! (?:uy|doan))")
_NOT_BOUND = re.compile(r"\b(?:cac cap|dat nuoc|quoc gia|toan quoc|trung uong|dia phuong|nganh|dang bo tinh|toan dan|viet nam)\b")
_COMMEMORATES = re.compile(r"\b(?:ky niem|ngay truyen thong|ngay thanh lap|ngay sinh|ngay giai phong)\b")
_YEAR = re.compile(r"\b(19[3-9]\d|20[0-4]\d)\b")
_LONG_SPAN = re.compile(r"\b(?:19|20)\d\d (?:den )?(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Commemorated:
    """An anniversary that a topic is about; `years` None where the plan does not count them."""

    event: str
    years: int | None
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class TopicProfile:
    """The rules for one topic. Staff may replace it by an edited copy (`dataclasses.replace`).

    `requires` are the identities of the title: a post that names another value of their kind is not about this topic.
    `favours` are those of the body. `excludes` rule a topic out whenever a post names them. `anniversaries` make the topic one
    that is decided by event and years. `province` binds it to one place. `start` and `end` are its years' window.
    `timeless` says that neither edition nor year belongs to what it is about.
    """

    topic: TopicId
    title: str
    requires: tuple[Identity, ...] = ()
    favours: tuple[Identity, ...] = ()
    excludes: tuple[Identity, ...] = ()
    anniversaries: tuple[Commemorated, ...] = ()
    slogans: tuple[str, ...] = ()
    province: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    timeless: bool = False
    concepts: tuple[tuple[str, float], ...] = ()
    congress: bool = False


@dataclass(frozen=True)
class PlanProfile:
    topics: tuple[TopicProfile, ...]
    readings: tuple[Reading, ...]
    hits: tuple[tuple[Hit, ...], ...]
    known: frozenset[Identity]
    target: int | None
    province: str | None
    first_year: int | None
    last_year: int | None
    open_ended: bool
    events: dict[str, Event] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=lambda: Lexicon([]))


def profile_plan(plan: Plan, thesaurus: Thesaurus, abbreviations: Abbreviations) -> PlanProfile:
    own_events = _own_events(plan, abbreviations)
    events = {e.id: e for e in (*shipped_events(), *own_events)}
    entries = [Entry(CONCEPT, p.concept, p.words, p.accented, p.weight) for p in thesaurus.phrases]
    entries += [*event_entries(events.values()), *place_entries()]
    readings = tuple(read(t.title, _body(t), abbreviations) for t in plan.topics)
    entries += [e for r in readings for e in _slogans(r)]
    lexicon = Lexicon(entries)
    hits = tuple(tuple(lexicon.find(r)) for r in readings)
    frame = read(plan.title, "\n".join(p.title for p in plan.phases), abbreviations)
    frame_mentions = mentions(frame)
    places = Counter(h.entry.key for found in (*hits, lexicon.find(frame)) for h in found if h.entry.kind == PLACE)
    if plan.place or plan.issuing_body:
        places.update(
            h.entry.key
            for h in lexicon.find(read(f"{plan.place or ''}. {plan.issuing_body or ''}", "", abbreviations))
            if h.entry.kind == PLACE
        )
    home = str(places.most_common(1)[0][0]) if places else None
    known = {m.identity for m in frame_mentions}
    targets = [m.identity.value[0] for m in frame_mentions if m.identity.scope is Scope.NATIONAL_CONGRESS and m.field == "title"]
    awaited: list[int] = []
    profiles = []
    for topic, reading, found in zip(plan.topics, readings, hits, strict=True):
        named = mentions(reading)
        known.update(m.identity for m in named)
        awaited += [
            int(m.identity.value[0] or 0) for m in named if m.identity.scope is Scope.NATIONAL_CONGRESS and m.role is Role.TARGET
        ]
        profiles.append(_profile(plan, topic, reading, found, events, home))
    first, last, open_ended = _era(plan, readings)
    goal = max((int(t) for t in targets if t), default=max(awaited, default=0)) or None
    return PlanProfile(tuple(profiles), readings, hits, frozenset(known), goal, home, first, last, open_ended, events, lexicon)


def _body(topic: Topic) -> str:
    text = topic.text.removeprefix(topic.title).lstrip()
    return "\n".join([text, *topic.key_phrases, *topic.cited_documents]).strip()


def _profile(
    plan: Plan, topic: Topic, reading: Reading, hits: Sequence[Hit], events: dict[str, Event], home: str | None
) -> TopicProfile:
    named = mentions(reading)
    requires = tuple(dict.fromkeys(m.identity for m in named if m.field == "title"))
    favours = tuple(i for i in dict.fromkeys(m.identity for m in named) if i not in requires)
    heading = reading.line[: reading.starts[reading.title_words]] if reading.title_words < len(reading.words) else reading.line
    anniversaries = _anniversaries(reading, list(hits), events) if _COMMEMORATES.search(heading) else ()
    named_home = any(h.entry.kind == PLACE and h.entry.key == home and reading.in_title(h.first) for h in hits)
    bound = named_home or bool(_BOUND.search(heading) and not _NOT_BOUND.search(heading))
    start, end = plan.days(topic)
    dated = bool(_YEAR.search(heading)) or bool(named) or bool(anniversaries)
    concepts = _title_concepts(reading, hits)
    return TopicProfile(
        topic.id,
        topic.title,
        requires,
        favours,
        anniversaries=anniversaries,
        slogans=tuple(str(h.entry.key) for h in hits if h.entry.kind == SLOGAN),
        province=home if bound else None,
        start=start,
        end=end,
        timeless=not dated and not _YEAR.search(reading.line),
        concepts=concepts,
        congress=any(c in ("dai_hoi_dang", "dai_hoi_diem", "gop_y_van_kien", "ket_qua_dai_hoi") for c, _ in concepts),
    )


def _title_concepts(reading: Reading, hits: Sequence[Hit]) -> tuple[tuple[str, float], ...]:
    counts: Counter[str] = Counter()
    for hit in hits:
        if hit.entry.kind == CONCEPT and reading.in_title(hit.first):
            counts[str(hit.entry.key)] += hit.entry.weight
    return tuple(counts.items())


def _anniversaries(reading: Reading, hits: list[Hit], events: dict[str, Event]) -> tuple[Commemorated, ...]:
    found: dict[str, Commemorated] = {}
    for each in commemorations(reading, hits, events):
        if not each.in_title or (each.event in found and found[each.event].years is not None):
            continue
        day = events[each.event].on(each.years) if each.years else None
        found[each.event] = Commemorated(each.event, each.years, day)
    return tuple(found.values())


_OWN_EVENT = re.compile(r" (\d{1,3}) nam (ngay (?:[a-z0-9]+ ){2,12}?)(?:\||va ngay|va \d|\d{1,2} \d{1,2} \d{4}|$)")


def _own_events(plan: Plan, abbreviations: Abbreviations) -> list[Event]:
    """Anniversaries that only the plan names (`Ngày giải phóng tỉnh …`), with the day that stands in brackets behind them."""
    known = {w for e in shipped_events() for w in (*e.phrases, *e.weak)}
    folded_known = {" ".join(read(p, "", abbreviations).words[:-1]) for p in known}
    found: dict[str, Event] = {}
    for text in [t.title for t in plan.topics] + [a.name for a in plan.anniversaries]:
        line = read(text, "", abbreviations).line
        for match in _OWN_EVENT.finditer(line):
            name = match[2].strip().removeprefix("ngay ")
            if any(f" {k} " in f" {name} " for k in folded_known if k.count(" ") >= 2):
                continue
            after = re.match(r"\s?(\d{1,2}) (\d{1,2}) (\d{4}) ", line[match.end(2) :])
            day = None
            if after:
                try:
                    day = dt.date(int(after[3]), int(after[2]), int(after[1]))
                except ValueError:
                    day = None
            short = re.sub(r"\b(?:tinh|thanh pho|huyen|ngay|viet nam)\b ?", "", name).strip()
            found.setdefault(name, Event(f"plan:{name}", day, tuple(dict.fromkeys((name, short)))))
    return list(found.values())


def _slogans(reading: Reading) -> list[Entry]:
    entries = []
    for view in (reading.title, reading.body):
        for match in _QUOTED.finditer(view.accented):
            accented = tuple(re.findall(r"\w+", match[1]))
            folded = tuple(re.findall(r"[0-9a-z]+", view.folded[match.start(1) : match.end(1)]))
            if 4 <= len(folded) <= 24 and len(folded) == len(accented):
                entries.append(Entry(SLOGAN, " ".join(folded), " ".join(folded), accented))
    return entries


def _era(plan: Plan, readings: Sequence[Reading]) -> tuple[int | None, int | None, bool]:
    """First and last year of what the plan is about: its days, widened by the years that its text names most."""
    days = [d for p in plan.phases for d in (p.start, p.end) if d] + [a.date for a in plan.anniversaries if a.date]
    days += [d for t in plan.topics for d in (t.start, t.end) if d]
    if plan.issued_on:
        days.append(plan.issued_on)
    years = Counter(int(y) for r in readings for y in _YEAR.findall(_LONG_SPAN.sub(" ", r.line)))
    open_ended = any(p.start and not p.end for p in plan.phases) or not any(p.end for p in plan.phases)
    top = years.most_common(1)[0][1] if years else 0
    if not days:
        often = [y for y, n in years.items() if n * 2 >= top]
        return (min(often), max(often), True) if often else (None, None, True)
    first, last = min(d.year for d in days), max(d.year for d in days)
    often = [y for y, n in years.items() if n * 2 >= top]
    first = max(min([first, *often]), first - 1)
    last = min(max([last, *often]), last + 1)
    return first, last, open_ended
