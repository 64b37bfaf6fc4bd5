"""What pyproject.toml asks for is what the packages import: nothing borrowed from other libraries, nothing left over."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import PACKAGES, ROOT, modules, shown, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
DEVELOPMENT = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependency-groups"]["dev"]}
USED_WITHOUT_IMPORT = {
    "defusedxml": "openpyxl reads workbooks from outside through it where it is installed: no entity expansion",
    "lxml-html-clean": "trafilatura imports it, and older installers leave it out",
    "psycopg": "SQLAlchemy loads it for PostgreSQL",
    "tzdata": "time zones where the system has none",
}


def imported(*directories: str) -> Iterator[tuple[str, str]]:
    """File and top-level name of each import of something that is neither ours nor the standard library's."""
    ours = {*PACKAGES, "tests", "benchmarks"}
    for path in modules(*directories):
        for node in ast.walk(tree(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for top in {name.partition(".")[0] for name in names}:
                if top not in ours and top not in sys.stdlib_module_names:
                    yield shown(path), top


def undeclared(directories: tuple[str, ...], declared: set[str]) -> set[tuple[str, str]]:
    homes = packages_distributions()
    return {
        (path, name)
        for path, name in imported(*directories)
        if declared.isdisjoint(canonicalize_name(home) for home in homes.get(name, [name]))
    }


@pytest.mark.parametrize(
    ("directories", "declared"),
    [(PACKAGES, RUNTIME), (("tests", "benchmarks"), RUNTIME | DEVELOPMENT)],
    ids=["packages", "tests"],
)
def test_every_library_that_is_imported_is_asked_for(directories: tuple[str, ...], declared: set[str]) -> None:
    assert undeclared(directories, declared) == set()


def test_every_library_that_is_asked_for_is_imported() -> None:
    homes = packages_distributions()
    used = {canonicalize_name(home) for _, name in imported(*PACKAGES) for home in homes.get(name, [name])}
    assert RUNTIME - used - USED_WITHOUT_IMPORT.keys() == set()


def test_the_lists_of_libraries_are_in_order() -> None:
    for listed in (PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["dev"]):
        assert listed == sorted(listed, key=lambda text: re.split(r"[^\w.-]", text)[0].lower())
