"""Giving posts their topics: in the store, or from files without one."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from bamsat.queries.plans import plan_version, plans_in_force
from bamsat.workflows.plans import check_plan
from classifier.tagger import Tagger
from domain.access import SYSTEM
from domain.dates import day_start
from domain.errors import InvalidInput, Message, Problem, Severity
from domain.plan import Plan, PlanVersion
from domain.plan_json import plan_from_json
from domain.post import PostContent, PostId
from domain.tag import TaggedPost
from store import Store

BATCH = 5_000
BACKGROUND = 20_000
"""So many of the organisation's own posts tell the tagger which words are common here."""


@dataclass(frozen=True, slots=True)
class TaggingResult:
    version: PlanVersion
    model: str
    posts: int
    tagged: int
    to_review: int


def tag_posts(store: Store, clock: Callable[[], datetime], plan: str | None = None, retag: bool = False) -> list[TaggingResult]:
    """Tags the posts that have no tags yet under each plan in force (or the named one); `retag` tags all of them again.

    Machine tags that are replaced stay in the history; corrections are never touched. Every batch is stored under the moment
    at which it is written: what a summary showed before that stays what was known then.
    """
    at = clock()
    if plan is None:
        versions = plans_in_force(SYSTEM, store, at)
    else:
        with store.reading() as tx:
            versions = [plan_version(tx, plan, at)]
    return [_tag_under(store, version, clock, retag) for version in versions]


def _tag_under(store: Store, version: PlanVersion, clock: Callable[[], datetime], retag: bool) -> TaggingResult:
    with store.reading() as tx:
        tagger = Tagger.for_plan(version.plan, background=islice(tx.posts.contents(), BACKGROUND))
        waiting = list(tx.posts.contents() if retag else tx.tags.untagged(version.plan_id, version.version, tagger.model))
    posts = tagged = to_review = 0
    for start in range(0, len(waiting), BATCH):
        answers = tagger.tag(waiting[start : start + BATCH])
        with store.transaction() as tx:
            tx.tags.save(version.plan_id, version.version, tagger.model, answers, clock())
        posts += len(answers)
        tagged += sum(bool(a.tags) for a in answers)
        to_review += sum(a.review for a in answers)
    return TaggingResult(version, tagger.model, posts, tagged, to_review)


def tag_files(plan_file: bytes, plan_name: str, posts_file: bytes, posts_name: str) -> Iterator[dict[str, Any]]:
    """One JSON object for each post of a JSON-lines file, tagged against a plan document or a plan as JSON; needs no database."""
    posts = read_posts(posts_file, posts_name)
    tagger = Tagger.for_plan(plan_from_file(plan_file, plan_name), background=posts)
    for start in range(0, len(posts), BATCH):
        yield from map(tagged_post_to_json, tagger.tag(posts[start : start + BATCH]))


def plan_from_file(content: bytes, name: str) -> Plan:
    """A plan from its document, or from the JSON that `plan check --json` prints."""
    if content.lstrip()[:1] == b"{":
        try:
            return plan_from_json(json.loads(content))
        except ValueError as fault:
            raise InvalidInput(f"“{name}” không phải là JSON đúng: {fault}.", f"{name}: not valid JSON: {fault}") from fault
    return check_plan(content, name).plan


def read_posts(content: bytes, name: str) -> Sequence[PostContent]:
    """Posts of a JSON-lines file: `id`, `title`, `text`, `published_at` (day, moment or null). Raises InvalidInput by line."""
    posts: list[PostContent] = []
    problems: list[Problem] = []
    for number, line in enumerate(content.decode("utf-8-sig", errors="replace").splitlines(), 1):
        if line.strip():
            try:
                posts.append(_post(json.loads(line)))
            except (ValueError, TypeError, KeyError) as fault:
                message = Message(f"không đọc được: {fault}", f"cannot be read: {fault}")
                problems.append(Problem(Severity.ERROR, "post", message, line=number))
    if problems:
        raise InvalidInput(f"“{name}” có {len(problems)} dòng sai.", f"{name}: {len(problems)} bad lines", problems)
    return posts


def _post(row: Mapping[str, Any]) -> PostContent:
    return PostContent(
        PostId(str(row["id"])), str(row.get("title") or ""), str(row.get("text") or ""), moment(row.get("published_at"))
    )


def moment(value: object) -> datetime | None:
    """A moment from ISO text; a bare day, or a time without a zone, is Vietnamese. Raises ValueError."""
    if value is None or value == "":
        return None
    text = str(value)
    if len(text) == len("2026-11-21"):
        return day_start(date.fromisoformat(text))
    parsed = datetime.fromisoformat(text)
    return (
        parsed if parsed.tzinfo else day_start(parsed.date()) + (parsed - parsed.replace(hour=0, minute=0, second=0, microsecond=0))
    )


def tagged_post_to_json(answer: TaggedPost) -> dict[str, Any]:
    return {
        "id": answer.post,
        "tags": [
            {
                "topic": t.topic,
                "score": round(t.score, 4),
                "band": t.band.value,
                "evidence": [
                    {"kind": e.kind, "words": e.words, "field": e.field, "start": e.start, "end": e.end, "against": e.against}
                    for e in t.evidence
                ],
            }
            for t in answer.tags
        ],
        "others": [{"topic": o.topic, "score": round(o.score, 4)} for o in answer.others],
        "review": answer.review,
    }
