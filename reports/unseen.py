"""Which channels could not be looked at, over which stretches, and since when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.coverage import CoverageMatrix, UnitCoverage
from domain.crawl_run import CrawlRun, RunOutcome
from domain.dates import Interval, day_end, day_start, gaps
from domain.errors import Message
from domain.unit import Channel, ChannelId, Unit

_NOT_FAR_ENOUGH = Message(
    "Các lần xem không nhìn ngược được về hết khoảng này.",
    "The looks did not reach back over all of this stretch.",
)
LOOKED_DAILY = timedelta(days=1)
"""Channels are looked at once a day: the stretch since the last good look is no gap until it is longer than that."""


@dataclass(frozen=True, slots=True)
class UnseenChannel:
    """A channel with stretches that nobody saw. `seen_until` is the end of what was last seen, None when nothing ever was.

    `outcome`, `reason` and `last_look` are those of the channel's last look, whether it succeeded or not.
    """

    unit: Unit
    channel: Channel
    gaps: tuple[Interval, ...]
    seen_until: datetime | None
    outcome: RunOutcome
    reason: Message | None
    last_look: datetime | None


def unseen_channels(matrix: CoverageMatrix, runs: Iterable[CrawlRun]) -> tuple[UnseenChannel, ...]:
    """Every channel that was not seen in all of the asked week, or in all of the time that an UNKNOWN cell asks about.

    Runs ended after the matrix's `as_of` do not count. The order is that of the matrix, so equal facts give equal lists.
    """
    by_channel: dict[ChannelId, list[CrawlRun]] = defaultdict(list)
    for run in runs:
        if run.finished_at <= matrix.as_of:
            by_channel[run.channel].append(run)
    found = []
    for row in matrix.units:
        stretch = _asked(row, matrix)
        for channel in row.unit.channels:
            looks = sorted(by_channel[channel.id], key=lambda r: r.finished_at)
            unseen = _unseen_parts(row, channel, looks, stretch)
            if unseen:
                last = looks[-1] if looks else None
                found.append(
                    UnseenChannel(
                        unit=row.unit,
                        channel=channel,
                        gaps=unseen,
                        seen_until=max((r.observed.end for r in looks if r.observed), default=None),
                        outcome=last.outcome if last else RunOutcome.NEVER,
                        reason=last.reason or _NOT_FAR_ENOUGH if last else None,
                        last_look=last.finished_at if last else None,
                    )
                )
    return tuple(found)


def _asked(row: UnitCoverage, matrix: CoverageMatrix) -> Interval:
    """From the start of the week, or of the first gap that made a cell UNKNOWN, to the moment that is judged."""
    starts = [gap.start for cell in row.cells for gap in cell.gaps]
    if matrix.week:
        starts.append(matrix.week.interval.start)
    return Interval(min([*starts, matrix.until]), matrix.until)


def _unseen_parts(row: UnitCoverage, channel: Channel, looks: list[CrawlRun], asked: Interval) -> tuple[Interval, ...]:
    start = max(asked.start, day_start(channel.valid_from)) if channel.valid_from else asked.start
    end = min(asked.end, day_end(channel.valid_until)) if channel.valid_until else asked.end
    if start >= end:
        return ()
    parts = gaps(Interval(start, end), tuple(r.observed for r in looks if r.observed))
    if not parts or not looks or not looks[-1].outcome.succeeded:
        return parts
    last = parts[-1]
    explains = any(gap.start < last.end and gap.end > last.start for cell in row.cells for gap in cell.gaps)
    return parts[:-1] if last.end == end and last.end - last.start < LOOKED_DAILY and not explains else parts
