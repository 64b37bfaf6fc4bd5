"""The calendar of a plan's obligations as an iCalendar file (RFC 5545), for the calendar program of an office."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from domain.dates import local_day, show_day
from domain.errors import Language, Message
from domain.obligations import CalendarEntry, ObligationState, PlanCalendar, occasion

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Bam Sat//Plan obligations//VI"


def calendar_file(calendar: PlanCalendar, at: datetime, language: Language = "vi") -> bytes:
    """An all-day event for each due date. What waits for an event has no day: it is left out and counted in the description.

    An event keeps its UID when it is exported again, so that a calendar program updates it instead of adding another one; `at`
    is the moment of the export.
    """
    plan = calendar.version.plan
    waiting = sum(e.due.day is None for e in calendar.entries)
    title = f"{plan.number}: {plan.title}" if plan.number else plan.title
    known = show_day(local_day(calendar.as_of))
    told = Message(
        f"Nhiệm vụ có thời hạn của kế hoạch, tính đến {known}. Số nhiệm vụ đang chờ ngày của sự kiện: {waiting}.",
        f"The plan's dated obligations as of {known}. Waiting for the day of an event: {waiting}.",
    ).in_language(language)
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", _PRODUCT)
    file.add("calscale", "GREGORIAN")
    # RFC 7986 has names of its own; programs that are older know the X- ones.
    for name, words in (("name", title), ("x-wr-calname", title), ("description", told), ("x-wr-caldesc", told)):
        file.add(name, _printable(words))
    file.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for entry in calendar.entries:
        if entry.due.day is not None:
            file.add_component(_event(calendar, entry, at, language))
    return bytes(file.to_ical())


def _event(calendar: PlanCalendar, entry: CalendarEntry, at: datetime, language: Language) -> Event:
    day = entry.due.day
    if day is None:
        raise ValueError("an obligation that waits has no day to put into a calendar")
    moment = at.astimezone(UTC).replace(microsecond=0)
    duty = entry.obligation
    event = Event()
    event.add("uid", _uid(calendar, entry))
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _printable(f"{duty.assignee}: {duty.action}" if duty.assignee else duty.action))
    event.add("description", "\n".join(map(_printable, _description(calendar, entry, language))))
    return event


def _uid(calendar: PlanCalendar, entry: CalendarEntry) -> str:
    """One that falls due once keeps its UID when the day of its event moves."""
    time = occasion(entry.obligation, entry.due.day)
    return f"{entry.key}{f'-{time:%Y%m%d}' if time else ''}@{calendar.version.plan_id}.bamsat"


def _description(calendar: PlanCalendar, entry: CalendarEntry, language: Language) -> list[str]:
    vi = language == "vi"
    duty, plan = entry.obligation, calendar.version.plan
    lines = [f"{'Kế hoạch' if vi else 'Plan'}: {plan.number or plan.title}"]
    if duty.deadline_text:
        lines.append(f"{'Thời hạn' if vi else 'Deadline'}: {duty.deadline_text}")
    if duty.report_to:
        lines.append(f"{'Gửi về' if vi else 'Report to'}: {duty.report_to}")
    if entry.state is ObligationState.DONE and entry.mark:
        lines.append(f"{'Đã xong' if vi else 'Done'}: {show_day(local_day(entry.mark.at))}")
        lines.extend(word for word in (entry.mark.note, entry.mark.link) if word)
    return lines


def _printable(text: str) -> str:
    """RFC 5545 has no place for control characters; a line break within a value is none of the plan's."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
