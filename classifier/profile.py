"""What a topic asks of a post: derived from its text and its place in the plan, shown to staff, and changed by them."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from classifier.anniversaries import Event, commemorations, event_entries
from classifier.entities import Identity, Mention, Role, Scope
from classifier.extraction import mentions
from classifier.features import CONCEPT, ConceptReader, ConceptShare
from classifier.language import LanguageData
from classifier.lexicon import Entry, Hit, Lexicon
from classifier.places import PLACE
from classifier.reading import Abbreviations, Reading, read
from classifier.thesaurus import fold_phrase
from domain.plan import Plan, Topic, TopicId

SLOGAN = "slogan"
CONGRESS_CONCEPTS = frozenset(("dai_hoi_dang", "dai_hoi_diem", "gop_y_van_kien", "ket_qua_dai_hoi"))
"""Concepts of the thesaurus that make a topic one about congresses of the Party."""
_QUOTED = re.compile(r'"([^"]{12,160})"')
_BOUND = re.compile(r"\btỉnh\b(?! (?:ủy|đoàn))")
_NOT_BOUND = re.compile(r"\b(?:cac cap|dat nuoc|quoc gia|toan quoc|trung uong|dia phuong|nganh|dang bo tinh|toan dan|viet nam)\b")
_COMMEMORATES = re.compile(r"\b(?:ky niem|ngay truyen thong|ngay thanh lap|ngay sinh|ngay giai phong)\b")
_YEAR = re.compile(r"\b(19[3-9]\d|20[0-4]\d)\b")
_SPAN_OF_YEARS = re.compile(r"\b((?:19|20)\d\d) (?:den )?((?:19|20)\d\d)\b")
_TERM_OF_OFFICE = re.compile(r"\bnhiem ky (?:19|20)\d\d (?:19|20)\d\d\b")
_ONE_YEAR = re.compile(r"(?<!den )\b(?:trong |tu )?nam (20\d\d)\b(?! (?:den )?20\d\d)")
_AND_LATER = re.compile(r"\bnam (?:20\d\d )?(?:va )?(?:cac |nhung )?nam (?:tiep theo|sau|toi)\b|\bcac nam (?:tiep theo|sau)\b")
OPEN_YEAR = 2999
"""The last year of a stretch that has no end."""
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
    that is decided by event and years. `province` binds it to one place. `start` and `end` are its window in the plan, `years`
    those that its title states. `timeless` says that neither edition nor year belongs to what it is about, `congress` that it
    is about congresses of the Party, `territorial` that each province has such matters of its own.
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
    years: tuple[int, int] | None = None
    timeless: bool = False
    congress: bool = False
    territorial: bool = False


@dataclass(frozen=True, slots=True)
class TopicSource:
    """A topic's text as it was read, with everything found in it."""

    reading: Reading
    hits: tuple[Hit, ...]
    mentions: tuple[Mention, ...]
    concepts: dict[str, ConceptShare]


@dataclass(frozen=True)
class PlanProfile:
    """The rules for a plan. `known` are all identities that it names, `target` is the national congress that it leads up to,
    `past` the one that it follows.

    `province` is the plan's own. Posts on years before `first_year` or after `last_year` are of another time; with
    `open_ended` the plan says no end.
    """

    topics: tuple[TopicProfile, ...]
    sources: tuple[TopicSource, ...]
    known: frozenset[Identity]
    target: int | None
    past: int | None
    province: str | None
    first_year: int | None
    last_year: int | None
    open_ended: bool
    events: dict[str, Event]
    lexicon: Lexicon
    concepts: ConceptReader
    territorial: frozenset[str]
    actors: frozenset[str]


