"""Word documents (.docx): text as Word shows it, with list numbers, tracked changes accepted, tables as rows.

Headers, footers, footnotes, comments and hidden text are not part of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.text import nfc
from plans.document import Document
from plans.markers import read_marker
from plans.plain import plain
from plans.readers.archive import Element, attribute, broken, child, local, open_archive, parse_xml, read_part
from plans.readers.docx_numbering import Numbering
from plans.readers.legacy_encoding import by_font, to_unicode
from plans.readers.limits import MAX_COLUMNS, bounded
from plans.readers.text import legacy_note

_SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
        "annotationRef",
        "rPr",
        "pPr",
        "Fallback",
        "txbxContent",
        "sdtPr",
        "proofErr",
    }
)
_LAYOUT_WORDS = ("noi nhan", "cong hoa xa hoi", "dang cong san viet nam", "doc lap - tu do")
_HEAD_WORDS = re.compile(r"\bso\s*:?\s*[\d_.…]*\s*[-/]\s*[a-z].*ngay\s+[\d_.…]*\s*thang\s+[\d_.…]*\s*nam")
_ENDING = re.compile(r"noi nhan\s*:")
_LAYOUT_ROWS = 6
_LONGEST_HEADING = 250
LINE_BREAK = "<br>"


@dataclass(slots=True)
class _Style:
    based_on: str | None = None
    number: str | None = None
    index: int | None = None
    outline: int | None = None
    capitals: bool | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class _Body:
    numbering: Numbering
    styles: dict[str, _Style]
    lines: list[str] = field(default_factory=list)
    pending: str = ""
    """Text of a paragraph whose end was deleted under tracked changes: the next paragraph continues it."""


def read_docx(content: bytes) -> Document:
    """Raises UnreadableDocument for what is broken, hostile or far too large."""
    with open_archive(content) as archive:
        main = read_part(archive, _main_part(read_part(archive, "_rels/.rels")))
        if main is None:
            raise broken()
        numbering, styles = read_part(archive, "word/numbering.xml"), read_part(archive, "word/styles.xml")
    body = _Body(Numbering(parse_xml(numbering) if numbering else None), _styles(parse_xml(styles)) if styles else {})
    root = child(parse_xml(main), "body")
    if root is None:
        raise broken()
    _blocks(root, body)
    if body.pending:
        body.lines.append(body.pending)
    text, typed = to_unicode("\n".join(body.lines))
    return Document(bounded(nfc(text).split("\n")), (legacy_note(typed),) if typed else (), wrapped=False)


def _main_part(relations: bytes | None) -> str:
    for relation in parse_xml(relations) if relations else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return (attribute(relation, "Target") or "").lstrip("/")
    return "word/document.xml"


def _is_on(element: Element | None) -> bool | None:
    if element is None:
        return None
    return (attribute(element, "val") or "true").lower() not in ("false", "0", "off")


def _number(element: Element | None) -> int | None:
    value = attribute(element, "val") if element is not None else None
    return int(value) if value and value.isdigit() else None


def _value(element: Element | None) -> str | None:
    return attribute(element, "val") if element is not None else None


def _styles(root: Element) -> dict[str, _Style]:
    found = {}
    for element in root:
        if local(element) != "style":
            continue
        properties, run = child(element, "pPr"), child(element, "rPr")
        name = (_value(child(element, "name")) or "").lower()
        outline = _number(child(properties, "outlineLvl"))
        if outline is None and name.startswith("heading ") and name[8:].isdigit():
            outline = int(name[8:]) - 1
        found[attribute(element, "styleId") or ""] = _Style(
            based_on=_value(child(element, "basedOn")),
            number=_value(child(properties, "numPr", "numId")),
            index=_number(child(properties, "numPr", "ilvl")),
            outline=outline,
            capitals=_is_on(child(run, "caps")),
            hidden=_is_on(child(run, "vanish")),
        )
    return found


def _chain(body: _Body, style: str | None) -> Iterator[tuple[str, _Style]]:
    """A style and those it is based on, nearest first; a circle ends."""
    seen: set[str] = set()
    while style and style in body.styles and style not in seen:
        seen.add(style)
        yield style, body.styles[style]
        style = body.styles[style].based_on


def _blocks(holder: Element, body: _Body) -> None:
    for element in holder:
        name = local(element)
        if name == "p":
            _paragraph(element, body)
        elif name == "tbl":
            _table(element, body)
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"):
            _blocks(element, body)


def _paragraph(element: Element, body: _Body) -> None:
    text = body.pending + _text(element, body)
    body.pending = ""
    properties = child(element, "pPr")
    mark = child(properties, "rPr")
    if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
        body.pending = text
        return
    label = _label(properties, body)
    pieces = text.split("\n")
    if label and (pieces[0].strip() or (element.getparent() is not None and local(element.getparent()) == "tc")):
        pieces[0] = f"{label} {pieces[0].strip()}".strip()
    elif (level := _outline_level(properties, body)) is not None and _is_heading(pieces[0]):
        pieces[0] = f"{'#' * min(level + 1, 6)} {pieces[0].strip()}"
    body.lines.extend(piece.strip() for piece in pieces)
    for box in _text_boxes(element):
        _blocks(box, body)


def _is_heading(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _LONGEST_HEADING and read_marker(text.strip()) is None


def _label(properties: Element | None, body: _Body) -> str | None:
    """The list number of a paragraph: its own, else its style's; list 0 takes a style's number away."""
    style = _value(child(properties, "pStyle"))
    number = _value(child(properties, "numPr", "numId"))
    index = _number(child(properties, "numPr", "ilvl"))
    if number is None:
        for name, holder in _chain(body, style):
            if holder.number is not None:
                number = holder.number
                tied = body.numbering.level_of_style(number, style or name)
                index = index if index is not None else holder.index if holder.index is not None else tied
                index = tied if tied is not None and holder.index is None else index
                break
    if number is None or number == "0":
        return None
    return body.numbering.next_label(number, min(index or 0, 8))


def _outline_level(properties: Element | None, body: _Body) -> int | None:
    own = _number(child(properties, "outlineLvl"))
    if own is not None:
        return own if own < 9 else None
    level = next((s.outline for _, s in _chain(body, _value(child(properties, "pStyle"))) if s.outline is not None), None)
    return level if level is not None and level < 9 else None


def _text(paragraph: Element, body: _Body) -> str:
    style = _value(child(paragraph, "pPr", "pStyle"))
    capitals = any(s.capitals for _, s in _chain(body, style))
    pieces: list[str] = []
    _run_text(paragraph, body, capitals, pieces)
    return "".join(pieces)


def _run_text(element: Element, body: _Body, capitals: bool, pieces: list[str]) -> None:
    for part in element:
        name = local(part)
        if name in _SKIPPED or not name:
            continue
        if name == "t":
            text = part.text or ""
            pieces.append(text.upper() if capitals else text)
        elif name in ("tab", "ptab"):
            pieces.append("\t")
        elif name in ("br", "cr"):
            pieces.append(" " if attribute(part, "type") in ("page", "column") else "\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "sym":
            pieces.append("• " if not pieces else " ")
        elif name == "r":
            run = child(part, "rPr")
            styled = [s for _, s in _chain(body, _value(child(run, "rStyle")))]
            hidden = _is_on(child(run, "vanish"))
            if hidden if hidden is not None else any(s.hidden for s in styled):
                continue
            own = _is_on(child(run, "caps"))
            inner: list[str] = []
            _run_text(part, body, own if own is not None else capitals or any(s.capitals for s in styled), inner)
            fonts = child(run, "rFonts")
            pieces.append(by_font("".join(inner), attribute(fonts, "ascii") if fonts is not None else None))
        else:
            _run_text(part, body, capitals, pieces)


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of text boxes; the copy that Word keeps for old programs is left out."""
    for box in paragraph.iter("{*}txbxContent"):
        if not any(local(a) in ("Fallback", "txbxContent", "del") for a in box.iterancestors()):
            yield box


