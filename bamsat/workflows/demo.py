"""The sample organisation: built, served on this machine, and put through the same work as a real one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import SecretStr

from bamsat.settings import Settings
from bamsat.workflows.accounts import add_user
from bamsat.workflows.collect import CollectionResult, collect
from bamsat.workflows.plans import confirm_plan, import_plan
from bamsat.workflows.tagging import TaggingResult, tag_posts
from bamsat.workflows.units import load_units
from crawlers.runner import Progress
from domain.access import SYSTEM, Role
from domain.dates import local_day
from examples.sample_organisation import SampleOrganisation, build
from store import Store, migrate, open_store

STATE = "sample.json"
PASSWORD = "bam-sat-mau"  # noqa: S105 - opens the sample organisation on this machine, nothing else
ACCOUNTS = {"can-bo": Role.STAFF, "don-vi": Role.UNIT_ADMIN, "doc-gia": Role.VIEWER}


@dataclass(frozen=True, slots=True)
class Demo:
    settings: Settings
    organisation: SampleOrganisation
    first_use: bool


def prepare_demo(settings: Settings, directory: Path, at: datetime, base_port: int) -> Demo:
    """The sample organisation in `directory`: made new, dated around today, or as it was when it was made."""
    directory.mkdir(parents=True, exist_ok=True)
    state = directory / STATE
    first_use = not state.exists()
    day, port = (local_day(at), base_port) if first_use else _remembered(state)
    organisation = build(day, directory, port)
    own = settings.model_copy(
        update={
            "database_url": f"sqlite:///{(directory / 'bamsat.db').resolve()}",
            "allow_private_addresses": True,
            "crawl_delay_seconds": 0.0,
            "graph_address": organisation.graph_address,
            "page_tokens": {url: SecretStr(token) for url, token in organisation.page_tokens.items()},
        }
    )
    return Demo(own, organisation, first_use)


def _remembered(state: Path) -> tuple[date, int]:
    known = json.loads(state.read_text("utf-8"))
    return date.fromisoformat(known["day"]), int(known["base_port"])


def set_up_demo(demo: Demo, directory: Path, at: datetime) -> Store:
    """Database, units, plan and accounts of a new sample organisation; an old one is only opened."""
    migrate.upgrade(demo.settings.database_url)
    store = open_store(demo.settings.database_url)
    organisation = demo.organisation
    if demo.first_use:
        load_units(store, organisation.units_path.read_bytes(), organisation.units_path.name, at)
        version, _ = import_plan(store, organisation.plan_path.read_bytes(), organisation.plan_path.name, SYSTEM, at)
        confirm_plan(store, version.plan_id, SYSTEM, at, version.version)
        with store.transaction() as tx:
            unit = tx.units.list()[0].code
        for name, role in ACCOUNTS.items():
            add_user(store, name, role, unit if role is Role.UNIT_ADMIN else None, PASSWORD, at)
        remembered = {"day": organisation.day.isoformat(), "base_port": organisation.graph_port}
        (directory / STATE).write_text(json.dumps(remembered), "utf-8")
    return store


def main_job(
    store: Store,
    settings: Settings,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None] = lambda progress: None,
) -> tuple[CollectionResult, list[TaggingResult]]:
    """One round of the work: look at every channel, then tag what is new."""
    collected = collect(store, settings, clock, progress=progress)
    return collected, tag_posts(store, clock)
