from dataclasses import replace
from datetime import date, timedelta

import pytest

from bamsat.workflows.appendix import accept_proposal, appendix_proposal
from domain.access import SYSTEM, Role, Viewer
from domain.errors import InvalidInput, NotAllowed, NotFound
from domain.plan import ListedUnit, PlanId
from domain.unit import ChannelKind, UnitCode, UnitGroup
from tests.builders import NOON, a_channel, a_plan, a_unit

PLAN = PlanId("01-kh-bcd")
STAFF = Viewer("can-bo", Role.STAFF)


def listed(name="Xã An Bình", *urls, group="Xã, phường", line=70):
    return ListedUnit(name, group, urls, (line,))


def stored(store, *rows, units=()):
    with store.transaction() as tx:
        tx.plans.add(a_plan(listed_units=rows), "can-bo", NOON)
        for unit in units:
            tx.units.save(unit, NOON)
    return appendix_proposal(store, PLAN, STAFF, NOON)


def registry(store):
    with store.reading() as tx:
        return {u.code: u for u in tx.units.list()}


def test_a_new_unit_is_proposed_with_a_code_of_initials_and_the_kind_of_each_outlet(store):
    proposal = stored(
        store,
        listed(
            "Ủy ban nhân dân xã An Bình",
            "anbinh.example.gov.vn",
            "https://www.facebook.com/anbinh.official",
            "https://www.youtube.com/@anbinh",
            "https://zalo.me/1234567890",
            "https://oa.zalo.me/1234567891",
        ),
    )
    (unit,) = proposal.difference.added
    assert (unit.code, unit.name, unit.group) == ("UBNDXAB", "Ủy ban nhân dân xã An Bình", "Xã, phường")
    assert [(c.kind, c.url, c.unit) for c in unit.channels] == [
        (ChannelKind.WEBSITE, "https://anbinh.example.gov.vn/", unit.code),
        (ChannelKind.FACEBOOK, "https://www.facebook.com/anbinh.official", unit.code),
        (ChannelKind.YOUTUBE, "https://www.youtube.com/@anbinh", unit.code),
        (ChannelKind.ZALO, "https://zalo.me/1234567890", unit.code),
        (ChannelKind.ZALO, "https://oa.zalo.me/1234567891", unit.code),
    ]
    assert proposal.problems == ()


def test_codes_are_unique_among_the_proposed_and_all_that_ever_were(store):
    retired = a_unit("XAB", "Xã Ân Bảo", valid_until=date(2020, 1, 1))
    proposal = stored(store, listed("Xã An Bình"), listed("Xã An Biên"), listed("Phường 12"), units=[retired])
    assert [u.code for u in proposal.difference.added] == ["XAB-2", "XAB-3", "P12"]


def test_a_known_unit_keeps_its_code_name_and_group_and_only_gains_outlets(store):
    known = a_unit(name="Sở An Toàn")
    proposal = stored(
        store,
        listed("SỞ AN TOÀN", "http://www.so-a.example.gov.vn/", "https://www.facebook.com/so.an.toan", group="Khối khác"),
        units=[known, a_unit("SO-B", "Sở Bình Yên")],
    )
    ((before, after),) = proposal.difference.changed
    assert before == known
    assert replace(after, channels=after.channels[:1]) == known
    assert [c.url for c in after.channels[1:]] == ["https://www.facebook.com/so.an.toan"]
    assert not proposal.difference.added
    assert not proposal.difference.absent


