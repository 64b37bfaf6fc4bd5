"""Units and outlets that a plan's appendix lists, as a proposal to the registry: new ones and additions, never a removal."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from domain.coverage import group_key
from domain.errors import Message, Problem, Severity
from domain.plan import ListedUnit
from domain.registry import RegistryDifference, registry_difference
from domain.requirements import ALIKE
from domain.text import fold, one_line
from domain.unit import Channel, ChannelKind, Unit, UnitCode, UnitGroup, channel_id
from domain.urls import canonical_url, host_of, url_identity

NO_GROUP = UnitGroup("Chưa xếp nhóm")
"""The group of a new unit for which the appendix shows none."""
_HOSTS: Mapping[str, ChannelKind] = {
    "facebook.com": ChannelKind.FACEBOOK,
    "fb.com": ChannelKind.FACEBOOK,
    "youtube.com": ChannelKind.YOUTUBE,
    "youtu.be": ChannelKind.YOUTUBE,
    "zalo.me": ChannelKind.ZALO,
}
_NOT_AN_OUTLET = re.compile(r"facebook\.com/(?:groups|people|events|hashtag)(?:/|$)|zalo\.me/g/")
"""Groups and private profiles: what others write there is not the unit's own."""


@dataclass(frozen=True, slots=True)
class AppendixProposal:
    """What taking in the appendix would change in the registry, and what of it could not be taken in or needs a look."""

    difference: RegistryDifference
    problems: tuple[Problem, ...] = ()


def propose(listed: Sequence[ListedUnit], registry: Sequence[Unit], on: date) -> AppendixProposal:
    """Compares the units of an appendix with the registry (all of it, ended units too), on the day `on`.

    A listed unit is the registry's one of that name (or code), compared without case and marks; it keeps its code, name and
    group and gets the outlets that it does not have yet. Any other is new, with a code made of the initials of its name.
    """
    problems: list[Problem] = []
    known = {fold(word): u for u in sorted(registry, key=lambda u: not _over(u, on)) for word in (u.code, u.name)}
    codes = {u.code for u in registry}
    groups = {group_key(u.group): u.group for u in registry}
    holders = {url_identity(c.url): u for u in registry for c in u.channels if not _over(c, on)}
    proposed: dict[UnitCode, Unit] = {}
    for row in listed:
        unit = known.get(fold(row.name))
        if unit is None:
            unit = _new_unit(row, codes, groups)
            problems.extend(_doubts_on_new(row, unit, registry))
            codes.add(unit.code)
            known[fold(row.name)] = unit
        elif _over(unit, on):
            problems.append(_ended(row, unit))
            continue
        unit = proposed.get(unit.code, unit)
        channels = list(unit.channels)
        for url in _addresses(row, problems):
            holder = holders.setdefault(url_identity(url), unit)
            same = next((c for c in channels if url_identity(c.url) == url_identity(url)), None)
            if holder.code != unit.code:
                problems.append(_held(row, url, holder))
            elif same and _over(same, on):
                problems.append(_left_out(row, url, "đã ngừng trong danh bạ", "has ended in the registry"))
            elif same is None:
                kind = _kind(url)
                channels.append(Channel(channel_id(kind, url), unit.code, kind, url))
        proposed[unit.code] = replace(unit, channels=tuple(channels))
    difference = registry_difference(registry, map(_open_only, proposed.values()), on)
    # An appendix is no list of all units: that others are absent says nothing.
    return AppendixProposal(replace(difference, absent=()), tuple(problems))


def _over(what: Unit | Channel, on: date) -> bool:
    return what.valid_until is not None and what.valid_until < on


def _open_only(unit: Unit) -> Unit:
    """A table that lists an ended outlet would open it again."""
    return replace(unit, channels=tuple(c for c in unit.channels if c.valid_until is None))


def _new_unit(row: ListedUnit, codes: Iterable[UnitCode], groups: Mapping[str, UnitGroup]) -> Unit:
    group = one_line(row.group or "")
    return Unit(
        _free_code(row.name, codes), one_line(row.name), groups.get(group_key(group), UnitGroup(group) if group else NO_GROUP)
    )


