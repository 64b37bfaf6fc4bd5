import json
import subprocess
import sys

import click
import pytest

from bamsat.cli import COMMANDS, cli

GOOD = (
    "Mã đơn vị;Tên đơn vị;Nhóm đơn vị;Loại kênh;Địa chỉ kênh\nSO-A;Sở An Toàn;Sở, ban, ngành;website;https://so-a.example.gov.vn\n"
)
PLAN = """Số 12/KH-BCĐ
KẾ HOẠCH
Tuyên truyền về chuyển đổi số năm 2026

Ban Chỉ đạo 35 tỉnh Nam Hòa xây dựng kế hoạch tuyên truyền như sau:

I. MỤC ĐÍCH, YÊU CẦU
Tuyên truyền kịp thời, chính xác.

II. NỘI DUNG TUYÊN TRUYỀN
1. Kết quả cung cấp dịch vụ công trực tuyến của các cơ quan trong tỉnh.
2. Việc sử dụng chữ ký số cá nhân trong giải quyết thủ tục hành chính.

III. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành: báo cáo kết quả trước ngày 15/12/2026.
"""


@pytest.fixture
def run(tmp_path):
    """Runs the command line in a folder of its own, as a person would."""
    environment = {"PATH": "/usr/bin:/bin", "COLUMNS": "200"}

    def command(*arguments, expect=0, **settings):
        done = subprocess.run(
            [sys.executable, "-m", "bamsat", *map(str, arguments)],
            cwd=tmp_path,
            env=environment | {f"BAMSAT_{k.upper()}": v for k, v in settings.items()},
            capture_output=True,
            text=True,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done

    command.folder = tmp_path
    return command


@pytest.fixture
def office(run):
    """A database with a unit and a plan in force."""
    (run.folder / "units.csv").write_text(GOOD, "utf-8")
    (run.folder / "plan.txt").write_text(PLAN, "utf-8")
    run("db", "upgrade")
    run("units", "load", "units.csv")
    run("plan", "import", "plan.txt", "--confirm")
    return run


def commands(group=cli, path=()):
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=lambda v: " ".join(v) if isinstance(v, tuple) else "")
def test_every_command_says_what_it_does(path, command):
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"bamsat {' '.join(path)} {option.opts[0]}"


def test_the_overview_lists_every_command_without_loading_them(run):
    shown = run("--help").stdout
    assert all(f"  {name} " in shown for name in COMMANDS)


def test_an_error_is_one_sentence_in_vietnamese_or_english_and_no_traceback(run):
    vi, en = run("coverage", expect=1), run("coverage", expect=1, language="en")
    assert vi.stderr.startswith("Lỗi: Chưa có cơ sở dữ liệu")
    assert en.stderr.startswith("Error: there is no database")
    assert "Traceback" not in vi.stderr + en.stderr
    assert vi.stdout == en.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "settings", "code"),
    [
        (("khong-co",), {}, 2),
        (("report", "2026-47"), {}, 1),
        (("doctor",), {"lanquage": "vi"}, 2),
        (("coverage", "--as-of", "hôm qua"), {}, 2),
        (("tag", "--posts", "plan.txt"), {}, 2),
    ],
    ids=["unknown command", "no week", "unknown setting", "no time", "posts without plan"],
)
def test_wrong_use_has_its_own_exit_code(office, arguments, settings, code):
    office(*arguments, expect=code, **settings)


def test_a_wrong_registry_names_its_cells_and_loads_nothing(run):
    run("db", "upgrade")
    (run.folder / "bad.csv").write_text(GOOD + "SO-B;Sở B;Sở;facebok;https://b.example\n", "utf-8")
    refused = run("units", "load", "bad.csv", expect=1)
    assert "dòng 3, cột “D”" in refused.stderr
    assert json.loads(run("units", "list", "--json").stdout) == []


def test_loading_a_registry_again_shows_that_nothing_changed(office):
    again = office("units", "load", "units.csv")
    assert "Không có gì thay đổi" in again.stderr
    (office.folder / "units.csv").write_text(GOOD.replace("An Toàn", "An Ninh"), "utf-8")
    assert "“Sở An Toàn” → “Sở An Ninh”" in office("units", "check", "units.csv").stdout
    assert "Sở An Toàn" in office("units", "list").stdout
    assert "“Sở An Toàn” → “Sở An Ninh”" in office("units", "load", "units.csv").stdout
    assert "Sở An Ninh" in office("units", "list").stdout


def test_checking_a_plan_prints_the_shape_that_other_tools_rely_on(run):
    (run.folder / "plan.txt").write_text(PLAN, "utf-8")
    read = json.loads(run("plan", "check", "plan.txt", "--json").stdout)
    assert read["number"] == "12/KH-BCĐ"
    assert [t["id"] for t in read["topics"]] == ["1", "2"]
    assert {"title", "issuing_body", "signed_by", "based_on", "phases", "anniversaries", "channels", "obligations"} <= set(read)
    assert {"unit_groups", "recipients", "problems"} <= set(read)
    assert not (run.folder / "var").exists()


