"""The dashboard as it runs, on a database of its own for each test."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from store import migrate, open_store
from tests.dashboard.office import PASSWORD, fill

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """An office in a file, copied for each test."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    migrate.upgrade(f"sqlite:///{path}")
    store = open_store(f"sqlite:///{path}")
    fill(store, datetime.now(UTC))
    store.close()
    return path


@pytest.fixture
def database(tmp_path, monkeypatch):
    """An empty database that the dashboard will open."""
    path = tmp_path / "bamsat.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BAMSAT_DATABASE_URL", f"sqlite:///{path}")
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


@pytest.fixture
def office(database, template):
    database.write_bytes(template.read_bytes())
    store = open_store(f"sqlite:///{database}")
    yield store
    store.close()


def open_app(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def sign_in(app: AppTest, name: str, password: str = PASSWORD) -> AppTest:
    app.text_input[0].set_value(name)
    app.text_input[1].set_value(password)
    return app.button[0].click().run()


def texts(app: AppTest) -> str:
    """All that is written on the screen outside tables."""
    kinds = (app.text, app.markdown, app.caption, app.info, app.warning, app.error, app.header, app.subheader, app.title)
    return "\n".join(str(element.value) for kind in kinds for element in kind)
