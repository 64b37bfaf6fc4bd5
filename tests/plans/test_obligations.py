"""Duties of a plan: who has them, when they are due, and what only looks like one."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.plan import Obligation, Period, Plan, Recurrence
from plans.reading import plan_of_lines
from tests.plans.builders import a_plan_text


def read(content: Sequence[str] = (), duties: Sequence[str] = (), **more: str) -> Plan:
    return plan_of_lines(a_plan_text(content, duties, **more).split("\n"))[0]


def duties(*paragraphs: str) -> list[Obligation]:
    return list(read(duties=paragraphs).obligations)


def test_the_assignee_comes_from_the_heading_and_the_sentence_overrides_it() -> None:
    first, second = duties("1. Sở Nội vụ", "- Mở 02 lớp tập huấn.", "- Văn phòng UBND tỉnh đăng tải kết quả trên Cổng thông tin.")
    assert (first.assignee, first.quantity) == ("Sở Nội vụ", 2)
    assert second.assignee == "Văn phòng UBND tỉnh"


def test_who_is_asked_has_the_duty_and_not_who_asks() -> None:
    (duty,) = duties("Trên đây là Kế hoạch. UBND xã yêu cầu các thôn báo cáo kết quả về UBND xã trước ngày 20/12/2026./.")
    assert (duty.assignee, duty.report_to, duty.deadline) == ("các thôn", "UBND xã", date(2026, 12, 20))


def test_each_unit_under_a_heading_is_the_one_of_the_heading() -> None:
    (duty,) = duties("1. Các bệnh viện công lập", "- Mỗi đơn vị đăng ít nhất 04 tin, bài/tháng.")
    assert (duty.assignee, duty.quantity, duty.recurrence) == ("Các bệnh viện công lập", 4, Recurrence.MONTHLY)


def test_attributes_belong_to_the_duty_before_them() -> None:
    (duty,) = duties("1. Các trường học", "- Tổ chức Cuộc thi “Em học luật”.", "- Thời gian hoàn thành: trước ngày 15/10/2026.")
    assert (duty.deadline, duty.deadline_text) == (date(2026, 10, 15), "trước ngày 15/10/2026")
    assert len(duty.lines) == 2


def test_two_deadlines_for_two_things_are_two_duties() -> None:
    found = duties("1. Phòng Kinh tế", "- Mở lớp trong tháng 4/2026, báo cáo về UBND xã trước ngày 05/5/2026.")
    assert [(o.deadline, o.report_to) for o in found] == [(date(2026, 4, 30), None), (date(2026, 5, 5), "UBND xã")]


def test_descriptions_of_content_are_no_duties() -> None:
    plan = read(
        [
            "1. Thành tựu",
            "- Đến năm 2030, thu nhập đạt 92 triệu đồng/năm; 16 hiệp định với 193 quốc gia; ngày 03/8/2024 họp Hội nghị.",
        ]
    )
    assert plan.obligations == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tuyên truyền trách nhiệm của chủ rừng và lực lượng bảo vệ rừng trong mùa khô.",
        "Tuyên truyền kết quả bảo đảm an toàn giao thông; bao gồm cả đường thủy.",
    ],
)
def test_words_that_only_look_like_a_newspaper_make_no_duty(text: str) -> None:
    assert read(["1. Nội dung chính", text]).obligations == ()


@pytest.mark.parametrize("heading", ["IV. NHIỆM VỤ THEO TIẾN ĐỘ", "IV. TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ"])
def test_quarters_of_a_timetable_of_tasks_are_times_of_duties_and_no_phases(heading: str) -> None:
    plan = read(
        ["1. An toàn giao thông"], ["1. Sở A mở lớp.", heading, "- Quý I: mở 02 lớp tập huấn.", "- Quý II: tổ chức hội thi."]
    )
    assert [(o.action, o.deadline) for o in plan.obligations[-2:]] == [
        ("Quý I: mở 02 lớp tập huấn", date(2026, 3, 31)),
        ("Quý II: tổ chức hội thi", date(2026, 6, 30)),
    ]
    assert [p.title for p in plan.phases] == ["năm 2026"]


@pytest.mark.parametrize("caption", ["Nhiệm vụ theo tiến độ", "Nhiệm vụ theo tiến độ:", "Các nhiệm vụ, giải pháp"])
def test_a_caption_is_no_duty_of_the_body_above_it(caption: str) -> None:
    found = duties("1. Sở Y tế", "- Mở 02 lớp tập huấn trong tháng 3/2026.", caption, "| STT | Nhiệm vụ |", "| 1 | Treo pa nô |")
    assert [o.action for o in found] == ["Mở 02 lớp tập huấn trong tháng 3/2026"]


def test_a_plan_that_states_no_number_date_or_report_gives_none() -> None:
    (duty,) = duties("1. Ban Tuyên giáo tham mưu xây dựng kế hoạch tuyên truyền.")
    assert (duty.quantity, duty.deadline, duty.deadline_text, duty.report_to) == (None, None, None, None)


QUOTAS = """| STT | Đơn vị | Chủ đề 1 | Nước sạch | Tổng |
|---|---|---|---|---|
| I | Khối thôn | 3 | 1 | 4 |
| 1 | Thôn Đông | 02 | - | 2 |
| 2 | Thôn Tây | ≥ 1 | 1 bài | 3 |
| | Tổng cộng | 3 | 1 | 4 |"""


def test_a_table_of_units_and_topics_gives_quotas_and_checks_its_sums() -> None:
    text = (
        a_plan_text(["1. Phân loại rác", "2. Nước sạch nông thôn"]) + "\n\nPhụ lục\n\nSỐ TIN, BÀI TỐI THIỂU MỖI THÁNG\n\n" + QUOTAS
    )
    plan, problems = plan_of_lines(text.split("\n"))
    assert [(q.unit, q.topic, q.minimum, q.period) for q in plan.quotas] == [
        ("Thôn Đông", "1", 2, Period.MONTH),
        ("Thôn Tây", "1", 1, Period.MONTH),
        ("Thôn Tây", "2", 1, Period.MONTH),
    ]
    assert [(o.assignee, o.quantity, o.topic) for o in plan.obligations] == [
        ("Thôn Đông", 2, "1"),
        ("Thôn Tây", 1, "1"),
        ("Thôn Tây", 1, "2"),
    ]
    assert [p.code for p in problems if p.code == "wrong_sum"] == ["wrong_sum"]


def test_a_wrapped_row_and_a_repeated_header_of_a_task_table() -> None:
    rows = [
        "| TT | Nhiệm vụ | Đơn vị | Thời hạn |",
        "| 1 | Biên soạn tờ gấp về | Phòng Văn hóa | 22/12/2026 |",
        "| | nước sạch | xã | |",
        "| TT | Nhiệm vụ | Đơn vị | Thời hạn |",
        "| 2 | Treo băng rôn | | Ngay khi có chỉ đạo |",
    ]
    first, second = read(duties=["\n".join(rows)]).obligations
    assert (first.action, first.assignee, first.deadline) == (
        "Biên soạn tờ gấp về nước sạch",
        "Phòng Văn hóa xã",
        date(2026, 12, 22),
    )
    assert (second.assignee, second.deadline, second.deadline_text) == (None, None, "Ngay khi có chỉ đạo")
