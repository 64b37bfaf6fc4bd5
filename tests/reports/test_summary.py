"""The week of `tests.reports.builders`, counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coverage import CoverageStatus, cover
from domain.crawl_run import RunOutcome
from domain.dates import Interval
from domain.sighting import Sighting
from reports.summary import StatusCounts, summarise
from tests.builders import a_channel, a_run, a_unit
from tests.reports.builders import AS_OF, PLAN_START, WEEK, Facts, a_moment, an_effective_tag, the_week


def by_code(summary):
    return {line.unit.code: line for line in summary.units}


def by_topic(summary):
    return {line.topic.id: line for line in summary.topics}


def test_counts_every_required_cell_once():
    summary = the_week().summary()
    assert summary.counts == StatusCounts(covered=4, late=0, due=3, missing=2, unknown=2)
    assert summary.counts.required == 11
    assert summary.counts.share == pytest.approx(4 / 11)


def test_figures_of_units():
    units = by_code(the_week().summary())
    assert (units["SO-A"].posts, units["SO-A"].in_week, units["SO-A"].published_in_week) == (4, 2, 2)
    assert (units["XA-D"].posts, units["XA-D"].originals, units["XA-D"].published_in_week) == (2, 1, 3)
    assert (units["SO-B"].waiting, units["SO-B"].published_in_previous_week) == (1, 2)


def test_a_post_on_two_topics_is_one_post_of_its_unit_and_one_of_each_topic():
    facts = the_week()
    before = facts.summary()
    facts.tags.append(an_effective_tag(facts.posts[0], "2"))
    after = facts.summary()
    assert by_code(after)["SO-A"].posts == by_code(before)["SO-A"].posts
    assert by_topic(after)["2"].posts == by_topic(before)["2"].posts + 1


def test_figures_of_topics_add_up_over_units():
    summary = the_week().summary()
    topics = by_topic(summary)
    assert [(t.posts, t.originals, t.in_week, t.in_previous_week) for t in topics.values()] == [
        (3, 2, 2, 1),
        (3, 3, 2, 0),
        (1, 1, 0, 1),
    ]
    assert sum(t.counts.required for t in topics.values()) == sum(u.counts.required for u in summary.units)


def test_a_unit_that_was_read_all_week_and_published_nothing_is_silent():
    summary = the_week().summary()
    assert [u.unit.code for u in summary.silent_units] == ["SO-B"]


def test_a_unit_whose_channel_broke_is_not_called_silent():
    assert by_code(the_week().summary())["SO-C"].week_sighting is Sighting.NOT_SEEN


def test_a_unit_without_a_channel_is_not_called_silent():
    facts = the_week()
    facts.units.append(a_unit("SO-E", "Sở Không Kênh", channels=()))
    assert by_code(facts.summary())["SO-E"].week_sighting is Sighting.NOT_SEEN


def test_a_topic_without_any_post_is_an_explicit_zero_row():
    facts = the_week()
    facts.posts = [p for p in facts.posts if not p.title.startswith("Tập huấn")]
    summary = facts.summary()
    assert [t.topic.id for t in summary.uncovered_topics] == ["3"]
    assert by_topic(summary)["3"].posts == 0


def test_no_posts_at_all_is_still_a_summary():
    facts = the_week()
    facts.posts, facts.tags = [], []
    summary = facts.summary()
    assert (summary.posts, summary.in_week, summary.notable, summary.post_lines) == (0, 0, (), ())
    assert len(summary.units) == 4
    assert len(summary.uncovered_topics) == 3


def test_changes_name_both_statuses_and_the_posts_that_came():
    changes = {(c.unit.code, c.topic.id): (c.before, c.after, c.new_posts) for c in the_week().summary().changes}
    assert changes["SO-A", "1"] == (CoverageStatus.DUE, CoverageStatus.COVERED, 1)
    assert changes["SO-B", "3"] == (CoverageStatus.DUE, CoverageStatus.MISSING, 0)
    assert changes["SO-C", "1"] == (CoverageStatus.DUE, CoverageStatus.UNKNOWN, 0)
    assert ("SO-A", "3") not in changes


def test_what_could_not_be_looked_at_says_since_when_and_why():
    (unseen,) = the_week().summary().unseen
    assert unseen.unit.code == "SO-C"
    assert unseen.seen_until == a_moment(10)
    assert unseen.gaps == (Interval(a_moment(10), WEEK.interval.end),)
    assert (unseen.outcome, unseen.last_look) == (RunOutcome.UNREACHABLE, a_moment(22))
    assert unseen.reason.vi == "Máy chủ không trả lời."


def test_a_channel_that_was_never_looked_at_is_listed():
    facts = the_week()
    facts.runs = [r for r in facts.runs if r.channel != facts.units[1].channels[0].id]
    unseen = {u.unit.code: u for u in facts.summary().unseen}
    assert unseen["SO-B"].outcome is RunOutcome.NEVER
    assert unseen["SO-B"].seen_until is None


@pytest.mark.parametrize(("hours", "listed"), [(5, False), (30, True)], ids=["a few hours ago", "more than a day ago"])
def test_the_hours_since_the_last_daily_look_are_no_gap(hours, listed):
    facts = Facts()
    facts.plan = replace(facts.plan, requirements=())
    channel = facts.units[0].channels[0]
    as_of = a_moment(19)
    facts.units, facts.runs = facts.units[:1], [a_run(channel, Interval(PLAN_START, as_of - timedelta(hours=hours)))]
    assert bool(facts.summary(as_of=as_of).unseen) is listed


def test_the_hours_since_a_good_look_are_listed_only_where_they_explain_an_unknown_cell():
    facts = the_week()
    facts.runs = [r for r in facts.runs if r.reason is None]
    (unseen,) = facts.summary().unseen
    assert unseen.unit.code == "SO-C"
    channel = facts.units[2].channels[0]
    seen = Interval(a_moment(12), WEEK.interval.end - timedelta(hours=3))
    facts.runs.append(a_run(channel, seen))
    (unseen,) = facts.summary().unseen
    assert unseen.gaps == (Interval(a_moment(10), a_moment(12)),)
    assert unseen.reason.en == "The looks did not reach back over all of this stretch."


def test_a_look_after_the_as_of_time_does_not_count():
    facts = the_week()
    before = facts.summary()
    facts.runs.append(a_run(a_channel("SO-C", "https://so-c.example.gov.vn"), Interval(PLAN_START, AS_OF + timedelta(hours=1))))
    assert facts.summary() == before


def test_deadlines_of_two_weeks_name_the_units_that_still_owe_posts():
    topic, duty = the_week().summary().deadlines
    assert (topic.day, topic.topic.id) == (date(2026, 11, 30), "2")
    assert [u.code for u in topic.units] == ["SO-A", "SO-B", "SO-C", "XA-D"]
    assert [u.code for u in topic.open_units] == ["SO-B", "SO-C", "XA-D"]
    assert (duty.day, duty.obligation.action) == (date(2026, 12, 5), "báo cáo kết quả đợt 1")


def test_re_posts_do_not_meet_a_deadline_unless_the_plan_says_so():
    facts = the_week()
    first = facts.posts[0].id
    facts.publish("XA-D", "2", 20, original_of=first)
    assert "XA-D" in [u.code for u in facts.summary().deadlines[0].open_units]
    facts.plan = replace(facts.plan, requirements=tuple(replace(r, counts_reposts=True) for r in facts.plan.requirements))
    assert "XA-D" not in [u.code for u in facts.summary().deadlines[0].open_units]


def test_notable_posts_are_originals_of_the_week_most_repeated_first():
    facts = the_week()
    for n in range(4):
        facts.publish("SO-A", "1", 16, f"Tin {n}")
    titles = [p.title for p in facts.summary().notable if p.topic.id == "1"]
    assert titles[0] == "Sở An Toàn khai trương cổng dịch vụ"
    assert len(titles) == 3


def test_a_post_after_the_deadline_is_listed_as_late_and_not_counted():
    facts = the_week()
    late = facts.publish("SO-B", "3", 20, "Diễn tập phòng cháy")
    summary = facts.summary()
    cell = summary.matrix.cell("SO-B", "3")
    assert (cell.status, cell.posts, cell.late) == (CoverageStatus.LATE, 0, (late.id,))
    (line,) = [p for p in summary.post_lines if p.late]
    assert (line.title, line.counted, line.in_week) == ("Diễn tập phòng cháy", False, True)
    assert summary.counts.published == the_week().summary().counts.published + 1


def test_post_lines_are_the_posts_behind_the_cells():
    summary = the_week().summary()
    counted = {(p.unit.code, p.topic.id, p.post) for p in summary.post_lines if p.counted}
    assert counted == {(r.unit.code, c.topic, id) for r in summary.matrix.units for c in r.cells for id in c.counted}
    assert [p.unit.code for p in summary.post_lines if not p.counted] == ["SO-B"]


def test_posts_of_units_that_are_not_in_the_matrix_are_left_aside():
    facts = the_week()
    only = cover(facts.plan, facts.units[:1], facts.posts, facts.tags, facts.runs, AS_OF, WEEK)
    before = cover(facts.plan, facts.units[:1], facts.posts, facts.tags, facts.runs, AS_OF, WEEK.shifted(-1))
    own = summarise(facts.summary().plan, only, before, facts.posts, facts.tags, facts.runs)
    assert {p.unit.code for p in own.post_lines} == {"SO-A"}
    assert [u.unit.code for u in own.units] == ["SO-A"]
    assert own.unseen == ()


def test_a_matrix_without_a_week_makes_no_weekly_summary():
    facts = the_week()
    matrix = replace(facts.matrix(), week=None)
    with pytest.raises(ValueError, match="week"):
        summarise(facts.summary().plan, matrix, matrix, [], [], [])


@given(st.randoms())
def test_the_order_of_facts_does_not_matter(random):
    facts = the_week()
    expected = facts.summary()
    random.shuffle(facts.posts)
    random.shuffle(facts.tags)
    random.shuffle(facts.runs)
    assert facts.summary() == expected


def test_facts_learned_later_do_not_change_a_summary():
    facts = the_week()
    expected = facts.summary()
    facts.publish("SO-B", "3", 17, first_seen=AS_OF + timedelta(minutes=1))
    assert facts.summary() == expected
