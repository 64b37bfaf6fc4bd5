"""What is different from the week before, cell by cell."""

from dataclasses import dataclass

from domain.coverage import CoverageMatrix, CoverageStatus
from domain.plan import Topic
from domain.unit import Unit


@dataclass(frozen=True, slots=True)
class Change:
    """A unit and topic whose status is another one now. `new_posts` may be below zero: a post can move to another topic."""

    unit: Unit
    topic: Topic
    before: CoverageStatus
    after: CoverageStatus
    new_posts: int


def changes_between(previous: CoverageMatrix, matrix: CoverageMatrix) -> tuple[Change, ...]:
    """Cells of both matrices whose status differs, in the order of `matrix`; units and topics that are new are no change."""
    before = {(row.unit.code, cell.topic): cell for row in previous.units for cell in row.cells}
    topics = {t.id: t for t in matrix.topics}
    found = []
    for row in matrix.units:
        for cell in row.cells:
            old = before.get((row.unit.code, cell.topic))
            if old and old.status is not cell.status:
                found.append(Change(row.unit, topics[cell.topic], old.status, cell.status, cell.posts - old.posts))
    return tuple(found)