def test_a_plan_is_imported_shown_edited_and_compared(office):
    (draft,) = json.loads(office("plan", "versions", "--json").stdout)
    assert (draft["version"], draft["confirmed_at"] is not None) == (1, True)
    office("plan", "edit", draft["plan_id"], "rename", "1", "Dịch vụ công trực tuyến")
    office("plan", "edit", draft["plan_id"], "require", "2", "3", "--group", "Sở, ban, ngành", "--every", "month")
    changes = json.loads(office("plan", "diff", draft["plan_id"], "--json").stdout)
    assert (changes["from"], changes["to"], len(changes["changes"])) == (1, 3, 2)
    assert "Dịch vụ công trực tuyến" not in office("plan", "show").stdout
    office("plan", "confirm", draft["plan_id"])
    assert "Dịch vụ công trực tuyến" in office("plan", "show").stdout
    owed = json.loads(office("plan", "requirements", "--json").stdout)
    assert {(r["topic"], r["minimum"], r["period"]) for r in owed} == {("1", 1, "whole"), ("2", 3, "month")}


def test_before_anybody_looked_every_cell_is_unknown_or_due(office):
    shown = json.loads(office("coverage", "--json").stdout)
    assert {cell["status"] for unit in shown["units"] for cell in unit["cells"]} <= {"unknown", "due"}
    table = office("coverage", "--format", "csv").stdout.splitlines()
    assert table[0].startswith("unit,name,topic,status")
    assert len(table) == 1 + 2


def test_an_unknown_unit_or_plan_is_named(office):
    assert "KHONG-CO" in office("coverage", "--unit", "KHONG-CO", expect=1).stderr
    assert "12/KH-BCĐ" in office("coverage", "--plan", "99/KH", expect=1).stderr


def test_the_doctor_says_what_is_missing_and_then_that_it_is_there(run, office):
    found = json.loads(office("doctor", "--json").stdout)
    assert not [f for f in found if f["state"] == "wrong"]
    (run.folder / "var" / "bamsat.db").unlink()
    missing = json.loads(run("doctor", "--json", expect=1).stdout)
    assert any("bamsat db upgrade" in f["detail"] for f in missing if f["state"] == "wrong")


def test_accounts_are_added_listed_and_locked(office):
    office("users", "add", "can-bo", "--role", "staff", "--password", "mật khẩu đủ dài")
    office("users", "disable", "can-bo")
    (user,) = json.loads(office("users", "list", "--json").stdout)
    assert (user["name"], user["role"], user["disabled_at"] is not None) == ("can-bo", "staff", True)


def test_the_command_line_never_prints_a_page_token(office):
    shown = office("doctor", page_tokens='{"https://page.example/a": "bi-mat-77"}', log_level="debug")
    assert "bi-mat-77" not in shown.stdout + shown.stderr


def test_the_examples_of_the_design_page_exist():
    """`bamsat plan check` and the like: the names that other tools rely on."""
    names = {" ".join(path) for path, _ in commands()}
    assert {"db upgrade", "plan check", "plan import", "units load", "crawl", "tag", "coverage", "report", "doctor"} <= names


def test_posts_are_handed_in_recorded_and_shown(office):
    (office.folder / "units.csv").write_text(f"{GOOD}SO-A;;;file;https://so-a.example.gov.vn/ban-giao\n", "utf-8")
    office("units", "load", "units.csv")
    (unit,) = json.loads(office("units", "list", "--json").stdout)
    channel = next(c["channel"] for c in unit["channels"] if c["kind"] == "file")
    table = office.folder / "bai.csv"
    table.write_text("Tiêu đề;Ngày đăng\nHội thi đọc sách;05/13/2026\n", "utf-8")
    assert "dòng 2, cột “B”" in office("posts", "import", table, "--channel", channel, expect=1).stderr
    table.write_text("Tiêu đề;Ngày đăng\nHội thi đọc sách;05/11/2026\n", "utf-8")
    assert "1 bài mới" in office("posts", "import", table, "--channel", channel).stderr
    (office.folder / "pa-no.jpg").write_bytes(b"a photograph")
    form = ("--unit", "SO-A", "--channel", channel, "--title", "Pa-nô", "--evidence", office.folder / "pa-no.jpg")
    post = office("posts", "record", *form, "--published", "09h15 ngày 06/11/2026").stdout.strip()
    found = json.loads(office("posts", "show", post, "--json", "--files", "ra").stdout)
    assert (found["title"], found["kind"], found["published_at"]) == ("Pa-nô", "manual", "2026-11-06T02:15:00+00:00")
    assert [e["name"] for e in found["evidence"]] == ["pa-no.jpg"]
    assert [path.read_bytes() for path in (office.folder / "ra").iterdir()] == [b"a photograph"]
    assert "pa-no.jpg" in office("posts", "show", post).stdout
    assert "bốn chữ số" in office("posts", "record", *form, "--published", "06/11/26", expect=2).stderr
