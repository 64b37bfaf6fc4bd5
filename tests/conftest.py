"""Parts that every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference plans and labelled posts beside the checkout; tests that need it are left out where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with reference plans and labelled posts is not beside this checkout")
    return SHARED
