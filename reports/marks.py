"""How a status looks on paper and on screen: a sign and a word beside the colour, so that no one depends on the colour.

Ink on fill has a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3) in both themes.
"""

from dataclasses import dataclass

from domain.coverage import CoverageCell, CoverageStatus
from domain.errors import Message
from domain.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Colours:
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Mark:
    """`word` fits a table, `meaning` explains it in a legend. Colours are `#rrggbb`."""

    sign: str
    word: Message
    meaning: Message
    light: Colours
    dark: Colours


_NOT_SEEN_LIGHT = Colours("#D5D9E2", "#333B4D")
_NOT_SEEN_DARK = Colours("#454D60", "#E8EBF2")

MARKS = {
    CoverageStatus.COVERED: Mark(
        "✓",
        Message("Đã đăng", "Published"),
        Message("đã đăng đủ số bài yêu cầu", "the required number of posts is there"),
        Colours("#BFE5DD", "#0B4B42"),
        Colours("#14524A", "#D3F5EE"),
    ),
    CoverageStatus.LATE: Mark(
        "◷",
        Message("Đăng muộn", "Late"),
        Message("đăng đủ, nhưng sau hạn", "the posts are there, but after the deadline"),
        Colours("#DDE9B4", "#434D07"),
        Colours("#434D14", "#EEF7CF"),
    ),
    CoverageStatus.DUE: Mark(
        "○",
        Message("Còn hạn", "Due"),
        Message("đã xem, chưa thấy đủ bài, vẫn còn thời hạn", "looked, not enough found yet, and there is still time"),
        Colours("#FFF0C2", "#654A00"),
        Colours("#544208", "#FFEDB8"),
    ),
    CoverageStatus.MISSING: Mark(
        "✕",
        Message("Chưa đăng", "Missing"),
        Message("đã xem hết các kênh, không thấy đủ bài, đã quá hạn", "every channel was read, not enough was there, time is over"),
        Colours("#F8CFC4", "#86200B"),
        Colours("#742816", "#FFE0D7"),
    ),
    CoverageStatus.UNKNOWN: Mark(
        "?",
        Message("Không xem được", "Could not look"),
        Message("có lúc không xem được kênh, nên chưa kết luận", "some channel could not be read, so nothing is concluded"),
        _NOT_SEEN_LIGHT,
        _NOT_SEEN_DARK,
    ),
    CoverageStatus.NOT_REQUIRED: Mark(
        "–",
        Message("Không yêu cầu", "Not required"),
        Message("kế hoạch không yêu cầu đơn vị này", "the plan does not ask this unit for it"),
        Colours("#FFFFFF", "#5F6573"),
        Colours("#262B36", "#A9B0BF"),
    ),
}
DUE_NOT_SEEN = Mark(
    "○?",
    Message("Còn hạn, không xem được", "Due, could not look"),
    Message("còn thời hạn, nhưng đã hơn 7 ngày không xem được kênh", "there is still time, but no channel was read for 7 days"),
    _NOT_SEEN_LIGHT,
    _NOT_SEEN_DARK,
)


def mark_of(cell: CoverageCell, state: Sighting) -> Mark:
    """`state` is the cell's `domain.sighting.sighting`: a cell still due that nobody could look at is told apart."""
    if cell.status is CoverageStatus.DUE and state is Sighting.NOT_SEEN:
        return DUE_NOT_SEEN
    return MARKS[cell.status]


def figure(cell: CoverageCell) -> tuple[int, str]:
    """The posts of a cell that meet what is asked, and what follows them: `/required` unless exactly what was asked is met."""
    met = cell.status in (CoverageStatus.COVERED, CoverageStatus.LATE, CoverageStatus.NOT_REQUIRED)
    return cell.toward, "" if met and cell.required <= 1 else f"/{cell.required}"
