"""Words with their places on a page become lines and paragraphs, as a reader's eye puts them together.

A line goes on in the next one when the next word had no room left in it. Columns, as in a letterhead, are read one after the
other. Places are in points or pixels from the upper left corner; only their proportions count.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.addresses import join_lines
from plans.markers import read_marker
from plans.paragraphs import in_brackets
from plans.plain import is_capitals, plain
from plans.zones import is_document_type, is_role_line

_HEAD_LINES = 25
_SLACK = 0.9
"""A blank and what the boxes of letters leave out, in heights of the line."""
_CENTRED = 0.3
"""How far the middles of centred lines may lie apart; an indent, of 0.7 heights or more, moves that of a full line by its half."""
WIDEST_LETTER = 1.6
"""Most letters of an address are no wider than so many times their mean."""
_REPEATED_PAGES = 3
_ENDING = re.compile(r"noi nhan\b")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side. `height` is that of its tallest word."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def height(self) -> float:
        return max(w.bottom - w.top for w in self.words)

    def is_full(self, margin: float) -> bool:
        """Whether one more letter may not have had room before `margin`."""
        letters = sum(len(w.text) for w in self.words)
        width = sum(w.right - w.left for w in self.words)
        return self.right + WIDEST_LETTER * width / max(letters, 1) > margin

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that was drawn with lines, already as text."""

    text: str
    top: float


Page = Sequence[Line | TableRow]


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words whose middles are on one height form a line, from left to right; lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.left)):
        if rows and _beside(max(rows[-1], key=lambda w: w.bottom - w.top), word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda w: w.left))) for row in rows]


def _beside(first: Word, second: Word) -> bool:
    """Whether two words share a line: their heights overlap by half of the lower one. A hyphen is a low word."""
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared >= 0.5 * min(first.bottom - first.top, second.bottom - second.top)


def paragraphs_of(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of a document in reading order, table rows among them; a blank line where a page ends between two."""
    pages = _without_running_lines(pages)
    found: list[str] = []
    paragraph: list[Line] = []
    went_on, margin = False, 0.0
    for number, page in enumerate(pages):
        body = [line for line in page if isinstance(line, Line)]
        margin = max((line.right for line in body), default=0.0)
        edge = min((line.left for line in body), default=0.0)
        ending = 0 if went_on else next((i for i, line in enumerate(page) if isinstance(line, Line) and _ends(line)), None)
        went_on = ending is not None and not went_on
        for line in _in_columns(page, number == 0, ending):
            if isinstance(line, TableRow):
                _close(found, paragraph, margin)
                found.append(line.text)
            elif paragraph and _goes_on(paragraph, line, margin, edge):
                paragraph.append(line)
            else:
                _close(found, paragraph, margin)
                paragraph.append(line)
    _close(found, paragraph, margin)
    return found


def _close(found: list[str], paragraph: list[Line], margin: float) -> None:
    if paragraph:
        text = paragraph[0].text
        for last, line in pairwise(paragraph):
            text = join_lines(text, line.text, last.is_full(margin))
        found.append(text)
        paragraph.clear()


def _goes_on(paragraph: Sequence[Line], line: Line, margin: float, edge: float) -> bool:
    last = paragraph[-1]
    if in_brackets(" ".join(part.text for part in paragraph), line.text):
        return True
    if read_marker(line.text) or is_role_line(line.text) or is_capitals(last.text) != is_capitals(line.text):
        return False
    if line.text.strip().isdigit() or last.text.strip().isdigit():
        return False
    first_word = line.words[0]
    has_no_room = last.right + (first_word.right - first_word.left) + _SLACK * last.height > margin
    indented = line.left > edge + 0.7 * line.height
    hangs = line.left > paragraph[0].left + 0.2 * line.height and read_marker(paragraph[0].text) is not None
    centred = abs(line.middle - last.middle) < _CENTRED * line.height
    aligned = len(paragraph) > 1 and abs(line.left - last.left) < 0.3 * line.height
    return has_no_room and (not indented or hangs or centred or aligned)


def _without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Without headers and footers: what stands first or last on three pages or more, figures apart."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_figureless(line.text) for line in (*page[:1], *page[-1:])})
    running = {text for text, count in edges.items() if count >= _REPEATED_PAGES}
    kept: list[Page] = []
    for page in pages:
        last = len(page) - 1
        kept.append([line for i, line in enumerate(page) if not (i in (0, last) and _figureless(line.text) in running)])
    return kept


def _figureless(text: str) -> str:
    return re.sub(r"\d+", "#", plain(text))


def _in_columns(page: Page, first: bool, ending: int | None) -> list[Line | TableRow]:
    """The page with its letterhead and its ending read column by column; an ending may go on at the head of the next page."""
    result: list[Line | TableRow] = list(page)
    if ending is not None:
        result = [*result[:ending], *_columns(result[ending : ending + _HEAD_LINES]), *result[ending + _HEAD_LINES :]]
    head = next((i for i, line in enumerate(page[:_HEAD_LINES]) if is_document_type(line.text)), None)
    if first and head is not None:
        result = [*_columns(result[:head]), *result[head:]]
    return result


def _ends(line: Line) -> bool:
    return bool(_ENDING.match(plain(line.text))) or is_role_line(line.text)


def _columns(lines: Sequence[Line | TableRow]) -> list[Line | TableRow]:
    """Runs of lines that a gutter parts: all of the left, then all of the right."""
    result: list[Line | TableRow] = []
    index = 0
    while index < len(lines):
        gutter = _gutter(lines[index])
        if gutter is None or _straddles(lines[index], gutter):
            result.append(lines[index])
            index += 1
            continue
        left: list[Line | TableRow] = []
        right: list[Line | TableRow] = []
        while index < len(lines):
            line = lines[index]
            if not isinstance(line, Line) or _straddles(line, gutter):
                break
            own = _gutter(line)
            if own is None and line.left < gutter < line.right:
                break
            for side, words in (
                (left, [w for w in line.words if w.right <= gutter]),
                (right, [w for w in line.words if w.left >= gutter]),
            ):
                if words:
                    side.append(Line(tuple(words)))
            index += 1
        result.extend((*left, *right))
    return result


def _straddles(line: Line | TableRow, gutter: float) -> bool:
    return isinstance(line, Line) and any(w.left < gutter < w.right for w in line.words)


def _gutter(line: Line | TableRow) -> float | None:
    """The middle of the widest gap in a line, when it is wider than any gap between words."""
    if not isinstance(line, Line) or len(line.words) < 2:
        return None
    gaps = [(b.left - a.right, (a.right + b.left) / 2) for a, b in zip(line.words, line.words[1:], strict=False)]
    widest, middle = max(gaps)
    return middle if widest > 1.2 * line.height else None
