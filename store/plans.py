"""Plans: every version that was ever stored, and who put which one in force."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, select

from domain.errors import NotFound
from domain.plan import Plan, PlanId, PlanVersion
from domain.plan import plan_id as id_of
from domain.plan_json import plan_from_json, plan_to_json
from domain.urls import identity_digest
from store.statements import insert_missing
from store.tables import plan_confirmations, plans


class PlanRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        plan: Plan,
        by: str,
        at: datetime,
        source_digest: str | None = None,
        origin: str = "",
        plan_id: PlanId | None = None,
    ) -> PlanVersion:
        """The plan as a new version; the newest version itself when its content is the same.

        `plan_id` says which plan it is a version of; by default that is read from its number or title.
        """
        plan_id, content = plan_id or id_of(plan), plan_to_json(plan)
        digest = identity_digest(json.dumps(content, sort_keys=True))
        while True:
            newest = self._connection.execute(
                select(plans.c.version, plans.c.content_digest)
                .where(plans.c.plan_id == plan_id)
                .order_by(plans.c.version.desc())
                .limit(1)
            ).one_or_none()
            if newest and newest.content_digest == digest:
                return self.get(plan_id, newest.version)
            version = newest.version + 1 if newest else 1
            added = self._connection.execute(
                insert_missing(self._connection, plans)
                .values(
                    plan_id=plan_id,
                    version=version,
                    content=content,
                    content_digest=digest,
                    stored_at=at,
                    stored_by=by,
                    source_digest=source_digest,
                    origin=origin,
                )
                .returning(plans.c.version)
            ).first()
            # Nothing was added when another writer stored this very version number in the meantime: look again.
            if added:
                return self.get(plan_id, version)

    def get(self, plan_id: PlanId, version: int | None = None) -> PlanVersion:
        """One version, or the newest. Raises NotFound."""
        query = _versions(None).where(plans.c.plan_id == plan_id).order_by(plans.c.version.desc()).limit(1)
        if version is not None:
            query = query.where(plans.c.version == version)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            named = plan_id if version is None else f"{plan_id}, version {version}"
            raise NotFound(
                f"Không có kế hoạch “{plan_id}”" + (f" phiên bản {version}" if version is not None else "") + " trong kho dữ liệu.",
                f"there is no plan {named} in the store",
            )
        return _plan_version(row)

    def versions(self, plan_id: PlanId) -> list[PlanVersion]:
        """All versions of a plan, oldest first. Raises NotFound when there is none."""
        found = _all(self._connection.execute(_versions(None).where(plans.c.plan_id == plan_id).order_by(plans.c.version)))
        return found or [self.get(plan_id)]

    def confirm(self, plan_id: PlanId, version: int, by: str, at: datetime) -> None:
        """Puts a version in force. Confirming it again changes nothing. Raises NotFound."""
        if self.get(plan_id, version).confirmed_at is None:
            self._connection.execute(
                plan_confirmations.insert().values(plan_id=plan_id, version=version, confirmed_by=by, confirmed_at=at)
            )

    def in_force(self, as_of: datetime) -> list[PlanVersion]:
        """The newest version of each plan that had been confirmed by `as_of`, by plan id."""
        newest = (
            select(plan_confirmations.c.plan_id, func.max(plan_confirmations.c.version).label("version"))
            .where(plan_confirmations.c.confirmed_at <= as_of)
            .group_by(plan_confirmations.c.plan_id)
            .subquery()
        )
        query = _versions(as_of).join(newest, (plans.c.plan_id == newest.c.plan_id) & (plans.c.version == newest.c.version))
        return _all(self._connection.execute(query.order_by(plans.c.plan_id)))

    def list(self) -> list[PlanVersion]:
        """The newest version of each plan, by plan id."""
        newest = select(plans.c.plan_id, func.max(plans.c.version).label("version")).group_by(plans.c.plan_id).subquery()
        query = _versions(None).join(newest, (plans.c.plan_id == newest.c.plan_id) & (plans.c.version == newest.c.version))
        return _all(self._connection.execute(query.order_by(plans.c.plan_id)))


def _versions(as_of: datetime | None) -> Select[tuple[object, ...]]:
    first = select(func.min(plan_confirmations.c.confirmed_at)).where(
        plan_confirmations.c.plan_id == plans.c.plan_id, plan_confirmations.c.version == plans.c.version
    )
    if as_of is not None:
        first = first.where(plan_confirmations.c.confirmed_at <= as_of)
    return select(plans, first.scalar_subquery().label("confirmed_at"))


def _all(rows: Iterable[Row[tuple[object, ...]]]) -> list[PlanVersion]:
    return [_plan_version(row) for row in rows]


def _plan_version(row: Row[tuple[object, ...]]) -> PlanVersion:
    return PlanVersion(
        plan_id=PlanId(row.plan_id),
        version=row.version,
        plan=plan_from_json(row.content),
        stored_at=row.stored_at,
        stored_by=row.stored_by,
        confirmed_at=row.confirmed_at,
        source_digest=row.source_digest,
        origin=row.origin,
    )