def _table(table: Element, body: _Body) -> None:
    """A table of data gives rows; one that only lays out the letterhead or the ending gives its columns one after the other."""
    rows = [[_cell(cell, body) for cell in _children(row, "tc")] for row in _children(table, "tr")]
    ending = next((i for i, row in enumerate(rows) if any(_ENDING.match(plain(t)) for c in row for t in c.lines)), 0)
    for part in (rows[:ending], rows[ending:]):
        _write_table(part, body)


def _write_table(rows: list[list["_Cell"]], body: _Body) -> None:
    words = " ".join(plain(line) for row in rows for cell in row for line in cell.lines)
    lays_out = len(rows) <= _LAYOUT_ROWS and (any(w in words for w in _LAYOUT_WORDS) or bool(_HEAD_WORDS.search(words)))
    if max((len(r) for r in rows), default=0) <= 1 or lays_out:
        for column in range(max((len(r) for r in rows), default=0)):
            for row in rows:
                body.lines.extend(row[column].lines if column < len(row) else ())
            body.lines.append("")
        return
    above: list[str] = []
    for row in rows:
        cells: list[str] = []
        for cell in row:
            text = LINE_BREAK.join(line.replace("|", "/").replace("\t", " ") for line in cell.lines if line)
            if cell.continues and len(cells) < len(above):
                text = above[len(cells)]
            cells.extend([text] * min(cell.span, MAX_COLUMNS - len(cells)))
        above = cells
        body.lines.append("| " + " | ".join(cells) + " |")
    body.lines.append("")


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: tuple[str, ...]
    span: int
    continues: bool


def _children(holder: Element, name: str) -> Iterator[Element]:
    for element in holder:
        if local(element) == name:
            if child(element, "trPr", "del") is None:
                yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _children(element, name)


def _cell(cell: Element, body: _Body) -> _Cell:
    outer, body.lines = body.lines, []
    try:
        _blocks(cell, body)
        lines = tuple(line.strip() for line in body.lines)
    finally:
        body.lines = outer
    merge = child(cell, "tcPr", "vMerge")
    span = _number(child(cell, "tcPr", "gridSpan")) or 1
    return _Cell(lines, max(1, span), merge is not None and (_value(merge) or "continue") == "continue")
