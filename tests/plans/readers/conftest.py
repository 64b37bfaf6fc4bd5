"""One plan as several real programs write it."""

from pathlib import Path

import pypdfium2
import pytest

from tests.plans.builders import a_word_plan, converted


@pytest.fixture(scope="session")
def word_plan() -> bytes:
    return a_word_plan()


@pytest.fixture(scope="session")
def pdf_plan(word_plan: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return converted(word_plan, "pdf", tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="session")
def scanned_plan(pdf_plan: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The pages as pictures, as a scanner would make them."""
    source = pypdfium2.PdfDocument(pdf_plan)
    pages = [source[i].render(scale=150 / 72).to_pil().convert("L") for i in range(len(source))]
    target: Path = tmp_path_factory.mktemp("scan") / "plan.pdf"
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=150)
    return target.read_bytes()
