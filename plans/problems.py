"""Doubts about a plan, said in both languages with the line and a hint. Nothing is rewritten here."""

import re
from collections.abc import Iterable, Sequence

from domain.errors import Message, Problem, Severity
from domain.plan import Lines, Plan, Topic
from plans.phases import Calendar
from plans.plain import plain

SLIPS: tuple[tuple[str, str], ...] = (
    (r"[Cc]ông/trang", "cổng/trang"),
    (r"[Cc]ông (?:thông tin|Thông tin) điện tử", "Cổng thông tin điện tử"),
    (r"[Cc]ông tác viên", "cộng tác viên"),
    (r"\bkhôi (?:đại đoàn kết|doanh nghiệp|cơ quan)", "khối …"),
    (r"[Cc]hinh đ[ốó]n|CHÍNH ĐÓN|[Cc]hỉnh đón", "chỉnh đốn"),
    (r"[Pp]hân đấu", "phấn đấu"),
    (r"cảm dỗ", "cám dỗ"),
    (r"thành tự\b", "thành tựu"),
    (r"\bngiệp\b", "nghiệp"),
    (r"BTGDUK", "BTGĐUK"),
    (r"\bnhững các\b", "các"),
)
"""Slips of scanning and typing seen in plans of offices: the pattern, and what was probably meant."""
_DOUBLED = re.compile(r"\b([^\W\d_]{2,} [^\W\d_]{2,}) (?i:\1)\b|\b((?![A-ZĐÀ-Ỹ])[^\W\d_]{3,}) \2\b")
"""Two words said twice, or one in lower case; `Đại hội Hội Phụ nữ` and `Đảng Đảng ủy` are names that meet."""
_REPEATABLE = frozenset({"ngay", "luon", "nguoi", "nha", "xanh", "tung", "rong", "thuong", "cao", "sau", "dan"})


_CARRIED_OVER = re.compile(
    r"\btiep tuc\b[^.;]{0,80}\bnoi dung\b[^.;]{0,80}\b(?:da neu|neu tren|neu tai|noi tren|tai muc \d|giai doan (?:truoc|[1-9i]))"
)
"""A stage that goes on with the subjects of another one: “tiếp tục tuyên truyền các nội dung đã nêu tại Mục 1”."""


def carried_over(topics: Iterable[Topic]) -> list[Problem]:
    """Topics that stand for others elsewhere in the plan. Which of those are owed in this stage too is for a person to say."""
    return [
        Problem(
            Severity.NOTE,
            "carried_over",
            Message(
                f"Chủ đề {topic.id} tiếp tục các nội dung đã nêu ở phần khác của kế hoạch.",
                f"topic {topic.id} goes on with subjects of another part of the plan",
            ),
            Message(
                "Nếu các chủ đề đó còn phải đăng trong giai đoạn này, hãy đặt lại thời gian hoặc yêu cầu của chúng.",
                "where those topics are owed in this stage too, set their days or requirements",
            ),
            line=topic.lines[0] if topic.lines else None,
        )
        for topic in topics
        if _CARRIED_OVER.search(plain(topic.text))
    ]


