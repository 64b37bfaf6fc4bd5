"""The iCalendar file, opened with the library that did not only write it: its lines are also taken apart by hand (RFC 5545)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from domain.due_dates import obligation_key
from domain.obligations import EventDay, ObligationMark, PlanCalendar, calendar_entries
from domain.plan import Obligation, Phase, PhaseId, PlanVersion, Recurrence
from reports.calendar_file import calendar_file
from tests.builders import NOON, PLAN, a_plan

TODAY = date(2026, 11, 18)
PHASE = Phase(PhaseId("P1"), "Đợt 1", date(2026, 11, 1), date(2026, 12, 31))
LONG = "báo cáo kết quả tuyên truyền; gồm số tin, bài và hình ảnh minh họa " * 4
REPORT = Obligation(
    "Các sở, ban, ngành",
    LONG.strip(),
    deadline_text="trước ngày 25 hằng tháng",
    recurrence=Recurrence.MONTHLY,
    report_to="UBND tỉnh (qua Sở A)",
)
ONCE = Obligation("Sở An Toàn", "tổng kết", deadline=date(2026, 12, 2), deadline_text="trước ngày 02/12/2026")
AFTER = Obligation(None, "gửi tin", deadline_text="trong vòng 10 ngày kể từ ngày khai mạc")


def a_calendar(*obligations, events=(), marks=()):
    plan = a_plan(obligations=obligations, phases=(PHASE,))
    return PlanCalendar(PlanVersion(PLAN, 1, plan, NOON, "an", NOON), NOON, calendar_entries(plan, TODAY, events, marks))


def an_event_day(day):
    return EventDay(PLAN, obligation_key(AFTER), day, "an", NOON)


def lines(content):
    """The file's content lines, unfolded by hand: CRLF everywhere, no line longer than 75 bytes, a blank where one goes on."""
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    physical = content[:-2].split(b"\r\n")
    assert [p for p in physical if len(p) > 75] == []
    assert [p for p in physical if p.decode("utf-8") == ""] == [], "every physical line is whole UTF-8, and none is empty"
    return re.sub(r"\r\n[ \t]", "", content.decode("utf-8")).rstrip("\r\n").split("\r\n")


def value(unfolded, name):
    (found,) = [line.split(":", 1)[1] for line in unfolded if re.match(rf"{name}[;:]", line)]
    return found


def events_of(content):
    return {str(e["summary"]): e for e in Calendar.from_ical(content).walk("VEVENT")}


def test_a_due_date_is_an_all_day_event_with_the_words_of_the_plan():
    content = calendar_file(a_calendar(ONCE), NOON)
    unfolded = lines(content)
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert value(unfolded, "VERSION") == "2.0"
    assert value(unfolded, "DTSTART") == "20261202"
    assert value(unfolded, "DTEND") == "20261203"
    assert "DTSTART;VALUE=DATE:20261202" in unfolded
    assert value(unfolded, "DTSTAMP") == value(unfolded, "LAST-MODIFIED") == "20261118T050000Z"
    assert value(unfolded, "SUMMARY") == "Sở An Toàn: tổng kết"
    assert "Thời hạn: trước ngày 02/12/2026" in "\n".join(line for line in unfolded if line.startswith("DESCRIPTION"))


def test_long_vietnamese_words_with_commas_and_semicolons_come_back_equal():
    content = calendar_file(a_calendar(REPORT), NOON)
    unfolded = lines(content)
    assert "\\;" in "".join(unfolded)
    assert "\\," in "".join(unfolded)
    (summary,) = events_of(content)
    assert summary == f"Các sở, ban, ngành: {LONG.strip()}"
    description = str(events_of(content)[summary]["description"])
    assert description.split("\n") == [
        "Kế hoạch: 01-KH/BCĐ",
        "Thời hạn: trước ngày 25 hằng tháng",
        "Gửi về: UBND tỉnh (qua Sở A)",
    ]


def test_a_recurring_duty_has_an_event_for_each_time():
    found = list(Calendar.from_ical(calendar_file(a_calendar(REPORT), NOON)).walk("VEVENT"))
    assert [e["dtstart"].dt for e in found] == [date(2026, 11, 25), date(2026, 12, 25)]
    assert len({str(e["uid"]) for e in found}) == 2


def test_what_waits_for_its_event_is_counted_and_not_shown():
    waiting = calendar_file(a_calendar(AFTER, ONCE), NOON)
    assert list(events_of(waiting)) == ["Sở An Toàn: tổng kết"]
    assert "sự kiện: 1." in value(lines(waiting), "X-WR-CALDESC")
    dated = calendar_file(a_calendar(AFTER, ONCE, events=[an_event_day(date(2026, 11, 20))]), NOON)
    assert events_of(dated)["gửi tin"]["dtstart"].dt == date(2026, 11, 30)
    assert "sự kiện: 0." in value(lines(dated), "X-WR-CALDESC")


def test_an_export_again_updates_the_same_events_also_when_the_day_of_an_event_moved():
    def uids(day, at):
        content = calendar_file(a_calendar(REPORT, ONCE, AFTER, events=[an_event_day(day)]), at)
        return {str(e["uid"]) for e in Calendar.from_ical(content).walk("VEVENT")}

    first = uids(date(2026, 11, 20), NOON)
    assert len(first) == 4
    assert uids(date(2026, 11, 29), NOON + timedelta(days=3)) == first


def test_what_is_done_is_said_with_its_note_and_link():
    mark = ObligationMark(PLAN, obligation_key(ONCE), None, True, "an", NOON, "đã gửi", "https://so-a.example.gov.vn/bc")
    content = calendar_file(a_calendar(ONCE, marks=[mark]), NOON)
    description = str(events_of(content)["Sở An Toàn: tổng kết"]["description"])
    assert description.endswith("Đã xong: 18/11/2026\nđã gửi\nhttps://so-a.example.gov.vn/bc")
    english = calendar_file(a_calendar(ONCE, marks=[mark]), NOON, "en")
    assert "Done: 18/11/2026" in str(events_of(english)["Sở An Toàn: tổng kết"]["description"])


def test_a_calendar_without_any_due_date_is_a_calendar_all_the_same():
    assert list(Calendar.from_ical(calendar_file(a_calendar(), NOON)).walk("VEVENT")) == []


@pytest.mark.parametrize(
    "action", ["dòng một\nBEGIN:VEVENT\r\nSUMMARY:giả", "có\x00\x0bký tự lạ"], ids=["line breaks", "control characters"]
)
def test_words_of_a_hostile_plan_cannot_make_lines_of_their_own(action):
    content = calendar_file(a_calendar(Obligation("A", action, deadline=date(2026, 12, 2))), NOON)
    assert lines(content).count("BEGIN:VEVENT") == 1
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is the other argument
)
def test_any_words_make_lines_that_others_can_read(words, at):
    content = calendar_file(a_calendar(Obligation("Sở A", words, deadline=date(2026, 12, 2))), at)
    lines(content)
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(found["summary"]).split() == "".join(c if c.isprintable() else " " for c in f"Sở A: {words}").split()
