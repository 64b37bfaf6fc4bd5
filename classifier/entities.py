"""Typed values that say which one: this congress, that directive, these fifty years. They compare; words only resemble."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a value counts. Values of different scopes never agree and never clash."""

    DOCUMENT = "document"
    NATIONAL_CONGRESS = "national_congress"
    PROVINCE_CONGRESS = "province_congress"
    BLOCK_CONGRESS = "block_congress"
    LOCAL_CONGRESS = "local_congress"
    ORGANISATION_CONGRESS = "organisation_congress"
    """A congress of a union, association, company or federation: another event than the Party's, whatever its number."""
    CONGRESS_LEVEL = "congress_level"
    """Whose congress it is: of a commune (`xa`), a district, a province (`tinh`)."""
    PLENUM = "plenum"
    PARTY_TERM = "party_term"
    ASSEMBLY = "assembly"
    COUNCIL = "council"
    SESSION = "session"
    TERM = "term"


class Role(StrEnum):
    """How a value is named: as what is awaited, as what is looked back on or carried out, or plainly."""

    TARGET = "target"
    REFERENCE = "reference"
    PLAIN = "plain"


Part = int | str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """One value of one scope. A part that is None was not said: it agrees with everything.

    DOCUMENT (type, number, issuer, year) · congresses (number,) · CONGRESS_LEVEL (level,) · PLENUM (number, term) ·
    PARTY_TERM, ASSEMBLY, COUNCIL (number,) · SESSION (series, number, term of the assembly) · TERM (first year, last year).
    """

    scope: Scope
    value: tuple[Part, ...]

    def agrees(self, other: "Identity") -> bool:
        """Nothing that both say differs. Terms of office that begin within two years of each other are the same round."""
        if self.scope is not other.scope:
            return False
        if self.scope is Scope.TERM:
            first, second = self.value[0], other.value[0]
            return isinstance(first, int) and isinstance(second, int) and abs(first - second) <= 2
        return all(a is None or b is None or a == b for a, b in zip(self.value, other.value, strict=True))

    def comparable(self, other: "Identity") -> bool:
        """Whether a difference between the two means anything: two directives differ, a directive and a decree do not."""
        if self.scope is not other.scope:
            return False
        if self.scope is Scope.DOCUMENT:
            same_type = self.value[0] == other.value[0]
            return same_type and (self.value[2] is None or other.value[2] is None or self.value[2] == other.value[2])
        if self.scope is Scope.SESSION:
            return self.value[0] is None or other.value[0] is None or self.value[0] == other.value[0]
        return True

    def clashes(self, other: "Identity") -> bool:
        return self.comparable(other) and not self.agrees(other)


@dataclass(frozen=True, slots=True)
class Mention:
    """An identity where a text names it: `start` and `end` are offsets in the views of its field."""

    identity: Identity
    field: str
    start: int
    end: int
    role: Role = Role.PLAIN
