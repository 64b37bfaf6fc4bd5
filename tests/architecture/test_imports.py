"""The import contracts of pyproject.toml hold, and each of them catches what it is there to catch."""

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.architecture.sources import PACKAGES, ROOT

HOMES = {
    "store/engine.py": "import alembic\nimport sqlalchemy\n",
    "dashboard/app.py": "import streamlit\n",
    "crawlers/runner.py": "import scrapy\nimport twisted\n",
    "bamsat/cli.py": "import click\n",
    "bamsat/workflows.py": "",
    "bamsat/queries.py": "",
    "bamsat/application.py": "",
    "bamsat/log_setup.py": "",
    "bamsat/settings.py": "",
}
INPUT_OUTPUT = {
    "asyncio",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "time",
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_every_import_contract_is_kept() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """The contracts of this project over packages that hold next to nothing."""
    text = (ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(text[text.index("[tool.importlinter]") :])
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for path, content in HOMES.items():
        (tmp_path / path).write_text(content)
    return tmp_path


def test_the_contracts_are_kept_by_a_project_that_keeps_to_them(small_project: Path) -> None:
    (small_project / "store/plans.py").write_text("import domain\n")
    (small_project / "bamsat/cli.py").write_text("import click\nimport store, bamsat.workflows, bamsat.queries\n")
    assert lint_imports(small_project).returncode == 0


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("domain/plan.py", "store"),
        ("plans/reading.py", "store"),
        ("classifier/tagger.py", "crawlers"),
        ("reports/summary.py", "examples"),
        ("store/posts.py", "bamsat"),
        ("bamsat/queries.py", "dashboard"),
        ("bamsat/settings.py", "bamsat.queries"),
        ("bamsat/queries.py", "bamsat.workflows"),
        ("bamsat/workflows.py", "bamsat.cli"),
        ("bamsat/queries.py", "sqlalchemy"),
        ("reports/summary.py", "streamlit"),
        ("store/posts.py", "scrapy"),
        ("bamsat/workflows.py", "click"),
        ("dashboard/app.py", "twisted"),
    ],
    ids=str,
)
def test_an_import_that_goes_the_wrong_way_is_found(small_project: Path, importer: str, imported: str) -> None:
    with (small_project / importer).open("a") as file:
        file.write(f"import {imported}\n")
    answer = lint_imports(small_project)
    assert answer.returncode == 1
    assert f"{importer.removesuffix('.py').replace('/', '.')} " in answer.stdout


def test_the_domain_needs_nothing_but_the_standard_library_and_does_no_input_or_output() -> None:
    graph = grimp.build_graph("domain", include_external_packages=True, cache_dir=None)
    outside = {module for module in graph.modules if module.partition(".")[0] != "domain"}
    assert outside <= sys.stdlib_module_names
    assert outside.isdisjoint(INPUT_OUTPUT)


def test_the_contracts_the_type_checker_and_the_wheel_know_the_same_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert set(project["mypy"]["packages"]) == set(PACKAGES)
    assert set(project["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)
    with_python = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert with_python - {"tests", "benchmarks"} == set(PACKAGES)
