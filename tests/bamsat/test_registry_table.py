import io

import pytest
from openpyxl import Workbook

from bamsat.workflows.registry_table import read_registry_table
from domain.errors import InvalidRegistry
from domain.unit import ChannelKind

HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Nhóm đơn vị", "Loại kênh", "Địa chỉ kênh", "Số bài mỗi tuần", "Liên hệ")
GOOD = ("SO-A", "Sở An Toàn", "Sở, ban, ngành", "website", "https://so-a.example.gov.vn/", "3", "vp@so-a.example")
PAGE = ("SO-A", "", "", "Facebook", "https://facebook.example/soantoan", "1,5", "")


def as_csv(*rows, delimiter=";", encoding="utf-8-sig"):
    return "\r\n".join(delimiter.join(row) for row in (HEADINGS, *rows)).encode(encoding)


def as_xlsx(*rows, before=()):
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for row in (*before, HEADINGS, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        as_csv(GOOD, PAGE),
        as_csv(GOOD, PAGE, delimiter="\t", encoding="utf-16"),
        as_xlsx(GOOD, PAGE),
        as_xlsx(GOOD, PAGE, before=(("DANH SÁCH ĐƠN VỊ",), ())),
    ],
    ids=["csv", "tabs in UTF-16", "xlsx", "xlsx under a title"],
)
def test_a_unit_has_a_row_for_each_channel(content):
    (unit,) = read_registry_table(content, "don-vi")
    assert (unit.code, unit.name, unit.group, unit.contact) == ("SO-A", "Sở An Toàn", "Sở, ban, ngành", "vp@so-a.example")
    assert [(c.kind, c.url, c.posts_per_week) for c in unit.channels] == [
        (ChannelKind.WEBSITE, "https://so-a.example.gov.vn/", 3.0),
        (ChannelKind.FACEBOOK, "https://facebook.example/soantoan", 1.5),
    ]


def test_english_headings_are_the_same_table():
    names = "unit_code,unit_name,unit_group,channel_kind,channel_url,posts_per_week,contact"
    content = f'{names}\nSO-A,Sở An Toàn,"Sở, ban, ngành",website,https://so-a.example.gov.vn/,3,vp@so-a.example'
    assert read_registry_table(content.encode(), "u.csv") == read_registry_table(as_csv(GOOD), "u.csv")


def test_an_address_without_a_scheme_is_taken_for_https_and_no_kind_for_a_website():
    (unit,) = read_registry_table(as_csv((*GOOD[:3], "", "so-a.example.gov.vn", "", "")), "u.csv")
    assert [(c.kind, c.url) for c in unit.channels] == [(ChannelKind.WEBSITE, "https://so-a.example.gov.vn/")]


def test_a_unit_without_a_channel_is_still_a_unit():
    (unit,) = read_registry_table(as_csv((*GOOD[:3], "", "", "", "")), "u.csv")
    assert unit.channels == ()


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (("", *GOOD[1:]), "A", "mã đơn vị"),
        (("SO-B", "", *GOOD[2:]), "B", "tên đơn vị"),
        (("SO-B", "Sở B", "", *GOOD[3:]), "C", "nhóm"),
        (("SO-B", "Sở B", "Sở", "facebok", *GOOD[4:]), "D", "facebok"),
        (("SO-B", "Sở B", "Sở", "website", "khong co", "", ""), "E", "khong co"),
        (("SO-B", "Sở B", "Sở", "website", "javascript:alert(1)", "", ""), "E", "javascript"),
        (("SO-B", "Sở B", "Sở", "website", "https://b.example", "nhiều", ""), "F", "nhiều"),
        (("SO-B", "Sở B", "Sở", "website", GOOD[4], "", ""), "E", "SO-A"),
        (("SO-A", "Tên khác", *GOOD[2:4], "https://b.example", "", ""), "B", "Tên khác"),
        (GOOD, "E", "hai lần"),
    ],
    ids=["code", "name", "group", "kind", "address", "scheme", "number", "another's channel", "contradiction", "twice"],
)
def test_a_wrong_cell_is_named_by_sheet_row_and_column(row, column, word):
    with pytest.raises(InvalidRegistry) as refusal:
        read_registry_table(as_xlsx(GOOD, row), "u.xlsx")
    problem = refusal.value.problems[0]
    assert (problem.sheet, problem.row, problem.column) == ("Danh sách", 3, column)
    assert word in problem.message.vi


def test_every_wrong_cell_is_named_at_once():
    with pytest.raises(InvalidRegistry) as refusal:
        read_registry_table(as_csv(("", *GOOD[1:]), ("SO-B", "", "", "x", "", "", "")), "u.csv")
    assert len(refusal.value.problems) == 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a workbook",
        b"a;b;c\n1;2;3\n",
        "Mã đơn vị;Tên đơn vị;Nhóm đơn vị\n".encode(),
        "Mã đơn vị".encode("cp1258", "replace"),
    ],
    ids=["empty", "broken workbook", "no headings", "no rows", "legacy encoding"],
)
def test_what_is_no_registry_is_refused_as_a_whole(content):
    with pytest.raises(InvalidRegistry) as refusal:
        read_registry_table(content, "u")
    assert refusal.value.problems
