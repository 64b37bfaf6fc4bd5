import pytest

from domain.access import Role, Viewer
from domain.errors import NotAllowed

UNIT_ADMIN = Viewer("a", Role.UNIT_ADMIN, "SO-A")


def test_staff_see_every_unit():
    Viewer("c", Role.STAFF).require_unit("SO-B")


def test_a_unit_admin_sees_the_own_unit_and_no_other():
    UNIT_ADMIN.require_unit("SO-A")
    with pytest.raises(NotAllowed):
        UNIT_ADMIN.require_unit("SO-B")


def test_the_refusal_does_not_name_the_other_unit():
    with pytest.raises(NotAllowed) as refusal:
        UNIT_ADMIN.require_unit("SO-B")
    assert "SO-B" not in refusal.value.message.vi + refusal.value.message.en


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.VIEWER])
def test_only_staff_and_admins_do_the_work_of_staff(role):
    with pytest.raises(NotAllowed):
        Viewer("x", role, "SO-A" if role is Role.UNIT_ADMIN else None).require_staff()


@pytest.mark.parametrize(("role", "unit"), [(Role.UNIT_ADMIN, None), (Role.STAFF, "SO-A")])
def test_a_role_and_a_unit_that_do_not_fit_are_refused(role, unit):
    with pytest.raises(ValueError, match="unit admin"):
        Viewer("x", role, unit)
