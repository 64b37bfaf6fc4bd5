"""How long the matrix takes for a province of 200 units, 40 topics and a season's posts."""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from domain.coverage import cover
from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval
from domain.plan import Plan, Requirement, Topic, TopicId
from domain.post import Post, PublishedSource, post_id
from domain.tag import EffectiveTag, TagSource
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id

UNITS, TOPICS, POSTS, DAYS, ROUNDS = 200, 40, 100_000, 120, 5
START = datetime(2026, 1, 1, tzinfo=UTC)


def a_unit(number: int) -> Unit:
    url = f"https://unit-{number}.example"
    code = UnitCode(f"U{number}")
    channel = Channel(channel_id(ChannelKind.WEBSITE, url), code, ChannelKind.WEBSITE, url)
    return Unit(code, f"Unit {number}", UnitGroup("Units"), channels=(channel,))


def a_post(number: int, unit: Unit) -> Post:
    channel = unit.channels[0]
    url = f"{channel.url}/post-{number}"
    at = START + timedelta(days=number % DAYS, minutes=number % 1440)
    return Post(post_id(url), channel.id, unit.code, url, "Title", "Text", at, PublishedSource.FEED, at)


def looks(unit: Unit) -> list[CrawlRun]:
    days = [START + timedelta(days=day) for day in range(DAYS + 1)]
    return [
        CrawlRun(channel=unit.channels[0].id, started_at=end, finished_at=end, outcome=RunOutcome.OK, observed=Interval(start, end))
        for start, end in pairwise(days)
    ]


def main() -> None:
    topics = tuple(Topic(id=TopicId(f"{number}"), title=f"Topic {number}") for number in range(TOPICS))
    demands = tuple(Requirement(topic.id, start=date(2026, 1, 1), end=date(2026, 4, 30)) for topic in topics)
    plan = Plan(title="Plan", topics=topics, requirements=demands)
    units = [a_unit(number) for number in range(UNITS)]
    posts = [a_post(number, units[number % UNITS]) for number in range(POSTS)]
    tags = [EffectiveTag(post.id, topics[number % TOPICS].id, TagSource.MACHINE) for number, post in enumerate(posts)]
    runs = [run for unit in units for run in looks(unit)]
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        cover(plan, units, posts, tags, runs, START + timedelta(days=DAYS))
        seconds.append(time.perf_counter() - began)
    sys.stdout.write(f"coverage of {UNITS} units × {TOPICS} topics from {POSTS} posts: {min(seconds):.2f} s (best of {ROUNDS})\n")


if __name__ == "__main__":
    main()
