from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coverage import CoverageStatus, cover, windows_of
from domain.dates import Interval
from domain.plan import Period, Requirement, TopicId
from domain.tag import effective_tags
from domain.unit import ChannelKind
from domain.weeks import Week
from tests.builders import NOON, a_channel, a_plan, a_post, a_run, a_tag, a_topic, a_unit

DAY = timedelta(days=1)
WINDOW = Interval(datetime(2026, 10, 31, 17, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC))
AFTER = WINDOW.end + 3 * DAY
SEEN_ALL = Interval(WINDOW.start - DAY, AFTER)


def judged(posts=(), runs=None, as_of=AFTER, plan=None, unit=None, tags=None, week=None):
    plan, unit = plan or a_plan(), unit or a_unit()
    tags = [a_tag(p) for p in posts] if tags is None else tags
    runs = [a_run(c, SEEN_ALL) for c in unit.channels] if runs is None else runs
    return cover(plan, [unit], posts, effective_tags(tags, ()), runs, as_of, week).cell(unit.code, TopicId("1.1"))


def test_a_post_in_the_window_covers_the_topic():
    cell = judged([a_post()])
    assert (cell.status, cell.posts, cell.originals, cell.required) == (CoverageStatus.COVERED, 1, 1, 1)
    assert cell.first_post == NOON
    assert cell.due == date(2026, 11, 30)


def test_nothing_found_while_everything_was_seen_is_missing():
    assert judged().status is CoverageStatus.MISSING


def test_nothing_found_while_nobody_looked_is_unknown_with_the_gap():
    cell = judged(runs=[])
    assert cell.status is CoverageStatus.UNKNOWN
    assert cell.gaps == (WINDOW,)


def test_an_hour_that_nobody_saw_keeps_a_unit_from_being_called_missing():
    hole = Interval(NOON, NOON + timedelta(hours=1))
    looks = [a_run(observed=Interval(SEEN_ALL.start, hole.start)), a_run(observed=Interval(hole.end, SEEN_ALL.end))]
    cell = judged(runs=looks)
    assert (cell.status, cell.gaps) == (CoverageStatus.UNKNOWN, (hole,))


def test_a_gap_that_a_later_look_closes_counts_as_closed():
    hole = Interval(NOON, NOON + timedelta(hours=1))
    looks = [
        a_run(observed=Interval(SEEN_ALL.start, hole.start)),
        a_run(observed=Interval(hole.end, WINDOW.end)),
        a_run(observed=Interval(hole.start - DAY, SEEN_ALL.end)),
    ]
    assert judged(runs=looks).status is CoverageStatus.MISSING


def test_one_unseen_channel_of_two_keeps_the_cell_unknown():
    page = a_channel(url="https://page.example/so-a", kind=ChannelKind.FACEBOOK)
    unit = a_unit()
    both = a_unit(channels=(*unit.channels, page))
    assert judged(unit=both, runs=[a_run(unit.channels[0], SEEN_ALL)]).status is CoverageStatus.UNKNOWN


def test_only_the_channels_that_count_must_have_been_seen():
    page = a_channel(url="https://page.example/so-a", kind=ChannelKind.FACEBOOK)
    unit = a_unit(channels=(*a_unit().channels, page))
    plan = a_plan(
        requirements=(Requirement(TopicId("1.1"), start=date(2026, 11, 1), end=date(2026, 11, 30), channel_kinds=("website",)),)
    )
    assert judged(plan=plan, unit=unit, runs=[a_run(unit.channels[0], SEEN_ALL)]).status is CoverageStatus.MISSING


def test_before_the_last_day_is_over_a_topic_is_due():
    assert judged(as_of=WINDOW.end - timedelta(minutes=1)).status is CoverageStatus.DUE


def test_a_post_after_the_last_day_is_late():
    assert judged([a_post(published_at=WINDOW.end + timedelta(minutes=1))]).status is CoverageStatus.LATE


