from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.due_dates import DueDate, due_dates, obligation_key, plan_due_dates, plan_horizon
from domain.plan import Obligation, Phase, PhaseId, Recurrence
from tests.builders import a_plan

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def duty(text=None, recurrence=None, deadline=None, action="báo cáo kết quả"):
    return Obligation("Văn phòng", action, deadline=deadline, deadline_text=text, recurrence=recurrence)


def days(obligation, first=FIRST, last=LAST, event=None):
    return [d.day for d in due_dates(obligation, first, last, event)]


@pytest.mark.parametrize(
    ("text", "recurrence", "expected"),
    [
        ("trước ngày 25 hằng tháng", Recurrence.MONTHLY, [date(2026, m, 25) for m in range(1, 13)]),
        ("hàng tháng", Recurrence.MONTHLY, [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        ("trước ngày 30 hằng tháng", Recurrence.MONTHLY, [date(2026, 1, 30), date(2026, 2, 28)]),
        ("trước ngày 20 của tháng cuối quý", Recurrence.QUARTERLY, [date(2026, m, 20) for m in (3, 6, 9, 12)]),
        ("ngày 05 của tháng đầu quý sau", Recurrence.QUARTERLY, [date(2026, m, 5) for m in (1, 4, 7, 10)]),
        ("hằng quý", Recurrence.QUARTERLY, [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]),
        ("trước ngày 10 … đầu quý sau", Recurrence.QUARTERLY, [date(2026, m, 10) for m in (1, 4, 7, 10)]),
        ("hằng năm trước ngày 30/11", Recurrence.ANNUAL, [date(2026, 11, 30)]),
        ("6 tháng, hằng năm … trước ngày 05/6 và trước ngày 05/12", Recurrence.ANNUAL, [date(2026, 6, 5), date(2026, 12, 5)]),
        ("định kỳ 6 tháng và hằng năm", Recurrence.ANNUAL, [date(2026, 6, 30), date(2026, 12, 31)]),
        ("hàng năm, trước ngày 15 tháng 6", Recurrence.ANNUAL, [date(2026, 6, 15)]),
        ("định kỳ hằng năm", Recurrence.ANNUAL, [date(2026, 12, 31)]),
    ],
)
def test_a_recurring_duty_falls_due_each_time(text, recurrence, expected):
    assert days(duty(text, recurrence))[: len(expected)] == expected


def test_a_weekly_duty_falls_due_on_its_weekday_or_else_on_fridays():
    assert days(duty("sáng thứ hai hằng tuần"), date(2026, 11, 4), date(2026, 11, 20)) == [date(2026, 11, 9), date(2026, 11, 16)]
    assert days(duty("báo cáo hằng tuần"), date(2026, 11, 4), date(2026, 11, 20)) == [
        date(2026, 11, 6),
        date(2026, 11, 13),
        date(2026, 11, 20),
    ]


def test_a_printed_day_falls_due_once_even_on_a_day_off():
    assert days(duty("trước ngày 22/11/2026", deadline=date(2026, 11, 22))) == [date(2026, 11, 22)]


def test_a_duty_that_goes_on_or_has_no_time_never_falls_due():
    assert days(duty("thường xuyên", Recurrence.CONTINUOUS)) == []
    assert days(duty()) == []


def test_a_duty_after_an_event_waits_for_it_in_its_own_words():
    obligation = duty("trong vòng 10 ngày kể từ khi kết thúc đại hội")
    assert due_dates(obligation, FIRST, LAST) == (
        DueDate(obligation_key(obligation), None, "trong vòng 10 ngày kể từ khi kết thúc đại hội"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trong vòng 10 ngày kể từ ngày khai mạc", date(2026, 11, 30)),
        ("chậm nhất 05 ngày làm việc sau hội nghị", date(2026, 11, 27)),
        ("24 giờ sau khi sự việc xảy ra", date(2026, 11, 21)),
        ("sau 2 tuần kể từ khi có hướng dẫn", date(2026, 12, 4)),
        ("ngay khi có kết quả", date(2026, 11, 20)),
        ("trong 1 tháng kể từ khi ban hành", date(2026, 12, 20)),
        ("chậm nhất 10 ngày trước khi bắt đầu chuyên đề", date(2026, 11, 10)),
        ("trước ngày khai mạc 05 ngày làm việc", date(2026, 11, 13)),
        ("24 giờ trước hội nghị", date(2026, 11, 19)),
        ("01 tháng trước kỳ bầu cử", date(2026, 10, 20)),
        ("gửi trước 5 ngày", date(2026, 11, 15)),
        ("trước 17 giờ ngày diễn ra sự kiện", date(2026, 11, 20)),
    ],
)
def test_once_the_event_has_a_date_the_duty_is_counted_from_it(text, expected):
    assert days(duty(text), event=date(2026, 11, 20)) == [expected]


def test_the_calendar_of_a_plan_is_in_order_with_waiting_duties_last():
    waiting = duty("ngay khi có kết quả", action="gửi tin")
    plan = a_plan(obligations=(waiting, duty("hằng quý", Recurrence.QUARTERLY), duty(deadline=date(2026, 2, 3))))
    found = plan_due_dates(plan, FIRST, LAST, {})
    assert [d.day for d in found] == [date(2026, 2, 3), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), LAST, None]
    moved = plan_due_dates(plan, FIRST, LAST, {obligation_key(waiting): date(2026, 1, 5)})
    assert moved[0] == DueDate(obligation_key(waiting), date(2026, 1, 5))


def test_a_duty_keeps_its_identity_over_case_marks_and_white_space():
    assert obligation_key(duty("Trước ngày 25 hằng tháng")) == obligation_key(duty("trước  ngày 25 HẰNG THÁNG"))
    assert obligation_key(duty("hằng quý")) != obligation_key(duty("hằng tháng"))


def test_an_open_plan_is_looked_at_to_the_end_of_next_year():
    plan = a_plan(phases=(Phase(PhaseId("P1"), "Đợt 1", date(2026, 3, 1), None),))
    assert plan_horizon(plan, date(2026, 11, 21)) == (date(2026, 3, 1), date(2027, 12, 31))


@given(
    st.sampled_from(
        ["trước ngày 31 hằng tháng", "hằng tháng", "ngày 29", "hằng năm trước ngày 29/2", "hằng tuần", "thứ 7 hằng tuần"]
    ),
    st.none() | st.sampled_from(Recurrence),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(0, 800),
)
def test_due_dates_stay_within_the_asked_days_and_in_order(text, recurrence, first, length):
    last = first + timedelta(days=length)
    found = [d.day for d in due_dates(duty(text, recurrence), first, last) if d.day]
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
