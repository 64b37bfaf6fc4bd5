"""What must not stand in any file that git keeps."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, shown, tracked

SET_UP = ("Makefile", "pyproject.toml", "requirements.lock", ".pre-commit-config.yaml", ".ci/run", "scripts/*", "tests/programs.py")
MACHINE_PATH = re.compile(r"(?<![\w.:/<~-])/(?:home|root|Users|work|tmp|opt|mnt)/[\w.]")


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("path", [path for pattern in SET_UP for path in sorted(ROOT.glob(pattern))], ids=shown)
def test_set_up_takes_packages_from_where_the_user_says_and_names_no_host(path: Path) -> None:
    assert re.findall(r"\w+://[\w.-]+", text(path)) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    named = {shown(path): match[0] for path in tracked() if (match := MACHINE_PATH.search(text(path)))}
    assert named == {}


def test_no_file_is_large_or_made_by_a_program() -> None:
    allowed = 1_000_000
    assert [shown(path) for path in tracked() if path.stat().st_size > allowed or path.suffix in {".pyc", ".db", ".log"}] == []
