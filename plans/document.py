"""What every reader gives: the text of a document, a paragraph a line."""

from dataclasses import dataclass

from domain.errors import Problem


@dataclass(frozen=True, slots=True)
class Document:
    """`lines` in reading order. A table row is one line `| cell | cell |` (`<br>` inside a cell stands for a line end),
    a heading without a number starts with `#`. `problems` say what the reader left out or doubts. `wrapped`: a line may be a
    printed one that ends at the page's width; a word processor's lines are whole paragraphs, however short all of them are."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    wrapped: bool = True
