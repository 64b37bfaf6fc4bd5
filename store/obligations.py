"""What people said about obligations: the days of events, and what is done. Nothing is ever taken back: a later word stands
beside the earlier one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from domain.due_dates import ObligationKey
from domain.evidence import EvidenceFile
from domain.obligations import EventDay, ObligationMark
from domain.plan import PlanId
from store.statements import require_known
from store.tables import event_days, evidence_files, obligation_marks, plans
from store.types import storable


class ObligationRepository:
    """Words come in the order in which they were said, so that the last one on a thing holds; `as_of`: those said by then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_event_day(self, word: EventDay) -> bool:
        """Adds a word on the day of an event; False when it is what held already. Raises NotFound for an unknown plan."""
        require_known(self._connection, plans.c.plan_id, {word.plan_id}, "kế hoạch", "plan")
        said: dict[str, Any] = {"plan_id": word.plan_id, "obligation": word.obligation, "day": word.day}
        return self._add(event_days, ("plan_id", "obligation"), said, {"entered_by": word.by, "entered_at": word.at})

    def event_days(self, plan_id: PlanId, as_of: datetime | None = None) -> list[EventDay]:
        query = select(event_days).where(event_days.c.plan_id == plan_id)
        if as_of is not None:
            query = query.where(event_days.c.entered_at <= as_of)
        return [_event_day(row) for row in self._connection.execute(query.order_by(event_days.c.entered_at, event_days.c.id))]

    def mark(self, mark: ObligationMark) -> bool:
        """Adds a word on whether an obligation is done; False when it is what held already.

        Raises NotFound for an unknown plan or a file that the store does not keep.
        """
        require_known(self._connection, plans.c.plan_id, {mark.plan_id}, "kế hoạch", "plan")
        if mark.file:
            require_known(self._connection, evidence_files.c.digest, {mark.file.digest}, "tệp minh chứng", "evidence file")
        said: dict[str, Any] = {
            "plan_id": mark.plan_id,
            "obligation": mark.obligation,
            "due": mark.due,
            "done": mark.done,
            "note": storable(mark.note),
            "link": mark.link,
            "file": mark.file.digest if mark.file else None,
            "file_name": storable(mark.file.name) if mark.file else None,
        }
        by = {"marked_by": mark.by, "marked_at": mark.at}
        return self._add(obligation_marks, ("plan_id", "obligation", "due"), said, by)

    def marks(self, plan_id: PlanId, as_of: datetime | None = None) -> list[ObligationMark]:
        sizes = select(obligation_marks, evidence_files.c.size).outerjoin(
            evidence_files, evidence_files.c.digest == obligation_marks.c.file
        )
        query = sizes.where(obligation_marks.c.plan_id == plan_id)
        if as_of is not None:
            query = query.where(obligation_marks.c.marked_at <= as_of)
        return [_mark(row) for row in self._connection.execute(query.order_by(obligation_marks.c.marked_at, obligation_marks.c.id))]

    def _add(self, table: Table, key: tuple[str, ...], said: Mapping[str, Any], by: Mapping[str, Any]) -> bool:
        author, time = by
        same = [table.c[k].is_not_distinct_from(said[k]) for k in key]
        newest = select(table).where(*same).order_by(table.c[time].desc(), table.c.id.desc()).limit(1)
        held = self._connection.execute(newest).mappings().one_or_none()
        if held and held[author] == by[author] and all(held[k] == v for k, v in said.items()):
            return False
        self._connection.execute(table.insert(), {**said, **by})
        return True


def _event_day(row: Row[Any]) -> EventDay:
    return EventDay(PlanId(row.plan_id), ObligationKey(row.obligation), row.day, row.entered_by, row.entered_at)


def _mark(row: Row[Any]) -> ObligationMark:
    return ObligationMark(
        plan_id=PlanId(row.plan_id),
        obligation=ObligationKey(row.obligation),
        due=row.due,
        done=row.done,
        by=row.marked_by,
        at=row.marked_at,
        note=row.note,
        link=row.link,
        file=EvidenceFile(row.file_name, row.size, row.file) if row.file else None,
    )
