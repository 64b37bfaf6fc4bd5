"""A small committee whose week shows every status once; every figure below is counted by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.coverage import CoverageMatrix, cover
from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval, day_start
from domain.errors import Message
from domain.plan import Obligation, Phase, PhaseId, Plan, PlanId, PlanVersion, Requirement, TopicId
from domain.post import Post, PostId
from domain.tag import EffectiveTag, Evidence, TagSource
from domain.unit import Unit
from domain.weeks import Week
from reports.summary import WeeklySummary, summarise
from tests.builders import a_channel, a_plan, a_post, a_run, a_topic, a_unit

WEEK = Week(2026, 47)
"""16 to 22 November 2026."""
AS_OF = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Monday 07:00 in Viet Nam, when the report of the week before is made."""
PLAN_START = day_start(date(2026, 11, 1))


def a_moment(day: int, hour: int = 5) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def an_effective_tag(post: Post, topic: str, **fields: Any) -> EffectiveTag:
    evidence = (Evidence("phrase", "chuyển đổi số", "title", 0, 13),)
    defaults: dict[str, Any] = {"post": post.id, "topic": TopicId(topic), "source": TagSource.MACHINE, "evidence": evidence}
    return EffectiveTag(**(defaults | fields))


class Facts:
    """What `cover` and `summarise` are given; tests add to it."""

    def __init__(self) -> None:
        self.plan: Plan = a_plan(
            topics=(
                a_topic("1", "Chuyển đổi số", phase=PhaseId("P1")),
                a_topic("2", "Xây dựng nông thôn mới", phase=PhaseId("P1")),
                a_topic("3", "Phòng, chống thiên tai", phase=PhaseId("P1")),
            ),
            phases=(Phase(PhaseId("P1"), "Đợt 1", date(2026, 11, 1), date(2026, 11, 30)),),
            requirements=(
                Requirement(TopicId("1"), start=date(2026, 11, 1), end=date(2026, 11, 20)),
                Requirement(TopicId("2"), minimum=2, start=date(2026, 11, 1), end=date(2026, 11, 30)),
                Requirement(TopicId("3"), start=date(2026, 11, 1), end=date(2026, 11, 18), unit_group="Sở, ban, ngành"),
            ),
            obligations=(
                Obligation("các sở, ban, ngành", "báo cáo kết quả đợt 1", deadline=date(2026, 12, 5), topic=TopicId("2")),
                Obligation("Văn phòng", "sơ kết", deadline=date(2026, 12, 31)),
                Obligation(None, "mở chuyên mục", deadline_text="trong quý IV"),
            ),
        )
        self.units: list[Unit] = [
            a_unit("SO-A", "Sở An Toàn"),
            a_unit("SO-B", "Sở Bình Minh"),
            a_unit("SO-C", "Sở Chân Trời"),
            a_unit("XA-D", "Ủy ban nhân dân xã Đồng Lúa", group="Xã, phường"),
        ]
        self.posts: list[Post] = []
        self.tags: list[EffectiveTag] = []
        self.runs: list[CrawlRun] = []
        for code in ("SO-A", "SO-B", "XA-D"):
            self.runs.append(a_run(a_channel(code, f"https://{code.lower()}.example.gov.vn"), Interval(PLAN_START, AS_OF)))
        broken = a_channel("SO-C", "https://so-c.example.gov.vn")
        self.runs.append(a_run(broken, Interval(PLAN_START, a_moment(10))))
        self.runs.append(
            a_run(
                broken,
                at=a_moment(22),
                outcome=RunOutcome.UNREACHABLE,
                reason=Message("Máy chủ không trả lời.", "The server does not answer."),
            )
        )

    def publish(self, code: str, topic: str | None, day: int, title: str = "Tin của đơn vị", **fields: Any) -> Post:
        waiting = fields.pop("waiting", False)
        source = fields.pop("source", TagSource.MACHINE)
        host = f"https://{code.lower()}.example.gov.vn"
        post = a_post(
            fields.pop("url", f"{host}/tin-{len(self.posts)}"),
            a_channel(code, host),
            **({"title": title, "published_at": a_moment(day), "first_seen": a_moment(day) + timedelta(hours=2)} | fields),
        )
        self.posts.append(post)
        if topic:
            self.tags.append(an_effective_tag(post, topic, waiting=waiting, source=source, score=0.9))
        return post

    def matrix(self, week: Week = WEEK, as_of: datetime = AS_OF) -> CoverageMatrix:
        return cover(self.plan, self.units, self.posts, self.tags, self.runs, as_of, week)

    def summary(self, week: Week = WEEK, as_of: datetime = AS_OF) -> WeeklySummary:
        version = PlanVersion(PlanId("01-kh-bcd"), 2, self.plan, a_moment(1), "can-bo", a_moment(1))
        previous = self.matrix(week.shifted(-1), as_of)
        return summarise(version, self.matrix(week, as_of), previous, self.posts, self.tags, self.runs, "Ban Chỉ đạo 35 thử")


def the_week() -> Facts:
    """SO-A publishes, SO-B is silent this week and late on topic 3, SO-C's site is broken since the 10th, XA-D is partly there."""
    facts = Facts()
    first = facts.publish("SO-A", "1", 17, "Sở An Toàn khai trương cổng dịch vụ")
    facts.publish("SO-A", "2", 5, "Nông thôn mới ở xã ven sông")
    facts.publish("SO-A", "2", 18, "Đường làng mới ở xã ven sông", source=TagSource.PERSON)
    facts.publish("SO-A", "3", 12, "Tập huấn phòng lũ")
    facts.publish("SO-B", "3", 10, '=HYPERLINK("http://x.example";"lãi")', waiting=True)
    facts.publish("SO-B", "1", 12, "Máy tính về trường")
    facts.publish("XA-D", "1", 19, "Đăng lại: Sở An Toàn khai trương cổng dịch vụ", original_of=PostId(first.id))
    facts.publish("XA-D", None, 20, "Thông báo lịch tiếp công dân")
    facts.publish("XA-D", "2", 19, "@nông dân xã Đồng Lúa sửa kênh mương")
    return facts
