"""The whole application, as each role sees it, on a real database."""

from datetime import UTC, datetime, timedelta

import pytest

from bamsat.workflows.accounts import add_user, disable_user
from dashboard import session
from dashboard.phrases import NO_POSTS
from domain.access import Role
from domain.sighting import Sighting
from store import migrate, open_store
from tests.dashboard.conftest import open_app, sign_in, texts
from tests.dashboard.office import HOSTILE, LONGEST, PASSWORD, a_unit, plan

REPORT = "app_pages/weekly_summary.py"
MATRIX = "app_pages/coverage.py"


def grid(app):
    return app.dataframe[0].value


def test_a_database_that_was_never_made_is_explained(database):
    app = open_app()
    assert not app.exception
    assert "bamsat db upgrade" in app.error[0].value


def test_first_use_says_how_to_make_an_account(database):
    migrate.upgrade(f"sqlite:///{database}")
    app = open_app()
    assert "Chưa có tài khoản nào" in app.info[0].value
    assert "bamsat users add" in app.code[0].value
    assert not app.text_input


@pytest.mark.parametrize(("name", "password"), [("can-bo", "sai"), ("khong-co", "mat-khau-thu-10"), ("", "")])
def test_a_wrong_name_or_password_shows_nothing(office, name, password):
    app = sign_in(open_app(), name, password)
    assert app.error[0].value == "Tên đăng nhập hoặc mật khẩu không đúng."
    assert not app.dataframe


def test_a_stranger_sees_the_form_on_every_page(office):
    for page in (MATRIX, REPORT):
        app = open_app().switch_page(page).run()
        assert len(app.text_input) == 2
        assert not app.dataframe
        assert "Sở Thông tin" not in texts(app)


def test_staff_see_every_unit_and_the_three_states(office):
    app = sign_in(open_app(), "can-bo")
    assert not app.exception
    shown = grid(app).set_index("head")
    assert len(shown) == 4
    assert shown.loc["Sở Thông tin", "t1"] == "✓ 1"
    assert shown.loc["Ủy ban nhân dân xã Đồng Lúa", "t2"] == "✕ 0/1"
    assert shown.loc[LONGEST, "t2"] == "? 0/1"
    assert shown.loc[LONGEST, "t1"] == "○? 0/1"
    assert shown.loc[LONGEST, "seen"] == "chưa xem"


def test_what_could_not_be_looked_at_is_listed_with_its_reason(office):
    app = sign_in(open_app(), "can-bo")
    listed = app.dataframe[1].value
    assert list(listed["Đơn vị"]) == [LONGEST]
    assert listed["Lý do"][0] == "Máy chủ không trả lời trong 30 giây."


def test_an_address_leads_through_sign_in_to_the_posts_of_a_cell(office):
    app = sign_in(open_app(unit="SO-TT", topic="t1"), "can-bo")
    assert "Bài của ô đã chọn" in texts(app)
    (link,) = app.get("link_button")
    assert link.url == "https://so-tt.example.gov.vn/tin-0"
    assert app.query_params["unit"] == "SO-TT"


def test_collected_text_is_drawn_as_it_is(office):
    app = sign_in(open_app(unit="SO-TT", topic="t1"), "can-bo")
    assert any(HOSTILE in element.value for element in app.text)
    interpreted = [e.value for kind in (app.markdown, app.caption, app.subheader, app.header, app.info) for e in kind]
    assert not any("<script>" in value or "lua.example" in value or "<b>chuyển" in value for value in interpreted)
    assert all("<script>" not in e.proto.body for e in app.get("html"))


def test_a_doubtful_post_is_shown_as_waiting_and_not_counted(office):
    app = sign_in(open_app(unit="SO-NN", topic="t2"), "can-bo")
    assert "1 bài còn chờ duyệt, chưa được tính" in texts(app)
    assert "0 bài được tính" in texts(app)
    assert "Chờ duyệt" in texts(app)


def test_an_empty_cell_says_whether_somebody_looked(office):
    app = open_app(unit="XA-DL", topic="t2")
    assert "không thấy bài nào" in texts(sign_in(app, "can-bo"))
    app = open_app(unit="BQL-KBT", topic="t2")
    assert "Chưa kết luận được" in texts(sign_in(app, "can-bo"))


def test_filters_narrow_the_grid_and_go_into_the_address(office):
    app = sign_in(open_app(), "can-bo")
    app.sidebar.text_input(key="search").set_value("dong lua").run()
    assert app.query_params["q"] == "dong lua"
    assert list(grid(app).columns[:1]) == ["head"]
    assert len(grid(app)) == 5  # one unit: its topics are the rows
    app.sidebar.text_input(key="search").set_value("").run()
    app.sidebar.selectbox(key="group").select("Sở, ban, ngành").run()
    assert list(grid(app)["head"]) == ["Sở Nông nghiệp và Môi trường", "Sở Thông tin"]


def test_one_kind_of_channel_counts_only_its_own_posts(office):
    app = open_app(kind="facebook", group="", q="")
    shown = grid(sign_in(app, "can-bo"))
    assert [cell.split(" ·")[0] for cell in shown["SO-TT"]] == ["○ 0/1", "✓ 1", "○ 0/2", "✓ 1", "○ 0/1"]


