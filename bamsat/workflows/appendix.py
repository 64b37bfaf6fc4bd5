"""Units and outlets of a plan's appendix, taken into the registry once a person has seen what that changes."""

from datetime import datetime

from domain.access import Viewer
from domain.appendix import AppendixProposal, propose
from domain.dates import local_day
from domain.errors import InvalidInput
from domain.plan import PlanId
from store import Store, Transaction


def appendix_proposal(store: Store, plan: PlanId, viewer: Viewer, at: datetime) -> AppendixProposal:
    """What the appendix of the plan's newest version would change in the registry; nothing is stored. Raises NotFound."""
    viewer.require_staff()
    with store.reading() as tx:
        return _proposal(tx, plan, at)


def accept_proposal(store: Store, plan: PlanId, seen: AppendixProposal, viewer: Viewer, at: datetime) -> AppendixProposal:
    """Adds to the registry what `seen` shows, all of it or nothing; no unit and no outlet is ever removed.

    Raises InvalidInput when plan or registry have changed since it was shown: nothing is loaded unseen.
    """
    viewer.require_staff()
    with store.transaction() as tx:
        proposal = _proposal(tx, plan, at)
        if proposal.difference != seen.difference:
            raise InvalidInput(
                "Kế hoạch hoặc danh bạ đã thay đổi từ khi bạn xem; chưa có gì được nạp. Hãy xem lại rồi nạp.",
                "the plan or the registry has changed since this was shown; nothing was loaded, look again",
            )
        for unit in (*proposal.difference.added, *(after for _, after in proposal.difference.changed)):
            tx.units.save(unit, at)
    return proposal


def _proposal(tx: Transaction, plan: PlanId, at: datetime) -> AppendixProposal:
    return propose(tx.plans.get(plan).plan.listed_units, tx.units.list(), local_day(at))
