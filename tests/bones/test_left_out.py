import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PASSES = "def test_that_passes(): pass\n"
LEAVES_OUT = "import pytest\ndef test_of_a_scan(): pytest.skip('no scanner')\n"
FAILS = "def test_that_fails(): raise AssertionError\n"


def run(folder: Path, tests: str, ci: bool, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(tests)
    environment = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.left_out", "-c", os.devnull, "--rootdir", folder, folder, *options],
        cwd=ROOT,
        env=environment | ({"CI": "true"} if ci else {}),
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two processes"])
@pytest.mark.parametrize(
    ("tests", "ci", "exit_status"),
    [
        (PASSES, False, 0),
        (PASSES, True, 0),
        (PASSES + LEAVES_OUT, False, 0),
        (PASSES + LEAVES_OUT, True, 1),
        (FAILS + LEAVES_OUT, False, 1),
    ],
    ids=["nothing left out", "nothing left out, CI", "left out", "left out, CI", "left out and failed"],
)
def test_a_left_out_test_fails_the_run_in_continuous_integration_only(
    tmp_path: Path, tests: str, ci: bool, exit_status: int, options: tuple[str, ...]
) -> None:
    assert run(tmp_path, tests, ci, *options).returncode == exit_status


def test_each_left_out_test_is_named_with_its_reason_before_the_closing_line(tmp_path: Path) -> None:
    output = run(tmp_path, PASSES + LEAVES_OUT, False).stdout.splitlines()
    assert "test_sample.py::test_of_a_scan: no scanner" in output
    assert "1 passed, 1 skipped" in output[-1]


def test_a_run_without_left_out_tests_says_nothing_of_them(tmp_path: Path) -> None:
    assert "left out" not in run(tmp_path, PASSES, True).stdout
