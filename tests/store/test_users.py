import pytest

from domain.access import Role, User, Viewer
from domain.errors import InvalidInput, NotFound
from domain.unit import UnitCode
from store import Store
from tests.store.builders import DAY, HOUR, NOW, a_unit

UNITS = {Role.UNIT_ADMIN: UnitCode("AB")}


@pytest.mark.parametrize("role", Role, ids=str)
def test_an_account_of_each_role_comes_back_equal(store: Store, role: Role) -> None:
    with store.transaction() as tx:
        tx.units.save(a_unit("AB"), NOW)
        added = tx.users.add("lan", role, UNITS.get(role), "hash", NOW)
        assert tx.users.get("lan") == added == User(Viewer("lan", role, UNITS.get(role)), "hash", NOW, NOW)


def test_a_new_password_takes_the_place_of_the_old_one(store: Store) -> None:
    with store.transaction() as tx:
        tx.users.add("lan", Role.STAFF, None, "old", NOW)
        tx.users.set_password("lan", "new", NOW + HOUR)
        user = tx.users.get("lan")
    assert (user.password_hash, user.created_at, user.password_set_at) == ("new", NOW, NOW + HOUR)
    assert "new" not in repr(user)


def test_a_disabled_account_stays_with_the_time_of_its_end_and_keeps_its_name(store: Store) -> None:
    with store.transaction() as tx:
        tx.users.add("lan", Role.STAFF, None, "hash", NOW)
        tx.users.add("an", Role.ADMIN, None, "hash", NOW)
        tx.users.disable("lan", NOW + HOUR)
        tx.users.disable("lan", NOW + DAY)
        assert [(u.viewer.name, u.disabled_at) for u in tx.users.list()] == [("an", None), ("lan", NOW + HOUR)]
        with pytest.raises(InvalidInput, match="already"):
            tx.users.add("lan", Role.VIEWER, None, "hash", NOW)


def test_what_does_not_exist_is_not_found(store: Store) -> None:
    with store.transaction() as tx:
        for ask in (
            lambda: tx.users.get("ai"),
            lambda: tx.users.set_password("ai", "hash", NOW),
            lambda: tx.users.disable("ai", NOW),
            lambda: tx.users.add("ai", Role.UNIT_ADMIN, UnitCode("AB"), "hash", NOW),
        ):
            with pytest.raises(NotFound):
                ask()
        with pytest.raises(ValueError, match="unit admin"):
            tx.users.add("ai", Role.STAFF, UnitCode("AB"), "hash", NOW)