def test_a_post_of_the_next_phase_is_not_a_late_one_of_the_phase_before():
    phases = (
        Requirement(TopicId("1.1"), start=date(2026, 10, 1), end=date(2026, 10, 31)),
        Requirement(TopicId("1.1"), start=date(2026, 11, 1), end=date(2026, 11, 30)),
    )
    runs = [a_run(observed=Interval(datetime(2026, 9, 1, tzinfo=UTC), AFTER))]
    assert judged([a_post()], runs=runs, plan=a_plan(requirements=phases)).status is CoverageStatus.MISSING


def test_the_last_minute_of_the_last_day_in_viet_nam_is_in_time():
    assert judged([a_post(published_at=WINDOW.end - timedelta(minutes=1))]).status is CoverageStatus.COVERED


def test_a_repost_is_counted_apart_and_does_not_meet_the_minimum():
    cell = judged([a_post(original_of=a_post("https://other.example/x").id)])
    assert (cell.status, cell.posts, cell.originals, cell.reposts) == (CoverageStatus.MISSING, 1, 0, 1)
    assert (cell.toward, cell.required) == (0, 1)


def test_a_requirement_may_let_reposts_count():
    plan = a_plan(requirements=(Requirement(TopicId("1.1"), start=date(2026, 11, 1), end=date(2026, 11, 30), counts_reposts=True),))
    assert judged([a_post(original_of=a_post("https://other.example/x").id)], plan=plan).status is CoverageStatus.COVERED


def test_an_undated_post_waits_and_shows_what_it_could_change():
    post = a_post(published_at=None, published_source=None)
    cell = judged([post])
    assert (cell.status, cell.best_status, cell.posts) == (CoverageStatus.MISSING, CoverageStatus.COVERED, 0)
    assert cell.waiting == (post.id,)


def test_what_was_first_seen_after_the_asked_time_is_not_known():
    post = a_post(first_seen=AFTER + DAY)
    assert judged([post]).status is CoverageStatus.MISSING


def test_a_look_after_the_asked_time_proves_nothing():
    assert judged(runs=[a_run(observed=SEEN_ALL, at=AFTER + DAY)]).status is CoverageStatus.UNKNOWN


def test_a_unit_of_another_group_owes_nothing():
    plan = a_plan(requirements=(Requirement(TopicId("1.1"), unit_group="Các xã, phường"),))
    assert judged(plan=plan).status is CoverageStatus.NOT_REQUIRED


def test_group_names_are_compared_without_case_marks_and_a_leading_cac():
    plan = a_plan(requirements=(Requirement(TopicId("1.1"), unit_group="CÁC SỞ, BAN, NGÀNH", end=date(2026, 11, 30)),))
    assert judged([a_post()], plan=plan).status is CoverageStatus.COVERED


def test_a_unit_without_any_channel_is_unknown_never_missing():
    cell = judged(unit=a_unit(channels=()))
    assert cell.status is CoverageStatus.UNKNOWN


def test_a_channel_that_opened_later_need_not_have_been_seen_before():
    page = a_channel(url="https://page.example/so-a", kind=ChannelKind.FACEBOOK, valid_from=date(2026, 11, 20))
    unit = a_unit(channels=(*a_unit().channels, page))
    runs = [a_run(unit.channels[0], SEEN_ALL), a_run(page, Interval(datetime(2026, 11, 19, 17, tzinfo=UTC), AFTER))]
    assert judged(unit=unit, runs=runs).status is CoverageStatus.MISSING


def test_a_week_is_judged_at_its_end_with_all_that_is_known_today():
    early, later = a_post("https://so-a.example.gov.vn/a"), a_post("https://so-a.example.gov.vn/b", published_at=NOON + 8 * DAY)
    cell = judged([early, later], week=Week.of(NOON))
    assert (cell.posts, cell.in_week) == (1, 1)


