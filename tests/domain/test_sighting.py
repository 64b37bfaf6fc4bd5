from datetime import timedelta

import pytest

from domain.coverage import CoverageCell, CoverageStatus
from domain.plan import TopicId
from domain.sighting import STALE_AFTER, Sighting, sighting
from domain.unit import UnitCode
from tests.builders import NOON


def a_cell(status):
    return CoverageCell(UnitCode("SO-A"), TopicId("1"), status)


@pytest.mark.parametrize(
    ("looked_until", "expected"),
    [
        (NOON - timedelta(hours=1), Sighting.NONE_FOUND),
        (NOON - STALE_AFTER, Sighting.NONE_FOUND),
        (NOON - STALE_AFTER - timedelta(seconds=1), Sighting.NOT_SEEN),
        (None, Sighting.NOT_SEEN),
    ],
    ids=["just read", "read a week ago", "read longer ago", "never read"],
)
def test_what_is_still_due_was_looked_for_only_if_somebody_looked_lately(looked_until, expected):
    assert sighting(a_cell(CoverageStatus.DUE), looked_until, NOON) is expected


@pytest.mark.parametrize("status", [s for s in CoverageStatus if s is not CoverageStatus.DUE])
def test_a_decided_status_does_not_depend_on_the_last_look(status):
    assert sighting(a_cell(status), None, NOON) is sighting(a_cell(status), NOON, NOON)


def test_a_cell_that_nobody_could_see_is_never_said_to_be_empty():
    assert sighting(a_cell(CoverageStatus.UNKNOWN), NOON, NOON) is Sighting.NOT_SEEN
