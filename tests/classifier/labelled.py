"""The labelled posts of the folder beside the checkout, as the tests use them."""

import json
from datetime import datetime
from pathlib import Path

from domain.dates import VIETNAM
from domain.plan import Plan
from domain.plan_json import plan_from_json
from domain.post import PostContent, PostId


def labelled_posts(shared: Path, plan_name: str) -> tuple[Plan, list[tuple[PostContent, set[str]]]]:
    """A plan and its posts with their topics; rows whose labels the annotator was not sure of are left out."""
    plan = plan_from_json(json.loads((shared / "posts" / f"codebook_{plan_name}.json").read_text("utf-8")))
    found = []
    for line in (shared / "posts" / "posts.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["plan"] == plan_name and row["confidence"] != "low":
            day = row["published_at"]
            moment = datetime.fromisoformat(day).replace(hour=9, tzinfo=VIETNAM) if day else None
            found.append((PostContent(PostId(row["id"]), row["title"], row["text"], moment), set(row["labels"])))
    return plan, found
