"""A committee in a real database: what its screens must show is known, and the texts are as hostile as they come."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bamsat.workflows.accounts import add_user
from domain.access import Role
from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval, day_start, local_day
from domain.errors import Message
from domain.plan import Phase, PhaseId, Plan, PlanVersion, Requirement, Topic, TopicId
from domain.post import Post, PublishedSource, post_id
from domain.tag import Band, Evidence, TaggedPost, TopicTag
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id
from store import Store

ACCOUNTS = {"can-bo": Role.STAFF, "don-vi": Role.UNIT_ADMIN, "doc-gia": Role.VIEWER, "quan-tri": Role.ADMIN}
PASSWORD = "mat-khau-thu-10"
HOSTILE = '<script>document.title="x"</script> **đậm** [bấm](https://lua.example) :red[đỏ] $x^2$ =1+1'
LONGEST = "Ban Quản lý Khu bảo tồn thiên nhiên và Di tích lịch sử – văn hóa liên huyện Thượng Nguồn, Trung Du và Hạ Bạn"
TOPICS = (
    "Chuyển đổi số trong giải quyết thủ tục hành chính, phục vụ người dân và doanh nghiệp",
    "Xây dựng nông thôn mới nâng cao, nông thôn mới kiểu mẫu",
    "Phòng, chống thiên tai, cháy rừng trong mùa khô",
    "Kỷ niệm ngày thành lập tỉnh",
    "Giữ gìn vệ sinh môi trường, phân loại rác tại nguồn",
)


@dataclass(frozen=True)
class Office:
    store: Store
    plan: PlanVersion
    units: tuple[Unit, ...]
    now: datetime


def a_unit(code: str, name: str, group: str, *kinds: ChannelKind) -> Unit:
    channels = []
    for kind in kinds or (ChannelKind.WEBSITE,):
        url = f"https://{code.lower()}.example.gov.vn" if kind is ChannelKind.WEBSITE else f"https://{kind}.example/{code.lower()}"
        channels.append(Channel(channel_id(kind, url), UnitCode(code), kind, url))
    return Unit(UnitCode(code), name, UnitGroup(group), channels=tuple(channels))


def units(count: int) -> tuple[Unit, ...]:
    named = [
        a_unit("SO-TT", "Sở Thông tin", "Sở, ban, ngành", ChannelKind.WEBSITE, ChannelKind.FACEBOOK),
        a_unit("SO-NN", "Sở Nông nghiệp và Môi trường", "Sở, ban, ngành"),
        a_unit("BQL-KBT", LONGEST, "Đơn vị sự nghiệp"),
        a_unit("XA-DL", "Ủy ban nhân dân xã Đồng Lúa", "Xã, phường"),
    ]
    more = [a_unit(f"XA-{n:02}", f"Ủy ban nhân dân xã Bến Sông {n}", "Xã, phường") for n in range(5, count + 1)]
    return (*named, *more)[:count]


def plan(day: date, topics: int) -> Plan:
    """One phase is over since two weeks, one is running; the first topic is asked for in the first."""
    first = Phase(PhaseId("P1"), "Đợt 1", day - timedelta(days=60), day - timedelta(days=15))
    second = Phase(PhaseId("P2"), "Đợt 2", day - timedelta(days=14), day + timedelta(days=10))
    titles = [TOPICS[n % len(TOPICS)] + (f", nội dung {n}" if n >= len(TOPICS) else "") for n in range(topics)]
    found = tuple(
        Topic(TopicId(f"t{n}"), title, phase=(first if n % 2 == 0 else second).id) for n, title in enumerate(titles, start=1)
    )
    listed = Plan(title=f"Kế hoạch tuyên truyền thử {HOSTILE}", number="12-KH/BCĐ", issuing_body="Ban Chỉ đạo thử", topics=found,
                  phases=(first, second), issued_on=first.start)  # fmt: skip
    days = [listed.days(topic) for topic in found]
    demands = (Requirement(t.id, 1 + (n % 3 == 2), start=days[n][0], end=days[n][1]) for n, t in enumerate(found))
    return replace(listed, requirements=tuple(demands))


def fill(store: Store, now: datetime, unit_count: int = 4, topics: int = 5) -> Office:
    """SO-TT has a post on every topic, SO-NN a doubtful one, BQL-KBT's channel never answered, XA-DL was read and is empty."""
    day = local_day(now)
    made = units(unit_count)
    with store.transaction() as tx:
        for unit in made:
            tx.units.save(unit, now - timedelta(days=70))
        version = tx.plans.add(plan(day, topics), "can-bo", now - timedelta(days=62))
        tx.plans.confirm(version.plan_id, version.version, "can-bo", now - timedelta(days=61))
        tagged = []
        for number, unit in enumerate(made):
            seen = Interval(day_start(day - timedelta(days=90)), now - timedelta(hours=2))
            for channel in unit.channels:
                if unit.code != "BQL-KBT":
                    tx.crawl_runs.add(CrawlRun(channel.id, seen.end, seen.end, RunOutcome.OK, observed=seen, method="feed"))
                else:
                    reason = Message("Máy chủ không trả lời trong 30 giây.", "The server did not answer within 30 seconds.")
                    tx.crawl_runs.add(CrawlRun(channel.id, seen.end, seen.end, RunOutcome.UNREACHABLE, reason))
            for order, topic in enumerate(version.plan.topics):
                if unit.code in ("BQL-KBT", "XA-DL") or (number > 3 and (order * 7 + number) % 3):
                    continue
                post = _post(unit, order, now, version.plan.days(topic)[0] or day)
                tx.posts.add([post], now - timedelta(hours=2))
                band = Band.ASK if unit.code == "SO-NN" else Band.AUTOMATIC
                evidence = (Evidence("phrase", "<b>chuyển đổi số</b>", "title", 0, 5),)
                tagged.append(TaggedPost(post.id, (TopicTag(topic.id, 0.9, band, evidence),), review=band is Band.ASK))
        tx.tags.save(version.plan_id, version.version, "thu-1", tagged, now - timedelta(hours=1))
    for name, role in ACCOUNTS.items():
        own = UnitCode("XA-DL") if role is Role.UNIT_ADMIN else None
        add_user(store, name, role, own, PASSWORD, now - timedelta(days=61))
    with store.reading() as tx:
        confirmed = tx.plans.in_force(now)[0]
    return Office(store, confirmed, made, now)


def _post(unit: Unit, order: int, now: datetime, first_day: date) -> Post:
    channel = unit.channels[order % len(unit.channels)]
    url = f"{channel.url}/tin-{order}"
    return Post(
        id=post_id(url),
        channel=channel.id,
        unit=unit.code,
        url=url,
        title=f"{HOSTILE} tin số {order}" if order == 0 else f"{unit.name} triển khai công việc quý này, tin số {order}",
        text="Sáng nay, đơn vị triển khai công việc của quý này tới cán bộ các phòng.",
        published_at=min(day_start(first_day) + timedelta(hours=33), now - timedelta(hours=5)),
        published_source=PublishedSource.FEED,
        first_seen=now - timedelta(hours=2),
    )
