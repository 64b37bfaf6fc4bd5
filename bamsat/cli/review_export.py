"""The review queue as a table for people to fill in: CSV, or a workbook whose second sheet lists the topics."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from bamsat.queries.review import ReviewItem
from bamsat.workflows.review_table import SEPARATOR, TITLES
from domain.dates import local_day, show_day
from domain.errors import InvalidInput
from domain.plan import PlanVersion
from reports.plain_text import plain_text

_NEXT_BEST = 3
_HEADINGS = (
    TITLES["post"],
    TITLES["decision"],
    TITLES["reason"],
    "Tiêu đề",
    "Đơn vị",
    "Ngày đăng",
    "Địa chỉ",
    "Máy đề xuất",
    "Căn cứ",
    "Chủ đề gần nhất khác",
    "Bài đăng lại",
    TITLES["random"],
    TITLES["plan"],
)
_WIDTHS = (19, 16, 24, 60, 28, 12, 40, 20, 40, 24, 10, 10, 16)
_TOPIC_COLUMN = _HEADINGS.index("Tiêu đề")


def machine_words(item: ReviewItem) -> str:
    return f"{SEPARATOR} ".join(t.topic for t in item.answer.tags) or "không"


def evidence_words(item: ReviewItem) -> str:
    """The words behind the machine's tags, each once; those that speak against one in brackets."""
    words = (f"[{e.words}]" if e.against else e.words for t in item.answer.tags for e in t.evidence)
    return ", ".join(dict.fromkeys(words))


def other_words(item: ReviewItem) -> str:
    best = sorted(item.answer.others, key=lambda o: (-o.score, o.topic))[:_NEXT_BEST]
    return f"{SEPARATOR} ".join(f"{o.topic} ({o.score:.2f})" for o in best)


def write_review(path: Path, version: PlanVersion, items: Sequence[ReviewItem]) -> None:
    """Raises InvalidInput when the name ends neither in .csv nor in .xlsx, or the file cannot be written."""
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InvalidInput(f"Tên tệp “{path}” phải kết thúc bằng .xlsx hoặc .csv.", f"{path}: the name must end in .xlsx or .csv")
    rows = [tuple(map(plain_text, _row(version, item))) for item in items]
    topics = [(t.id, plain_text(t.title)) for t in version.plan.topics]
    try:
        writer(path, rows, topics)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as fault:
        raise InvalidInput(f"Không ghi được tệp {path}: {fault}.", f"cannot write {path}: {fault}") from fault


def _row(version: PlanVersion, item: ReviewItem) -> tuple[str, ...]:
    post = item.post
    return (
        post.id,
        "",
        "",
        post.title,
        item.unit.name,
        show_day(local_day(post.published_at)) if post.published_at else "",
        post.url,
        machine_words(item),
        evidence_words(item),
        other_words(item),
        str(item.copies),
        "x" if item.random else "",
        version.plan_id,
    )


def _write_csv(path: Path, rows: Sequence[Sequence[str]], topics: Sequence[tuple[str, str]]) -> None:
    """UTF-8 with a mark, as Excel wants it. The topics follow the posts, in a column that an import does not read."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows(rows)
        before = [""] * _TOPIC_COLUMN
        writer.writerows([[], [*before, f"Ghi mã chủ đề, cách nhau bằng “{SEPARATOR}”, hoặc “không”:"]])
        writer.writerows([*before, plain_text(f"{id}: {title}")] for id, title in topics)


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]], topics: Sequence[tuple[str, str]]) -> None:
    """Every cell is text: a spreadsheet must take neither a title for a formula nor the topic 1.10 for a number."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7"})
        cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Bài chờ duyệt")
        sheet.freeze_panes(1, 2)
        for column, (title, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width, cell)
            sheet.write_string(0, column, title, heading)
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, cell)
        listed = book.add_worksheet("Chủ đề")
        listed.set_column(0, 0, 12, cell)
        listed.set_column(1, 1, 100, cell)
        for number, row in enumerate((("Mã chủ đề", "Tên chủ đề"), *topics)):
            for column, text in enumerate(row):
                listed.write_string(number, column, text, heading if number == 0 else cell)
