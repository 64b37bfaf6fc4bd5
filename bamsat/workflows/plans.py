"""From a plan document to a plan in force."""

import hashlib
from dataclasses import replace
from datetime import datetime

from domain.access import Viewer
from domain.errors import InvalidInput, NotFound
from domain.plan import Plan, PlanId, PlanVersion
from domain.requirements import default_requirements
from plans.draft import PlanDraft
from plans.reading import read_plan
from store import Store


def check_plan(content: bytes, name: str) -> PlanDraft:
    """What the document says, with its problems; nothing is stored. Raises UnreadableDocument or MissingProgram."""
    return read_plan(content, name)


def import_plan(store: Store, content: bytes, name: str, viewer: Viewer, at: datetime) -> tuple[PlanVersion, PlanDraft]:
    """Stores the reading of a document as a new version, not yet in force; the same document again gives the version it made.

    Raises InvalidInput when the document shows no topic at all: there would be nothing to confirm.
    """
    viewer.require_staff()
    draft = check_plan(content, name)
    if not draft.plan.topics:
        raise InvalidInput(
            f"Không tìm thấy chủ đề nào trong “{name}”. Hãy kiểm tra đây có phải là kế hoạch tuyên truyền không "
            "(bamsat plan check TỆP cho biết đã đọc được gì).",
            f"{name}: no topics found; bamsat plan check FILE shows what was read",
            draft.problems,
        )
    digest = hashlib.sha256(content).hexdigest()
    with store.transaction() as tx:
        version = tx.plans.add(with_requirements(draft.plan), viewer.name, at, source_digest=digest, origin=name)
    return version, draft


def confirm_plan(store: Store, plan: PlanId, viewer: Viewer, at: datetime, version: int | None = None) -> PlanVersion:
    """Puts a version in force from now on. Raises NotFound when there is no such plan or version."""
    viewer.require_staff()
    with store.transaction() as tx:
        known = tx.plans.get(plan, version)
        tx.plans.confirm(known.plan_id, known.version, viewer.name, at)
        return tx.plans.get(known.plan_id, known.version)


def latest_draft(store: Store) -> PlanVersion:
    """The newest version that nobody has confirmed. Raises NotFound when everything is confirmed."""
    with store.reading() as tx:
        waiting = [v for v in tx.plans.list() if v.confirmed_at is None]
    if not waiting:
        raise NotFound("Không có bản dự thảo kế hoạch nào chờ xác nhận.", "no plan version waits to be confirmed")
    return max(waiting, key=lambda v: v.stored_at)


def with_requirements(plan: Plan) -> Plan:
    """The plan with what it demands: its own requirements, else one original post per topic and phase."""
    return plan if plan.requirements else replace(plan, requirements=default_requirements(plan))
