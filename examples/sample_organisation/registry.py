"""The member units of the sample organisation, and the registry table that an office would keep of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from examples.sample_organisation.articles import CONTENT

HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Nhóm đơn vị", "Loại kênh", "Địa chỉ kênh", "Số bài mỗi tuần", "Liên hệ")


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or ward, and the hamlets or quarters in it."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A unit as the sample invents it. `group` is a letter of `Membership.groups`; `habit` says how faithfully it follows the plan.

    `others` is the number of its posts that are about no topic; `engine` the kind of its website, `page` its Facebook page.
    """

    code: str
    name: str
    group: str
    engine: str | None
    habit: str
    others: int
    posts_per_week: float
    domain: str
    address: str
    sign: str
    place: int | None = None
    page: str | None = None

    @property
    def contact(self) -> str:
        return f"vanthu@{self.domain}.namlinh.example"


@dataclass(frozen=True, slots=True)
class Membership:
    places: tuple[Place, ...]
    members: tuple[Member, ...]
    groups: dict[str, str]
    """Letter → name of the group, as the plan and the registry print it."""


@dataclass(frozen=True, slots=True)
class ListedChannel:
    """One row of the registry."""

    member: Member
    kind: str
    url: str
    posts_per_week: float


def read_members(folder: Path = CONTENT) -> Membership:
    stock = json.loads((folder / "units.json").read_text(encoding="utf-8"))
    return Membership(
        tuple(Place(p["name"], tuple(p["parts"])) for p in stock["places"]),
        tuple(Member(**unit) for unit in stock["units"]),
        stock["groups"],
    )


def write_registry(path: Path, channels: Iterable[ListedChannel], groups: dict[str, str]) -> None:
    """A workbook as an office would send it: a title above the headings, a row for each channel."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Đơn vị và kênh")
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True})
        title = book.add_format({"bold": True, "font_size": 13})
        sheet.write(0, 0, "Danh sách đơn vị thành viên và kênh thông tin chính thức, tỉnh Nam Lĩnh", title)
        sheet.write_row(2, 0, HEADINGS, bold)
        for row, channel in enumerate(channels, 3):
            member = channel.member
            sheet.write_row(row, 0, (member.code, member.name, groups[member.group], channel.kind, channel.url))
            sheet.write_number(row, 5, channel.posts_per_week)
            sheet.write(row, 6, member.contact)
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 2, 42)
        sheet.set_column(3, 3, 14)
        sheet.set_column(4, 4, 44)
        sheet.set_column(5, 6, 32)
        sheet.freeze_panes(3, 0)
