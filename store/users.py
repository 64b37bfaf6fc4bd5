"""Accounts. Only the hash of a password is ever kept, and only the newest."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.access import Role, User, Viewer
from domain.errors import InvalidInput, NotFound
from domain.unit import UnitCode
from store.statements import insert_missing, require_known
from store.tables import units, users


class UserRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, role: Role, unit: UnitCode | None, password_hash: str, at: datetime) -> User:
        """Raises InvalidInput for a name that is taken, also by a disabled account; NotFound for an unknown unit;
        ValueError when role and unit do not fit."""
        user = User(Viewer(name, role, unit), password_hash, created_at=at, password_set_at=at)
        if unit is not None:
            require_known(self._connection, units.c.code, {unit}, "đơn vị", "unit")
        insert = insert_missing(self._connection, users).returning(users.c.name)
        row = {
            "name": name,
            "role": role,
            "unit": unit,
            "password_hash": password_hash,
            "created_at": at,
            "password_set_at": at,
        }
        if self._connection.execute(insert, row).first() is None:
            raise InvalidInput(f"Đã có tài khoản “{name}”. Hãy chọn tên khác.", f"there is a user {name!r} already")
        return user

    def get(self, name: str) -> User:
        """Disabled accounts too. Raises NotFound."""
        row = self._connection.execute(select(users).where(users.c.name == name)).one_or_none()
        if row is None:
            raise _unknown(name)
        return _user(row)

    def set_password(self, name: str, password_hash: str, at: datetime) -> None:
        """Raises NotFound."""
        self._change(name, password_hash=password_hash, password_set_at=at)

    def disable(self, name: str, at: datetime) -> None:
        """The account stays, so that what its holder did keeps a name. Raises NotFound."""
        if self.get(name).disabled_at is None:
            self._change(name, disabled_at=at)

    def _change(self, name: str, **values: object) -> None:
        changed = self._connection.execute(update(users).where(users.c.name == name).values(**values).returning(users.c.name))
        if changed.first() is None:
            raise _unknown(name)

    def list(self) -> list[User]:
        """All accounts by name, disabled ones too."""
        return [_user(row) for row in self._connection.execute(select(users).order_by(users.c.name))]


def _unknown(name: str) -> NotFound:
    return NotFound(f"Không có tài khoản “{name}”.", f"there is no user {name!r}")


def _user(row: Row[Any]) -> User:
    return User(
        viewer=Viewer(row.name, Role(row.role), UnitCode(row.unit) if row.unit is not None else None),
        password_hash=row.password_hash,
        created_at=row.created_at,
        password_set_at=row.password_set_at,
        disabled_at=row.disabled_at,
    )
