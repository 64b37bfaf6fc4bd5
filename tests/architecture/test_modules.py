"""What can be said of every module without running it."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import DIRECTORIES, PACKAGES, ROOT, modules, shown, tree

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}

STARTED_AS_SCRIPTS = re.compile(r"bamsat/__main__|dashboard/app|dashboard/app_pages/\w+|store/migrations/env")
"""Python, Streamlit and Alembic run these files from the top; nothing imports them."""

ALL = [pytest.param(path, id=shown(path)) for path in modules(*DIRECTORIES)]
OURS = [pytest.param(path, id=shown(path)) for path in modules(*PACKAGES)]


def words(name: str) -> list[str]:
    """`PlanManager` and `plan_manager` are two words each."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def defined_names(module: ast.Module) -> set[str]:
    definitions = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(module) if isinstance(node, definitions)}


def acts_on_import(statement: ast.stmt) -> bool:
    """A call made for what it does, or a block that runs, at the top of a module. To put a command into its group defines it."""
    match statement:
        case ast.Expr(value=ast.Constant() | ast.Call(func=ast.Attribute(attr="add_command"))):
            return False
        case ast.Expr() | ast.For() | ast.While() | ast.With() | ast.Delete():
            return True
        case _:
            return False


@pytest.mark.parametrize("path", ALL)
def test_no_module_is_longer_than_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", ALL)
def test_no_module_has_a_name_that_could_hold_anything(path: Path) -> None:
    assert VAGUE.isdisjoint(word for part in path.relative_to(ROOT).with_suffix("").parts for word in words(part))


@pytest.mark.parametrize("path", OURS)
def test_classes_and_functions_have_telling_names(path: Path) -> None:
    used = {word for name in defined_names(tree(path)) for word in words(name)}
    assert used.isdisjoint(VAGUE)


@pytest.mark.parametrize("path", OURS)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not tree(path).body


@pytest.mark.parametrize("path", OURS)
def test_nothing_happens_on_import(path: Path) -> None:
    acting = (
        []
        if STARTED_AS_SCRIPTS.fullmatch(shown(path.with_suffix("")))
        else [s.lineno for s in tree(path).body if acts_on_import(s)]
    )
    assert acting == []


@pytest.mark.parametrize(
    ("source", "acts"),
    [
        ('"""What it is for."""', False),
        ("LIMIT = 3", False),
        ("if __name__ == '__main__':\n    main()", False),
        ("group.add_command(check)", False),
        ("main()", True),
        ("with open('x') as file:\n    DATA = file.read()", True),
        ("for name in NAMES:\n    register(name)", True),
    ],
)
def test_what_counts_as_acting_on_import(source: str, acts: bool) -> None:
    assert any(acts_on_import(statement) for statement in ast.parse(source).body) is acts
