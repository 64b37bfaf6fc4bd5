"""Dates as Vietnamese pages write them, day first, in Viet Nam's time."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import dateparser

from domain.dates import VIETNAM
from domain.text import one_line, strip_marks

_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T ]\s*(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_ZONE_BEFORE_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})([+-]\d{2})(\d{2}:\d{2}:\d{2})$")
"""NukeViet writes 2026-11-20+0714:30:00 for half past two at +07."""
_TIME = (
    r"(?P<H{0}>\d{{1,2}})\s*(?:[:hg]|giờ)\s*(?P<M{0}>\d{{2}})?(?:\s*(?:phút|[:']))?(?::?\d{{2}})?"
    r"\s*(?P<half{0}>AM|PM|SA|CH|sáng|chiều|tối)?\b"
)
_MONTH_WORDS = "giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?|chạp"
_DAY = (
    r"(?:(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})(?!\d)"
    rf"|(?:ngày\s+)?(?P<d2>\d{{1,2}})\s*tháng\s*(?P<m2>\d{{1,2}}|{_MONTH_WORDS})\s*,?\s*(?:năm\s*)?(?P<y2>\d{{4}}))"
)
_LINK = r"\s*(?:[,|;–—-]|lúc|vào lúc|ngày|thứ \w+|chủ nhật|,|\(|\s)*\s*"
_DAY_THEN_TIME = re.compile(rf"(?<![\d/.-]){_DAY}(?:{_LINK}{_TIME.format('a')})?", re.I)
_TIME_THEN_DAY = re.compile(rf"(?<![\d:]){_TIME.format('b')}{_LINK}{_DAY}", re.I)
_RELATIVE = re.compile(r"(?:(\d{1,3})\s*(phút|giờ|ngày|tuần)\s*trước|hôm nay|hôm qua)(?:[\s,lúc]*(\d{1,2})[:h](\d{2}))?", re.I)
_NUMBERS = ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai")
_MONTHS = {name: number for number, name in enumerate(_NUMBERS, start=1)} | {"gieng": 1, "bon": 4, "chap": 12}


def parse_machine_date(text: str) -> datetime | None:
    """A date for machines (meta, JSON-LD, `datetime` attributes). A zone that is given is kept, else it is Viet Nam's."""
    text = text.strip()
    if broken := _ZONE_BEFORE_TIME.match(text):
        text = f"{broken[1]}T{broken[3]}{broken[2]}:00"
    if not (match := _ISO.match(text)):
        return _mail_date(text) or parse_visible_date(text)
    zone = match["zone"] or ""
    if re.fullmatch(r"[+-]\d{2}", zone):
        zone += ":00"
    clock = f"T{int(match['H']):02}:{match['M']}:{match['S'] or '00'}" if match["H"] else "T00:00:00"
    day = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    try:
        moment = datetime.fromisoformat(day + clock + zone.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _mail_date(text: str) -> datetime | None:
    """RFC 2822, as RSS has it."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def parse_visible_date(text: str, now: datetime | None = None) -> datetime | None:
    """The first date in a line for readers. Relative ones (“5 giờ trước”) need `now`. None when there is none."""
    line = one_line(text)
    if match := _TIME_THEN_DAY.search(line) or _DAY_THEN_TIME.search(line):
        return _from_match(match)
    if match := _ISO.search(line):
        return parse_machine_date(match[0])
    if now is not None and (match := _RELATIVE.search(line)):
        return _relative(match[0], now)
    return None


def _from_match(match: "re.Match[str]") -> datetime | None:
    parts = match.groupdict()
    month = parts["m"] or parts["m2"] or ""
    number = int(month) if month.isdigit() else _MONTHS.get(strip_marks(month).lower(), 0)
    year = int(parts["y"] or parts["y2"] or 0)
    hour = int(parts.get("Ha") or parts.get("Hb") or 0)
    minute = int(parts.get("Ma") or parts.get("Mb") or 0)
    half = (parts.get("halfa") or parts.get("halfb") or "").lower()
    if half in ("pm", "ch", "chiều", "tối") and hour < 12:
        hour += 12
    elif half in ("am", "sa", "sáng") and hour == 12:
        hour = 0
    try:
        return datetime(
            year + 2000 if year < 100 else year, number, int(parts["d"] or parts["d2"] or 0), hour, minute, tzinfo=VIETNAM
        )
    except ValueError:
        return None


def _relative(text: str, now: datetime) -> datetime | None:
    local = now.astimezone(VIETNAM).replace(tzinfo=None)
    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": local, "PREFER_DATES_FROM": "past"}
    found = dateparser.parse(text, languages=["vi"], settings=settings)
    if found is None or found > local + timedelta(minutes=1):
        return None
    return found.replace(tzinfo=VIETNAM)
