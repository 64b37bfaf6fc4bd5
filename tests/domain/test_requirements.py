from dataclasses import replace
from datetime import date

import pytest

from domain.coverage import binds
from domain.plan import Period, Phase, PhaseId, QuotaRow
from domain.requirements import default_requirements, derived_requirements
from tests.builders import a_plan, a_topic, a_unit

PHASE = Phase(PhaseId("P1"), "Đợt 1", date(2026, 1, 1), date(2026, 3, 31))
UNITS = [
    a_unit("SO-A", "Sở An Toàn", "Sở, ban, ngành"),
    a_unit("SO-B", "Sở Bưu Cục", "Sở, ban, ngành"),
    a_unit("XA-C", "UBND xã Cỏ May", "Xã, phường"),
]
PLAN = a_plan(
    phases=(PHASE,),
    topics=(
        a_topic("1", "Chuyển đổi số", phase=PHASE.id),
        a_topic("2", "Nông thôn mới", phase=PHASE.id),
        a_topic("2.1", "Đường làng", parent="2", phase=PHASE.id),
        a_topic("2.2", "Nước sạch", parent="2", phase=PHASE.id),
    ),
    requirements=(),
    unit_groups=(),
)


def owed(plan, units=UNITS):
    requirements, _ = derived_requirements(plan, units)
    return {(r.topic, r.unit or r.unit_group, r.minimum, r.period) for r in requirements}


def test_without_quotas_every_unit_owes_one_post_on_every_topic_that_no_other_elaborates():
    assert [(r.topic, r.unit_group, r.minimum, r.start, r.end) for r in default_requirements(PLAN)] == [
        (id, None, 1, PHASE.start, PHASE.end) for id in ("1", "2.1", "2.2")
    ]


def test_a_topic_that_the_plan_binds_to_no_phase_is_owed_in_each_phase():
    second = Phase(PhaseId("P2"), "Đợt 2", date(2026, 4, 1), date(2026, 6, 30))
    plan = a_plan(phases=(PHASE, second), topics=(a_topic("1"),), requirements=())
    assert [(r.start, r.end) for r in default_requirements(plan)] == [(PHASE.start, PHASE.end), (second.start, second.end)]


def test_the_default_binds_the_groups_that_the_plan_names_and_the_registry_knows():
    plan = replace(PLAN, unit_groups=("Các sở, ban, ngành", "Các chi bộ"))
    assert {r.unit_group for r in default_requirements(plan, ["Sở, ban, ngành", "Xã, phường"])} == {"Sở, ban, ngành"}


@pytest.mark.parametrize(
    ("printed", "bound"),
    [
        ("Sở An Toàn", "SO-A"),
        ("SỞ AN TOÀN", "SO-A"),
        ("Sở An Toan", "SO-A"),
        ("SO-B", "SO-B"),
        ("Các xã, phường", "Xã, phường"),
        ("Sở An Tòan.", "SO-A"),
    ],
    ids=["name", "capitals", "lost mark", "code", "group", "old tone"],
)
def test_a_quota_binds_the_unit_or_group_that_it_names(printed, bound):
    plan = replace(PLAN, quotas=(QuotaRow(printed, "Chuyển đổi số", 3, Period.MONTH),))
    assert ("1", bound, 3, Period.MONTH) in owed(plan)


@pytest.mark.parametrize("named", ["2.1", "Mục 2.1", "Nội dung 2.1", "Đường làng", "đường lang"])
def test_a_quota_names_its_topic_by_number_or_title(named):
    assert ("2.1", "SO-A", 2, Period.WHOLE) in owed(replace(PLAN, quotas=(QuotaRow("Sở An Toàn", named, 2),)))


def test_a_topic_with_quotas_owes_nothing_by_default_and_the_others_do():
    plan = replace(PLAN, quotas=(QuotaRow("Sở An Toàn", "1", 2),))
    assert owed(plan) == {
        ("1", "SO-A", 2, Period.WHOLE),
        ("2.1", None, 1, Period.WHOLE),
        ("2.2", None, 1, Period.WHOLE),
    }


def test_what_is_asked_of_a_whole_topic_is_not_asked_of_each_part_again():
    plan = replace(PLAN, quotas=(QuotaRow("Sở An Toàn", "2", 4),))
    assert {topic for topic, *_ in owed(plan)} == {"1", "2"}


def test_a_dash_in_the_table_asks_nothing():
    assert {t for t, *_ in owed(replace(PLAN, quotas=(QuotaRow("Sở An Toàn", "1", 0),)))} == {"2.1", "2.2"}


def test_a_quota_that_cannot_be_placed_is_reported_with_its_line():
    quotas = (QuotaRow("Sở An Toàn", "Bóng đá", 2, lines=(40,)), QuotaRow("Sở Không Có", "1", 2, lines=(41,)))
    requirements, problems = derived_requirements(replace(PLAN, quotas=quotas), UNITS)
    assert [(p.code, p.line) for p in problems] == [("quota_topic", 40), ("quota_unit", 41)]
    assert [r.unit for r in requirements if r.topic == "1"] == ["Sở Không Có"]


def test_a_printed_name_that_turns_out_to_be_a_group_binds_its_units():
    requirements, _ = derived_requirements(replace(PLAN, quotas=(QuotaRow("Các xã, phường", "1", 2),)), [])
    (owed_by_name,) = [r for r in requirements if r.topic == "1"]
    assert [binds(owed_by_name, unit) for unit in UNITS] == [False, False, True]


def test_before_the_registry_is_loaded_quotas_wait_under_their_printed_names():
    requirements, problems = derived_requirements(replace(PLAN, quotas=(QuotaRow("Sở An Toàn", "1", 2),)), [])
    assert problems == ()
    assert ("1", "Sở An Toàn") in {(r.topic, r.unit) for r in requirements}
