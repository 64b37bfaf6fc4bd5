"""The error tree, and problems as data.

    BamsatError
    ├── InvalidInput          a file, table or value that a person gave cannot be used as it is
    │   ├── UnreadableDocument    a plan document that cannot be read safely, or at all
    │   └── InvalidRegistry       a registry table with wrong rows: nothing of it is loaded
    ├── SettingsError         a setting is unknown, missing or wrong (exit code 2)
    ├── MissingProgram        a program or package that this action needs is not installed
    ├── NotFound              something was named that is not there
    ├── NotAllowed            this viewer may not see or do that
    ├── OutOfScope            an address that does not belong to a registered outlet
    └── StoreUnavailable      the database is missing, behind, ahead, locked or read-only

Errors that a person may read carry both languages: Vietnamese for users, English for the log.
What can be skipped (a line, a row, a post) is not raised: it becomes a `Problem`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for a person, in both languages: what happened, where, and what to do."""

    vi: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en


class Severity(StrEnum):
    ERROR = "error"
    """Nothing may be built on this until a person has mended it."""
    DOUBT = "doubt"
    """Read, but a person should look."""
    NOTE = "note"
    """Worth knowing; nothing to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be read, or was read with doubt.

    `line` counts from 1 in the text of a document; `sheet`, `row` and `column` name a cell as a spreadsheet shows it.
    """

    severity: Severity
    code: str
    message: Message
    hint: Message | None = None
    line: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def place(self, language: Language) -> str:
        """Where it is, as a person would look for it; empty when it concerns the whole input."""
        words = ("dòng", "trang tính", "dòng", "cột") if language == "vi" else ("line", "sheet", "row", "column")
        parts = []
        if self.line is not None:
            parts.append(f"{words[0]} {self.line}")
        if self.sheet:
            parts.append(f"{words[1]} “{self.sheet}”")
        if self.row is not None:
            parts.append(f"{words[2]} {self.row}")
        if self.column:
            parts.append(f"{words[3]} “{self.column}”")
        return ", ".join(parts)


class BamsatError(Exception):
    """The root of all errors that the application raises on purpose."""

    exit_code: ClassVar[int] = 1

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(vi, en)


class InvalidInput(BamsatError):
    """What a person gave cannot be used; `problems` says why, line by line or cell by cell."""

    def __init__(self, vi: str, en: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(vi, en)
        self.problems = tuple(problems)


class UnreadableDocument(InvalidInput):
    pass


class InvalidRegistry(InvalidInput):
    pass


class SettingsError(BamsatError):
    exit_code = 2


class MissingProgram(BamsatError):
    pass


class NotFound(BamsatError):
    pass


class NotAllowed(BamsatError):
    pass


class OutOfScope(BamsatError):
    pass


class StoreUnavailable(BamsatError):
    pass
