"""The weekly report on the screen: the figures of the summary, and nothing else."""

import io

import openpyxl
import pytest

from dashboard.chart_specs.unit_progress import unit_progress
from dashboard.view_models.weekly_summary import bar_colours, bar_parts, figures, table_views, workbook
from reports.tables import tables
from tests.reports.builders import Facts, the_week


@pytest.fixture(scope="module")
def summary():
    return the_week().summary()


def test_first_figures(summary):
    first = figures(summary)
    assert (first.share, first.share_change, first.in_week, first.silent, first.unseen) == (36, 18, 4, 1, 1)


def test_nothing_required_gives_no_share():
    facts = Facts()
    facts.units = []
    assert figures(facts.summary()).share is None


def test_bars_have_the_cells_of_every_unit(summary):
    bars = {}
    for part in bar_parts(summary, "vi"):
        bars.setdefault(part.unit, {})[part.sign] = part.cells
    assert bars == {
        "Sở An Toàn": {"✓": 3},
        "Sở Bình Minh": {"✓": 1, "○": 1, "✕": 1},
        "Sở Chân Trời": {"○?": 1, "?": 2},
        "Ủy ban nhân dân xã Đồng Lúa": {"○": 1, "✕": 1},
    }
    assert sum(p.cells for p in bar_parts(summary, "vi")) == summary.counts.required


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_chart_holds_the_figures_and_a_sign_beside_each_colour(summary, dark):
    parts = bar_parts(summary, "vi")
    spec = unit_progress(parts, bar_colours("vi", dark), "Số chủ đề", "Đơn vị", narrow=False).to_dict()
    (values,) = spec["datasets"].values()
    assert [(v["unit"], v["sign"], v["cells"]) for v in values] == [(p.unit, p.sign, p.cells) for p in parts]
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"bar", "text"}


def test_the_preview_has_every_table_of_the_file(summary):
    assert [v.name for v in table_views(summary, "vi", 500)] == [t.name for t in tables(summary, "vi")]


def test_a_column_of_the_preview_has_one_type(summary):
    for view in table_views(summary, "vi", 500):
        for column in zip(*view.rows, strict=True):
            assert len({type(v) for v in column}) == 1, view.name


def test_a_long_table_is_cut(summary):
    posts = next(v for v in table_views(summary, "vi", 2) if v.name == "Bài đăng")
    assert len(posts.rows) == 2


def test_the_download_is_the_workbook(summary):
    book = openpyxl.load_workbook(io.BytesIO(workbook(summary, "xlsx", "vi")))
    assert book["Tóm tắt"]["B5"].value == summary.counts.required
