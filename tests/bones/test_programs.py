from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.programs import CHROMIUM, PROGRAMS, Program, get_missing


@dataclass(frozen=True)
class Machine:
    """A machine where a program is there once a file is, and whose installer makes those files for packages it knows."""

    folder: Path

    def program(self, name: str, *packages: str) -> Program:
        def find() -> Path | None:
            present = all((self.folder / package).exists() for package in packages)
            return self.folder / packages[0] if present else None

        return Program(name, packages, find)

    def installer(self, known: str) -> tuple[str, ...]:
        script = self.folder / "installer"
        script.write_text(
            f"""#!/bin/sh
            echo "$@" >>{self.folder}/asked
            for package in "$@"; do
                case " {known} " in *" $package "*) touch {self.folder}/$package ;; esac
            done
            """
        )
        script.chmod(0o755)
        return (str(script),)

    def asked(self) -> list[str]:
        asked = self.folder / "asked"
        return asked.read_text().splitlines() if asked.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_what_is_missing_is_installed(machine: Machine) -> None:
    reader = machine.program("a reader", "reader", "reader-vie")
    assert get_missing((reader,), machine.installer("reader reader-vie")) == ()
    assert machine.asked() == ["update", "install --no-install-recommends -y reader reader-vie"]


def test_a_package_that_cannot_be_had_costs_the_others_nothing(machine: Machine) -> None:
    office, reader = machine.program("an office", "office"), machine.program("a reader", "reader")
    assert get_missing((office, reader), machine.installer("reader")) == (office,)


def test_nothing_is_asked_for_where_all_is_there(machine: Machine) -> None:
    reader = machine.program("a reader", "reader")
    (machine.folder / "reader").touch()
    assert get_missing((reader,), machine.installer("reader")) == ()
    assert machine.asked() == []


def test_what_is_missing_is_named_where_nothing_may_be_installed(machine: Machine) -> None:
    reader = machine.program("a reader", "reader")
    assert get_missing((reader,), None) == (reader,)


def test_programs_are_not_found_on_a_machine_that_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tests.programs._playwright_chromium", lambda: None)
    monkeypatch.setattr("sys.platform", "linux")
    assert [p.name for p in PROGRAMS if p.find()] == []


def test_a_browser_that_only_says_how_to_get_it_is_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    impostor = tmp_path / "chromium-browser"
    impostor.write_text("#!/bin/sh\necho install it from elsewhere >&2\nexit 1\n")
    impostor.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tests.programs._playwright_chromium", lambda: None)
    assert CHROMIUM.find() is None


def test_a_tesseract_without_vietnamese_is_not_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english_only = tmp_path / "tesseract"
    english_only.write_text("#!/bin/sh\nprintf 'List of available languages (1):\\neng\\n'\n")
    english_only.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract = next(p for p in PROGRAMS if "tesseract-ocr-vie" in p.debian)
    assert tesseract.find() is None
