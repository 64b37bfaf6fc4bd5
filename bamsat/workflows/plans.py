"""From a plan document to a plan in force, and on to its amendments."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from domain.access import Viewer
from domain.amendment import keep_identity
from domain.dates import local_day
from domain.errors import InvalidInput, NotFound, Problem
from domain.plan import Plan, PlanId, PlanVersion, plan_id
from domain.requirements import derived_requirements
from domain.unit import Unit
from plans.draft import PlanDraft
from plans.reading import read_plan
from store import Store, Transaction


def check_plan(content: bytes, name: str) -> PlanDraft:
    """What the document says, with its problems; nothing is stored. Raises UnreadableDocument or MissingProgram."""
    return read_plan(content, name)


def import_plan(
    store: Store, content: bytes, name: str, viewer: Viewer, at: datetime, amends: PlanId | None = None
) -> tuple[PlanVersion, PlanDraft]:
    """Stores the reading of a document as a new version, not yet in force.

    A document with the number of a known plan, or one that `amends` it, becomes the next version of that plan: topics that are
    the same ones keep their identity and what staff had added to them. The same document again gives the newest version and
    changes nothing. Raises InvalidInput when the document shows no topic at all: there would be nothing to confirm.
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
    wanted = amends or plan_id(draft.plan)
    with store.transaction() as tx:
        read, problems = with_requirements(draft.plan, tx.units.list(on=local_day(at)))
        draft = replace(draft, plan=read, problems=(*draft.problems, *problems))
        before = tx.plans.get(wanted) if amends else _newest(tx, wanted)
        if before and before.source_digest == digest:
            return before, draft
        plan = keep_identity(before.plan, read) if before else read
        version = tx.plans.add(plan, viewer.name, at, source_digest=digest, origin=name, plan_id=wanted)
    return version, draft


def edit_plan(store: Store, plan: PlanId, change: Callable[[Plan], Plan], viewer: Viewer, at: datetime) -> PlanVersion:
    """Applies an edit of `domain.plan_edits` to the newest version and stores the outcome as the next one, not yet in force."""
    viewer.require_staff()
    with store.transaction() as tx:
        before = tx.plans.get(plan)
        return tx.plans.add(
            change(before.plan), viewer.name, at, source_digest=before.source_digest, origin=before.origin, plan_id=plan
        )


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


def with_requirements(plan: Plan, units: Sequence[Unit]) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan with what it demands of the registry's units, and what of its quota table could not be placed."""
    if plan.requirements:
        return plan, ()
    requirements, problems = derived_requirements(plan, units)
    return replace(plan, requirements=requirements), problems


def _newest(tx: Transaction, wanted: PlanId) -> PlanVersion | None:
    return next((v for v in tx.plans.list() if v.plan_id == wanted), None)
