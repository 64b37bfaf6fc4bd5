"""Automatic list numbers of a Word document, as Word shows them (ECMA-376 Part 1, 17.9)."""

from dataclasses import dataclass, field

from plans.readers.archive import Element, attribute, child, local

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_BULLETS = frozenset("-–—+*•o")
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)
    style_link: str | None = None
    number_style: str | None = None


@dataclass(slots=True)
class _Number:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


def _integer(element: Element | None, default: int) -> int:
    value = attribute(element, "val") if element is not None else None
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default


def _level(element: Element) -> Level:
    restart, style = child(element, "lvlRestart"), child(element, "pStyle")
    form, text, suffix = child(element, "numFmt"), child(element, "lvlText"), child(element, "suff")
    return Level(
        start=_integer(child(element, "start"), 1),
        format=(attribute(form, "val") if form is not None else None) or "decimal",
        text=(attribute(text, "val") if text is not None else None) or "",
        suffix=(attribute(suffix, "val") if suffix is not None else None) or "tab",
        restart=_integer(restart, 0) if restart is not None else None,
        legal=child(element, "isLgl") is not None,
        style=attribute(style, "val") if style is not None else None,
    )


class Numbering:
    """The lists of a document. `next_label` must be asked paragraph by paragraph, in document order."""

    def __init__(self, root: Element | None) -> None:
        self._abstracts: dict[str, _Abstract] = {}
        self._numbers: dict[str, _Number] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                self._read_abstract(element)
            elif local(element) == "num":
                self._read_number(element)

    def _read_abstract(self, element: Element) -> None:
        made = _Abstract()
        for part in element:
            if local(part) == "lvl":
                made.levels[int(attribute(part, "ilvl") or 0)] = _level(part)
            elif local(part) == "numStyleLink":
                made.number_style = attribute(part, "val")
            elif local(part) == "styleLink":
                made.style_link = attribute(part, "val")
        self._abstracts[attribute(element, "abstractNumId") or ""] = made

    def _read_number(self, element: Element) -> None:
        holder = child(element, "abstractNumId")
        made = _Number((attribute(holder, "val") if holder is not None else None) or "")
        for part in element:
            if local(part) == "lvlOverride":
                index = int(attribute(part, "ilvl") or 0)
                if (start := child(part, "startOverride")) is not None:
                    made.starts[index] = _integer(start, 1)
                if (level := child(part, "lvl")) is not None:
                    made.levels[index] = _level(level)
        self._numbers[attribute(element, "numId") or ""] = made

    def _abstract_of(self, number: _Number) -> _Abstract | None:
        found = self._abstracts.get(number.abstract)
        if found and found.number_style and not found.levels:
            return next((a for a in self._abstracts.values() if a.style_link == found.number_style), found)
        return found

    def level_of_style(self, number_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to."""
        number = self._numbers.get(number_id)
        abstract = self._abstract_of(number) if number else None
        return next((i for i, level in abstract.levels.items() if level.style == style), None) if abstract else None

    def next_label(self, number_id: str, index: int) -> str | None:
        """The marker that Word prints before the next paragraph of that list and level; None where it prints none."""
        number = self._numbers.get(number_id)
        abstract = self._abstract_of(number) if number else None
        if number is None or abstract is None:
            return None
        levels = {**abstract.levels, **number.levels}
        level = levels.get(index)
        if level is None:
            return None
        self._count(number, abstract, levels, index)
        if level.format == "none":
            return _fill(level, levels, abstract.counters) or None
        if level.format == "bullet":
            return _bullet(level.text)
        return _fill(level, levels, abstract.counters) or None

    @staticmethod
    def _count(number: _Number, abstract: _Abstract, levels: dict[int, Level], index: int) -> None:
        counters = abstract.counters
        if index in number.starts and index not in number.begun:
            counters[index] = number.starts[index]
        elif index in counters:
            counters[index] += 1
        else:
            counters[index] = levels[index].start
        number.begun.add(index)
        for above in range(index):
            if above in levels:
                counters.setdefault(above, number.starts.get(above, levels[above].start))
        for below in [i for i in counters if i > index]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart != 0 and index < restart):
                del counters[below]


def _bullet(text: str) -> str:
    first = text.strip()[:1]
    if not first or ord(first) in _PRIVATE_USE:
        return "•"
    return first if first in _BULLETS else "•"


def _fill(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    text = level.text
    for index in range(8, -1, -1):
        if f"%{index + 1}" in text:
            form = "decimal" if level.legal or index not in levels else levels[index].format
            text = text.replace(f"%{index + 1}", counted(counters.get(index, 1), form))
    return text.strip()


def counted(value: int, form: str) -> str:
    """A number in one of Word's number formats; the ones that Vietnamese offices do not use are written in digits."""
    if form in ("upperRoman", "lowerRoman"):
        rest, roman = min(max(value, 0), 3999), ""
        for worth, letters in _ROMAN:
            times, rest = divmod(rest, worth)
            roman += letters * times
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < value <= 26 * 50:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{value:02}"
    if form == "none":
        return ""
    return str(value)
