"""What `make check` looks at besides the import contracts."""

import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT


@pytest.mark.parametrize(
    "command",
    [("ruff", "format", "--check", "--output-format=concise", "."), ("ruff", "check", "--output-format=concise", "."), ("mypy",)],
    ids=["format", "lint", "types"],
)
def test_the_checker_has_nothing_to_say(command: tuple[str, ...]) -> None:
    answer = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
