"""Who asks, and what they may see."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.errors import NotAllowed
from domain.unit import UnitCode


class Role(StrEnum):
    ADMIN = "admin"
    STAFF = "staff"
    UNIT_ADMIN = "unit_admin"
    VIEWER = "viewer"
    """Reads the weekly summary, nothing else."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person. A unit admin belongs to exactly one unit. Raises ValueError when role and unit do not fit."""

    name: str
    role: Role
    unit: UnitCode | None = None

    def __post_init__(self) -> None:
        if (self.role is Role.UNIT_ADMIN) != (self.unit is not None):
            raise ValueError("a unit admin has a unit, nobody else has one")

    @property
    def sees_all_units(self) -> bool:
        return self.role in (Role.ADMIN, Role.STAFF)

    def sees_unit(self, unit: UnitCode) -> bool:
        return self.sees_all_units or (self.role is Role.UNIT_ADMIN and self.unit == unit)

    def require_unit(self, unit: UnitCode) -> None:
        """Raises NotAllowed in words that do not tell whether the unit exists."""
        if not self.sees_unit(unit):
            raise NotAllowed(
                "Bạn không có quyền xem đơn vị này. Hãy liên hệ cán bộ phụ trách nếu cần.",
                f"{self.name} ({self.role}) may not see this unit",
            )

    def require_staff(self) -> None:
        if not self.sees_all_units:
            raise NotAllowed(
                "Việc này chỉ dành cho cán bộ của Ban Chỉ đạo.",
                f"{self.name} ({self.role}) is not staff",
            )


@dataclass(frozen=True, slots=True)
class User:
    """An account. Who holds a session from before `password_set_at`, or an account with `disabled_at`, must sign in again."""

    viewer: Viewer
    password_hash: str = field(repr=False)
    created_at: datetime
    password_set_at: datetime
    disabled_at: datetime | None = None


SYSTEM = Viewer("system", Role.ADMIN)
"""The person at the command line, and scheduled jobs: whoever can open the database can see all of it."""
