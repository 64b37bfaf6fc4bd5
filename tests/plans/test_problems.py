"""What the reader says of what it could not read, or read with doubt."""

from plans.reading import plan_of_lines
from tests.plans.builders import a_plan_text


def test_slips_are_suggested_and_never_rewritten() -> None:
    text = a_plan_text(["1. Xây dựng, chinh đốn Đảng; tuyên truyền truyền thống trên công/trang thông tin điện tử"])
    plan, problems = plan_of_lines(text.split("\n"))
    assert "chinh đốn" in plan.topics[0].text
    assert {p.hint.vi for p in problems if p.code == "possible_slip" and p.hint} >= {
        "Có lẽ là “chỉnh đốn”. Văn bản được giữ nguyên.",
        "Có lẽ là “cổng/trang”. Văn bản được giữ nguyên.",
    }


def test_what_a_plan_lacks_is_said_with_a_hint() -> None:
    plan, problems = plan_of_lines(["Một văn bản bất kỳ."])
    assert (plan.title, plan.number, plan.topics) == ("", None, ())
    assert {p.code for p in problems} >= {"no_title", "no_topics", "no_number", "no_issuer"}
    assert all(p.hint for p in problems)


def test_a_topic_that_carries_over_others_is_pointed_out_with_its_line() -> None:
    text = a_plan_text(["1. Chuyển đổi số.", "2. Tiếp tục tuyên truyền các nội dung đã nêu tại Mục 1 gắn với các ngày lễ lớn."])
    plan, problems = plan_of_lines(text.split("\n"))
    (found,) = [p for p in problems if p.code == "carried_over"]
    assert found.line == plan.topics[1].lines[0]


def test_a_topic_that_merely_goes_on_is_not() -> None:
    _, problems = plan_of_lines(a_plan_text(["1. Tiếp tục nâng cao chất lượng nội dung tin, bài."]).split("\n"))
    assert "carried_over" not in {p.code for p in problems}
