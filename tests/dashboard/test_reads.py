"""Remembered answers belong to the viewer who asked."""

from datetime import UTC, datetime

import pytest

from bamsat.workflows.accounts import sign_in
from dashboard.reads import coverage_of, summary_of
from domain.weeks import Week
from tests.dashboard.office import PASSWORD

ORDERS = [("can-bo", "don-vi"), ("don-vi", "can-bo")]
EXPECTED = {"can-bo": {"SO-TT", "SO-NN", "BQL-KBT", "XA-DL"}, "don-vi": {"XA-DL"}}


def units_of_matrix(store, viewer, now):
    read = coverage_of(viewer, "same address", None, Week.of(now), None, store, now)
    return {row.unit.code for row in read.matrix.units}


def units_of_summary(store, viewer, now):
    return {line.unit.code for line in summary_of(viewer, "same address", None, Week.of(now), "", store, now).units}


@pytest.mark.parametrize("read", [units_of_matrix, units_of_summary])
@pytest.mark.parametrize("names", ORDERS, ids=["staff first", "unit admin first"])
def test_one_viewer_is_never_answered_with_what_another_saw(office, read, names):
    now = datetime.now(UTC)
    for name in (*names, *names):
        assert read(office, sign_in(office, name, PASSWORD), now) == EXPECTED[name]


def test_the_same_viewer_is_answered_from_memory(office):
    now = datetime.now(UTC)
    staff = sign_in(office, "can-bo", PASSWORD)
    first, second = (coverage_of(staff, "same address", None, Week.of(now), None, office, now) for _ in range(2))
    assert first is second
