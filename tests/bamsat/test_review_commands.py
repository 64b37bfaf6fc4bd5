"""`bamsat review list | decide | export | import | progress`, from the command line."""

import csv
import json
from datetime import UTC, datetime, timedelta

import click
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bamsat.cli import cli
from domain.errors import InvalidInput
from domain.plan import PlanId, TopicId
from domain.tag import Band, Evidence, TaggedPost, TopicScore, TopicTag
from tests.builders import a_plan, a_post, a_topic, a_unit

YESTERDAY = datetime.now(UTC) - timedelta(days=1)
PLAN = PlanId("01-kh-bcd")
TOPICS = (a_topic("1.1"), a_topic("1.10", "=1+1"))
HOSTILE = '=HYPERLINK("https://la.example";"bấm")'
COUNT = 40


@pytest.fixture
def posts():
    return [
        a_post(f"https://so-a.example.gov.vn/tin-{n}", title=HOSTILE if n == 0 else f"Bài {n}", published_at=YESTERDAY, text=f"{n}")
        for n in range(COUNT)
    ]


@pytest.fixture
def run(store, database_file, monkeypatch, tmp_path, posts):
    """Runs a command against a store with doubtful posts, the second of which repeats the first; gives both outputs."""
    evidence = (Evidence("phrase", "chuyển đổi số", "text", 0, 3), Evidence("entity", "Đại hội XIII", "text", 3, 5, against=True))
    tags = (TopicTag(TopicId("1.1"), 0.9, Band.ASK, evidence),)
    with store.transaction() as tx:
        tx.units.save(a_unit(), YESTERDAY)
        tx.plans.add(a_plan(topics=TOPICS, requirements=()), "can-bo", YESTERDAY)
        tx.plans.confirm(PLAN, 1, "can-bo", YESTERDAY)
        tx.posts.add(posts, YESTERDAY)
        tx.posts.mark_copies({posts[1].id: posts[0].id}, YESTERDAY)
        answers = [TaggedPost(p.id, tags, (TopicScore(TopicId("1.10"), 0.8),), True) for p in posts]
        tx.tags.save(PLAN, 1, "m1", answers, YESTERDAY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BAMSAT_DATABASE_URL", f"sqlite:///{database_file}")

    def command(*arguments):
        done = CliRunner().invoke(cli, ["review", *map(str, arguments)], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done.stdout, done.stderr

    return command


def test_the_queue_is_a_table_and_json_with_evidence_and_a_random_quarter(run, posts):
    table, _ = run("list", "--plan", "01-KH/BCĐ", "--limit", COUNT)
    assert table.splitlines()[0].split("  ")[0] == "Mã bài"
    assert "chuyển đổi số, [Đại hội XIII]" in table
    assert "1 bài đăng lại" in table
    items = json.loads(run("list", "--limit", "8", "--json")[0])
    assert [i["random"] for i in items] == [False, False, False, True] * 2
    assert len({i["post"] for i in items}) == 8
    assert {t["topic"] for i in items for t in i["tags"]} == {"1.1"}
    assert items[0]["others"] == [{"topic": "1.10", "score": 0.8}]
    assert {p.id for p in posts} > {i["post"] for i in items}


def test_a_decision_says_that_it_holds_for_every_copy(run, posts):
    _, said = run("decide", PLAN, posts[1].id, "1.10", "--reason", "đoạn đầu")
    assert "thuộc chủ đề 1.10" in said
    assert "cả 1 bài đăng lại" in said
    assert "không có gì thay đổi" in run("decide", PLAN, posts[0].id, "1.10")[1]
    assert "không thuộc chủ đề nào" in run("decide", PLAN, posts[2].id, "--none")[1]
    left = {i["post"] for i in json.loads(run("list", "--limit", COUNT, "--json")[0])}
    assert left == {p.id for p in posts[3:]}


@pytest.mark.parametrize("arguments", [(), ("1.1", "--none")], ids=["neither", "both"])
def test_a_decision_is_topics_or_none(run, posts, arguments):
    with pytest.raises(click.UsageError):
        run("decide", PLAN, posts[0].id, *arguments)


def test_a_workbook_is_exported_filled_and_imported(run, tmp_path):
    said = run("export", "--out", "duyet.xlsx", "--limit", "100")[1]
    assert f"{COUNT - 1} bài" in said
    book = load_workbook(tmp_path / "duyet.xlsx")
    sheet, topics = book.worksheets
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading[:4] == ("Mã bài", "Quyết định", "Lý do", "Tiêu đề")
    assert [(r[0].value, r[1].value) for r in topics.iter_rows(min_row=2)] == [("1.1", TOPICS[0].title), ("1.10", "'=1+1")]
    assert f"'{HOSTILE}" in {r[3] for r in rows}
    assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n"}, "nothing is a formula"
    assert sheet["B2"].number_format == "@", "1.10 stays 1.10"
    assert len(rows) == COUNT - 1
    for number in range(2, len(rows) + 2):
        sheet.cell(number, 2).value = "1.10" if number % 2 else "không"
    book.save(tmp_path / "duyet.xlsx")
    assert f"{COUNT - 1} quyết định cho {COUNT} bài" in run("import", "duyet.xlsx")[1]
    assert json.loads(run("list", "--json")[0]) == []
    found = json.loads(run("progress", "--json")[0])
    assert (found["waiting"], found["decided"], found["random_posts"]) == (0, COUNT - 1, 10)


def test_a_csv_file_lists_the_topics_below_and_comes_back_as_it_is(run, tmp_path):
    run("export", "--out", "duyet.csv", "--limit", "100")
    raw = (tmp_path / "duyet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert ["", "", "", "1.1: Tuyên truyền chuyển đổi số"] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "Đã đọc 0 quyết định" in run("import", "duyet.csv")[1]
    filled = (
        raw.decode("utf-8-sig").replace(f"{rows[1][0]},,", f"{rows[1][0]},1.10,").replace(f"{rows[2][0]},,", f"{rows[2][0]},9,")
    )
    (tmp_path / "duyet.csv").write_text(filled, "utf-8-sig")
    with pytest.raises(InvalidInput) as refusal:
        run("import", "duyet.csv", "--plan", PLAN)
    assert [(p.row, p.column) for p in refusal.value.problems] == [(3, "B")]
    assert "kế hoạch không có chủ đề mã “9”" in refusal.value.problems[0].message.vi


@pytest.mark.parametrize("name", ["duyet.docx", "khong-co/duyet.csv", "khong-co/duyet.xlsx"])
def test_a_file_that_cannot_be_written_is_said_in_words(run, name):
    with pytest.raises(InvalidInput, match=name):
        run("export", "--out", name)


def test_progress_is_said_in_words_and_as_shares_only_when_there_are_enough(run, posts, store):
    words, _ = run("progress")
    assert f"{COUNT - 1} bài chờ duyệt, 0 bài đã có quyết định" in words
    assert "0 trên 0; còn quá ít để nói tỷ lệ (cần ít nhất 20)" in words
    few = json.loads(run("progress", "--json")[0])["precision"]
    assert few == {"hits": 0, "of": 0, "enough": False, "value": None, "low": None, "high": None}
    with store.transaction() as tx:
        for n, post in enumerate(posts[:25]):
            before, after = {"topics": [], "machine": ["1.1"]}, {"topics": ["1.1"] if n < 20 else [], "random": True, "reason": ""}
            tx.audit.add(
                "an", YESTERDAY, "review.decide", post.id, before, {**after, "plan": PLAN, "post": post.id, "posts": [post.id]}
            )
    words, _ = run("progress")
    assert "80,0 % (20 trên 25; khoảng tin cậy 95 %: từ 60,9 % đến 91,1 %)" in words
    assert "100,0 % (20 trên 20; khoảng tin cậy 95 %: từ 83,9 % đến 100,0 %)" in words
