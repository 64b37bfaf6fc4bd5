import os
from datetime import UTC, datetime

import pytest

from domain.dates import local_day
from examples.sample_organisation import build, serve
from tests.e2e.organisation import Office, an_office


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    """The sample organisation after one round of the work: units, plan in force, posts collected over HTTP and tagged."""
    folder = tmp_path_factory.mktemp("office")
    organisation = build(local_day(datetime.now(UTC)), folder, base_port=0)
    with serve(organisation):
        office = an_office(folder, organisation)
        office.run("db", "upgrade")
        office.run("units", "load", organisation.units_path)
        office.run("plan", "import", organisation.plan_path, "--confirm")
        office.run("crawl", expect=3)
        office.run("tag")
        yield office


@pytest.fixture(scope="session")
def browser(chromium):
    """A real Chromium; as root (a container, CI) it cannot use its own sandbox."""
    from playwright.sync_api import sync_playwright

    arguments = ["--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium), args=arguments)
        yield launched
        launched.close()
