"""Tests that were left out are named with the reason at the end of the run; in continuous integration they fail it.

A pytest plugin. `CI=true` in the environment is the sign of continuous integration, as every such service sets it.
"""

import os

import pytest
from _pytest.terminal import TerminalReporter


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and _left_out(reporter) and _is_ci() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    left_out = _left_out(terminalreporter)
    if not left_out:
        return
    terminalreporter.section("left out")
    for name, reason in left_out:
        terminalreporter.line(f"{name}: {reason}")
    if _is_ci():
        terminalreporter.line("The run has failed: in continuous integration no test may be left out.")


def _left_out(reporter: TerminalReporter) -> list[tuple[str, str]]:
    return [(r.nodeid, r.longrepr[2].removeprefix("Skipped: ")) for r in reporter.stats.get("skipped", ())]


def _is_ci() -> bool:
    return os.environ.get("CI") == "true"
