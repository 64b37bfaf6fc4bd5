"""Loading the registry of units and channels."""

from datetime import datetime

from bamsat.workflows.registry_table import read_registry_table
from domain.dates import local_day
from domain.registry import RegistryDifference, registry_difference
from store import Store


def check_units(store: Store, content: bytes, name: str, at: datetime) -> RegistryDifference:
    """What loading this table would change. Raises InvalidRegistry naming every wrong cell."""
    table = read_registry_table(content, name)
    with store.reading() as tx:
        return registry_difference(tx.units.list(), table, local_day(at))


def load_units(store: Store, content: bytes, name: str, at: datetime) -> RegistryDifference:
    """Changes the registry to what the table says, all of it or nothing; loading the same table again changes nothing."""
    table = read_registry_table(content, name)
    with store.transaction() as tx:
        difference = registry_difference(tx.units.list(), table, local_day(at))
        for unit in (*difference.added, *(after for _, after in difference.changed)):
            tx.units.save(unit, at)
    return difference
