"""Things to store, with neutral content; what matters to a test is passed by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval
from domain.plan import Phase, PhaseId, Plan, PlanVersion, Topic, TopicId
from domain.post import Post, PostId, PublishedSource, post_id
from domain.tag import Band, Evidence, TaggedPost, TopicScore, TopicTag
from domain.unit import Channel, ChannelId, ChannelKind, Unit, UnitCode, UnitGroup, channel_id
from store import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def a_channel(url: str = "https://xa-an-binh.example.vn", unit: str = "AB", **changes: Any) -> Channel:
    kind = changes.pop("kind", ChannelKind.WEBSITE)
    return Channel(channel_id(kind, url), UnitCode(unit), kind, url, **changes)


def a_unit(code: str = "AB", *channels: Channel, **changes: Any) -> Unit:
    facts = {"name": f"Xã {code}", "group": UnitGroup("Xã"), "contact": "van-phong@example.vn"} | changes
    return Unit(UnitCode(code), channels=channels or (a_channel(f"https://{code.lower()}.example.vn", code),), **facts)


def a_post(number: int = 1, channel: Channel | None = None, **changes: Any) -> Post:
    at = channel or a_unit().channels[0]
    url = f"{at.url}/tin/{number}"
    facts: dict[str, Any] = {
        "id": post_id(url),
        "channel": at.id,
        "unit": at.unit,
        "url": url,
        "title": f"Xã An Bình ra quân làm sạch kênh số {number}",
        "text": f"Sáng nay, đoàn viên xã An Bình nạo vét tuyến kênh số {number}.\nViệc này làm mỗi tháng một lần.",
        "published_at": NOW - number * HOUR,
        "published_source": PublishedSource.FEED,
        "first_seen": NOW,
    }
    return Post(**facts | changes)


def a_plan(**changes: Any) -> Plan:
    facts: dict[str, Any] = {
        "title": "Tuyên truyền năm nông thôn mới",
        "number": "12-KH/BTG",
        "issued_on": date(2026, 1, 5),
        "phases": (Phase(PhaseId("p1"), "Đợt 1", date(2026, 1, 1), date(2026, 6, 30)),),
        "topics": (
            Topic(TopicId("t1"), "Vệ sinh môi trường", phase=PhaseId("p1"), text="Vệ sinh môi trường; nạo vét kênh."),
            Topic(TopicId("t2"), "Chuyển đổi số", phase=PhaseId("p1"), key_phrases=("dịch vụ công",), lines=(4, 5)),
        ),
    }
    return Plan(**facts | changes)


def a_topic_tag(topic: str = "t1", score: float = 0.8, band: Band = Band.AUTOMATIC) -> TopicTag:
    return TopicTag(TopicId(topic), score, band, (Evidence("phrase", "nạo vét", "text", 31, 38),))


def an_answer(post: Post | PostId | str, *tags: TopicTag, review: bool = False) -> TaggedPost:
    id = post.id if isinstance(post, Post) else PostId(post)
    return TaggedPost(id, tags, (TopicScore(TopicId("t9"), 0.1),), review)


def a_run(channel: Channel | ChannelId | None = None, at: datetime = NOW, **changes: Any) -> CrawlRun:
    id = channel.id if isinstance(channel, Channel) else channel or a_unit().channels[0].id
    facts: dict[str, Any] = {
        "channel": id,
        "started_at": at - timedelta(minutes=1),
        "finished_at": at,
        "outcome": RunOutcome.OK,
        "posts_seen": 10,
        "posts_new": 1,
        "observed": Interval(at - DAY, at),
        "method": "feed",
        "requests": 2,
        "bytes": 2048,
    }
    return CrawlRun(**facts | changes)


def with_posts(store: Store, *numbers: int, at: datetime = NOW) -> list[Post]:
    """Posts of one registered unit, stored."""
    found = [a_post(number) for number in numbers]
    with store.transaction() as tx:
        tx.units.save(a_unit(), at)
        tx.posts.add(found, at)
    return found


def with_plan(store: Store, plan: Plan | None = None, at: datetime = NOW) -> PlanVersion:
    with store.transaction() as tx:
        return tx.plans.add(plan or a_plan(), "an", at)
