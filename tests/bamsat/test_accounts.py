import pytest

from bamsat.workflows.accounts import add_user, disable_user, set_password, sign_in
from domain.access import Role, Viewer
from domain.errors import InvalidInput, NotAllowed, NotFound
from tests.builders import NOON, a_unit

PASSWORD = "mật khẩu đủ dài"


def test_the_right_password_opens_the_account(store):
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, NOON)
    assert sign_in(store, " can-bo ", PASSWORD) == Viewer("can-bo", Role.STAFF)


@pytest.mark.parametrize(("name", "password"), [("can-bo", "sai mật khẩu"), ("ai-do", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(store, name, password):
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, NOON)
    with pytest.raises(NotAllowed) as refusal:
        sign_in(store, name, password)
    assert refusal.value.message.vi == "Tên đăng nhập hoặc mật khẩu không đúng."


def test_a_disabled_account_stays_shut(store):
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, NOON)
    disable_user(store, "can-bo", NOON)
    with pytest.raises(NotAllowed):
        sign_in(store, "can-bo", PASSWORD)


def test_after_a_change_only_the_new_password_opens(store):
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, NOON)
    set_password(store, "can-bo", "một mật khẩu mới", NOON)
    assert sign_in(store, "can-bo", "một mật khẩu mới").name == "can-bo"
    with pytest.raises(NotAllowed):
        sign_in(store, "can-bo", PASSWORD)


def test_a_unit_admin_signs_in_with_the_unit(store):
    with store.transaction() as tx:
        tx.units.save(a_unit(), NOON)
    add_user(store, "don-vi", Role.UNIT_ADMIN, a_unit().code, PASSWORD, NOON)
    assert sign_in(store, "don-vi", PASSWORD).unit == a_unit().code


@pytest.mark.parametrize(
    ("role", "unit", "password", "error"),
    [
        (Role.STAFF, None, "ngắn", InvalidInput),
        (Role.UNIT_ADMIN, None, PASSWORD, InvalidInput),
        (Role.STAFF, "SO-A", PASSWORD, InvalidInput),
        (Role.UNIT_ADMIN, "KHONG-CO", PASSWORD, NotFound),
    ],
    ids=["short password", "unit admin without unit", "staff with unit", "no such unit"],
)
def test_an_account_that_cannot_be_is_refused(store, role, unit, password, error):
    with pytest.raises(error):
        add_user(store, "x", role, unit, password, NOON)


def test_a_name_is_given_once(store):
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, NOON)
    with pytest.raises(InvalidInput):
        add_user(store, "can-bo", Role.VIEWER, None, PASSWORD, NOON)


def test_the_store_keeps_no_password(store, database_file):
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, NOON)
    with store.reading() as tx:
        assert tx.users.get("can-bo").password_hash.startswith("$argon2id$")
