"""Local accounts: passwords are kept as Argon2id hashes (RFC 9106), never as words."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from domain.access import Role, Viewer
from domain.errors import InvalidInput, NotAllowed, NotFound
from domain.unit import UnitCode
from store import Store

MIN_PASSWORD_LENGTH = 10
_HASHER = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$0000000000000000000000000000000000000000000"
"""A hash that no password has: an unknown name takes as long to refuse as a wrong password."""


def add_user(store: Store, name: str, role: Role, unit: UnitCode | None, password: str, at: datetime) -> Viewer:
    """Raises InvalidInput for a short password, a name in use, or a role and unit that do not fit; NotFound for no such unit."""
    name = name.strip()
    _check_password(password)
    if not name:
        raise InvalidInput("Tên đăng nhập không được để trống.", "the name is empty")
    try:
        viewer = Viewer(name, role, unit)
    except ValueError as fault:
        raise InvalidInput(
            "Quản trị viên đơn vị phải thuộc đúng một đơn vị; các vai trò khác không thuộc đơn vị nào.", str(fault)
        ) from fault
    with store.transaction() as tx:
        tx.users.add(name, role, unit, _HASHER.hash(password), at)
    return viewer


def set_password(store: Store, name: str, password: str, at: datetime) -> None:
    """Raises NotFound for an unknown name, InvalidInput for a short password."""
    _check_password(password)
    with store.transaction() as tx:
        tx.users.set_password(name, _HASHER.hash(password), at)


def disable_user(store: Store, name: str, at: datetime) -> None:
    with store.transaction() as tx:
        tx.users.disable(name, at)


def sign_in(store: Store, name: str, password: str) -> Viewer:
    """The person behind a name and password. Raises NotAllowed, in the same words whichever of the two was wrong."""
    with store.reading() as tx:
        try:
            user = tx.users.get(name.strip())
        except NotFound:
            user = None
    usable = user is not None and user.disabled_at is None
    try:
        _HASHER.verify(user.password_hash if user and usable else _NOBODY, password)
    except VerificationError:
        user = None
    if user is None or not usable:
        raise NotAllowed("Tên đăng nhập hoặc mật khẩu không đúng.", "wrong name or password")
    return user.viewer


def _check_password(password: str) -> None:
    if len(password) < MIN_PASSWORD_LENGTH:
        raise InvalidInput(
            f"Mật khẩu cần ít nhất {MIN_PASSWORD_LENGTH} ký tự.", f"a password needs at least {MIN_PASSWORD_LENGTH} characters"
        )
