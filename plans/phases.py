"""Stages of a plan: the items that begin with a period (`Giai đoạn từ nay đến hết năm 2024`, `Đợt 1 (quý II năm 2026)`).

An end that is an event, and `từ nay` in a plan without a date, stay without a day: their text says what is meant.
"""

import re
from dataclasses import dataclass
from datetime import date

from domain.plan import Lines, Phase, PhaseId
from plans.dates import PrintedTime, printed_times
from plans.plain import plain


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the document says about its own time: the day of issue, and the one year that it plans for."""

    issued_on: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A period read at the head of an item. `title_end` is where it stops in the text, `rest` what the item says beyond it."""

    title: str
    rest: str
    start: date | None = None
    end: date | None = None
    start_text: str | None = None
    end_text: str | None = None

    def phase(self, number: int, lines: Lines) -> Phase:
        return Phase(PhaseId(f"P{number}"), self.title, self.start, self.end, self.start_text, self.end_text, lines)


_STAGE = r"(?:giai doan|dot|thoi ky|buoc|chang)(?:\s+cao diem)?"
_ORDINAL = r"(?:(?:thu\s+)?(?:\d{1,2}|[ivx]{1,4}|mot|hai|ba)|thu\s+(?:nhat|tu|nam))"
_LABEL = re.compile(
    rf"(?:{_STAGE}(?:\s*{_ORDINAL})?(?![a-z0-9])"
    r"|thoi gian(?:\s+(?:thuc hien|tuyen truyen|trien khai|to chuc|du kien))*|thoi diem(?: tuyen truyen)?|tien do|"
    r"cao diem|dot cao diem)\s*"
)
_NUMBERED_LABEL = re.compile(rf"{_STAGE}\s*{_ORDINAL}(?![a-z0-9])")
_STOP = re.compile(
    r":|;|\.(?:\s|$)|\)|,?\s+(?:can\s+)?(?:tap trung|chu trong|day manh|thuc hien|trien khai|"
    r"to chuc)\b(?!\s+(?:bau cu|dai hoi))|,\s*(?:tuyen truyen|thong tin)\b"
)
_FROM = re.compile(r"(?:bat dau\s+)?(?:ke\s+)?tu\s+")
_TO = re.compile(r"[,\s]\s*(?:(?:cho\s+)?den|toi)\s+|\s+-\s+(?=(?:het|ngay|thang|quy|nam|\d))(?!(?:19|20)\d\d\b)")
_UNTIL = re.compile(r"(?:(?:tu nay\s+)?den(?:\s+het|\s+truoc)?|truoc|truoc khi)\s+")
_NOW = re.compile(r"(?:nay|ngay (?:ban hanh|ky)|khi ban hanh|khi (?:co )?ke hoach)\b")
_EVENT = re.compile(
    r"(?P<when>truoc|trong|sau)\s+(?:(?:khi|ngay|thoi gian|dip|qua trinh|le|ky|thang|tuan)\s+)?"
    r".{0,80}?(?:dai hoi|bau cu|hoi nghi|ky hop|le|ngay|tet|cuoc thi|su kien|khai mac|be mac|dien ra|hoi thi|"
    r"lien hoan|festival|chien dich)"
)
_OPEN_END = re.compile(r"\s*(?:va|,)?\s*(?:cac|nhung)\s+nam\s+(?:tiep theo|sau)|\s*tro di")
_FILLER = re.compile(
    r"[\s,.()]*(?:thuong xuyen|trong|thuong xuyen trong|ca|suot|va|du kien|khoang|het|cuoi|dau|giua|thoi gian|"
    r"thuc hien|day|,|[-–])?[\s,.()]*"
)
_DAY_ONLY = re.compile(r"(?:ngay\s+)?(\d{1,2})")
_HEAD_LIMIT = 400
_BEFORE_AFTER = re.compile(r"(?:Trước|Trong|Sau|Từ|Khi|Đến)\s")
_ANNOUNCES = re.compile(
    r"(?:tuyen truyen|thong tin|truyen thong|thuc hien|trien khai)\s+(?:cac |nhung )?noi dung(?:\s+(?:sau|sau day|"
    r"chinh|trong tam))*\s*:$"
)
"""The words that open a list of topics."""
_BRACKET = re.compile(r"\(([^()]{6,200})\)")


