"""One look at one channel, and what it proves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.dates import Interval
from domain.errors import Message
from domain.unit import ChannelId


class RunOutcome(StrEnum):
    """The result of a look is a value: a channel that yields nothing is an outcome, not a success."""

    OK = "ok"
    """Read, and something new was there."""
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    """Read, and nothing was there at all: a person should look."""
    REFUSED = "refused"
    """Out of scope, or robots.txt says no."""
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    """Layout, encoding, or not what it says it is."""
    TOO_LARGE = "too_large"
    TOKEN_DEAD = "token_dead"  # noqa: S105 - an outcome, not a secret
    NEVER = "never"
    """Not looked at yet."""

    @property
    def succeeded(self) -> bool:
        return self in (RunOutcome.OK, RunOutcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """Exactly one for each channel of a crawl, whatever happened.

    `observed` is the stretch of time of which the look would have shown every post: from the oldest post that it could have
    shown to the moment of the look. None when nothing was proved. `method` is how the posts were found (feed, sitemap, …).
    """

    channel: ChannelId
    started_at: datetime
    finished_at: datetime
    outcome: RunOutcome
    reason: Message | None = None
    posts_seen: int = 0
    posts_new: int = 0
    observed: Interval | None = None
    method: str | None = None
    requests: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """How a channel has fared: its newest look (None: never looked at), the ends of the last look that succeeded and of the
    last one that found something new, and the number of looks that failed since the last success."""

    channel: ChannelId
    latest: CrawlRun | None = None
    last_success: datetime | None = None
    last_new_post: datetime | None = None
    failures: int = 0
