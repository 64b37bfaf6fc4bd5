"""Parts that every test may use."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests import programs

pytest_plugins = ["tests.left_out"]

# How long an example takes depends on the machine: speed is measured in benchmarks/, never asserted here.
settings.register_profile("bamsat", deadline=None)
settings.load_profile("bamsat")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference plans and labelled posts beside the checkout; tests that need it are left out where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with reference plans and labelled posts is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser to start: `playwright.chromium.launch(executable_path=chromium, ...)`."""
    return _program(programs.CHROMIUM)


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    return _program(programs.LIBREOFFICE)


@pytest.fixture(scope="session")
def tesseract() -> Path:
    return _program(programs.TESSERACT)


@pytest.fixture(scope="session")
def pdftoppm() -> Path:
    return _program(programs.PDFTOPPM)


@pytest.fixture(scope="session")
def vietnamese_font() -> Path:
    return _program(programs.VIETNAMESE_FONT)


def _program(program: programs.Program) -> Path:
    path = program.find()
    if path is None:
        pytest.skip(f"{program.name} is not on this machine and could not be had (`python -m tests.programs` tries again)")
    return path
