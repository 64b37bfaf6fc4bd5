"""The record of what people did: rows are added and read, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.audit import AuditEntry
from store.tables import audit


class AuditRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        by: str,
        at: datetime,
        action: str,
        subject: str,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> AuditEntry:
        """In the transaction of the change itself: neither is ever stored without the other."""
        self._connection.execute(
            audit.insert(),
            {"made_by": by, "made_at": at, "action": action, "subject": subject, "before": before, "after": after},
        )
        return AuditEntry(by, at, action, subject, before, after)

    def list(
        self,
        subject: str | None = None,
        by: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
        action: str | None = None,
    ) -> list[AuditEntry]:
        """Newest first."""
        query = select(audit).order_by(audit.c.made_at.desc(), audit.c.id.desc()).limit(limit)
        if subject is not None:
            query = query.where(audit.c.subject == subject)
        if action is not None:
            query = query.where(audit.c.action == action)
        if by is not None:
            query = query.where(audit.c.made_by == by)
        if since is not None:
            query = query.where(audit.c.made_at >= since)
        return [_entry(row) for row in self._connection.execute(query)]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.made_by, row.made_at, row.action, row.subject, row.before, row.after)
