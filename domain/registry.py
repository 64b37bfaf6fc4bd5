"""What loading a registry table would change, before it is changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.unit import Unit, UnitCode


@dataclass(frozen=True, slots=True)
class RegistryDifference:
    """`added`, `changed` (before, after) and `absent`: units of the registry that the table does not list; they stay."""

    added: tuple[Unit, ...] = ()
    changed: tuple[tuple[Unit, Unit], ...] = ()
    unchanged: tuple[Unit, ...] = ()
    absent: tuple[Unit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def registry_difference(before: Iterable[Unit], table: Iterable[Unit], on: date) -> RegistryDifference:
    """Compares the registry with a table. A channel that a listed unit no longer has ends with the day `on`."""
    old = {u.code: u for u in before}
    added, changed, unchanged = [], [], []
    listed: set[UnitCode] = set()
    for unit in table:
        listed.add(unit.code)
        known = old.get(unit.code)
        if known is None:
            added.append(unit)
            continue
        after = _merged(known, unit, on)
        if after == known:
            unchanged.append(known)
        else:
            changed.append((known, after))
    absent = tuple(u for u in old.values() if u.code not in listed and u.valid_until is None)
    return RegistryDifference(tuple(added), tuple(changed), tuple(unchanged), absent)


def _merged(known: Unit, listed: Unit, on: date) -> Unit:
    given = {c.id: c for c in listed.channels}
    channels = []
    for channel in known.channels:
        if new := given.pop(channel.id, None):
            channels.append(replace(channel, posts_per_week=new.posts_per_week, url=new.url, valid_until=None))
        elif channel.valid_until is None:
            channels.append(replace(channel, valid_until=on))
        else:
            channels.append(channel)
    return replace(known, name=listed.name, group=listed.group, contact=listed.contact, channels=(*channels, *given.values()))
