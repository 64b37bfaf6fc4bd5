"""Decisions as a table: written for a person to fill in, and read back with every wrong cell named."""

from collections.abc import Mapping
from dataclasses import dataclass

from bamsat.workflows.tables import Columns, Row, read_rows
from domain.errors import InvalidInput, Problem
from domain.plan import PlanVersion, TopicId
from domain.post import PostId
from domain.text import fold

SEPARATOR = ";"
NONE_WORDS = ("khong", "none")
"""What says that a post is about no topic, folded."""
TITLES: Mapping[str, str] = {
    "post": "Mã bài",
    "decision": "Quyết định",
    "reason": "Lý do",
    "plan": "Kế hoạch",
    "random": "Rút ngẫu nhiên",
}
"""Field → the heading that an exported table has."""
COLUMNS = Columns(
    {
        "post": ("ma bai", "post", "post id"),
        "decision": ("quyet dinh", "decision"),
        "reason": ("ly do", "reason"),
        "plan": ("ke hoach", "plan"),
        "random": ("rut ngau nhien", "random"),
    },
    (("post",), ("decision",)),
    "“Mã bài”, “Quyết định”",
)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One filled row: the topics that a post is about (none at all when empty)."""

    row: Row
    post: PostId
    topics: tuple[TopicId, ...]
    reason: str
    random: bool


def read_decisions(content: bytes, name: str, version: PlanVersion) -> tuple[list[DecisionRow], list[Problem]]:
    """The rows with a decision, and a problem for every cell that cannot be meant; rows without a decision are passed over.

    Raises InvalidInput when it is no such table.
    """
    rows, problems = [], []
    for row in read_rows(content, name, COLUMNS):
        post, decision = row.text("post"), row.text("decision")
        if not decision:
            continue
        topics, wrong = _topics(row, decision, version)
        if not post:
            wrong.append(row.problem("post", "no_post", "thiếu mã bài", "the post id is missing"))
        plan = row.text("plan")
        if plan and plan != version.plan_id:
            wrong.append(
                row.problem(
                    "plan",
                    "other_plan",
                    f"dòng này thuộc kế hoạch “{plan}”, không phải “{version.plan_id}”; hãy nhập với --plan {plan}",
                    f"this row is of plan {plan!r}, not {version.plan_id!r}; import it with --plan {plan}",
                )
            )
        problems += wrong
        if not wrong:
            rows.append(DecisionRow(row, PostId(post), topics, row.text("reason"), bool(row.text("random"))))
    return rows, problems


def refused(name: str, problems: list[Problem]) -> InvalidInput:
    return InvalidInput(
        f"Tệp “{name}” có {len(problems)} ô sai; chưa có quyết định nào được lưu. Hãy sửa các ô nêu dưới đây rồi nhập lại.",
        f"{name}: {len(problems)} wrong cells; nothing was stored",
        problems,
    )


def _topics(row: Row, decision: str, version: PlanVersion) -> tuple[tuple[TopicId, ...], list[Problem]]:
    words = [w.strip() for w in decision.split(SEPARATOR) if w.strip()]
    known = {t.id for t in version.plan.topics}
    none = [w for w in words if w not in known and fold(w) in NONE_WORDS]
    if none and len(words) == 1:
        return (), []
    if none:
        vi, en = "không thể vừa “không” vừa có chủ đề", "none and a topic at the same time"
        return (), [row.problem("decision", "none_and_topic", vi, en)]
    wrong = [
        row.problem(
            "decision", "topic", f"kế hoạch không có chủ đề mã “{w}”; nếu không thuộc chủ đề nào, ghi “không”", f"no topic {w!r}"
        )
        for w in words
        if w not in known
    ]
    if not words:
        wrong.append(row.problem("decision", "empty", "chỉ có dấu ngăn, không có mã chủ đề nào", "no topic between separators"))
    return tuple(TopicId(w) for w in words), wrong
