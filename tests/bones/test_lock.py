import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()
HASH = r"    --hash=sha256:[0-9a-f]{64}(?: \\)?\n"
ENTRY = re.compile(rf"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? \\\n(?:{HASH})+", re.MULTILINE)
LOCKED = [match.groupdict() for match in ENTRY.finditer(LOCK)]
ASKED = [Requirement(text) for text in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"])]
BUILD = [Requirement(text) for text in PROJECT["build-system"]["requires"]]


@pytest.mark.parametrize("requirement", [*ASKED, *BUILD], ids=str)
@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0"])
def test_the_lock_has_exactly_one_fitting_version_of_each_library_on_each_python(requirement: Requirement, python: str) -> None:
    environment = {"python_version": python.rpartition(".")[0], "python_full_version": python}
    fitting = [
        entry["version"]
        for entry in LOCKED
        if entry["name"] == canonicalize_name(requirement.name)
        and (not entry["marker"] or Marker(entry["marker"]).evaluate(environment))
    ]
    assert len(fitting) == 1
    assert Version(fitting[0]) in requirement.specifier


def test_every_line_of_the_lock_is_an_entry_with_hashes_or_says_who_asked_for_it() -> None:
    rest = ENTRY.sub("", LOCK)
    assert [line for line in rest.splitlines() if not re.fullmatch(r"    #.*", line)] == []
    assert LOCKED


def test_the_lock_names_no_host() -> None:
    assert re.findall(r"\S*(?:://|--(?:extra-)?index-url|--find-links| @ )\S*", LOCK) == []
