"""A person's word on posts: the whole answer, on every copy of the text at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bamsat.queries.plans import plan_version
from bamsat.queries.review import DECIDED, draw_of_day
from bamsat.workflows.review_table import DecisionRow, read_decisions, refused
from domain.access import Viewer
from domain.agreement import whole_answers
from domain.errors import InvalidInput, NotFound, Problem
from domain.plan import PlanVersion, TopicId
from domain.post import PostId
from domain.tag import Correction, effective_tags
from store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of `post`. `posts` are all that it was said of: the original and every copy of the text; `changed`
    those of which this had not been said before. `random` tells a post that was drawn to measure the machine."""

    version: PlanVersion
    post: PostId
    topics: tuple[TopicId, ...]
    posts: tuple[PostId, ...]
    changed: tuple[PostId, ...]
    random: bool


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    version: PlanVersion
    decisions: tuple[Decision, ...]

    @property
    def changed(self) -> int:
        """How many of the decisions said something new."""
        return sum(bool(d.changed) for d in self.decisions)


def decide(
    store: Store, plan: str, post: PostId, topics: tuple[TopicId, ...], viewer: Viewer, at: datetime, reason: str = ""
) -> Decision:
    """Stores that a post is about `topics` of a plan in force and about none of the others, whatever a machine says later.

    It holds for the original and all copies of the text. The same answer again changes nothing; another one takes its place.
    Raises NotAllowed for anybody but staff, NotFound for an unknown plan or post, InvalidInput for a topic not of the plan.
    """
    viewer.require_staff()
    with store.transaction() as tx:
        version = plan_version(tx, plan, at)
        for topic in topics:
            if version.plan.topic(topic) is None:
                raise InvalidInput(
                    f"Kế hoạch {version.plan_id} không có chủ đề mã “{topic}”. Xem các mã bằng: bamsat plan show.",
                    f"plan {version.plan_id} has no topic {topic!r}; bamsat plan show lists them",
                )
        drawn = draw_of_day(tx, version.plan_id, at).random
        return _say(tx, version, post, topics, viewer, at, reason, drawn)


def import_decisions(store: Store, content: bytes, name: str, plan: str | None, viewer: Viewer, at: datetime) -> ImportedDecisions:
    """Stores the filled rows of a table (CSV or XLSX) with the columns post id, decision (topic ids separated by `;`, or
    “không”) and perhaps reason, as `decide` does; rows without a decision are passed over.

    Raises InvalidInput naming row and column of every wrong cell; nothing is stored then.
    """
    viewer.require_staff()
    with store.transaction() as tx:
        version = plan_version(tx, plan, at)
        rows, problems = read_decisions(content, name, version)
        problems += _unfit(tx, rows)
        if problems:
            raise refused(name, sorted(problems, key=lambda p: (p.row or 0, p.column or "")))
        drawn = {*draw_of_day(tx, version.plan_id, at).random, *(r.post for r in rows if r.random)}
        made = [_say(tx, version, r.post, r.topics, viewer, at, r.reason, drawn) for r in rows]
    return ImportedDecisions(version, tuple(made))


def _unfit(tx: Transaction, rows: Sequence[DecisionRow]) -> list[Problem]:
    """Rows on posts that are not there, or on a text of which an earlier row says something else."""
    problems = []
    said: dict[PostId, DecisionRow] = {}
    for row in rows:
        try:
            posts = tx.posts.same_text(row.post)
        except NotFound as fault:
            problems.append(row.row.problem("post", "unknown_post", fault.message.vi, fault.message.en))
            continue
        earlier = next((said[p] for p in posts if p in said), None)
        if earlier and set(earlier.topics) != set(row.topics):
            number = earlier.row.number
            problems.append(
                row.row.problem(
                    "decision",
                    "contradiction",
                    f"khác với quyết định ở dòng {number} về cùng bài (hoặc bản sao của nó)",
                    f"differs from row {number} on the same text",
                )
            )
        said.update(dict.fromkeys(posts, row))
    return problems


def _say(
    tx: Transaction,
    version: PlanVersion,
    post: PostId,
    topics: Sequence[TopicId],
    viewer: Viewer,
    at: datetime,
    reason: str,
    drawn: Collection[PostId],
) -> Decision:
    """A whole answer is stored as “about no topic”, which no later tag of a machine survives, together with a yes for each
    given topic and a no for each other one that a machine or a person had thought of."""
    posts = tx.posts.same_text(post)
    random = not set(posts).isdisjoint(drawn)
    plan, given = version.plan_id, tuple(dict.fromkeys(topics))
    tags = tx.tags.list(plan, version.version, posts=posts)
    corrections = tx.tags.corrections(plan, posts=posts)
    known = whole_answers(corrections)
    changed = tuple(p for p in posts if known.get(p) != frozenset(given))
    if changed:
        # A new word follows the earlier ones, whatever the clock of whoever wrote those says.
        moment = max([at, *(c.at + timedelta(microseconds=1) for c in corrections)])
        held = effective_tags(tags, corrections)
        for member in changed:
            thought = {t.topic for t in tags if t.post == member} | {c.topic for c in corrections if c.post == member and c.topic}
            words: list[tuple[TopicId | None, bool]] = [(None, False)]
            words += [(topic, False) for topic in sorted(thought - set(given))]
            words += [(topic, True) for topic in given]
            for topic, belongs in words:
                tx.tags.correct(Correction(member, plan, topic, belongs, viewer.name, moment, reason))
        tx.audit.add(
            viewer.name,
            moment,
            DECIDED,
            f"post:{post}",
            {
                "topics": [t.topic for t in held if t.post == post and not t.waiting],
                "machine": sorted(t.topic for t in tags if t.post == post),
            },
            {"plan": plan, "post": post, "topics": sorted(given), "posts": posts, "random": random, "reason": reason},
        )
    return Decision(version, post, given, tuple(posts), changed, random)
