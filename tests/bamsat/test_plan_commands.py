"""`bamsat plan calendar | event | done | appendix`, from the command line."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from bamsat.cli import cli
from domain.dates import local_day
from domain.due_dates import obligation_key
from domain.errors import InvalidInput
from domain.plan import ListedUnit, Obligation, Recurrence
from tests.builders import a_plan, a_unit

YESTERDAY = datetime.now(UTC) - timedelta(days=1)
TODAY = local_day(datetime.now(UTC))
FIXED = Obligation("Sở An Toàn", "nộp báo cáo", deadline=TODAY + timedelta(days=3), deadline_text="trong tuần này")
AFTER = Obligation("Văn phòng", "gửi tin", deadline_text="trong vòng 05 ngày kể từ ngày khai mạc")
MONTHLY = Obligation("Văn phòng", "tổng hợp", deadline_text="hằng tháng", recurrence=Recurrence.MONTHLY)
LISTED = ListedUnit("Xã An Bình", "Xã, phường", ("https://anbinh.example.vn",), (70,))


@pytest.fixture
def run(store, database_file, monkeypatch, tmp_path):
    """Runs a command against a store with one plan in force; gives what it printed to standard output and to standard error."""
    with store.transaction() as tx:
        tx.units.save(a_unit(), YESTERDAY)
        tx.plans.add(a_plan(obligations=(FIXED, AFTER, MONTHLY), listed_units=(LISTED,)), "can-bo", YESTERDAY)
        tx.plans.confirm("01-kh-bcd", 1, "can-bo", YESTERDAY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BAMSAT_DATABASE_URL", f"sqlite:///{database_file}")

    def command(*arguments, typed=None):
        done = CliRunner().invoke(cli, ["plan", *map(str, arguments)], input=typed, standalone_mode=False)
        if done.exception:
            raise done.exception
        return done.stdout, done.stderr

    return command


def entries(run):
    return {(e["obligation"], e["due"]): e for e in json.loads(run("calendar", "--json")[0])["entries"]}


def test_the_calendar_is_a_table_json_and_a_calendar_file(run, tmp_path):
    table, _ = run("calendar")
    assert re.search(r"Thời hạn +Tình trạng +Đơn vị +Nhiệm vụ +Mã", table)
    assert re.search(r"Sắp đến hạn +Sở An Toàn +nộp báo cáo", table)
    assert re.search(r"trong vòng 05 ngày kể từ ngày khai mạc +Chờ sự kiện", table)
    entry = entries(run)[obligation_key(FIXED), FIXED.deadline.isoformat()]
    assert (entry["state"], entry["assignee"], entry["deadline_text"]) == ("soon", "Sở An Toàn", "trong tuần này")
    assert (entry["mark"], entry["waits_for"]) == (None, None)
    out, said = run("calendar", "01-KH/BCĐ", "--ics", "lich.ics")
    assert out == ""
    assert "lich.ics" in said
    found = list(Calendar.from_ical((tmp_path / "lich.ics").read_bytes()).walk("VEVENT"))
    assert len(found) == sum(due is not None for _, due in entries(run))


def test_a_calendar_file_that_cannot_be_written_is_said_with_its_name(run):
    with pytest.raises(InvalidInput, match="khong-co"):
        run("calendar", "--ics", "khong-co/lich.ics")


def test_an_event_day_is_entered_and_taken_back(run):
    _, said = run("event", "01-kh-bcd", obligation_key(AFTER), "20/11/2026")
    assert said == "Ngày của sự kiện: 20/11/2026.\n"
    assert entries(run)[obligation_key(AFTER), "2026-11-25"]["event"] == "2026-11-20"
    run("event", "01-kh-bcd", obligation_key(AFTER))
    assert entries(run)[obligation_key(AFTER), None]["state"] == "waiting"


def test_a_duty_is_marked_with_a_file_and_a_note_and_the_mark_is_taken_back(run, tmp_path):
    (tmp_path / "bao-cao.docx").write_bytes(b"one report")
    key, due = obligation_key(FIXED), FIXED.deadline.isoformat()
    _, said = run(
        "done", "01-kh-bcd", key, "--file", "bao-cao.docx", "--note", "đã gửi", "--link", "https://so-a.example.gov.vn/bc"
    )
    assert said == "Đã ghi nhận là xong.\n"
    entry = entries(run)[key, due]
    assert entry["state"] == "done"
    mark = entry["mark"]
    assert (mark["by"], mark["note"], mark["link"]) == ("system", "đã gửi", "https://so-a.example.gov.vn/bc")
    assert (mark["file"]["name"], mark["file"]["size"]) == ("bao-cao.docx", 10)
    run("done", "01-kh-bcd", key, "--undo")
    assert (entries(run)[key, due]["state"], entries(run)[key, due]["mark"]["done"]) == ("soon", False)


def test_one_time_of_a_recurring_duty_is_marked(run):
    key = obligation_key(MONTHLY)
    due = next(day for k, day in entries(run) if k == key and day > TODAY.isoformat())
    with pytest.raises(InvalidInput, match="say which due date"):
        run("done", "01-kh-bcd", key)
    run("done", "01-kh-bcd", key, "--due", due)
    assert [day for (k, day), e in entries(run).items() if k == key and e["state"] == "done"] == [due]


def test_an_appendix_is_shown_and_loaded_only_when_asked(run, store):
    shown, said = run("appendix", "01-kh-bcd")
    assert shown == "+ XAB  Xã An Bình  (Xã, phường), 1 kênh\n"
    assert "Chưa có gì được nạp" in said
    with store.reading() as tx:
        assert [u.code for u in tx.units.list()] == ["SO-A"]
    shown, said = run("appendix", "01-kh-bcd", "--load")
    assert shown.startswith("+ XAB")
    assert said.endswith("Đã nạp.\n")
    with store.reading() as tx:
        assert [u.code for u in tx.units.list()] == ["SO-A", "XAB"]
    assert "Không có gì để nạp" in run("appendix", "01-kh-bcd", "--load")[1]


@pytest.mark.parametrize(("typed", "codes"), [("n\n", ["SO-A"]), ("y\n", ["SO-A", "XAB"])], ids=["no", "yes"])
def test_who_sits_at_the_terminal_is_asked_before_anything_is_loaded(run, store, monkeypatch, typed, codes):
    monkeypatch.setattr("bamsat.cli.plan_appendix.at_a_terminal", lambda: True)
    run("appendix", "01-kh-bcd", "--load", typed=typed)
    with store.reading() as tx:
        assert [u.code for u in tx.units.list()] == codes
