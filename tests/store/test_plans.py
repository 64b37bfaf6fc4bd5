from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.plan import PlanId
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_plan

PLAN = PlanId("12-kh-btg")


def test_a_plan_comes_back_equal_with_where_it_came_from(store: Store) -> None:
    with store.transaction() as tx:
        stored = tx.plans.add(a_plan(), "an", NOW, source_digest="ab12", origin="ke-hoach.docx")
    with store.reading() as tx:
        found = tx.plans.get(PLAN)
    assert found == stored
    assert found.plan == a_plan()
    assert (found.version, found.stored_at, found.stored_by, found.source_digest, found.origin) == (
        (1, NOW, "an", "ab12", "ke-hoach.docx")
    )


def test_the_same_content_is_the_same_version_and_other_content_a_new_one(store: Store) -> None:
    amended = a_plan(title="Tuyên truyền năm nông thôn mới (sửa đổi)")
    with store.transaction() as tx:
        assert tx.plans.add(a_plan(), "an", NOW).version == 1
        assert tx.plans.add(a_plan(), "bình", NOW + HOUR).stored_by == "an"
        assert tx.plans.add(amended, "an", NOW + HOUR).version == 2
        assert tx.plans.add(a_plan(), "an", NOW + DAY).version == 3, "going back to an earlier content is a change too"
        assert [v.version for v in tx.plans.versions(PLAN)] == [1, 2, 3]
        assert [v.version for v in tx.plans.list()] == [3]
        assert tx.plans.get(PLAN, 2).plan == amended


def test_a_plan_is_in_force_from_its_confirmation_on_and_earlier_answers_stay(store: Store) -> None:
    with store.transaction() as tx:
        first = tx.plans.add(a_plan(), "an", NOW)
        second = tx.plans.add(a_plan(title="Khác"), "an", NOW)
        assert tx.plans.in_force(NOW) == []
        tx.plans.confirm(PLAN, 1, "bình", NOW + HOUR)
        tx.plans.confirm(PLAN, 1, "chi", NOW + 2 * HOUR)
        tx.plans.confirm(PLAN, 2, "bình", NOW + DAY)
        assert tx.plans.in_force(NOW) == []
        assert tx.plans.in_force(NOW + 3 * HOUR) == [replace(first, confirmed_at=NOW + HOUR)]
        assert tx.plans.in_force(NOW + DAY) == [replace(second, confirmed_at=NOW + DAY)]


def test_what_is_not_stored_is_not_found(store: Store) -> None:
    with store.transaction() as tx:
        tx.plans.add(a_plan(), "an", NOW)
        for ask in (
            lambda: tx.plans.get(PlanId("khac")),
            lambda: tx.plans.get(PLAN, 2),
            lambda: tx.plans.versions(PlanId("khac")),
            lambda: tx.plans.confirm(PLAN, 7, "an", NOW),
        ):
            with pytest.raises(NotFound, match="no plan"):
                ask()