def _free_code(name: str, taken: Iterable[UnitCode]) -> UnitCode:
    """The initials of the name, numbers whole (`Phường 12` → `P12`), with a number behind where others have the same."""
    used = {fold(code) for code in taken}
    initials = "".join(word if word.isdigit() else word[0] for word in fold(name).split()).upper() or "DV"
    candidates = (UnitCode(initials if n == 1 else f"{initials}-{n}") for n in range(1, len(used) + 2))
    return next(c for c in candidates if fold(c) not in used)


def _addresses(row: ListedUnit, problems: list[Problem]) -> Iterator[str]:
    for printed in row.urls:
        try:
            url = canonical_url(printed if "://" in printed else f"https://{printed}")
        except ValueError:
            problems.append(_left_out(row, printed, "không phải là địa chỉ web", "is not a web address"))
            continue
        if _NOT_AN_OUTLET.search(url):
            problems.append(
                _left_out(row, printed, "là nhóm hoặc trang cá nhân, không phải kênh chính thức", "is a group or a private profile")
            )
            continue
        yield url


def _kind(url: str) -> ChannelKind:
    host = host_of(url)
    return next((kind for name, kind in _HOSTS.items() if host == name or host.endswith(f".{name}")), ChannelKind.WEBSITE)


def _doubts_on_new(row: ListedUnit, unit: Unit, registry: Sequence[Unit]) -> Iterator[Problem]:
    if unit.group == NO_GROUP:
        yield _doubt(
            row,
            "no_group",
            Message(f"Phụ lục không cho biết nhóm của “{unit.name}”.", f"the appendix shows no group for {unit.name!r}"),
            Message("Đặt nhóm bằng bảng danh bạ (bamsat units load).", "Set it with a registry table (bamsat units load)."),
        )
    near = [(SequenceMatcher(None, fold(row.name), fold(u.name)).ratio(), u) for u in registry]
    likeness, alike = max(near, key=lambda pair: pair[0], default=(0.0, None))
    if alike and likeness >= ALIKE:
        yield _doubt(
            row,
            "alike",
            Message(
                f"“{unit.name}” chưa có trong danh bạ nhưng gần giống {alike.code} “{alike.name}”.",
                f"{unit.name!r} is not in the registry, but {alike.code} {alike.name!r} is much like it",
            ),
            Message(
                "Nếu là một đơn vị, hãy sửa tên trong danh bạ trước khi nạp.",
                "If they are one unit, correct its name in the registry before you load this.",
            ),
        )


def _ended(row: ListedUnit, unit: Unit) -> Problem:
    return _doubt(
        row,
        "ended",
        Message(
            f"“{row.name}” ({unit.code}) đã ngừng trong danh bạ nên được bỏ qua.",
            f"{row.name!r} ({unit.code}) has ended in the registry and is left out",
        ),
        Message(
            "Nếu là đơn vị mới cùng tên, hãy thêm bằng bảng danh bạ.",
            "If it is a new unit of that name, add it with a registry table.",
        ),
    )


def _held(row: ListedUnit, url: str, holder: Unit) -> Problem:
    return _left_out(
        row, url, f"đang là kênh của {holder.code} “{holder.name}”", f"is an outlet of {holder.code} {holder.name!r} already"
    )


def _left_out(row: ListedUnit, url: str, vi: str, en: str) -> Problem:
    return _doubt(
        row,
        "outlet",
        Message(f"“{row.name}”: {url} {vi} nên được bỏ qua.", f"{row.name!r}: {url} {en}; it is left out"),
        Message("Kiểm tra lại phụ lục của kế hoạch.", "Check the plan's appendix."),
    )


def _doubt(row: ListedUnit, code: str, message: Message, hint: Message) -> Problem:
    return Problem(Severity.DOUBT, code, message, hint, line=row.lines[0] if row.lines else None)
