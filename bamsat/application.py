"""What a command or a page works with: the settings and the open store."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bamsat.settings import Settings, load
from store import Store, open_store


@dataclass(frozen=True, slots=True)
class Application:
    settings: Settings
    store: Store


def open_application(settings: Settings | None = None) -> Application:
    """Raises SettingsError, or StoreUnavailable when the database is not there or not upgraded."""
    settings = settings or load()
    return Application(settings, open_store(settings.database_url))


def now() -> datetime:
    """The one place where the clock is read; everything below takes the moment as an argument."""
    return datetime.now(UTC)
