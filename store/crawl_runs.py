"""Every look at every channel, and the working notes that the next look starts from."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.crawl_run import ChannelHealth, CrawlRun, RunOutcome
from domain.dates import Interval
from domain.errors import Message
from domain.unit import ChannelId
from store.statements import equal, require_known
from store.tables import channel_states, channels, crawl_runs

_SUCCEEDED = [outcome for outcome in RunOutcome if outcome.succeeded]


class CrawlRunRepository:
    """Reads take `as_of`: the looks that had ended by then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: CrawlRun, state: dict[str, Any] | None = None) -> None:
        """Adds a look; `state` (JSON) replaces the channel's notes, None leaves them. The same look is added only once.

        Raises NotFound for a channel that is not registered.
        """
        require_known(self._connection, channels.c.id, {run.channel}, "kênh", "channel")
        row = _row(run)
        if self._connection.execute(select(crawl_runs.c.id).where(equal(crawl_runs, row)).limit(1)).first() is None:
            self._connection.execute(crawl_runs.insert(), row)
        if state is not None:
            insert = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
            notes = insert(channel_states).values(channel=run.channel, saved_at=run.finished_at, state=state)
            self._connection.execute(
                notes.on_conflict_do_update(
                    index_elements=["channel"], set_={"saved_at": notes.excluded.saved_at, "state": notes.excluded.state}
                )
            )

    def state(self, channel: ChannelId) -> dict[str, Any]:
        """The notes of the last look that left any; empty at first."""
        notes: dict[str, Any] | None = self._connection.execute(
            select(channel_states.c.state).where(channel_states.c.channel == channel)
        ).scalar_one_or_none()
        return notes or {}

    def latest(self, as_of: datetime | None = None) -> dict[ChannelId, CrawlRun]:
        """The newest look at each channel that was ever looked at."""
        others = crawl_runs.alias()
        # One seek in the index for each channel, however many looks there are.
        newest = (
            select(others.c.id)
            .where(others.c.channel == channels.c.id, *([others.c.finished_at <= as_of] if as_of is not None else []))
            .order_by(others.c.finished_at.desc(), others.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = select(crawl_runs).select_from(channels).join(crawl_runs, crawl_runs.c.id == newest)
        return {ChannelId(row.channel): _run(row) for row in self._connection.execute(query)}

    def health(self, as_of: datetime | None = None) -> dict[ChannelId, ChannelHealth]:
        """How every registered channel has fared, also those never looked at."""
        known = [crawl_runs.c.finished_at <= as_of] if as_of is not None else []
        of_channel = [crawl_runs.c.channel == channels.c.id, *known]
        # Newest first, so that the search ends at the first look that fits, however long the history.
        newest = select(crawl_runs.c.finished_at).where(*of_channel).order_by(crawl_runs.c.finished_at.desc()).limit(1)
        success = newest.where(crawl_runs.c.outcome.in_(_SUCCEEDED))
        new_post = newest.where(crawl_runs.c.posts_new > 0)
        ends = select(
            channels.c.id, success.scalar_subquery().label("last_success"), new_post.scalar_subquery().label("last_new_post")
        ).subquery()
        failures = (
            select(func.count())
            .where(
                crawl_runs.c.channel == ends.c.id,
                or_(ends.c.last_success.is_(None), crawl_runs.c.finished_at > ends.c.last_success),
                *known,
            )
            .scalar_subquery()
        )
        latest = self.latest(as_of)
        return {
            ChannelId(row.id): ChannelHealth(
                ChannelId(row.id), latest.get(ChannelId(row.id)), row.last_success, row.last_new_post, row.failures
            )
            for row in self._connection.execute(select(ends, failures.label("failures")))
        }

    def list(
        self, as_of: datetime | None = None, channel: ChannelId | None = None, since: datetime | None = None
    ) -> list[CrawlRun]:
        """Looks in the order in which they ended; `since` leaves out those that ended before it."""
        query = select(crawl_runs).order_by(crawl_runs.c.finished_at, crawl_runs.c.id)
        if as_of is not None:
            query = query.where(crawl_runs.c.finished_at <= as_of)
        if since is not None:
            query = query.where(crawl_runs.c.finished_at >= since)
        if channel is not None:
            query = query.where(crawl_runs.c.channel == channel)
        return [_run(row) for row in self._connection.execute(query)]


def _row(run: CrawlRun) -> dict[str, Any]:
    return {
        "channel": run.channel,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "outcome": run.outcome,
        "reason_vi": run.reason.vi if run.reason else None,
        "reason_en": run.reason.en if run.reason else None,
        "posts_seen": run.posts_seen,
        "posts_new": run.posts_new,
        "observed_from": run.observed.start if run.observed else None,
        "observed_until": run.observed.end if run.observed else None,
        "method": run.method,
        "requests": run.requests,
        "bytes": run.bytes,
    }


def _run(row: Row[Any]) -> CrawlRun:
    return CrawlRun(
        channel=ChannelId(row.channel),
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=RunOutcome(row.outcome),
        reason=Message(row.reason_vi, row.reason_en) if row.reason_vi is not None else None,
        posts_seen=row.posts_seen,
        posts_new=row.posts_new,
        observed=Interval(row.observed_from, row.observed_until) if row.observed_from else None,
        method=row.method,
        requests=row.requests,
        bytes=row.bytes,
    )
