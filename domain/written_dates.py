"""Publication dates as people write them into a table or a form: the whole text is a date, or it is refused.

Pages are another matter: there a date has to be found among other words (`crawlers/extract/vietnamese_dates.py`).
"""

import re
from datetime import UTC, date, datetime

from domain.dates import VIETNAM
from domain.errors import Message
from domain.text import strip_marks

_FILLING = re.compile(r"\b(?:ngay|luc|vao|chu nhat|thu (?:hai|ba|tu|nam|sau|bay|[2-7]))\b|[,()|]")
_CLOCK = r"(?P<hour>\d{1,2})\s*(?:[:h]|gio)\s*(?:(?P<minute>\d{2})\s*(?:phut)?(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
_HALF = r"(?:\s*(?P<half>am|pm|sa|ch|sang|chieu|toi))?"
_DAY = (
    r"(?P<day>\d{1,2})(?:\s*(?P<mark>[/.-])\s*(?P<month>\d{1,2})\s*(?P=mark)\s*"
    r"|\s*thang\s*(?P<named>\d{1,2})\s*(?:nam\s*)?)(?P<year>\d+)"
)
_DAY_FIRST = re.compile(rf"{_DAY}(?:[\s-]+{_CLOCK}{_HALF})?")
_CLOCK_FIRST = re.compile(rf"{_CLOCK}{_HALF}[\s-]+{_DAY}")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ]\s*(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(z|[+-]\d{2}(?::?\d{2})?)?)?")


class UnclearDate(ValueError):
    """A text or a value that is no date, or could be several; `message` says which, in both languages.

    `month_first`: it can only be read with the month before the day.
    """

    def __init__(self, vi: str, en: str, month_first: bool = False) -> None:
        super().__init__(en)
        self.message = Message(vi, en)
        self.month_first = month_first


def written_moment(value: object) -> datetime:
    """The moment that a cell or an option names, in UTC.

    Taken are a date or datetime, ISO 8601, and the Vietnamese forms with the day first: `18/11/2026`, `18-11-2026 09:15`,
    `09h15 ngày 18.11.2026`, `18 tháng 11 năm 2026`. Without a zone it is Vietnamese time, without a time the day's first moment.
    Raises UnclearDate for anything else: a year of two digits, a month above twelve, a number, a day that is not in the calendar.
    """
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=VIETNAM)).astimezone(UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=VIETNAM).astimezone(UTC)
    if not isinstance(value, str):
        raise UnclearDate(
            f"“{value}” là số, không phải ngày; hãy định dạng ô là ngày (dd/mm/yyyy)",
            f"{value!r} is no date: format the cell as one",
        )
    words = " ".join(_FILLING.sub(" ", strip_marks(value).lower()).split())
    try:
        moment = _iso(words) or _day_first(words, value)
    except ValueError as fault:
        if isinstance(fault, UnclearDate):
            raise
        raise UnclearDate(f"“{value}”: không có ngày giờ này", f"{value!r}: there is no such day or time") from fault
    if moment is None:
        raise UnclearDate(
            f"“{value}” không phải là ngày đọc được; hãy ghi dd/mm/yyyy hoặc dd/mm/yyyy HH:MM",
            f"{value!r} is not a date; write dd/mm/yyyy or dd/mm/yyyy HH:MM",
        )
    return moment.astimezone(UTC)


def may_be_turned_round(value: object) -> bool:
    """Whether day and month of a date could have changed places: beside a date with the month first it is not to be trusted.

    That is so for real dates of a workbook too: a spreadsheet program makes them of the texts that fit its own order.
    """
    if isinstance(value, date):
        return value.day <= 12 and value.day != value.month
    words = " ".join(_FILLING.sub(" ", strip_marks(value).lower()).split()) if isinstance(value, str) else ""
    match = _DAY_FIRST.fullmatch(words) or _CLOCK_FIRST.fullmatch(words)
    return bool(match and match["month"] and match["day"] != match["month"] and max(int(match["day"]), int(match["month"])) <= 12)


def _iso(words: str) -> datetime | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    year, month, day, clock, zone = match.groups()
    hours, minutes, seconds = (int(part) for part in f"{clock or '0:00'}:00".split(":")[:3])
    offset = "+00:00" if zone == "z" else f"{zone}:00" if zone and len(zone) == len("+07") else zone
    zone_info = datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo if offset else VIETNAM
    return datetime(int(year), int(month), int(day), hours, minutes, seconds, tzinfo=zone_info)


def _day_first(words: str, shown: str) -> datetime | None:
    match = _DAY_FIRST.fullmatch(words) or _CLOCK_FIRST.fullmatch(words)
    if match is None:
        return None
    day, month, year = int(match["day"]), int(match["month"] or match["named"]), int(match["year"])
    if len(match["year"]) != 4:
        raise UnclearDate(f"“{shown}”: năm phải ghi đủ bốn chữ số", f"{shown!r}: write the year with four digits")
    if month > 12 and day <= 12:
        raise UnclearDate(
            f"“{shown}” ghi tháng trước ngày; hãy ghi ngày trước (dd/mm/yyyy)",
            f"{shown!r} has the month first; write dd/mm/yyyy",
            True,
        )
    return datetime(year, month, day, _hour(match, shown), int(match["minute"] or 0), int(match["second"] or 0), tzinfo=VIETNAM)


def _hour(match: "re.Match[str]", shown: str) -> int:
    hour, half = int(match["hour"] or 0), match["half"]
    if half in ("pm", "ch", "chieu", "toi") and hour < 12:
        return hour + 12
    if half in ("am", "sa", "sang") and hour >= 12:
        if hour > 12:
            raise UnclearDate(f"“{shown}”: giờ và buổi không khớp", f"{shown!r}: the hour does not fit the half of the day")
        return 0
    return hour
