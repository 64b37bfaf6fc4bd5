"""Anniversaries to be marked: `95 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2025)`; the second date is the day."""

import re
from collections.abc import Iterable

from domain.plan import Anniversary, Lines
from plans.dates import printed_times
from plans.plain import plain

_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?"
_YEARS = r"(?:lan thu \d+|\d{1,4}\s+nam)"
_NAME = rf"(?P<name>(?:(?:{_YEARS})\s+)?(?:ngay|{_YEARS}\s)[^();:]{{3,180}}?|{_YEARS}\s+[^();:]{{3,180}}?)"
_PATTERN = re.compile(
    rf"{_NAME}\s*,?\s*\((?:ngay\s+)?(?P<first>{_DAY}|\d{{4}})(?:\s*-\s*(?:ngay\s+)?(?P<second>{_DAY}|\d{{4}}))?\)"
)
_SAME_DAY = re.compile(
    r"(?P<name>[^();:,.]{6,140}?)\s*\((?P<first>(?P<day>\d{1,2}\s*[/.]\s*\d{1,2})\s*[/.]\s*\d{4})\s*-\s*(?P<second>(?P=day)\s*[/.]\s*\d{4})\)"
)
"""One day of the year in two years, whatever the day is called."""
_UNDATED = re.compile(rf"(?:{_YEARS}\s+)?ngay\s+[^\W\d][^();:.,]{{5,120}}")
_PAST = re.compile(r"(?:phat bieu|bai viet|bai noi|dien van|tai le ky niem|trong le ky niem|tai buoi le)\b[^;]*$")
_INNER = re.compile(rf".*(?:[,;]\s+|\b(?:va|ky niem|mung|nhan dip|la)\s+)(?=(?:{_YEARS}\s+)?ngay\b|{_YEARS}\s)")
_LISTED = re.compile(r"\s*(?:va|cung)\s+")
_LEAD = re.compile(r"^(?:ky niem|chao mung|nhan dip|tuyen truyen)\s+")
_OWN_DATE = re.compile(r"ngay\s+\d")


def anniversary_spans(text: str) -> list[tuple[int, int]]:
    """Where anniversaries with their dates stand, also those of the past."""
    return [m.span() for m in _PATTERN.finditer(plain(text))]


def anniversaries(text: str, lines: Lines) -> list[Anniversary]:
    """The anniversaries that a text wants marked. A ceremony at which somebody spoke is past and is left out.

    One without a date is taken when it stands in a list between dated ones; a date without a year stays None.
    """
    bare = plain(text)
    found: list[Anniversary] = []
    end = 0
    matches = list(_PATTERN.finditer(bare))
    matches += [m for m in _SAME_DAY.finditer(bare) if not any(m.end() == other.end() for other in matches)]
    for match in sorted(matches, key=lambda m: m.end()):
        if found and (between := _between(text, bare, end, match.start(), lines)):
            found.append(between)
        start = match.start("name")
        if inner := _INNER.match(bare[start : match.end("name")]):
            start += inner.end()
        if _PAST.search(bare[max(0, start - 200) : start]):
            continue
        start += lead.end() if (lead := _LEAD.match(bare[start:])) else 0
        name = text[start : match.end("name")].strip(" ,.")
        printed = match["second"] or match["first"]
        if printed.isdigit() and "ky niem" not in bare[max(0, start - 60) : start].rsplit(";", 1)[-1]:
            continue
        if _OWN_DATE.match(bare[start:]) or not printed:
            continue
        times = printed_times(printed.replace(".", "/").replace("-", "/"))
        day = times[0].first() if times and (match["second"] or times[0].year) else None
        if listed := _LISTED.match(bare[start:]):
            start += listed.end()
            name = text[start : match.end("name")].strip(" ,.")
        if match["second"] is None and not re.match(rf"{_YEARS}|ngay\s", bare[start:]):
            continue
        found.append(Anniversary(name, day, lines))
        end = match.end()
    return found


def _between(text: str, bare: str, start: int, end: int, lines: Lines) -> Anniversary | None:
    """`… (31/3/2025) và Ngày giải phóng các địa phương trong tỉnh; …`: named, without a date."""
    gap = re.match(r"\s*(?:,|va)\s+", bare[start:end])
    match = _UNDATED.match(bare, start + gap.end(), end) if gap else None
    if not match or bare[match.end() : match.end() + 1] not in (";", ".", ","):
        return None
    return Anniversary(text[match.start() : match.end()].strip(), None, lines)


def distinct(found: Iterable[Anniversary]) -> tuple[Anniversary, ...]:
    """Each day and name once."""
    seen: dict[tuple[str, object], Anniversary] = {}
    for anniversary in found:
        seen.setdefault(
            (plain(anniversary.name) if anniversary.date is None else plain(anniversary.name)[:40], anniversary.date), anniversary
        )
    return tuple(seen.values())
