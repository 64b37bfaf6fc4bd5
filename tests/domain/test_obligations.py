from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.due_dates import obligation_key, recurs
from domain.obligations import (
    EventDay,
    ObligationMark,
    ObligationState,
    belongs_to,
    calendar_entries,
    concerns,
    occasion,
    waits_for_event,
)
from domain.plan import Obligation, Phase, PhaseId, Recurrence
from tests.builders import NOON, PLAN, a_plan, a_unit

TODAY = date(2026, 11, 18)
UNIT = a_unit("SYT", "Sở Y tế", group="Sở, ban, ngành")
PHASE = Phase(PhaseId("P1"), "Đợt 1", date(2026, 11, 1), date(2026, 12, 31))


def duty(assignee="Sở Y tế", action="báo cáo", text=None, deadline=None, recurrence=None):
    return Obligation(assignee, action, deadline=deadline, deadline_text=text, recurrence=recurrence)


@pytest.mark.parametrize(
    ("assignee", "expected"),
    [
        ("Sở Y tế", True),
        ("sở y TẾ", True),
        ("SYT", True),
        ("Sở Nội vụ, Sở Y tế", True),
        ("Các sở, ban, ngành và UBND các xã, phường", True),
        ("các cơ quan, đơn vị, địa phương", True),
        ("Thủ trưởng các sở, ngành, đoàn thể, địa phương", True),
        ("Mỗi đơn vị", True),
        (None, True),
        ("Sở Nội vụ", False),
        ("Ủy ban nhân dân các xã, phường", False),
        ("Cơ quan Thường trực Ban Chỉ đạo", False),
        ("Trung tâm Y tế", False),
        ("Các trường học trên địa bàn xã", False),
    ],
)
def test_a_duty_concerns_the_unit_that_it_names_by_name_group_or_among_all(assignee, expected):
    assert concerns(duty(assignee), UNIT) is expected


@pytest.mark.parametrize(
    ("assignee", "expected"),
    [("Sở Y tế", True), ("syt", True), ("Sở Y tế và Sở Nội vụ", False), ("Các sở, ban, ngành", False), (None, False)],
)
def test_a_duty_belongs_to_a_unit_that_is_its_only_assignee(assignee, expected):
    assert belongs_to(duty(assignee), UNIT) is expected


@pytest.mark.parametrize(
    ("obligation", "repeated", "waits"),
    [
        (duty(text="hằng quý", recurrence=Recurrence.QUARTERLY), True, False),
        (duty(text="thứ Hai hằng tuần"), True, False),
        (duty(text="trước ngày 05/12/2026", deadline=date(2026, 12, 5), recurrence=Recurrence.ONCE), False, False),
        (duty(text="báo cáo hằng tuần, xong trước 05/12/2026", deadline=date(2026, 12, 5)), False, False),
        (duty(text="ngay khi có kết quả"), False, True),
        (duty(text="thường xuyên", recurrence=Recurrence.CONTINUOUS), False, False),
        (duty(), False, False),
    ],
    ids=["quarterly", "weekly", "a day", "a day wins", "an event", "always", "no time"],
)
def test_what_recurs_what_waits_and_what_falls_due_once(obligation, repeated, waits):
    assert (recurs(obligation), waits_for_event(obligation)) == (repeated, waits)
    assert occasion(obligation, TODAY) == (TODAY if repeated else None)


def test_a_duty_that_the_plan_prints_twice_is_in_the_calendar_once():
    twice = (duty(deadline=date(2026, 12, 5)), duty("SỞ Y TẾ", "Báo  cáo", deadline=date(2026, 12, 5)))
    (entry,) = calendar_entries(a_plan(obligations=twice, phases=(PHASE,)), TODAY)
    assert entry.obligation == twice[0]


def test_a_waiting_duty_can_be_done_before_anybody_enters_the_day():
    obligation = duty(text="ngay khi có kết quả")
    mark = ObligationMark(PLAN, obligation_key(obligation), None, True, "an", NOON)
    (entry,) = calendar_entries(a_plan(obligations=(obligation,)), TODAY, (), [mark])
    assert (entry.state, entry.due.day) == (ObligationState.DONE, None)


duties = st.builds(
    duty,
    action=st.sampled_from(["báo cáo", "gửi tin", "tổng kết"]),
    text=st.sampled_from([None, "ngay khi có kết quả", "hằng tuần", "05 ngày trước khi khai mạc", "trước ngày 25"]),
    deadline=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    recurrence=st.none() | st.sampled_from(Recurrence),
)
words_on = st.tuples(st.integers(0, 5), st.booleans(), st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)))


@given(st.lists(duties, max_size=6), st.lists(words_on, max_size=5), st.lists(words_on, max_size=5))
def test_a_calendar_is_in_order_and_each_state_follows_from_day_and_mark(obligations, said, marked):
    plan = a_plan(obligations=tuple(obligations), phases=(PHASE,))
    keys = [obligation_key(o) for o in obligations] or [obligation_key(duty())]
    events = [EventDay(PLAN, keys[n % len(keys)], day, "an", NOON) for n, _, day in said]
    marks = [ObligationMark(PLAN, keys[n % len(keys)], day, done, "an", NOON) for n, done, day in marked]
    entries = calendar_entries(plan, TODAY, events, marks)
    days = [e.due.day for e in entries if e.due.day]
    assert days == sorted(days)
    assert [e.due.day is None for e in entries] == sorted(e.due.day is None for e in entries)
    assert len({(e.key, e.due.day) for e in entries}) == len(entries)
    for e in entries:
        if e.mark and e.mark.done:
            expected = ObligationState.DONE
        elif e.due.day is None:
            expected = ObligationState.WAITING
        elif e.due.day < TODAY:
            expected = ObligationState.OVERDUE
        else:
            expected = ObligationState.SOON if e.due.day - TODAY < timedelta(days=14) else ObligationState.LATER
        assert e.state is expected
        held = [m for m in marks if (m.obligation, m.due) == (e.key, occasion(e.obligation, e.due.day))]
        assert e.mark == (held[-1] if held else None)
    assert calendar_entries(replace(plan, title="Tên khác"), TODAY, events, marks) == entries
