"""The labelled posts of the shared folder: imported into the store, and tagged from files."""

import json
import subprocess
import sys

import pytest

from bamsat.workflows.plans import confirm_plan, with_requirements
from bamsat.workflows.posts import import_posts
from bamsat.workflows.tagging import tag_posts
from domain.access import SYSTEM
from domain.plan_json import plan_from_json
from domain.unit import ChannelKind
from store import migrate, open_store
from tests.builders import NOON, a_channel, a_unit


@pytest.fixture(scope="module")
def labelled(shared):
    return [json.loads(line) for line in (shared / "posts" / "posts.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("plan", ["001", "004"])
def test_every_labelled_post_gets_a_tagging_line_without_a_database(shared, labelled, plan, tmp_path):
    own = [row for row in labelled if row["plan"] == plan]
    posts = tmp_path / "posts.jsonl"
    posts.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in own), "utf-8")
    book = shared / "posts" / f"codebook_{plan}.json"
    command = [sys.executable, "-m", "bamsat", "tag", "--plan", str(book), "--posts", str(posts), "--json"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    answers = [json.loads(line) for line in printed.splitlines()]
    assert [a["id"] for a in answers] == [row["id"] for row in own]
    topics = {t["id"] for t in json.loads(book.read_text("utf-8"))["topics"]}
    for answer in answers:
        named = [t["topic"] for t in (*answer["tags"], *answer["others"])]
        assert len(named) == len(set(named))
        assert set(named) <= topics
    assert not list(tmp_path.glob("**/*.db"))


def test_the_labelled_posts_are_imported_once_and_tagged_in_the_store(shared, tmp_path):
    url = f"sqlite:///{tmp_path / 'bamsat.db'}"
    migrate.upgrade(url)
    store = open_store(url)
    handed_in = a_channel(url="https://so-a.example.gov.vn/tep", kind=ChannelKind.FILE)
    plan = plan_from_json(json.loads((shared / "posts" / "codebook_001.json").read_text("utf-8")))
    with store.transaction() as tx:
        tx.units.save(a_unit(channels=(handed_in,)), NOON)
        version = tx.plans.add(with_requirements(plan, [])[0], "can-bo", NOON)
    confirm_plan(store, version.plan_id, SYSTEM, NOON)
    content = (shared / "posts" / "posts.jsonl").read_bytes()
    first = import_posts(store, content, "posts.jsonl", handed_in.id, NOON)
    assert first.read == first.new == len(content.splitlines())
    assert import_posts(store, content, "posts.jsonl", handed_in.id, NOON).new == 0
    (result,) = tag_posts(store, lambda: NOON)
    assert result.posts == first.new
    with store.reading() as tx:
        assert len(tx.tags.tagged(version.plan_id)) == first.new
    store.close()
