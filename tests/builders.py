"""Small, valid things to start a test from; every field can be given."""

from datetime import UTC, date, datetime
from typing import Any

from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval
from domain.plan import Phase, PhaseId, Plan, PlanId, Requirement, Topic, TopicId
from domain.post import Post, PublishedSource, post_id
from domain.tag import Band, Correction, Tag
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id

NOON = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
"""A Wednesday noon in Viet Nam."""
PLAN = PlanId("ke-hoach-thu")


def a_channel(unit: str = "SO-A", url: str = "https://so-a.example.gov.vn", **fields: Any) -> Channel:
    kind = fields.pop("kind", ChannelKind.WEBSITE)
    return Channel(**{"id": channel_id(kind, url), "unit": UnitCode(unit), "kind": kind, "url": url} | fields)


def a_unit(code: str = "SO-A", name: str = "Sở An Toàn", group: str = "Sở, ban, ngành", **fields: Any) -> Unit:
    url = f"https://{code.lower()}.example.gov.vn"
    return Unit(**{"code": UnitCode(code), "name": name, "group": UnitGroup(group), "channels": (a_channel(code, url),)} | fields)


def a_post(url: str = "https://so-a.example.gov.vn/tin-1", channel: Channel | None = None, **fields: Any) -> Post:
    channel = channel or a_channel()
    return Post(
        **{
            "id": post_id(url),
            "channel": channel.id,
            "unit": channel.unit,
            "url": url,
            "title": "Sở tổ chức hội nghị tuyên truyền",
            "text": "Sáng nay, Sở tổ chức hội nghị tuyên truyền về chuyển đổi số cho cán bộ các phòng.",
            "published_at": NOON,
            "published_source": PublishedSource.FEED,
            "first_seen": NOON,
        }
        | fields
    )


def a_topic(id: str = "1.1", title: str = "Tuyên truyền chuyển đổi số", **fields: Any) -> Topic:
    return Topic(**{"id": TopicId(id), "title": title} | fields)


def a_plan(**fields: Any) -> Plan:
    return Plan(
        **{
            "title": "KẾ HOẠCH tuyên truyền thử",
            "number": "01-KH/BCĐ",
            "phases": (Phase(PhaseId("P1"), "Tháng 11", date(2026, 11, 1), date(2026, 11, 30)),),
            "topics": (a_topic(phase=PhaseId("P1")),),
            "requirements": (Requirement(TopicId("1.1"), start=date(2026, 11, 1), end=date(2026, 11, 30)),),
        }
        | fields
    )


def a_run(channel: Channel | None = None, observed: Interval | None = None, **fields: Any) -> CrawlRun:
    channel = channel or a_channel()
    at = fields.pop("at", observed.end if observed else NOON)
    return CrawlRun(
        **{
            "channel": channel.id,
            "started_at": at,
            "finished_at": at,
            "outcome": RunOutcome.OK if observed else RunOutcome.UNREACHABLE,
            "observed": observed,
        }
        | fields
    )


def a_tag(post: Post | None = None, topic: str = "1.1", **fields: Any) -> Tag:
    return Tag(
        **{
            "post": (post or a_post()).id,
            "plan_id": PLAN,
            "plan_version": 1,
            "topic": TopicId(topic),
            "score": 1.0,
            "band": Band.AUTOMATIC,
            "model": "test-1",
            "tagged_at": NOON,
        }
        | fields
    )


def a_correction(post: Post | None = None, topic: str | None = "1.1", belongs: bool = True, **fields: Any) -> Correction:
    return Correction(
        **{
            "post": (post or a_post()).id,
            "plan_id": PLAN,
            "topic": TopicId(topic) if topic else None,
            "belongs": belongs,
            "by": "can-bo",
            "at": NOON,
        }
        | fields
    )
