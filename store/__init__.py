"""Everything that is remembered. SQL is written here and nowhere else."""

from store.store import Store, Transaction, open_store

__all__ = ["Store", "Transaction", "open_store"]
