"""The set-up script on machines of every sort, made of stand-ins for Python and uv that write down what is asked of them."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "cat", "cksum", "sed", "tr", "dirname", "mkdir", "cp", "rm")

PYTHON = """#!/bin/sh
echo "python $*" >>"$MACHINE/asked"
case "$*" in
    "-c "*) exit {suits} ;;
    "-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *"config list") cat "$MACHINE/pip.conf" ;;
    *uv.lock) [ -e "$MACHINE/uv" ] && cp "$MACHINE/uv" .venv/bin/uv ;;
    *" install "*) exit {installs} ;;
esac
"""
UV = """#!/bin/sh
echo "uv $*" >>"$MACHINE/asked"
echo "$UV_DEFAULT_INDEX|$UV_INDEX|$UV_FIND_LINKS|$SSL_CERT_FILE" >"$MACHINE/uv-settings"
exit {installs}
"""
LOCK = r"""lxml==6.0 \
    --hash=sha256:aa
uv==0.8 \
    --hash=sha256:bb \
    --hash=sha256:cc
    # via bamsat
xlrd==2.0 \
    --hash=sha256:dd
"""


@dataclass
class Machine:
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def add(self, path: str, text: str) -> None:
        target = self.folder / path
        target.write_text(text)
        target.chmod(0o755)

    def add_python(self, name: str = "python3", suits: bool = True, installs: bool = True) -> None:
        self.add(f"bin/{name}", PYTHON.format(suits=int(not suits), installs=int(not installs)))

    def add_uv(self, installs: bool = True) -> None:
        self.add("uv", UV.format(installs=int(not installs)))

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.folder / "bin/sh"), str(self.checkout / "scripts/setup.sh")],
            env={"PATH": str(self.folder / "bin"), "MACHINE": str(self.folder), **self.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
        )

    def asked(self) -> list[str]:
        """What was asked of Python and uv since the last look, less the look whether Python works."""
        log = self.folder / "asked"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [line for line in lines if not line.startswith("python -c ")]

    def installed_by(self) -> list[str]:
        return [line.split()[0] for line in self.asked() if "libraries.lock" in line or "--editable" in line]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    shutil.copytree(ROOT / "scripts", machine.checkout / "scripts")
    (machine.checkout / "requirements.lock").write_text(LOCK)
    (machine.checkout / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "pip.conf").write_text("")
    return machine


@pytest.mark.parametrize("installs_with", ["uv", "python"])
def test_set_up_makes_an_environment_and_installs_the_lock_then_the_project(machine: Machine, installs_with: str) -> None:
    machine.add_python()
    if installs_with == "uv":
        machine.add_uv()
    assert machine.set_up().returncode == 0
    venv, _, get_uv, libraries, project = machine.asked()
    assert venv == "python -m venv --clear .venv"
    assert "--require-hashes -r .venv/uv.lock" in get_uv
    assert libraries.startswith(f"{installs_with} ")
    assert libraries.endswith("--require-hashes -r .venv/libraries.lock")
    assert project.startswith(f"{installs_with} ")
    assert project.endswith("--no-deps --no-build-isolation --editable .")


def test_the_installer_is_not_among_the_libraries_so_that_a_machine_without_it_gets_all_the_rest(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    assert (machine.checkout / ".venv/uv.lock").read_text() == "uv==0.8 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    libraries = (machine.checkout / ".venv/libraries.lock").read_text()
    assert "uv==" not in libraries
    assert "lxml==6.0" in libraries
    assert "xlrd==2.0" in libraries


def test_pip_takes_over_where_uv_fails(machine: Machine) -> None:
    machine.add_python()
    machine.add_uv(installs=False)
    assert machine.set_up().returncode == 0
    assert machine.installed_by() == ["uv", "python", "uv", "python"]


def test_a_second_set_up_does_nothing(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    machine.asked()
    assert machine.set_up().returncode == 0
    assert machine.asked() == []


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", "scripts/setup.sh"])
def test_what_changed_is_installed_into_the_same_environment(machine: Machine, changed: str) -> None:
    machine.add_python()
    machine.set_up()
    machine.asked()
    with (machine.checkout / changed).open("a") as file:
        file.write("# changed\n")
    machine.set_up()
    asked = machine.asked()
    assert [line for line in asked if "venv --clear" in line] == []
    assert [line for line in asked if "libraries.lock" in line]


def test_an_environment_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    machine.add_python()
    machine.set_up()
    machine.asked()
    machine.add("checkout/.venv/bin/python", PYTHON.format(suits=1, installs=0))
    assert machine.set_up().returncode == 0
    assert "python -m venv --clear .venv" in machine.asked()


def test_a_set_up_that_failed_is_tried_again(machine: Machine) -> None:
    machine.add_python(installs=False)
    assert machine.set_up().returncode != 0
    machine.asked()
    assert machine.set_up().returncode != 0
    assert machine.installed_by() == ["python"]


@pytest.mark.parametrize(
    "prepare",
    [
        lambda machine: None,
        lambda machine: machine.add_python("python3", suits=False),
        lambda machine: machine.environment.update(PYTHON="python3.99"),
    ],
    ids=["none", "too old or without venv", "the named one is not there"],
)
def test_without_a_fitting_python_set_up_says_in_both_languages_what_to_do(
    machine: Machine, prepare: Callable[[Machine], None]
) -> None:
    prepare(machine)
    answer = machine.set_up()
    assert answer.returncode != 0
    assert "Không tìm thấy Python 3.11" in answer.stderr
    assert "No Python 3.11 or later" in answer.stderr
    assert not (machine.checkout / ".venv").exists()


def test_the_newest_python_that_works_is_taken(machine: Machine) -> None:
    machine.add_python("python3.13", suits=False)
    machine.add_python("python3.12")
    machine.add_python("python3")
    assert "bin/python3.12" in machine.set_up().stderr


def test_the_python_that_the_user_names_is_taken(machine: Machine) -> None:
    machine.add_python("python3.12")
    machine.add_python("of-my-own")
    machine.environment["PYTHON"] = "of-my-own"
    assert "bin/of-my-own" in machine.set_up().stderr


def test_uv_takes_packages_from_where_pip_is_told_to(machine: Machine) -> None:
    machine.add_python()
    machine.add_uv()
    (machine.folder / "pip.conf").write_text(
        ":env:.cert='/etc/office.pem'\n"
        "global.cert='/etc/other.pem'\n"
        "global.extra-index-url='\\nfile:///first\\nfile:///second'\n"
        "global.find-links='/a /b'\n"
        "global.index-url='https://mirror.example/simple'\n"
    )
    machine.set_up()
    settings = (machine.folder / "uv-settings").read_text().strip()
    assert settings == "https://mirror.example/simple|file:///first file:///second|/a,/b|/etc/office.pem"


def test_what_the_user_tells_uv_itself_comes_first(machine: Machine) -> None:
    machine.add_python()
    machine.add_uv()
    (machine.folder / "pip.conf").write_text("global.index-url='https://mirror.example/simple'\n")
    machine.environment["UV_DEFAULT_INDEX"] = "https://own.example/simple"
    machine.set_up()
    assert (machine.folder / "uv-settings").read_text().startswith("https://own.example/simple|")
