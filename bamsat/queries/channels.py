"""The health of channels: when each was last looked at, and with what result."""

from dataclasses import dataclass
from datetime import datetime

from domain.access import Viewer
from domain.crawl_run import RunOutcome
from domain.dates import local_day
from domain.errors import Message
from domain.unit import Channel, Unit
from store import Store


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    channel: Channel
    unit: Unit
    outcome: RunOutcome
    reason: Message | None
    last_look: datetime | None
    last_success: datetime | None
    last_new_post: datetime | None
    failures: int
    """Looks in a row that failed, up to the last one."""


def channel_status(viewer: Viewer, store: Store, now: datetime) -> list[ChannelStatus]:
    """Every channel of the units that the viewer may see, in the order of units."""
    found = []
    with store.reading() as tx:
        health = tx.crawl_runs.health(as_of=now)
        for unit in tx.units.list(on=local_day(now)):
            if not viewer.sees_unit(unit.code):
                continue
            for channel in unit.channels:
                known = health[channel.id]
                latest = known.latest
                found.append(
                    ChannelStatus(
                        channel=channel,
                        unit=unit,
                        outcome=latest.outcome if latest else RunOutcome.NEVER,
                        reason=latest.reason if latest else None,
                        last_look=latest.finished_at if latest else None,
                        last_success=known.last_success,
                        last_new_post=known.last_new_post,
                        failures=known.failures,
                    )
                )
    return found
