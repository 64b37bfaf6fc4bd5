"""Who is known here."""

from domain.access import Viewer
from domain.errors import NotFound
from store import Store


def has_accounts(store: Store) -> bool:
    """False on a database that nobody can sign in to yet."""
    with store.reading() as tx:
        return bool(tx.users.list())


def current_viewer(store: Store, name: str) -> Viewer | None:
    """The person as the account says now: another role or unit than at sign-in, or None once it is disabled."""
    with store.reading() as tx:
        try:
            user = tx.users.get(name)
        except NotFound:
            return None
    return user.viewer if user.disabled_at is None else None
