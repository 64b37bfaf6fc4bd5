"""The matrix in a real Chromium, served as an office would: three states, a cell, its posts, a post."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bamsat.queries.coverage import coverage_matrix
from bamsat.workflows.accounts import add_user
from domain.access import SYSTEM, Role
from domain.coverage import CoverageStatus
from domain.urls import url_identity
from domain.weeks import Week

PASSWORD = "mat-khau-thu-10"
READY = 60
"""Seconds in which the dashboard must be up."""
SHOWN = 30_000
"""Milliseconds in which something must be on the screen."""


@pytest.fixture(scope="module")
def dashboard(office):
    """The address of `bamsat dashboard` on this office's database; an account for staff and one for a unit."""
    store, now = office.store(), datetime.now(UTC)
    add_user(store, "can-bo-thu", Role.STAFF, None, PASSWORD, now)
    with store.reading() as tx:
        unit = tx.units.list()[0].code
    add_user(store, "don-vi-thu", Role.UNIT_ADMIN, unit, PASSWORD, now)
    store.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bamsat", "dashboard", "--port", str(port), "--no-open"]
    with (office.folder / "dashboard.log").open("w") as log:
        process = subprocess.Popen(command, cwd=office.folder, env=dict(office.environment), stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, log.name)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(address, process, log):
    end = time.monotonic() + READY
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, Path(log).read_text()
            time.sleep(0.1)
    raise AssertionError(f"the dashboard did not start in {READY} s: {Path(log).read_text()}")


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    context.set_default_timeout(SHOWN)
    yield context.new_page()
    context.close()


def sign_in(page, address, name):
    page.goto(address)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()


def grid(page):
    """The cells of the matrix as a screen reader gets them: rows of text, first the heads."""
    table = page.get_by_test_id("stDataFrame").first.locator("table[role=grid]")
    table.locator("td").first.wait_for(state="attached")
    return table.evaluate("t => [...t.querySelectorAll('tr')].map(r => [...r.querySelectorAll('th,td')].map(c => c.innerText))")


@pytest.fixture(scope="module")
def matrix(office):
    store = office.store()
    now = datetime.now(UTC)
    found = coverage_matrix(SYSTEM, store, now, week=Week.of(now))
    store.close()
    return found


def a_covered_cell(matrix):
    return next(c for row in matrix.units for c in row.cells if c.status is CoverageStatus.COVERED and c.posts)


def test_staff_see_the_three_states_told_apart_by_signs(dashboard, page, matrix):
    sign_in(page, f"{dashboard}/ma-tran", "can-bo-thu")
    rows = grid(page)
    names = {row[0] for row in rows[1:]}
    assert names <= {u.unit.name for u in matrix.units}
    shown = " ".join(cell for row in rows[1:] for cell in row[3:])
    assert re.search(r"✓ \d", shown)
    assert re.search(r"[✕○] \d", shown)
    assert re.search(r"\? \d", shown)
    legend = page.get_by_role("list", name="Chú giải").inner_text()
    for word in ("Đã đăng", "Chưa đăng", "Còn hạn", "Không xem được"):
        assert word in legend


def test_a_shared_address_opens_a_cell_and_from_it_a_post(dashboard, page, matrix, office):
    cell = a_covered_cell(matrix)
    sign_in(page, f"{dashboard}/ma-tran?unit={cell.unit}&topic={cell.topic}", "can-bo-thu")
    page.get_by_text("Bài của ô đã chọn").wait_for()
    links = page.get_by_role("link", name=re.compile("^Mở bài trên"))
    expected = min(len(cell.counted) + len(cell.waiting), 20)
    links.nth(expected - 1).wait_for()
    assert links.count() == expected
    with page.context.expect_page() as opened:
        links.first.click()
    post = opened.value
    post.wait_for_load_state()
    store = office.store()
    with store.reading() as tx:
        posts = {url_identity(p.url) for p in tx.posts.get_many([*cell.counted, *cell.waiting])}
    store.close()
    assert url_identity(post.url) in posts


def test_the_keyboard_goes_from_cell_to_cell_and_the_address_follows(dashboard, page, matrix):
    first, second = (row.unit.code for row in matrix.units[:2])
    sign_in(page, f"{dashboard}/ma-tran", "can-bo-thu")
    grid(page)
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    page.mouse.click(box["x"] + 480, box["y"] + 37 + 17)
    page.wait_for_url(re.compile(rf"unit={first}&"))
    page.get_by_text("Bài của ô đã chọn").wait_for()
    page.keyboard.press("ArrowDown")
    page.wait_for_url(re.compile(rf"unit={second}&"))


def test_a_unit_admin_sees_the_own_unit_only(dashboard, page, matrix):
    other = matrix.units[1].unit
    sign_in(page, f"{dashboard}/ma-tran?unit={other.code}&topic={matrix.topics[0].id}", "don-vi-thu")
    page.get_by_text("Các chủ đề của đơn vị").wait_for()
    grid(page)
    assert other.name not in page.locator("body").inner_text()


def test_the_look_is_ours_in_whatever_folder_it_is_started(dashboard, page):
    page.goto(dashboard)
    button = page.get_by_test_id("stFormSubmitButton").get_by_role("button")
    button.wait_for()
    assert button.evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(11, 93, 138)"


def test_the_weekly_report_downloads(dashboard, page):
    sign_in(page, f"{dashboard}/bao-cao", "can-bo-thu")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải báo cáo Excel").click()
    assert download.value.suggested_filename == f"bam-sat-{Week.of(datetime.now(UTC))}.xlsx"
