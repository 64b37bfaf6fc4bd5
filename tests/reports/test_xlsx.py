"""Every figure of the workbook is compared with the summary, by an independent reader."""

import subprocess
import warnings
from dataclasses import replace
from datetime import date, datetime, time

import openpyxl
import pytest

from domain.coverage import CoverageStatus
from domain.dates import VIETNAM
from domain.sighting import sighting
from reports.exporters.xlsx import HEADER_ROW, write_xlsx
from reports.formats import EXPORTERS, MEDIA_TYPES
from reports.marks import mark_of
from reports.tables import Link, StatusCell, tables
from tests.reports.builders import the_week

SHEETS = [
    "Tóm tắt", "Ma trận", "Đơn vị", "Chủ đề", "Chậm, còn hạn", "Thay đổi", "Thời hạn", "Bài đăng", "Không xem được", "Cách tính",
]  # fmt: skip


@pytest.fixture(scope="module")
def summary():
    return the_week().summary()


@pytest.fixture(scope="module")
def book(summary, tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "tuan.xlsx"
    write_xlsx(summary, path, "vi")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return openpyxl.load_workbook(path)


def records(sheet):
    """The rows below the header, each as a dictionary by column title."""
    header, *rows = sheet.iter_rows(min_row=HEADER_ROW + 1)
    return [dict(zip((c.value for c in header), row, strict=True)) for row in rows]


def test_sheets_stand_in_the_order_of_reading(book):
    assert book.sheetnames == SHEETS


def test_every_value_of_every_table_is_in_its_sheet_with_its_type(book, summary):
    for table in tables(summary, "vi"):
        rows = list(table.rows())
        cells = list(book[table.name].iter_rows(min_row=HEADER_ROW + 2, max_row=HEADER_ROW + 1 + max(len(rows), 1)))
        for values, written in zip(rows, cells, strict=False):
            for value, cell in zip(values, written, strict=True):
                assert cell.value == as_meant(value), (table.name, cell.coordinate)
        assert len(rows) == sum(any(c.value is not None for c in row) for row in cells)


def as_meant(value):
    match value:
        case StatusCell(cell, _):
            return cell.toward
        case Link(text, _):
            return text if not text.startswith(("=", "@")) else f"'{text}"
        case datetime():
            return value.astimezone(VIETNAM).replace(tzinfo=None)
        case date():
            return datetime.combine(value, time())
        case float():
            return pytest.approx(value)
        case "":
            return None
    return value


def test_the_matrix_counts_the_posts_that_meet_what_is_asked(book, summary):
    rows = records(book["Ma trận"])
    titles = [f"{n}. {t.topic.title}" for n, t in enumerate(summary.topics, start=1)]
    for title, line in zip(titles, summary.topics, strict=True):
        assert sum(row[title].value for row in rows) == line.originals
    assert [row["Mã"].value for row in rows] == [u.unit.code for u in summary.units]


def test_posts_can_be_counted_again_from_the_posts_sheet(book, summary):
    rows = [r for r in records(book["Bài đăng"]) if r["Được tính"].value == "có"]
    for row in summary.matrix.units:
        for cell in row.cells:
            topic = summary.matrix.plan.topic(cell.topic).title
            found = [r for r in rows if r["Mã đơn vị"].value == row.unit.code and r["Chủ đề"].value == topic]
            assert (len(found), sum(r["Trong tuần"].value == "có" for r in found)) == (cell.posts, cell.in_week)


def test_states_are_told_apart_by_sign_as_well_as_colour(book, summary):
    looks = {}
    for row, written in zip(summary.matrix.units, records(book["Ma trận"]), strict=True):
        for n, cell in enumerate(row.cells, start=1):
            excel = written[f"{n}. {summary.matrix.topics[n - 1].title}"]
            mark = mark_of(cell, sighting(cell, row.looked_until, summary.matrix.until))
            assert mark.sign in excel.number_format
            assert excel.fill.fgColor.rgb[2:] == mark.light.fill[1:]
            looks[cell.status] = (mark.sign, mark.light.fill)
    assert set(looks) == {
        CoverageStatus.COVERED, CoverageStatus.DUE, CoverageStatus.MISSING, CoverageStatus.UNKNOWN, CoverageStatus.NOT_REQUIRED,
    }  # fmt: skip
    assert len({sign for sign, _ in looks.values()}) == len({fill for _, fill in looks.values()}) == len(looks)


def test_collected_text_is_never_a_formula(book):
    formulas = [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert formulas == []
    titles = {r["Tiêu đề"].value for r in records(book["Bài đăng"])}
    assert "'@nông dân xã Đồng Lúa sửa kênh mương" in titles
    assert not any(title.startswith(("=", "+", "-", "@")) for title in titles)


def test_titles_lead_to_the_posts(book, summary):
    links = [r["Tiêu đề"].hyperlink.target for r in records(book["Bài đăng"])]
    assert links == [p.url for p in summary.post_lines]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/" + "x" * 3000])
def test_an_address_that_is_no_plain_web_address_is_text_only(tmp_path, url):
    facts = the_week()
    facts.posts[0] = replace(facts.posts[0], url=url)
    write_xlsx(facts.summary(), tmp_path / "a.xlsx", "vi")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Bài đăng"]
    row = next(r for r in records(sheet) if r["Địa chỉ"].value.startswith(url[:20]))
    assert row["Tiêu đề"].hyperlink is None


def test_one_can_scroll_and_filter_and_read_what_a_column_means(book, summary):
    for table in tables(summary, "vi"):
        sheet = book[table.name]
        assert sheet.freeze_panes.endswith(str(HEADER_ROW + 2))
        assert sheet.auto_filter.ref.startswith(f"A{HEADER_ROW + 1}:")
        assert all(cell.comment and cell.comment.text for cell in sheet[HEADER_ROW + 1])


def test_english_is_a_switch(summary, tmp_path):
    write_xlsx(summary, tmp_path / "week.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "week.xlsx")
    assert book.sheetnames[:4] == ["Summary", "Matrix", "Units", "Topics"]
    assert book["Posts"].cell(HEADER_ROW + 1, 4).value == "Title"


def test_every_format_has_a_media_type():
    assert EXPORTERS.keys() == MEDIA_TYPES.keys()


def test_a_folder_that_is_not_there_is_an_error_of_the_file_system(summary, tmp_path):
    with pytest.raises(OSError, match="missing"):
        write_xlsx(summary, tmp_path / "missing" / "week.xlsx", "vi")


def test_libreoffice_reads_the_same_values(summary, tmp_path, libreoffice):
    write_xlsx(summary, tmp_path / "week.xlsx", "vi")
    (tmp_path / "read").mkdir()
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "read", tmp_path / "week.xlsx"]
    subprocess.run([libreoffice, home, *convert], check=True, capture_output=True, timeout=180)
    ours, theirs = (openpyxl.load_workbook(tmp_path / path) for path in ("week.xlsx", "read/week.xlsx"))
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours:
        read = theirs[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert read[cell.coordinate].value == as_read(cell.value), (sheet.title, cell.coordinate)
        assert not any(c.data_type == "f" for row in read.iter_rows() for c in row)


def as_read(value):
    return pytest.approx(value) if isinstance(value, float) else value
