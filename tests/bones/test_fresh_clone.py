"""Both commands of the README, tried from a clean clone with an empty home directory.

Packages come from where this machine's configuration says, and from uv's cache where they are there: what the two commands do is
tried here, not the network's speed.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PIP_", "UV_", "SSL_", "REQUESTS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@dataclass(frozen=True)
class Clone:
    folder: Path
    environment: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)

    def bamsat(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(".venv/bin/bamsat", *arguments)


def configuration() -> dict[str, str]:
    """The user's own configuration of pip and uv, which an empty home directory would hide."""
    given = {name: value for name, value in os.environ.items() if name.upper().startswith(PASSED_ON)}
    of_user = Path.home() / ".config/pip/pip.conf"
    if of_user.exists():
        given.setdefault("PIP_CONFIG_FILE", str(of_user))
    uv_cache = subprocess.run(
        [sys.executable, "-m", "uv", "cache", "dir"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return given | {"UV_CACHE_DIR": uv_cache}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    folder = tmp_path_factory.mktemp("fresh")
    home = folder / "home"
    home.mkdir()
    checkout = folder / "checkout"
    subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C", **configuration()}
    yield Clone(checkout, environment)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def set_up(clone: Clone) -> Clone:
    answer = clone.run("make", "setup")
    assert answer.returncode == 0, answer.stderr
    return clone


@contextmanager
def started(clone: Clone, *command: str, **environment: str) -> Iterator[IO[str]]:
    """The output of a command that goes on until it is ended here, with all the processes that it has started.

    One that says nothing more is ended after five minutes: its output ends then, and the test fails instead of waiting for ever.
    """
    process = subprocess.Popen(
        command,
        cwd=clone.folder,
        env=clone.environment | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    patience = threading.Timer(300, os.killpg, (process.pid, signal.SIGTERM))
    patience.start()
    try:
        yield process.stdout
    finally:
        patience.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate()


@pytest.fixture(scope="module")
def ports() -> range:
    """Neighbouring ports that nobody listens on: for the sample's sites from the first on, for the dashboard the last."""
    for first in range(20_000, 60_000, 50):
        sockets = [socket.socket() for _ in range(50)]
        try:
            for offset, each in enumerate(sockets):
                each.bind(("127.0.0.1", first + offset))
        except OSError:
            continue
        finally:
            for each in sockets:
                each.close()
        return range(first, first + 50)
    raise RuntimeError("no free ports")


def test_run_sets_up_and_starts_the_application(clone: Clone) -> None:
    steps = clone.run("make", "--dry-run", "run").stdout.splitlines()
    assert len(steps) == 2
    assert "scripts/setup.sh" in steps[0]
    assert steps[1] == ".venv/bin/bamsat up"


def test_test_sets_up_gets_programs_and_runs_every_test(clone: Clone) -> None:
    steps = clone.run("make", "--dry-run", "test").stdout.splitlines()
    assert len(steps) == 3
    assert "scripts/setup.sh" in steps[0]
    assert steps[1] == ".venv/bin/python -m tests.programs"
    assert steps[2].startswith(".venv/bin/python -m pytest")
    assert "-m " not in steps[2].removeprefix(".venv/bin/python -m pytest")


def test_set_up_needs_nothing_but_a_checkout_and_gives_a_working_command(set_up: Clone) -> None:
    answer = set_up.bamsat("--help")
    assert answer.returncode == 0
    assert "doctor" in answer.stdout
    assert set_up.run("git", "status", "--porcelain").stdout == ""


def test_set_up_again_is_done_at_once(set_up: Clone) -> None:
    before = (set_up.folder / ".venv/set-up-for").stat().st_mtime_ns
    answer = set_up.run("make", "setup")
    assert answer.returncode == 0
    assert answer.stderr == ""
    assert (set_up.folder / ".venv/set-up-for").stat().st_mtime_ns == before


def test_every_test_can_be_collected(set_up: Clone) -> None:
    answer = set_up.run(".venv/bin/python", "-m", "pytest", "--collect-only", "-q")
    assert answer.returncode == 0, answer.stdout


def test_the_work_that_run_does_on_first_use_ends_with_data(set_up: Clone, ports: range) -> None:
    answer = set_up.bamsat("demo", "--no-dashboard", "--base-port", str(ports[0]))
    assert answer.returncode in (0, 3), answer.stderr
    database = set_up.folder / "var/demo/bamsat.db"
    seen = subprocess.run(
        [".venv/bin/bamsat", "coverage", "--json"],
        cwd=set_up.folder,
        env=set_up.environment | {"BAMSAT_DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=True,
    )
    matrix = json.loads(seen.stdout)
    statuses = {cell["status"] for unit in matrix["units"] for cell in unit["cells"]}
    assert {"covered", "missing", "unknown"} <= statuses


def test_run_ends_at_a_dashboard_that_answers(set_up: Clone, ports: range) -> None:
    port = str(ports[-1])
    with started(set_up, "make", "run", BAMSAT_DASHBOARD_PORT=port) as output:
        said = []
        for line in output:
            said.append(line)
            if "You can now view" in line:
                break
        assert "You can now view" in said[-1], "".join(said)
        with urlopen(f"http://localhost:{port}/") as page:
            assert "Streamlit" in page.read().decode()
