"""Figures for docs/tagging.md: tags the labelled posts of a folder without labels and prints what came of it.

usage: python benchmarks/tagging_report.py FOLDER [--rounds 1000]
       FOLDER holds posts.jsonl (fields plan, id, title, text, published_at, labels, confidence) and codebook_PLAN.json files
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from classifier.evaluation import evaluate, intervals, per_topic
from classifier.tagger import Tagger
from domain.dates import VIETNAM
from domain.plan import TopicId
from domain.plan_json import plan_from_json
from domain.post import PostContent, PostId

WORST = 10


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--rounds", type=int, default=1_000)
    given = arguments.parse_args()
    rows = [json.loads(line) for line in (given.folder / "posts.jsonl").read_text("utf-8").splitlines()]
    for codebook in sorted(given.folder.glob("codebook_*.json")):
        name = codebook.stem.removeprefix("codebook_")
        plan = plan_from_json(json.loads(codebook.read_text("utf-8")))
        own = [r for r in rows if r["plan"] == name and r["confidence"] != "low"]
        posts = [_post(r) for r in own]
        labels = {str(r["id"]): tuple(TopicId(t) for t in r["labels"]) for r in own}
        tagged = Tagger.for_plan(plan).tag(posts)
        # Ids begin with the question that a post was found with (`q18r5-001`): its posts are right or wrong together.
        sure = intervals(tagged, labels, {str(r["id"]): str(r["id"]).split("r")[0] for r in own}, given.rounds)
        _print(f"\n## {name}: {len(posts)} posts, {len(plan.topics)} topics\n")
        for figure, value in asdict(evaluate(tagged, labels)).items():
            low, high = sure[figure]
            _print(f"| {figure} | {value:.3f} | {low:.2f} - {high:.2f} |")
        _print("\n| topic | posts | precision | recall | average precision |\n|---|---|---|---|---|")
        for topic in per_topic(tagged, labels):
            _print(
                f"| {topic.topic} | {topic.posts} | {topic.precision:.2f} | {topic.recall:.2f} | {topic.average_precision:.2f} |"
            )
        wrong = [(p, t) for p, t in zip(posts, tagged, strict=True) if {x.topic for x in t.tags} != set(labels[p.id])]
        wrong.sort(key=lambda w: -max((x.score for x in w[1].tags), default=0.0))
        for post, answer in wrong[:WORST]:
            got = {str(x.topic): x.score for x in answer.tags}
            _print(f"- {post.id} {post.title!r}: wanted {list(labels[post.id])}, given {got}, review {answer.review}")


def _post(row: dict[str, str]) -> PostContent:
    day = row["published_at"]
    moment = datetime.fromisoformat(day).replace(hour=9, tzinfo=VIETNAM) if day else None
    return PostContent(PostId(row["id"]), row["title"], row["text"], moment)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