def test_a_filter_that_fits_nothing_says_so(office):
    app = sign_in(open_app(q="không có đơn vị này"), "can-bo")
    assert "Không có đơn vị nào khớp bộ lọc" in app.info[0].value


def test_the_address_is_never_trusted(office):
    wrong = {"plan": "../../etc", "week": "2026-W99", "group": "x", "kind": "nothing", "unit": "' OR 1=1", "topic": "t1"}
    app = sign_in(open_app(**wrong), "can-bo")
    assert not app.exception
    assert len(grid(app)) == 4
    assert "không có trong ma trận" in app.warning[0].value


def test_a_unit_admin_sees_the_own_unit_and_nothing_of_others(office):
    app = sign_in(open_app(), "don-vi")
    assert list(grid(app).columns) == ["head", "done", "seen", "XA-DL"]
    everything = texts(app) + "".join(str(frame.value) for frame in app.dataframe)
    assert "Sở Thông tin" not in everything
    assert LONGEST not in everything
    report = app.switch_page(REPORT).run()
    everything = texts(report) + "".join(str(frame.value) for frame in report.dataframe)
    assert "Ủy ban nhân dân xã Đồng Lúa" in everything
    assert "Sở Thông tin" not in everything


def test_a_unit_admin_gets_nothing_from_the_address_of_another_unit(office):
    app = sign_in(open_app(unit="SO-TT", topic="t1"), "don-vi")
    assert "Sở Thông tin" not in texts(app)
    assert not app.get("link_button")
    known = texts(app)
    unknown = texts(sign_in(open_app(unit="KHONG-CO", topic="t1"), "don-vi"))
    assert without_clock(known) == without_clock(unknown)


def without_clock(text):
    return [line for line in text.splitlines() if not line.startswith("Tính đến")]


def test_a_reader_comes_to_the_report_and_cannot_open_the_matrix(office):
    app = sign_in(open_app(), "doc-gia")
    assert app.header[0].value == "Báo cáo tuần"
    assert app.get("download_button")
    refused = app.switch_page(MATRIX).run()
    assert "không mở được trang này" in refused.error[0].value
    assert not refused.dataframe


def test_an_account_that_is_disabled_is_out_at_the_next_click(office):
    app = sign_in(open_app(), "can-bo")
    disable_user(office, "can-bo", datetime.now(UTC))
    app.run()
    assert len(app.text_input) == 2
    assert not app.dataframe


def test_another_role_holds_from_the_next_click(office):
    app = sign_in(open_app(), "can-bo")
    with office.transaction() as tx:
        tx.users._change("can-bo", role=Role.VIEWER.value)
    app.run()
    assert not app.dataframe
    assert "không mở được trang này" in app.error[0].value


def test_a_session_ends_after_a_working_day(office, monkeypatch):
    app = sign_in(open_app(), "can-bo")
    app.session_state["since"] = datetime.now(UTC) - session.SESSION_LENGTH - timedelta(minutes=1)
    app.run()
    assert "Phiên làm việc đã hết" in app.warning[0].value


def test_signing_out_forgets_the_person(office):
    app = sign_in(open_app(), "can-bo")
    next(b for b in app.button if b.label == "Đăng xuất").click().run()
    assert len(app.text_input) == 2
    assert "can-bo" not in texts(app)


def test_english_is_a_switch(office):
    app = sign_in(open_app(), "can-bo")
    app.segmented_control(key="language").set_value("en").run()
    assert app.header[0].value == "Matrix of units and topics"
    assert app.selectbox(key="week").label == "Week"


def test_the_report_shows_the_figures_of_the_workbook(office):
    app = sign_in(open_app(), "can-bo").switch_page(REPORT).run()
    assert not app.exception
    overview = app.dataframe[0].value
    assert list(overview["Tuần này"][:6]) == ["20", "4", "0", "10", "4", "2"]
    assert app.metric[0].value == "20%"
    assert app.metric[3].value == "1"


@pytest.mark.parametrize(
    ("leave_out", "said"),
    [("plan", "Chưa có kế hoạch nào có hiệu lực"), ("units", "Chưa có đơn vị nào"), ("looks", "Chưa xem kênh nào")],
)
def test_an_empty_office_says_what_to_do_next(database, leave_out, said):
    migrate.upgrade(f"sqlite:///{database}")
    store = open_store(f"sqlite:///{database}")
    now = datetime.now(UTC)
    add_user(store, "can-bo", Role.STAFF, None, PASSWORD, now)
    with store.transaction() as tx:
        if leave_out != "units":
            tx.units.save(a_unit("SO-TT", "Sở Thông tin", "Sở, ban, ngành"), now)
        if leave_out != "plan":
            version = tx.plans.add(plan(now.date(), 3), "can-bo", now)
            tx.plans.confirm(version.plan_id, version.version, "can-bo", now)
    store.close()
    for page in (MATRIX, REPORT):
        app = sign_in(open_app(), "can-bo").switch_page(page).run()
        assert not app.exception
        if page == MATRIX or leave_out != "looks":
            assert said in app.info[0].value
            assert app.code[0].value.startswith("bamsat ")


def test_states_have_words_for_every_empty_cell():
    assert set(NO_POSTS) == {s.value for s in Sighting} - {Sighting.PUBLISHED.value}