def test_a_unit_on_two_rows_is_one_unit_and_a_group_is_spelled_as_in_the_registry(store):
    proposal = stored(
        store,
        listed("Xã An Bình", "https://anbinh.example.vn", group="CÁC XÃ,  PHƯỜNG"),
        listed("xã an bình", "https://www.facebook.com/anbinh", "https://anbinh.example.vn/", group=None),
        units=[a_unit("PA", "Phường An", group="Xã, phường")],
    )
    (unit,) = proposal.difference.added
    assert unit.group == "Xã, phường"
    assert [c.kind for c in unit.channels] == [ChannelKind.WEBSITE, ChannelKind.FACEBOOK]


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        (listed("Xã Mới", group=None), "no_group", "nhóm"),
        (listed("Sở An Toànn"), "alike", "SO-A"),
        (listed("Xã Mới", "https://so-a.example.gov.vn"), "outlet", "SO-A"),
        (listed("Xã Mới", "https://www.facebook.com/groups/xamoi"), "outlet", "nhóm hoặc trang cá nhân"),
        (listed("Xã Mới", "ftp://xa-moi.example.vn"), "outlet", "địa chỉ web"),
        (listed("Sở Đã Gộp", "https://moi.example.vn"), "ended", "SO-C"),
        (listed("Sở An Toàn", "https://cu.example.vn"), "outlet", "đã ngừng"),
    ],
    ids=[
        "no group",
        "much like a known name",
        "another's outlet",
        "a group page",
        "no web address",
        "an ended unit",
        "an ended outlet",
    ],
)
def test_what_needs_a_look_is_said_with_its_line_and_nothing_doubtful_becomes_an_outlet(store, row, code, said):
    day = NOON.date() - timedelta(days=30)
    ended_outlet = a_channel(url="https://cu.example.vn", valid_until=day)
    known = a_unit(channels=(a_channel(), ended_outlet))
    proposal = stored(store, row, units=[known, a_unit("SO-C", "Sở Đã Gộp", valid_until=day)])
    (problem,) = proposal.problems
    assert (problem.code, problem.line) == (code, 70)
    assert said in problem.message.vi
    gained = [*proposal.difference.added, *(after for _, after in proposal.difference.changed)]
    assert [c for u in gained for c in u.channels] == []


def test_a_unit_that_took_the_name_of_an_ended_one_is_the_one_meant(store):
    ended, current = a_unit("XAB-CU", "Xã An Bình", valid_until=date(2025, 6, 30)), a_unit("XAB-MOI", "Xã An Bình")
    proposal = stored(store, listed("Xã An Bình", "https://www.facebook.com/anbinh"), units=[current, ended])
    assert [after.code for _, after in proposal.difference.changed] == ["XAB-MOI"]


def test_nothing_is_loaded_by_looking_and_accepting_loads_what_was_seen_once(store):
    known = a_unit(channels=(a_channel(), a_channel(url="https://cu.example.vn", valid_until=date(2026, 1, 1))))
    seen = stored(
        store, listed("Xã An Bình", "https://anbinh.example.vn"), listed("Sở An Toàn", "https://zalo.me/1"), units=[known]
    )
    assert set(registry(store)) == {"SO-A"}
    accept_proposal(store, PLAN, seen, STAFF, NOON)
    after = registry(store)
    assert set(after) == {"SO-A", "XAB"}
    assert [(c.url, c.valid_until) for c in after["SO-A"].channels] == [
        ("https://so-a.example.gov.vn", None),
        ("https://cu.example.vn", date(2026, 1, 1)),
        ("https://zalo.me/1", None),
    ]
    assert not appendix_proposal(store, PLAN, STAFF, NOON).difference


def test_what_changed_since_it_was_shown_is_not_loaded(store):
    seen = stored(store, listed("Xã An Bình", "https://anbinh.example.vn"))
    with store.transaction() as tx:
        tx.plans.add(a_plan(listed_units=(listed("Xã An Bình", "https://khac.example.vn"),)), "khac", NOON)
    with pytest.raises(InvalidInput, match="changed since"):
        accept_proposal(store, PLAN, seen, STAFF, NOON)
    assert registry(store) == {}


def test_only_staff_may_look_at_or_load_a_proposal(store):
    seen = stored(store, listed())
    for viewer in (Viewer("don-vi", Role.UNIT_ADMIN, UnitCode("SO-A")), Viewer("doc", Role.VIEWER)):
        with pytest.raises(NotAllowed):
            appendix_proposal(store, PLAN, viewer, NOON)
        with pytest.raises(NotAllowed):
            accept_proposal(store, PLAN, seen, viewer, NOON)
    with pytest.raises(NotFound):
        appendix_proposal(store, PlanId("khong-co"), SYSTEM, NOON)
    assert UnitGroup("Xã, phường") not in {u.group for u in registry(store).values()}
