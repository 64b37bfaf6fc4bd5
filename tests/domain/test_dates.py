from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import Interval, day_end, day_start, gaps, local_day, merge, show_day, show_moment
from domain.errors import InvalidInput
from domain.weeks import Week

moments = st.integers(0, 200).map(lambda h: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=h))
stretches = st.tuples(moments, moments).map(lambda pair: Interval(min(pair), max(pair)))
HOURS = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=h) for h in range(201)]


def test_half_past_five_in_the_afternoon_utc_is_the_next_day_in_viet_nam():
    assert local_day(datetime(2026, 11, 20, 17, 30, tzinfo=UTC)) == date(2026, 11, 21)


def test_a_day_runs_from_its_midnight_to_the_next_in_viet_nam():
    day = date(2026, 11, 21)
    assert day_start(day) == datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert day_end(day) - day_start(day) == timedelta(days=1)


def test_dates_are_shown_as_offices_write_them():
    assert show_day(date(2026, 2, 3)) == "03/02/2026"
    assert show_moment(datetime(2026, 11, 20, 17, 5, tzinfo=UTC)) == "21/11/2026 00:05"


def test_an_interval_needs_aware_moments_in_their_order():
    with pytest.raises(ValueError, match="aware"):
        Interval(HOURS[0].replace(tzinfo=None), HOURS[1].replace(tzinfo=None))
    with pytest.raises(ValueError, match="before it starts"):
        Interval(HOURS[1], HOURS[0])


@given(st.lists(stretches))
def test_merging_keeps_every_moment_and_leaves_no_touching_pair(intervals):
    merged = merge(intervals)
    assert all(any(h in i for i in intervals) == any(h in i for i in merged) for h in HOURS)
    assert all(a.end < b.start for a, b in pairwise(merged))
    assert merge(merged) == merged


@given(stretches, st.lists(stretches))
def test_a_moment_is_in_a_gap_exactly_when_it_was_in_the_window_and_not_seen(window, seen):
    found = gaps(window, seen)
    for hour in HOURS:
        assert any(hour in g for g in found) == (hour in window and not any(hour in i for i in seen))


@pytest.mark.parametrize(
    ("text", "monday"),
    [("2026-W47", date(2026, 11, 16)), ("2026-W01", date(2025, 12, 29)), ("2020-W53", date(2020, 12, 28))],
    ids=["plain", "starts in the old year", "week 53"],
)
def test_weeks_follow_iso_8601(text, monday):
    week = Week.parse(text)
    assert week.monday == monday
    assert str(week) == text
    assert week.interval.start == day_start(monday)


@pytest.mark.parametrize("text", ["2026-47", "2026-W54", "2025-W53", "W47", "", "2026-W00"])
def test_what_is_no_week_is_refused_with_the_right_way_to_write_it(text):
    with pytest.raises(InvalidInput) as refusal:
        Week.parse(text)
    assert "2026-W47" in refusal.value.message.vi


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-60, 60))
def test_shifting_weeks_there_and_back_ends_where_it_began(day, count):
    week = Week.of_day(day)
    assert week.shifted(count).shifted(-count) == week
    assert week.monday <= day <= week.sunday
