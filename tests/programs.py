"""The programs that tests start, beside Python packages: what they are, where they are, and how a machine gets them.

`python -m tests.programs` gets what is missing: Debian's packages where this user may install them, Playwright's own Chromium
elsewhere. What cannot be had is said and is no error: the tests that need it are left out, and named at the end of the run.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 900
"""Seconds that one package may take to come and to be unpacked."""


@dataclass(frozen=True, slots=True)
class Program:
    """`find` gives the path to start, or None when the program is not there or lacks what the tests need of it."""

    name: str
    debian: tuple[str, ...]
    find: Callable[[], Path | None]


def find_chromium() -> Path | None:
    """Ubuntu's `chromium-browser` may be a script that only tells how to get the real one, so each is asked for its version."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        path = shutil.which(name)
        if path and _answers(path, "--version"):
            return Path(path)
    return _playwright_chromium()


def _playwright_chromium() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def find_libreoffice() -> Path | None:
    return _on_path("soffice") or _on_path("libreoffice")


def find_tesseract() -> Path | None:
    path = _on_path("tesseract")
    return path if path and "vie" in _answer(str(path), "--list-langs").split() else None


def find_pdftoppm() -> Path | None:
    return _on_path("pdftoppm")


def find_vietnamese_font() -> Path | None:
    """Any font that has all letters of Vietnamese, for the pages that a browser or LibreOffice draws."""
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts")
    fonts = _answer("fc-list", ":lang=vi", "file").splitlines() if shutil.which("fc-list") else []
    return Path(fonts[0].rstrip(": ")) if fonts else None


CHROMIUM = Program("Chromium", ("chromium",), find_chromium)
LIBREOFFICE = Program("LibreOffice (Writer, Calc)", ("libreoffice-writer-nogui", "libreoffice-calc-nogui"), find_libreoffice)
TESSERACT = Program("Tesseract with Vietnamese", ("tesseract-ocr", "tesseract-ocr-vie"), find_tesseract)
PDFTOPPM = Program("pdftoppm", ("poppler-utils",), find_pdftoppm)
VIETNAMESE_FONT = Program("a Vietnamese font", ("fontconfig", "fonts-dejavu-core"), find_vietnamese_font)

PROGRAMS = (CHROMIUM, LIBREOFFICE, TESSERACT, PDFTOPPM, VIETNAMESE_FONT)


def debian_installer() -> tuple[str, ...] | None:
    """The start of an `apt-get` command that this user may run without being asked for a password; None where there is none."""
    if not shutil.which("apt-get"):
        return None
    settings = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
    if os.geteuid() == 0:
        return settings
    if shutil.which("sudo") and _answers("sudo", "-n", "true"):
        return ("sudo", "-n", *settings)
    return None


def get_missing(programs: tuple[Program, ...], installer: tuple[str, ...] | None) -> tuple[Program, ...]:
    """Installs what is missing, each by itself so that one refusal costs the others nothing. Gives what is missing still."""
    missing = [p for p in programs if not p.find()]
    if missing and installer:
        _run(*installer, "update")
        for program in missing:
            _say(f"getting {program.name}: {', '.join(program.debian)}")
            _run(*installer, "install", "--no-install-recommends", "-y", *program.debian)
    if CHROMIUM in missing and not CHROMIUM.find():
        _say("getting Playwright's own Chromium")
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    return tuple(p for p in missing if not p.find())


def _on_path(name: str) -> Path | None:
    path = shutil.which(name)
    return Path(path) if path else None


def _answers(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def _answer(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout


def _run(*command: str) -> None:
    try:
        subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        _say(f"gave up after {PATIENCE} s: {' '.join(command)}")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    for absent in get_missing(PROGRAMS, debian_installer()):
        _say(f"{absent.name} could not be had; the tests that need it are left out")
