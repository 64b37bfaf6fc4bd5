"""The documents tell the truth: commands, options, targets, settings, links, paths and the picture are there."""

import re
import shlex
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import grimp
import pytest

from bamsat.cli import cli
from bamsat.settings import PREFIX, Settings
from tests.architecture.sources import PACKAGES, ROOT, shown, tracked

DOCUMENTS = [path for path in tracked() if path.suffix == ".md" and (path.parent == ROOT or ROOT / "docs" in path.parents)]
EACH_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
DECISIONS = ROOT / "docs/decisions"


def code(document: Path) -> Iterator[str]:
    """Each line of the document's code blocks, and each piece of code in its text; pictures are not code."""
    in_block = False
    text = re.sub(r"```mermaid\n.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            in_block = not in_block
        elif in_block:
            yield line.partition("  #")[0].strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


def commands(document: Path, program: str) -> list[list[str]]:
    lines = (re.sub(r"^\.venv/bin/", "", line) for line in code(document))
    return [shlex.split(line)[1:] for line in lines if re.match(rf"{program} ", line)]


def wrong_part(command: click.Command, words: list[str]) -> str | None:
    """The first word that is neither a command nor an option of it."""
    context = click.Context(command)
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        name, words = words[0], words[1:]
        found = command.get_command(context, name)
        if found is None:
            return name
        command = found
    options = {o for parameter in command.get_params(context) for o in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    return next((word for word in words if word.startswith("-") and word.partition("=")[0] not in options), None)


@EACH_DOCUMENT
def test_every_command_and_option_that_a_document_names_exists(document: Path) -> None:
    assert [words for words in commands(document, "bamsat") if wrong_part(cli, words)] == []


@EACH_DOCUMENT
def test_every_make_target_that_a_document_names_exists(document: Path) -> None:
    assert {words[0] for words in commands(document, "make") if words} <= TARGETS


@pytest.mark.parametrize(
    ("words", "wrong"),
    [("plan check FILE --json", None), ("plan chek FILE", "chek"), ("report --fromat xlsx", "--fromat"), ("--help", None)],
)
def test_a_wrong_command_would_be_found(words: str, wrong: str | None) -> None:
    assert wrong_part(cli, words.split()) == wrong


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_first_thing_in_a_readme_is_how_to_start_and_how_to_test(name: str) -> None:
    first_block = (ROOT / name).read_text(encoding="utf-8").split("```")[1]
    assert re.findall(r"^make \w+", first_block, re.MULTILINE) == ["make run", "make test"]


def test_both_readmes_give_the_same_commands() -> None:
    english, vietnamese = (
        [commands(ROOT / name, program) for program in ("bamsat", "make")] for name in ("README.md", "README.vi.md")
    )
    assert english == vietnamese


@EACH_DOCUMENT
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@EACH_DOCUMENT
def test_every_path_of_the_project_that_a_document_names_exists(document: Path) -> None:
    tops = "|".join((*PACKAGES, "tests", "docs", "scripts"))
    paths = (match[0] for piece in code(document) if (match := re.fullmatch(rf"(?:{tops})/[\w./-]*", piece)))
    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists()] == []


def test_every_document_that_the_code_names_exists() -> None:
    named = {
        (shown(path), name)
        for path in tracked()
        if path.suffix in {".py", ".toml"}
        for name in re.findall(r"\bdocs/[\w/-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    assert [(path, name) for path, name in named if not (ROOT / name).exists()] == []


@EACH_DOCUMENT
def test_every_setting_that_a_document_names_exists(document: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+[A-Z])\b", document.read_text(encoding="utf-8")))
    assert named <= {name.upper() for name in Settings.model_fields}


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    files = sorted(path.name for path in DECISIONS.iterdir() if path.name != "README.md")
    assert [name[:5] for name in files] == [f"{number:04}-" for number in range(1, len(files) + 1)]
    titles = {name: (DECISIONS / name).read_text(encoding="utf-8").partition("\n")[0] for name in files}
    listed = re.findall(r"^\| \[(\d+)\]\((\S+)\) \| (.+) \|$", (DECISIONS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: f"# {int(number)}. {title}" for number, name, title in listed} == titles


def drawn_imports() -> set[tuple[str, str]]:
    """Solid arrows between packages in the picture; an arrow to or from the group stands for one with each of its members."""
    picture = re.search(r"```mermaid\n(.*?)```", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.DOTALL)
    assert picture
    group = re.search(r"subgraph (\w+).*?\n(.*?)\n    end", picture[1], re.DOTALL)
    assert group
    members = {group[1]: set(re.findall(r"^ +(\w+)[\[(]", group[2], re.MULTILINE))}
    arrows = re.findall(r"^ +(\w+)(?:[\[(].*?[\])])? --> (\w+)", picture[1], re.MULTILINE)
    return {
        (importer, imported)
        for start, end in arrows
        for importer, imported in product(members.get(start, {start}), members.get(end, {end}))
        if {importer, imported} <= set(PACKAGES)
    }


def reachable(arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Every pair of which the second can be reached from the first."""
    further = {(a, d) for (a, b), (c, d) in product(arrows, arrows) if b == c} | arrows
    return arrows if further == arrows else reachable(further)


def test_the_picture_of_the_architecture_has_the_imports_of_the_code() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = {
        (importer.partition(".")[0], imported.partition(".")[0])
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }
    imports = {(importer, imported) for importer, imported in imports if importer != imported}
    assert drawn_imports() - imports == set(), "drawn, but not so"
    assert imports - reachable(drawn_imports()) == set(), "so, but against the arrows"
