from domain.audit import AuditEntry
from store import Store
from tests.store.builders import HOUR, NOW


def test_entries_come_back_newest_first_and_can_be_narrowed(store: Store) -> None:
    with store.transaction() as tx:
        renamed = tx.audit.add("an", NOW, "unit.save", "unit:AB", {"name": "Xã An Bình"}, {"name": "Phường An Bình"})
        retired = tx.audit.add("bình", NOW + HOUR, "unit.retire", "unit:AB")
        confirmed = tx.audit.add("an", NOW + HOUR, "plan.confirm", "plan:12-kh-btg", after={"version": 2})
        assert renamed == AuditEntry("an", NOW, "unit.save", "unit:AB", {"name": "Xã An Bình"}, {"name": "Phường An Bình"})
        assert tx.audit.list() == [confirmed, retired, renamed]
        assert tx.audit.list(subject="unit:AB") == [retired, renamed]
        assert tx.audit.list(by="an", limit=1) == [confirmed]
        assert tx.audit.list(action="unit.retire") == [retired]
        assert tx.audit.list(since=NOW + HOUR) == [confirmed, retired]