def read_period(text: str, calendar: Calendar) -> Period | None:
    """The period that an item begins with, or None: an item that merely mentions a time is a subject, not a stage."""
    bare = plain(text)
    label = _LABEL.match(bare)
    begin = label.end() if label else 0
    begin += len(bare[begin:]) - len(bare[begin:].lstrip(" :.,(-"))
    stop = _STOP.search(bare, begin, _HEAD_LIMIT)
    end = stop.start() if stop else len(text)
    if end - begin > _HEAD_LIMIT:
        return None
    announced = label is not None or bool(stop and stop[0] == ":") or len(text) <= 120
    found = _expression(text[begin:end], calendar) if announced else None
    if found is None and label and stop and stop[0] == ":":
        following = _STOP.search(bare, stop.end(), _HEAD_LIMIT)
        until = following.start() if following else len(text)
        if found := _expression(text[stop.end() : until], calendar):
            end = until
    staged = label is not None or bool(_BEFORE_AFTER.match(text))
    if found is None and staged and announced and "," in text[begin:end]:
        parts = [part.strip() for part in text[begin:end].split(",")]
        found = next((p for part in (*parts[1:], parts[0]) if (p := _expression(part, calendar))), None)
    if found is None and _BEFORE_AFTER.match(text) and stop and _ANNOUNCES.search(bare):
        found = _around_event(text[begin:end])
    plainly_dated = found is not None and bool(found.start or found.end) and "(" not in text[begin:end]
    if (label or _BEFORE_AFTER.match(text)) and not plainly_dated and (inside := _bracketed(text[:_HEAD_LIMIT], calendar)):
        found, end = inside
    if found is None:
        if not (label and _NUMBERED_LABEL.match(bare)):
            return None
        found = Period("", "")
        end = stop.start() if stop else len(text)
    closing = re.match(r"\s*\)", text[end:])
    end += closing.end() if closing and "(" in text[:end] else 0
    title = re.sub(r"[\s:;,.(-]+$", "", text[:end]).strip()
    rest = re.sub(r"^[\s:;,.)-]+", "", text[end:])
    return Period(title, rest, found.start, found.end, found.start_text, found.end_text)


def _around_event(text: str) -> Period:
    """`Sau thiên tai, khi có thiên tai xảy ra`: a stage before, during or after something that has no day."""
    said = text.rsplit(", ", 1)[-1].strip()
    before = plain(text).startswith("truoc")
    return Period("", "", None, None, None if before else said, said if before else None)


def _bracketed(text: str, calendar: Calendar) -> tuple[Period, int] | None:
    for match in _BRACKET.finditer(text):
        if found := _expression(match[1], calendar):
            return found, match.end(1)
    return None