def missing(plan: Plan, blank_number: Lines | None) -> list[Problem]:
    """What a plan always has and this text has not. It stays absent."""
    found = []
    if not plan.title:
        found.append(
            Problem(
                Severity.ERROR,
                "no_title",
                Message("Không thấy tên loại văn bản (KẾ HOẠCH) và trích yếu.", "no document type (KẾ HOẠCH) and title found"),
                Message("Kiểm tra xem có đúng là tệp kế hoạch không.", "check whether this is the plan"),
            )
        )
    if not plan.topics:
        found.append(
            Problem(
                Severity.ERROR,
                "no_topics",
                Message(
                    "Không thấy phần nội dung tuyên truyền nào có thể tách thành chủ đề.", "no section of content with topics found"
                ),
                Message("Thêm các chủ đề bằng tay trước khi xác nhận.", "add the topics by hand before confirming"),
            )
        )
    if plan.number is None:
        line = blank_number[0] if blank_number else None
        found.append(
            Problem(
                Severity.DOUBT,
                "no_number",
                Message("Không thấy số và ký hiệu của kế hoạch.", "the plan's own number was not found"),
                Message("Điền số, ký hiệu khi xác nhận.", "enter the number when confirming"),
                line,
            )
        )
    if plan.issuing_body is None:
        found.append(
            Problem(
                Severity.DOUBT,
                "no_issuer",
                Message("Không thấy cơ quan ban hành.", "the issuing body was not found"),
                Message("Điền cơ quan ban hành khi xác nhận.", "enter the issuing body when confirming"),
            )
        )
    if plan.issued_on is None:
        found.append(
            Problem(
                Severity.NOTE,
                "no_date",
                Message(
                    "Không thấy ngày ban hành; “từ nay” sẽ không có ngày bắt đầu.", "no day of issue; “từ nay” has no first day"
                ),
                Message("Điền ngày ban hành khi xác nhận.", "enter the day of issue when confirming"),
            )
        )
    for phase in plan.phases:
        if phase.start and phase.end and phase.start > phase.end:
            found.append(
                Problem(
                    Severity.DOUBT,
                    "phase_turned_round",
                    Message(
                        f"Giai đoạn “{phase.title[:60]}” kết thúc trước khi bắt đầu.", f"phase {phase.id} ends before it starts"
                    ),
                    Message("Sửa ngày của giai đoạn.", "mend its days"),
                    phase.lines[0] if phase.lines else None,
                )
            )
        elif phase.start is None or phase.end is None:
            found.append(
                Problem(
                    Severity.NOTE,
                    "open_phase",
                    Message(
                        f"Giai đoạn “{phase.title[:60]}” chưa có đủ ngày bắt đầu và kết thúc trong văn bản.",
                        f"phase {phase.id} has no first or last day in the text",
                    ),
                    Message("Nhập ngày khi sự kiện đã rõ.", "enter the day once the event is known"),
                    phase.lines[0] if phase.lines else None,
                )
            )
    return found


def assumed_years(lines: Iterable[int], calendar: Calendar) -> list[Problem]:
    year = calendar.year or (calendar.issued_on.year if calendar.issued_on else None)
    return [
        Problem(
            Severity.DOUBT,
            "assumed_year",
            Message(
                f"Thời hạn không ghi năm; lấy năm {year} của kế hoạch.",
                f"the deadline has no year; the plan's year {year} is taken",
            ),
            Message("Sửa nếu là năm khác.", "mend it if another year is meant"),
            line,
        )
        for line in dict.fromkeys(lines)
    ]


def quota_doubts(unmatched: Sequence[tuple[str, Lines]], wrong_sums: Sequence[int]) -> list[Problem]:
    found = [
        Problem(
            Severity.DOUBT,
            "unmatched_quota",
            Message(f"Cột hoặc dòng chỉ tiêu “{heading[:60]}” không khớp chủ đề nào.", f"quota {heading[:60]!r} matches no topic"),
            Message("Chọn chủ đề tương ứng.", "choose the topic"),
            lines[0] if lines else None,
        )
        for heading, lines in unmatched
    ]
    found += [
        Problem(
            Severity.DOUBT,
            "wrong_sum",
            Message("Tổng ghi trong bảng khác với tổng các số.", "the printed total differs from the sum of its numbers"),
            Message("Đối chiếu với bản gốc.", "compare with the original"),
            line,
        )
        for line in wrong_sums
    ]
    return found


def unknown_table(line: int) -> Problem:
    return Problem(
        Severity.NOTE,
        "unknown_table",
        Message(
            "Có một bảng không nhận ra là bảng nhiệm vụ, chỉ tiêu hay đơn vị.", "a table that is none of tasks, quotas or units"
        ),
        Message("Nếu bảng giao việc, hãy nhập các dòng đó bằng tay.", "if it assigns duties, enter them by hand"),
        line,
    )


def slips(texts: Iterable[tuple[str, Lines]]) -> list[Problem]:
    """Probable slips of scanning or typing, as suggestions; the text stays as printed."""
    found = []
    for text, lines in texts:
        for pattern, meant in SLIPS:
            if match := re.search(pattern, text):
                found.append(_slip(match[0], meant, lines))
        match = _DOUBLED.search(text)
        if match and plain(match[1] or match[2]) not in _REPEATABLE:
            found.append(_slip(match[0], match[1] or match[2], lines))
    return found


def _slip(seen: str, meant: str, lines: Lines) -> Problem:
    return Problem(
        Severity.NOTE,
        "possible_slip",
        Message(f"Có thể gõ hoặc quét sai: “{seen}”.", f"possibly a slip of typing or scanning: {seen!r}"),
        Message(f"Có lẽ là “{meant}”. Văn bản được giữ nguyên.", f"perhaps {meant!r}; the text is left as it is"),
        lines[0] if lines else None,
    )
