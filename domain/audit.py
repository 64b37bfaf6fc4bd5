"""Who changed what, when: kept for ever, for the question "who did that?"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`action` is a word of the program (`unit.retire`), `subject` what it was done to (`unit:AB`). `before` and `after` are
    JSON and hold only what changed; never a password, a hash or a token."""

    by: str
    at: datetime
    action: str
    subject: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