def _expression(text: str, calendar: Calendar) -> Period | None:
    """A period that is the whole of `text`."""
    text = text.strip(" ,.")
    bare = plain(text)
    times = printed_times(text)
    if re.fullmatch(r"(?:cac|nhung) nam (?:tiep theo|sau)", bare):
        return Period("", "", None, None, text, text)
    if (start := _FROM.match(bare)) and "tự" not in text[: start.end()].lower():
        if cut := _TO.search(bare, start.end()):
            return _range(text, start.end(), cut, calendar)
        if _NOW.match(bare, start.end()) or (times and times[0].start <= start.end() + 6):
            first = calendar.issued_on if _NOW.match(bare, start.end()) else times[0].first(calendar.year)
            return Period("", "", first, None, text, None)
        return None
    until = _UNTIL.match(bare)
    if until and len(times) == 1 and times[0].start <= until.end() + 6:
        return Period("", "", None, times[0].last(calendar.year), None, text)
    if times and _covers(bare, times):
        year = times[-1].year or calendar.year
        first = times[0].first(year)
        if opened := _OPEN_END.match(bare, times[-1].end):
            return Period("", "", first, None, text[: times[-1].end].strip(), text[opened.start() :].strip())
        return Period("", "", first, times[-1].last(year), _stretch(text, times[0]), _stretch(text, times[-1]))
    if event := _EVENT.match(bare):
        if (cut := _TO.search(bare, event.end())) and event["when"] == "sau":
            return _range(text, 0, cut, calendar)
        if text[: event.end("when")].lower() in ("trước", "trong", "sau") and len(bare.split()) <= 40:
            before, during = event["when"] == "truoc", event["when"] == "trong"
            day = times[0] if times else None
            return Period(
                "",
                "",
                day.first(calendar.year) if day and not before else None,
                day.last(calendar.year) if day and (before or during) else None,
                None if before else text,
                text if before or during else None,
            )
    return None


def _stretch(text: str, time: PrintedTime) -> str:
    return text[time.start : time.end].strip(" ,.")


def _range(text: str, start: int, cut: re.Match[str], calendar: Calendar) -> Period | None:
    left, right = text[start : cut.start()], text[cut.end() :]
    lefts, rights = printed_times(left), printed_times(right)
    now = _NOW.match(plain(left))
    day_only = _DAY_ONLY.fullmatch(plain(left).strip())
    if not (now or lefts or rights or day_only) and not _EVENT_WORD.search(plain(text)):
        return None
    last = rights[-1].last(rights[-1].year or calendar.year) if rights else None
    first = None
    if now:
        first = calendar.issued_on
    elif lefts and not plain(left).startswith("sau"):
        first = lefts[0].first((rights[-1].year if rights else None) or calendar.year)
        if first and last and first > last and lefts[0].year is None:
            first = lefts[0].first(last.year - 1)
    elif day_only and last:
        first = last.replace(day=min(int(day_only[1]) or 1, last.day))
    return Period("", "", first, last, text[: cut.start()].strip(" ,"), text[cut.start() :].strip(" ,"))


_EVENT_WORD = re.compile(r"dai hoi|bau cu|hoi nghi|ky hop|khai mac|be mac|ngay|le\b|tet")


def _covers(bare: str, times: list[PrintedTime]) -> bool:
    """Whether nothing but times and small words stands in a text."""
    at = 0
    for time in times:
        if not _FILLER.fullmatch(bare[at : time.start]):
            return False
        at = time.end
    tail = bare[at:]
    if opened := _OPEN_END.match(tail):
        tail = tail[opened.end() :]
    return bool(_FILLER.fullmatch(tail))


_TITLE_PERIOD = re.compile(
    r"(?:,|\s|\()\s*((?:trong\s+)?(?:quy\s+(?:iv|i{1,3})|thang\s+\d{1,2}|0?6 thang (?:dau|cuoi))?[\s,/]*nam\s+20\d\d"
    r"|giai doan\s+20\d\d\s*-\s*20\d\d|quy\s+(?:iv|i{1,3})\s*/\s*20\d\d|thang\s+\d{1,2}/20\d\d)\s*\)?$"
)


def title_period(title: str) -> Period | None:
    """The period at the very end of a plan's title (`… năm 2022`, `… giai đoạn 2026 - 2030`), read as one phase."""
    match = _TITLE_PERIOD.search(plain(title))
    if not match:
        return None
    text = title[match.start(1) : match.end(1)].strip(" ,()")
    if years := re.findall(r"20\d\d", text) if "-" in plain(text) else None:
        return Period(text, "", date(int(years[0]), 1, 1), date(int(years[-1]), 12, 31), text, text)
    times = printed_times(text)
    if not times:
        return None
    return Period(text, "", times[0].first(), times[-1].last(times[-1].year), text, text)
