"""The three states of every figure: it was published, somebody looked and it was not there, or nobody could look."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.coverage import CoverageCell, CoverageStatus

STALE_AFTER = timedelta(days=7)
"""A deadline that is still open is judged on what was seen lately: coverage is counted by weeks."""


class Sighting(StrEnum):
    PUBLISHED = "published"
    NONE_FOUND = "none_found"
    """Looked, and found none, or not enough."""
    NOT_SEEN = "not_seen"
    """Could not look: nothing is known, and nobody is blamed."""
    NOT_REQUIRED = "not_required"


_DECIDED = {
    CoverageStatus.COVERED: Sighting.PUBLISHED,
    CoverageStatus.LATE: Sighting.PUBLISHED,
    CoverageStatus.MISSING: Sighting.NONE_FOUND,
    CoverageStatus.UNKNOWN: Sighting.NOT_SEEN,
    CoverageStatus.NOT_REQUIRED: Sighting.NOT_REQUIRED,
}


def sighting(cell: CoverageCell, looked_until: datetime | None, until: datetime) -> Sighting:
    """Which of the states a cell is in. One that is still due counts as seen while its unit was read in the week before `until`."""
    if cell.status is not CoverageStatus.DUE:
        return _DECIDED[cell.status]
    fresh = looked_until is not None and until - looked_until <= STALE_AFTER
    return Sighting.NONE_FOUND if fresh else Sighting.NOT_SEEN
