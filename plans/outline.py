"""Paragraphs become nested items. No paragraph is lost: every one is exactly one item of the outline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.plan import Lines
from plans.markers import BULLETS, NUMBERED, SECTIONS, Kind, Marker, read_marker
from plans.paragraphs import Paragraph


@dataclass(slots=True)
class Item:
    """A paragraph with what stands under it.

    `text` is without the marker; `marker` None is a paragraph without one, or a table row.
    """

    text: str
    lines: Lines
    marker: Marker | None = None
    parent: "Item | None" = None
    children: list["Item"] = field(default_factory=list)

    @property
    def is_section(self) -> bool:
        return self.marker is not None and self.marker.kind in SECTIONS

    @property
    def is_bullet(self) -> bool:
        return self.marker is not None and self.marker.kind in BULLETS

    @property
    def is_numbered(self) -> bool:
        return self.marker is not None and self.marker.kind in NUMBERED

    @property
    def is_row(self) -> bool:
        return self.marker is None and self.text.startswith("|")

    @property
    def is_paragraph(self) -> bool:
        return self.marker is None and not self.is_row

    def walk(self) -> Iterator["Item"]:
        """The item and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator["Item"]:
        """From the parent up to the root."""
        holder = self.parent
        while holder:
            yield holder
            holder = holder.parent


def outline(paragraphs: Iterable[Paragraph]) -> Item:
    """A root item without text over the items of the top level.

    A marker of a level that is open closes what is under it and continues that level; a new level goes under the deepest
    open item that stands higher by convention. A paragraph without marker belongs to the numbered item or heading above it.
    """
    root = Item("", ())
    open_items = [root]
    for paragraph in paragraphs:
        marker = None if paragraph.is_row else read_marker(paragraph.text)
        item = Item(paragraph.text[marker.end :].strip() if marker else paragraph.text, paragraph.lines, marker)
        holder = open_items[-1]
        if marker and _completes(holder, marker):
            holder.text, holder.lines = f"{holder.text} {item.text}".strip(), holder.lines + item.lines
            continue
        if marker:
            _close(open_items, marker)
        else:
            while open_items[-1].is_bullet:
                open_items.pop()
        item.parent = open_items[-1]
        item.parent.children.append(item)
        if marker:
            open_items.append(item)
    return root


def _completes(holder: Item, marker: Marker) -> bool:
    """`Phần thứ nhất` or a bare `II.`: the heading in capitals on the next line is its text."""
    return marker.kind is Kind.CAPITALS and holder.is_section and not holder.text


def _close(open_items: list[Item], marker: Marker) -> None:
    levels = [item.marker.level if item.marker else None for item in open_items]
    if marker.level in levels:
        del open_items[levels.index(marker.level) :]
        return
    while open_items[-1].marker and open_items[-1].marker.rank >= marker.reach:
        open_items.pop()