def test_a_monthly_minimum_is_asked_of_every_month_that_has_begun():
    monthly = Requirement(TopicId("1.1"), 2, Period.MONTH, start=date(2026, 10, 15), end=date(2026, 12, 31))
    days = [w.start.astimezone(UTC).date() for w in windows_of(monthly, WINDOW.start, NOON)]
    assert days == [date(2026, 10, 14), date(2026, 10, 31)]
    plan = a_plan(requirements=(monthly,))
    runs = [a_run(observed=Interval(datetime(2026, 9, 1, tzinfo=UTC), NOON + DAY))]
    cell = judged([a_post()], plan=plan, as_of=NOON + DAY, runs=runs)
    assert (cell.status, cell.required, cell.posts) == (CoverageStatus.MISSING, 4, 1)


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        (Period.WEEK, [date(2026, 11, 3), date(2026, 11, 9), date(2026, 11, 16)]),
        (Period.QUARTER, [date(2026, 11, 3)]),
    ],
    ids=["weeks start on Mondays", "quarters start with their month"],
)
def test_windows_follow_the_calendar(period, starts):
    requirement = Requirement(TopicId("1.1"), period=period, start=date(2026, 11, 3))
    from domain.dates import local_day

    assert [local_day(w.start) for w in windows_of(requirement, WINDOW.start, NOON)] == starts


RANK = {
    CoverageStatus.COVERED: 3,
    CoverageStatus.LATE: 2,
    CoverageStatus.DUE: 1,
    CoverageStatus.UNKNOWN: 1,
    CoverageStatus.MISSING: 0,
}
moments = st.integers(0, 51 * 24 * 60).map(lambda m: datetime(2026, 10, 20, tzinfo=UTC) + timedelta(minutes=m))
stretches = st.tuples(moments, moments).map(lambda pair: Interval(min(pair), max(pair)))


@st.composite
def some_posts(draw):
    found = []
    for i in range(draw(st.integers(0, 6))):
        published = draw(st.none() | moments)
        found.append(
            a_post(
                f"https://so-a.example.gov.vn/{i}",
                published_at=published,
                first_seen=draw(moments),
                original_of=draw(st.none() | st.just(a_post("https://other.example/x").id)),
            )
        )
    return found


@given(some_posts(), st.lists(stretches, max_size=5), moments, st.integers(1, 3), moments)
def test_adding_a_post_never_lowers_coverage(posts, seen, as_of, minimum, published):
    plan = a_plan(requirements=(Requirement(TopicId("1.1"), minimum, start=date(2026, 11, 1), end=date(2026, 11, 30)),))
    runs = [a_run(observed=i) for i in seen]
    one_more = [*posts, a_post("https://so-a.example.gov.vn/new", published_at=published)]
    before, after = (judged(p, runs, as_of, plan) for p in (posts, one_more))
    if before.status is not CoverageStatus.NOT_REQUIRED:
        assert RANK[after.status] >= RANK[before.status]


@given(some_posts(), st.lists(stretches, max_size=5), moments, st.randoms())
def test_the_order_of_posts_and_looks_does_not_matter(posts, seen, as_of, shuffler):
    runs = [a_run(observed=i) for i in seen]
    before = judged(posts, runs, as_of)
    shuffler.shuffle(posts)
    shuffler.shuffle(runs)
    assert judged(posts, runs, as_of) == before


@given(some_posts(), st.lists(stretches, max_size=5), moments)
def test_missing_is_said_only_when_every_moment_of_the_window_was_seen(posts, seen, as_of):
    cell = judged(posts, [a_run(observed=i) for i in seen], as_of)
    if cell.status is CoverageStatus.MISSING:
        minutes = [WINDOW.start + timedelta(hours=h) for h in range(30 * 24)]
        known = [i for i in seen if i.end <= as_of]
        assert all(any(m in i for i in known) for m in minutes)


@given(some_posts(), st.lists(stretches, max_size=5), moments, st.lists(moments, max_size=3))
def test_what_was_shown_as_of_a_moment_stays_whatever_comes_later(posts, seen, as_of, later):
    runs = [a_run(observed=i) for i in seen]
    before = judged(posts, runs, as_of)
    more_posts = [a_post(f"https://so-a.example.gov.vn/later-{i}", first_seen=max(m, as_of + DAY)) for i, m in enumerate(later)]
    more_runs = [a_run(observed=SEEN_ALL, at=as_of + DAY)]
    assert judged([*posts, *more_posts], [*runs, *more_runs], as_of) == before


def test_a_topic_that_no_requirement_names_still_shows_its_posts():
    plan = a_plan(topics=(a_topic(),), requirements=())
    cell = judged([a_post()], plan=plan)
    assert (cell.status, cell.posts) == (CoverageStatus.NOT_REQUIRED, 1)