def profile_plan(plan: Plan, data: LanguageData) -> PlanProfile:
    events = {e.id: e for e in (*data.events, *_own_events(plan, data))}
    readings = tuple(read(t.title, _body(plan, t), data.abbreviations) for t in plan.topics)
    entries = [Entry(CONCEPT, p.concept, p.words, p.accented, p.weight) for p in data.thesaurus.phrases]
    entries += [*event_entries(events.values()), *data.places]
    entries += [e for r in readings for e in _slogans(r)]
    lexicon = Lexicon(entries)
    concepts = ConceptReader(data.thesaurus, data.documents)
    sources = []
    for reading in readings:
        hits, named = lexicon.find(reading), mentions(reading)
        sources.append(TopicSource(reading, tuple(hits), tuple(named), concepts.read(reading, hits, named, None)))
    frame = read(plan.title, "\n".join(p.title for p in plan.phases), data.abbreviations)
    framing = mentions(frame)
    home = _home(plan, [*(h for s in sources for h in s.hits), *lexicon.find(frame)], lexicon, data.abbreviations)
    known = frozenset(m.identity for s in sources for m in s.mentions) | {m.identity for m in framing}
    first, last, open_ended = _era(plan, readings)
    target, past = _target(framing, sources)
    return PlanProfile(
        topics=tuple(
            _profile(plan, t, s, events, home, data.thesaurus.territorial) for t, s in zip(plan.topics, sources, strict=True)
        ),
        sources=tuple(sources),
        known=known,
        target=target,
        past=past,
        province=home,
        first_year=first,
        last_year=last,
        open_ended=open_ended,
        events=events,
        lexicon=lexicon,
        concepts=concepts,
        territorial=data.thesaurus.territorial,
        actors=data.thesaurus.actors,
    )


def _home(plan: Plan, hits: Iterable[Hit], lexicon: Lexicon, abbreviations: Abbreviations) -> str | None:
    """The province that the plan names most."""
    letterhead = lexicon.find(read(f"{plan.place or ''}. {plan.issuing_body or ''}", "", abbreviations))
    named = Counter(str(h.entry.key) for h in (*hits, *letterhead) if h.entry.kind == PLACE)
    return named.most_common(1)[0][0] if named else None


def _target(framing: Sequence[Mention], sources: Sequence[TopicSource]) -> tuple[int | None, int | None]:
    """The national congress that the plan leads up to, and the one that it follows, as its title says; else its topics."""
    titled = [m for m in framing if m.field == "title" and m.identity.scope is Scope.NATIONAL_CONGRESS]
    followed = [int(m.identity.value[0] or 0) for m in titled if m.role is Role.REFERENCE]
    if followed:
        return None, max(followed)
    if titled:
        return max(int(m.identity.value[0] or 0) for m in titled), None
    awaited = [
        int(m.identity.value[0] or 0)
        for s in sources
        for m in s.mentions
        if m.role is Role.TARGET and m.identity.scope is Scope.NATIONAL_CONGRESS
    ]
    return max(awaited, default=None), None


def _body(plan: Plan, topic: Topic) -> str:
    """The topic's own text, and the headings above it: `cấp xã` under a heading on a congress is about that congress."""
    text = topic.text.removeprefix(topic.title).lstrip()
    headings: list[str] = []
    above = topic.parent
    while above and len(headings) < len(plan.topics):
        holder = plan.topic(above)
        headings += [holder.title] if holder else []
        above = holder.parent if holder else None
    return "\n".join([text, *headings, *topic.key_phrases, *topic.cited_documents]).strip()


def _profile(
    plan: Plan, topic: Topic, source: TopicSource, events: dict[str, Event], home: str | None, territorial: frozenset[str]
) -> TopicProfile:
    reading, hits = source.reading, source.hits
    requires = tuple(dict.fromkeys(m.identity for m in source.mentions if m.field == "title"))
    favours = tuple(i for i in dict.fromkeys(m.identity for m in source.mentions) if i not in requires)
    heading = f"{reading.line[: reading.starts[reading.title_words - 1]]} "
    anniversaries = _anniversaries(reading, list(hits), events) if _COMMEMORATES.search(heading) else ()
    named_home = any(h.entry.kind == PLACE and h.entry.key == home and reading.in_title(h.first) for h in hits)
    bound = named_home or bool(_BOUND.search(reading.title.accented) and not _NOT_BOUND.search(heading))
    start, end = plan.days(topic)
    subjects = {c for c, s in source.concepts.items() if s.title >= 1}
    congress = bool(subjects & CONGRESS_CONCEPTS)
    dated = bool(_YEAR.search(heading) or source.mentions or anniversaries or _YEAR.search(reading.line))
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
        years=_years_of(heading),
        timeless=not dated and not congress,
        congress=congress,
        territorial=bool(subjects) and subjects <= territorial,
    )


