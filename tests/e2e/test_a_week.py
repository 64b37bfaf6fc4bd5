"""Plan → units → crawl over HTTP → tag → coverage → workbook, and the workbook's numbers against the database."""

import json
import sqlite3
from collections import Counter
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from domain.coverage import CoverageStatus
from domain.weeks import Week

SHAPE_OF_A_POST = {
    "id", "url", "channel", "unit", "title", "text", "published_at", "published_source", "first_seen", "kind", "original_of"
}  # fmt: skip
WEEK = str(Week.of(datetime.now(UTC)))


@pytest.fixture(scope="module")
def database(office):
    connection = sqlite3.connect(office.folder / "bamsat.db")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def as_of(office):
    return datetime.now(UTC).isoformat()


@pytest.fixture(scope="module")
def coverage(office, as_of):
    return office.json("coverage", "--week", WEEK, "--as-of", as_of, "--json")


@pytest.fixture(scope="module")
def workbook(office, as_of):
    office.run("report", WEEK, "--format", "xlsx", "--out", office.folder / "reports", "--as-of", as_of)
    return load_workbook(office.folder / "reports" / f"bam-sat-{WEEK}.xlsx")


def rows_of(sheet, first_cell):
    """The rows of a sheet as dictionaries, below the row whose first cell is `first_cell`."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if row[0] == first_cell)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if any(v is not None for v in row)]


def one(database, query):
    return database.execute(query).fetchone()[0]


def test_every_channel_has_exactly_one_look_and_only_the_broken_site_failed(office, database):
    looks = dict(database.execute("SELECT channel, count(*) FROM crawl_runs GROUP BY channel"))
    assert looks == dict.fromkeys((id for (id,) in database.execute("SELECT id FROM channels")), 1)
    status = office.json("channels", "status", "--json")["channels"]
    assert [s["unit"] for s in status if s["outcome"] not in ("ok", "unchanged")] == [
        site.member.code for site in office.organisation.sites if site.engine == "broken"
    ]


def test_the_posts_are_those_that_the_sites_serve(office, database):
    stored = {url for (url,) in database.execute("SELECT url FROM posts")}
    assert len(stored) >= 400
    assert not stored - set(office.organisation.truth)


def test_every_post_has_an_answer_from_the_tagger(database):
    assert one(database, "SELECT count(*) FROM taggings WHERE superseded_at IS NULL") == one(database, "SELECT count(*) FROM posts")


def test_every_status_of_the_matrix_occurs(coverage):
    found = Counter(cell["status"] for unit in coverage["units"] for cell in unit["cells"])
    assert set(found) >= {s.value for s in CoverageStatus if s is not CoverageStatus.NOT_REQUIRED}


def test_a_unit_whose_site_is_broken_is_never_called_missing(office, coverage):
    broken = {site.member.code for site in office.organisation.sites if site.engine == "broken"}
    assert broken
    for unit in coverage["units"]:
        if unit["unit"] in broken:
            assert CoverageStatus.MISSING.value not in {cell["status"] for cell in unit["cells"]}


def test_the_workbook_shows_the_matrix_of_the_command_line(coverage, workbook):
    shown = rows_of(workbook["Ma trận"], "Mã")
    assert [row["Mã"] for row in shown] == [unit["unit"] for unit in coverage["units"]]
    for row, unit in zip(shown, coverage["units"], strict=True):
        figures = [value for name, value in row.items() if name[:1].isdigit()]
        assert figures == [cell["toward"] for cell in unit["cells"]]


def test_the_workbook_counts_what_the_database_holds(workbook, database):
    """Counted again with SQL alone: a post of the plan's topics, dated for sure, tagged beyond doubt, is in the sheet of posts."""
    sure = """
        SELECT count(*) FROM tags JOIN post_versions USING (post)
        WHERE tags.superseded_at IS NULL AND post_versions.superseded_at IS NULL AND band = 'automatic'
          AND published_at IS NOT NULL AND NOT published_doubtful
    """
    units = rows_of(workbook["Đơn vị"], "Mã")
    listed = rows_of(workbook["Bài đăng"], "Mã đơn vị")
    assert len(listed) > 0
    assert one(database, sure) >= sum(unit["Bài được tính"] for unit in units) > 0
    dated = """
        SELECT count(*) FROM post_versions
        WHERE superseded_at IS NULL AND published_at >= ? AND published_at < ? AND unit = ? AND NOT published_doubtful
    """
    week = Week.parse(WEEK).interval
    for unit in units:
        inside = (week.start.isoformat(sep=" "), week.end.isoformat(sep=" "), unit["Mã"])
        assert unit["Bài trong tuần"] == database.execute(dated, inside).fetchone()[0]


def test_the_summary_made_again_for_the_same_moment_is_the_same(office, as_of, workbook):
    office.run("report", WEEK, "--format", "xlsx", "--out", office.folder / "again", "--as-of", as_of)
    again = load_workbook(office.folder / "again" / f"bam-sat-{WEEK}.xlsx")
    assert [[list(r) for r in s.iter_rows(values_only=True)] for s in again] == [
        [list(r) for r in s.iter_rows(values_only=True)] for s in workbook
    ]


def test_a_second_look_finds_nothing_new_and_loads_little(office, database):
    before = one(database, "SELECT count(*) FROM posts")
    runs = office.json("crawl", "--json", expect=3)
    assert sum(run["posts_new"] for run in runs) == 0
    assert one(database, "SELECT count(*) FROM posts") == before
    first = one(database, "SELECT sum(bytes) FROM (SELECT min(id), bytes FROM crawl_runs GROUP BY channel)")
    assert sum(run["bytes"] for run in runs) < first / 2


def test_posts_leave_as_json_lines_in_the_shape_of_the_design(office, database):
    rows = [json.loads(line) for line in office.run("posts", "export").splitlines()]
    assert len(rows) == one(database, "SELECT count(*) FROM posts")
    assert set(rows[0]) >= SHAPE_OF_A_POST
    assert any(row["original_of"] for row in rows)
