"""What the sample's press offices published: articles of the stock, dealt out to units by their habits, filled and dated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from domain.dates import VIETNAM
from domain.text import fold
from examples.sample_organisation.articles import Article, fill
from examples.sample_organisation.registry import Member, Membership, Place
from examples.sample_organisation.timeline import Timeline, official_day, short_day, years_before

NEWS, ACTIVITIES, NOTICES, FEATURES = "tin-tuc", "hoat-dong", "thong-bao", "chuyen-de"
SECTIONS: Mapping[str, str] = {NEWS: "Tin tức - Sự kiện", ACTIVITIES: "Hoạt động", NOTICES: "Thông báo", FEATURES: "Chuyên đề"}

_OF_PHASE: Mapping[str, tuple[float, float, float]] = {
    "press": (2.0, 2.0, 1.0),
    "strong": (1.7, 1.7, 0.3),
    "middling": (0.85, 0.85, 0.2),
    "thin": (0.45, 0.45, 0.0),
    "late": (1.0, 0.3, 0.0),
    "silent": (0.0, 0.0, 0.0),
    "none": (0.0, 0.0, 0.0),
}
"""Habit → how many posts a unit writes on each topic of the first, the second and the third phase, on average."""


@dataclass(frozen=True, slots=True)
class Original:
    """Names a post of the sample: the unit and its number there."""

    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class SamplePost:
    """One post of one unit. `dated` says whether its page shows a day; `channel` is `site` or `page` (Facebook)."""

    unit: str
    number: int
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    section: str
    topics: tuple[str, ...] = ()
    copy_of: Original | None = None
    modified_at: datetime | None = None
    dated: bool = True
    channel: str = "site"

    @property
    def lead(self) -> str:
        return self.paragraphs[0]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def slug(self) -> str:
        return "-".join(fold(self.title).split()[:12])

    @property
    def changed_at(self) -> datetime:
        return self.modified_at or self.published_at


@dataclass(frozen=True, slots=True)
class _Demand:
    member: Member
    topic: str | None
    published_on: date


def write_posts(articles: Sequence[Article], membership: Membership, timeline: Timeline) -> list[SamplePost]:
    """The posts of all units, oldest first; the same for the same day. No article is used twice except the series."""
    chance = Random(f"posts of {timeline.day}")  # noqa: S311 - a repeatable draw, no secret
    posts: list[SamplePost] = []
    leaves = sorted({t for a in articles for t in a.topics})
    for topic in leaves:
        pool = [a for a in articles if a.topics[:1] == (topic,)]
        posts += _deal(pool, _wanted(topic, membership.members, timeline, chance), membership, timeline, chance)
    plain = [a for a in articles if not a.topics]
    posts += _deal(plain, _unplanned(membership.members, timeline, chance), membership, timeline, chance)
    return _numbered(posts)


def _wanted(topic: str, members: Iterable[Member], timeline: Timeline, chance: Random) -> list[_Demand]:
    """Who writes on a topic, and when: every unit's first post before anybody's second."""
    rounds: list[tuple[int, float, _Demand]] = []
    for member in members:
        expected = _OF_PHASE[member.habit][int(topic[0]) - 1]
        count = int(expected) + (chance.random() < expected % 1)
        first, last = _window(topic, member, timeline)
        for turn in range(count):
            rounds.append((turn, chance.random(), _Demand(member, topic, _working_day(first, last, chance))))
    return [demand for _, _, demand in sorted(rounds, key=lambda r: r[:2])]


def _window(topic: str, member: Member, timeline: Timeline) -> tuple[date, date]:
    first, last = timeline.phase_of(topic)
    if topic[0] == "1" and member.habit == "late":
        return last + timedelta(days=3), last + timedelta(days=35)
    if topic[0] == "3":
        return timeline.last_post - timedelta(days=20), timeline.last_post
    last = min(last, timeline.last_post)
    if topic in ("2.1.a", "2.1.b"):
        return first, timeline.congress_day - timedelta(days=2)
    if topic == "2.1.c":
        return timeline.congress_day, last
    if topic == "2.2":
        return first, min(last, timeline.province_day + timedelta(days=4))
    return first, last


def _unplanned(members: Iterable[Member], timeline: Timeline, chance: Random) -> list[_Demand]:
    found = [
        _Demand(member, None, _working_day(timeline.first_post, timeline.last_post, chance))
        for member in members
        for _ in range(member.others)
    ]
    chance.shuffle(found)
    return found


def _working_day(first: date, last: date, chance: Random) -> date:
    """A day between two days, both included: mostly not a Saturday or Sunday."""
    day = first + timedelta(days=chance.randint(0, (last - first).days))
    if day.weekday() >= 5 and chance.random() < 0.8:
        moved = day + timedelta(days=7 - day.weekday())
        return moved if moved <= last else day
    return day


def _deal(
    pool: Sequence[Article], demands: Iterable[_Demand], membership: Membership, timeline: Timeline, chance: Random
) -> list[SamplePost]:
    """Gives each demand an article that suits the unit, the most particular first; demands that none suits are let go."""
    stock = [a for article in pool for a in [article] * article.series]
    chance.shuffle(stock)
    stock.sort(key=lambda a: len(a.publishers) or 99)
    used: set[tuple[str, str]] = set()
    posts = []
    for demand in demands:
        for place, article in enumerate(stock):
            if article.suits(demand.member.group, demand.member.code):
                post = _post(article, demand, membership.places, timeline, chance)
                if (post.unit, post.title) not in used:
                    used.add((post.unit, post.title))
                    posts.append(post)
                    del stock[place]
                    break
    return posts


def _post(article: Article, demand: _Demand, places: Sequence[Place], timeline: Timeline, chance: Random) -> SamplePost:
    member, day = demand.member, demand.published_on
    values = _values(member, day, places, timeline, chance)
    paragraphs = [fill(p, values, chance) for p in article.paragraphs]
    if chance.random() < 0.3:
        paragraphs.append(f"({member.sign})")
    office_hours = time(chance.randint(7, 16), chance.randint(0, 59), chance.randint(0, 59))
    section = NOTICES if article.series > 1 else chance.choice((NEWS, NEWS, ACTIVITIES, FEATURES))
    return SamplePost(
        unit=member.code,
        number=0,
        title=fill(article.title, values, chance),
        paragraphs=tuple(paragraphs),
        published_at=datetime.combine(day, office_hours, VIETNAM),
        section=section,
        topics=article.topics,
        channel="site" if member.engine else "page",
    )


def _values(member: Member, day: date, places: Sequence[Place], timeline: Timeline, chance: Random) -> dict[str, str]:
    """The words that slots of the stock stand for, in a post that `member` publishes on `day`."""
    own = chance.choice(places) if member.place is None else places[member.place]
    others = [p.name for p in places if p is not own]
    chance.shuffle(others)
    parts = chance.sample(own.parts, 2)
    happened = day - timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))
    coming = day + timedelta(days=chance.randint(3, 9))
    next_month = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {
        "don_vi": member.name,
        "xa": own.name,
        "xa2": others[0],
        "xa3": others[1],
        "thon": parts[0],
        "thon2": parts[1],
        "ngay": short_day(happened),
        "buoi": f"{chance.choice(('Sáng', 'Chiều', 'Sáng ngày', 'Chiều ngày'))} {short_day(happened)}",
        "ngay_sau": official_day(coming),
        "ngay_sau2": official_day(coming + timedelta(days=chance.randint(2, 12))),
        "tuan": str(day.isocalendar().week),
        "thang": f"{day.month}/{day.year}",
        "thang_sau": f"{next_month.month}/{next_month.year}",
        "nam": str(day.year),
        "nam_truoc": str(day.year - 1),
        "nam_sau": str(day.year + 1),
        **anniversary_words(timeline),
    }


def anniversary_words(timeline: Timeline) -> dict[str, str]:
    """Slots for the days of the plan's own events, for posts and for the plan document."""
    return {
        "tinh_ngay": official_day(timeline.province_day),
        "tinh_xua": official_day(years_before(timeline.province_day, 30)),
        "ho_ngay": official_day(timeline.lake_day),
        "ho_xua": official_day(years_before(timeline.lake_day, 40)),
        "mt_ngay": official_day(timeline.congress_day),
        "mt_ngan": short_day(timeline.congress_day),
        "ke_hoach": f"57/KH-UBND ngày {official_day(timeline.issued_on)}",
    }


def _numbered(posts: Iterable[SamplePost]) -> list[SamplePost]:
    """Numbers as an editing system gives them: growing with time within a unit, with holes left by drafts."""
    last: dict[str, int] = {}
    found = []
    for post in sorted(posts, key=lambda p: (p.published_at, p.unit, p.title)):
        last[post.unit] = last.get(post.unit, 1200) + 1 + len(post.title) % 4
        found.append(replace(post, number=last[post.unit]))
    return found
