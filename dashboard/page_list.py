"""The pages, in the order of the menu. A new one is a file in `app_pages` and a line here."""

from dataclasses import dataclass

from dashboard import phrases
from domain.access import Role
from domain.errors import Message

_MEMBERS = frozenset({Role.ADMIN, Role.STAFF, Role.UNIT_ADMIN})
_EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class ListedPage:
    """`address` is the last part of the page's URL; people share it, so it stays. `roles` are those that may open the page."""

    file: str
    address: str
    title: Message
    icon: str
    roles: frozenset[Role]


PAGES = (
    ListedPage("app_pages/coverage.py", "ma-tran", phrases.PAGE_COVERAGE, ":material/grid_on:", _MEMBERS),
    ListedPage("app_pages/weekly_summary.py", "bao-cao", phrases.PAGE_SUMMARY, ":material/summarize:", _EVERYBODY),
)


def pages_of(role: Role) -> tuple[ListedPage, ...]:
    return tuple(page for page in PAGES if role in page.roles)
