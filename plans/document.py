"""What every reader gives: the text of a document, a paragraph a line."""

from dataclasses import dataclass

from domain.errors import Problem


@dataclass(frozen=True, slots=True)
class Document:
    """`lines` in reading order. A table row is one line `| cell | cell |` (`<br>` inside a cell stands for a line end),
    a heading without a number starts with `#`. `problems` say what the reader left out or doubts."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