def _years_of(heading: str) -> tuple[int, int] | None:
    """The years that a title states: a stretch (`thời kỳ 2021 - 2030`), or one year, open where others are to follow."""
    line = _TERM_OF_OFFICE.sub(" ", heading)
    spans = [(int(a), int(b)) for a, b in _SPAN_OF_YEARS.findall(line) if int(a) < int(b) <= int(a) + 30]
    if spans:
        return min(a for a, _ in spans), max(b for _, b in spans)
    single = [int(y) for y in _ONE_YEAR.findall(line)]
    if not single:
        return None
    return min(single), max(single) if not _AND_LATER.search(line) else OPEN_YEAR


def _anniversaries(reading: Reading, hits: list[Hit], events: dict[str, Event]) -> tuple[Commemorated, ...]:
    found: dict[str, Commemorated] = {}
    sure = [h for h in hits if h.entry.weight == 1]
    named = [c for c in commemorations(reading, sure, events) if c.in_title] or commemorations(reading, hits, events)
    for each in named:
        if not each.in_title or (each.event in found and found[each.event].years is not None):
            continue
        day = events[each.event].on(each.years) if each.years else None
        found[each.event] = Commemorated(each.event, each.years, day)
    return tuple(found.values())


_OWN_EVENT = re.compile(r" (\d{1,3}) nam (ngay (?:[a-z0-9]+ ){2,14}?)(?:\||va ngay|va \d|\d{1,2} \d{1,2} \d{4}|$)")
_OWN_DAY = re.compile(r"\s?(\d{1,2}) (\d{1,2}) (\d{4}) ")
_GENERIC = re.compile("tỉnh|thành|phố|huyện|xã|phường|ngày|công|trình|việt|nam")


def _own_events(plan: Plan, data: LanguageData) -> list[Event]:
    """Anniversaries that only the plan names (`Ngày giải phóng tỉnh …`), with the day that stands in brackets behind them.

    Posts name them shorter: without the generic words, by their first words, or by the name alone beside the years.
    """
    known = {fold_phrase(p) for e in data.events for p in (*e.phrases, *e.weak)}
    found: dict[str, Event] = {}
    for text in [t.title for t in plan.topics] + [a.name for a in plan.anniversaries]:
        reading = read(text, "", data.abbreviations)
        line = reading.line
        for match in _OWN_EVENT.finditer(line):
            name = match[2].strip().removeprefix("ngay ")
            if any(f" {k} " in f" {name} " for k in known if k.count(" ") >= 2):
                continue
            first, last = reading.words_of(match.start(2) + len("ngay "), match.end(2) - 1)
            words = [reading.accented(i) for i in range(first, last)]
            proper = len(list(takewhile(str.istitle, (reading.cased(i, i + 1) for i in range(last - 1, first - 1, -1)))))
            short = [w for w in words if not _GENERIC.fullmatch(w)]
            forms = (words, short, words[: len(words) - proper])
            phrases = dict.fromkeys(" ".join(f) for f in forms if len(f) > 1)
            tail = (" ".join(words[len(words) - proper :]),) if proper > 1 else ()
            found.setdefault(name, Event(f"plan:{name}", _day_behind(line, match.end(2)), tuple(phrases), tail))
    return list(found.values())


def _day_behind(line: str, position: int) -> dt.date | None:
    after = _OWN_DAY.match(line, position) or _OWN_DAY.match(line, position - 1)
    try:
        return dt.date(int(after[3]), int(after[2]), int(after[1])) if after else None
    except ValueError:
        return None


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
