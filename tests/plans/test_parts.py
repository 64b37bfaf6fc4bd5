"""The parts of a plan: phases, topics, anniversaries, outlets, deadlines, numbers, duties, tables."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.plan import Plan, Recurrence
from plans.anniversaries import anniversaries
from plans.deadlines import read_when
from plans.duty_facts import read_report_to
from plans.outlets import distinct_outlets, named_outlets
from plans.phases import Calendar, read_period, title_period
from plans.quantities import quantities
from plans.reading import plan_of_lines
from tests.plans.builders import a_plan_text

ISSUED = Calendar(date(2026, 2, 10), 2026)


def read(content: Sequence[str] = (), duties: Sequence[str] = (), **more: str) -> Plan:
    return plan_of_lines(a_plan_text(content, duties, **more).split("\n"))[0]


@pytest.mark.parametrize(
    ("text", "title", "start", "end"),
    [
        (
            "Giai đoạn từ nay đến hết năm 2026, tập trung tuyên truyền nội dung:",
            "Giai đoạn từ nay đến hết năm 2026",
            date(2026, 2, 10),
            date(2026, 12, 31),
        ),
        (
            "Giai đoạn từ năm 2027 đến Đại hội XIV của Đảng, tập trung",
            "Giai đoạn từ năm 2027 đến Đại hội XIV của Đảng",
            date(2027, 1, 1),
            None,
        ),
        ("Từ sau ngày bầu cử đại biểu HĐND nhiệm kỳ 2021 - 2026 đến hết năm 2026: Tập trung", None, None, date(2026, 12, 31)),
        ("Năm 2026 và các năm tiếp theo: Tập trung tuyên truyền", "Năm 2026 và các năm tiếp theo", date(2026, 1, 1), None),
        ("Đợt 1 (quý II năm 2026): Tuyên truyền", "Đợt 1 (quý II năm 2026)", date(2026, 4, 1), date(2026, 6, 30)),
        ("Đợt 2: từ ngày 01 đến 30/4/2026", None, date(2026, 4, 1), date(2026, 4, 30)),
        ("Giai đoạn 1: Từ tháng 11 đến hết tháng 02/2026", None, date(2025, 11, 1), date(2026, 2, 28)),
        ("Giai đoạn 1: Trước ngày bầu cử (từ nay đến 14/3/2026)", None, date(2026, 2, 10), date(2026, 3, 14)),
        ("Giai đoạn 2: Tháng 3/2026, cao điểm Tháng Thanh niên", None, date(2026, 3, 1), date(2026, 3, 31)),
        ("Trước mùa mưa bão, từ nay đến hết tháng 8/2026, tuyên truyền các nội dung:", None, date(2026, 2, 10), date(2026, 8, 31)),
        ("Thường xuyên trong năm 2026: tuyên truyền", None, date(2026, 1, 1), date(2026, 12, 31)),
        ("Quý III và quý IV năm 2026", None, date(2026, 7, 1), date(2026, 12, 31)),
        ("Sau Đại hội: đưa Nghị quyết vào cuộc sống", "Sau Đại hội", None, None),
    ],
)
def test_a_period_at_the_head_of_an_item_is_a_phase(text: str, title: str | None, start: date | None, end: date | None) -> None:
    period = read_period(text, ISSUED)
    assert period is not None
    assert (period.start, period.end) == (start, end)
    assert title is None or period.title == title


@pytest.mark.parametrize(
    "text",
    [
        "Từ một đất nước bị bao vây, cô lập, Việt Nam đã vươn lên",
        "Trước, trong và sau Đại hội, tuyên truyền đậm nét",
        "Tuyên truyền kỷ niệm ngày 30/4",
        "Nhiệm kỳ Đại hội XIV, tiếp tục tăng cường xây dựng Đảng",
        "Kết quả thực hiện nhiệm vụ năm 2026",
    ],
)
def test_an_item_that_mentions_a_time_is_no_phase(text: str) -> None:
    assert read_period(text, ISSUED) is None


def test_from_now_has_no_day_where_the_day_of_issue_is_unknown() -> None:
    period = read_period("Từ nay đến hết năm 2026: tuyên truyền", Calendar())
    assert period is not None
    assert (period.start, period.start_text, period.end_text) == (None, "Từ nay", "đến hết năm 2026")


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Tuyên truyền X năm 2026", (2026, 2026)),
        ("Truyền thông giai đoạn 2026 - 2030", (2026, 2030)),
        ("Bầu cử nhiệm kỳ 2026 - 2031", None),
    ],
)
def test_a_title_may_end_in_the_period_of_the_whole_plan(title: str, years: tuple[int, int] | None) -> None:
    period = title_period(title)
    assert years == (period and period.start and period.end and (period.start.year, period.end.year))


def test_numbered_items_are_topics_and_bullets_under_them_elaborate() -> None:
    plan = read(["1. Dịch vụ công trực tuyến", "- Cách nộp hồ sơ.", "a) Chữ ký số cá nhân", "2. Kỹ năng số"])
    assert [(t.id, t.parent, t.title) for t in plan.topics] == [
        ("1", None, "Dịch vụ công trực tuyến"),
        ("1.a", "1", "Chữ ký số cá nhân"),
        ("2", None, "Kỹ năng số"),
    ]
    assert plan.topics[0].text == "Dịch vụ công trực tuyến\nCách nộp hồ sơ."


def test_bullets_under_a_phase_or_a_heading_of_the_section_are_topics() -> None:
    plan = read(
        [
            "1. Từ nay đến hết tháng 6/2026, tập trung tuyên truyền các nội dung:",
            "- Phân loại rác.",
            "- Trồng cây.",
            "2. Năm 2027: Tuyên truyền:",
            "- Nước sạch.",
        ]
    )
    assert [(t.id, t.phase) for t in plan.topics] == [("II.1-1", "P1"), ("II.1-2", "P1"), ("II.2-1", "P2")]


def test_labels_are_markers_and_a_schedule_may_name_the_topics_of_a_phase() -> None:
    text = a_plan_text(["Chuyên đề 1: Tiêm chủng", "- Lịch tiêm.", "Chuyên đề 2: Bệnh dại", "Chuyên đề 3: Thuốc lá"])
    text = text.replace(
        "III. TỔ CHỨC",
        "III. TIẾN ĐỘ\n\n1. Quý I/2026: triển khai Chuyên đề 1 và Chuyên đề 3.\n\n2. Quý II/2026: Chuyên đề 2.\n\nIV. TỔ CHỨC",
    )
    plan, _ = plan_of_lines(text.split("\n"))
    assert [(t.printed, t.title, t.phase) for t in plan.topics] == [
        ("1", "Tiêm chủng", "P1"),
        ("2", "Bệnh dại", "P2"),
        ("3", "Thuốc lá", "P1"),
    ]


def test_the_content_may_stand_under_one_heading_of_a_section_of_many_roles() -> None:
    text = a_plan_text().replace(
        "II. NỘI DUNG TUYÊN TRUYỀN",
        "II. NỘI DUNG, HÌNH THỨC\n\n1. Nội dung tuyên truyền\n\n- Nước sạch nông thôn.\n\n"
        "2. Hình thức tuyên truyền\n\n- Trên loa truyền thanh.",
    )
    plan, _ = plan_of_lines(text.split("\n"))
    assert [(t.id, t.title) for t in plan.topics] == [("II.1-1", "Nước sạch nông thôn")]


def test_citations_stay_with_the_topic_that_makes_them() -> None:
    plan = read(
        ["1. Rác thải theo Chỉ thị số 05-CT/TU", "- Theo Quyết định số 33/2025/QĐ-UBND.", "1.1. Túi ni lông, Công văn 12/UBND-MT"]
    )
    assert [t.cited_documents for t in plan.topics] == [("05-CT/TU", "33/2025/QĐ-UBND"), ("12/UBND-MT",)]


def test_a_table_of_content_gives_topics_phases_and_duties() -> None:
    rows = [
        "| STT | Nội dung | Thời gian | Đơn vị thực hiện |",
        "| Quý I/2026 | | | |",
        "| 1 | Phân loại rác | Tháng 02 - 3/2026 | Phòng Kinh tế |",
        "| Quý II/2026 | | | |",
        "| 2 | Trồng cây xanh | Tháng 5/2026 | Đoàn Thanh niên |",
    ]
    plan = read(["\n".join(rows)])
    assert [(t.id, t.title, t.phase) for t in plan.topics] == [("1", "Phân loại rác", "P1"), ("2", "Trồng cây xanh", "P2")]
    assert [(p.start, p.end) for p in plan.phases] == [(date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30))]
    assert [(o.assignee, o.deadline, o.topic) for o in plan.obligations] == [
        ("Phòng Kinh tế", date(2026, 3, 31), "1"),
        ("Đoàn Thanh niên", date(2026, 5, 31), "2"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kỷ niệm 95 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2025)", [("95 năm Ngày thành lập Đảng", date(2025, 2, 3))]),
        (
            "80 năm Cách mạng tháng Tám (19/8/1945 - 19/8/2025) và Quốc khánh (02/9/1945 - 02/9/2025)",
            [("80 năm Cách mạng tháng Tám", date(2025, 8, 19)), ("Quốc khánh", date(2025, 9, 2))],
        ),
        (
            "50 năm Ngày giải phóng tỉnh (31/3/1975 - 31/3/2025) và Ngày giải phóng các xã trong tỉnh; "
            "51 năm Ngày Z của tỉnh (1/4/1974 - 1/4/2025)",
            [
                ("50 năm Ngày giải phóng tỉnh", date(2025, 3, 31)),
                ("Ngày giải phóng các xã trong tỉnh", None),
                ("51 năm Ngày Z của tỉnh", date(2025, 4, 1)),
            ],
        ),
        ("Hưởng ứng Ngày Chuyển đổi số quốc gia (10/10)", [("Ngày Chuyển đổi số quốc gia", None)]),
        ("phát biểu tại Lễ kỷ niệm 79 năm Ngày Quốc khánh (02/9/1945 - 02/9/2024)", []),
        ("năm 2045, kỷ niệm 100 năm thành lập nước; kế hoạch 5 năm tiếp theo (2026 - 2030)", []),
    ],
)
def test_anniversaries_have_the_second_date(text: str, found: list[tuple[str, date | None]]) -> None:
    assert [(a.name, a.date) for a in anniversaries(text, (1,))] == found


@pytest.mark.parametrize(
    ("text", "kind", "outlet"),
    [
        ("gửi tin cho Báo Lào Cai đăng", "press", "Báo Lào Cai"),
        ("Báo và phát thanh, truyền hình Trà Giang mở chuyên mục", "broadcast", "Báo và phát thanh, truyền hình Trà Giang"),
        ("Đài Phát thanh - Truyền hình tỉnh, các đài xã", "broadcast", "Đài Phát thanh - Truyền hình tỉnh"),
        ("trên Cổng Thông tin điện tử Sở Y tế đăng tải", "website", "Cổng Thông tin điện tử Sở Y tế"),
        ("Trang thông tin điện tử của Đảng ủy Khối, nhóm", "website", "Trang thông tin điện tử của Đảng ủy Khối"),
        ("trang (fanpage) Ánh Dương; viết tin", "facebook", "Ánh Dương"),
        ("trang Facebook “Báo Nam Trường”", "facebook", "Báo Nam Trường"),
        ("Zalo OA “Sơn Hạ xanh”", "zalo", "Sơn Hạ xanh"),
        ("nền tảng Mocha 35 của Đảng ủy Khối", "mocha", "Mocha 35"),
        ("tại địa chỉ https://sonha.gov.vn/tin.", "website", "https://sonha.gov.vn/tin"),
        ("Cổng Thông tin điện tử tỉnh (https://tragiang.gov.vn)", "website", "Cổng Thông tin điện tử tỉnh"),
    ],
)
def test_a_particular_outlet_is_named(text: str, kind: str, outlet: str) -> None:
    (found,) = named_outlets(text, (1,))
    assert (found.kind, found.named_outlet) == (kind, outlet)


@pytest.mark.parametrize(
    "text",
    [
        "cổng/trang thông tin điện tử của các cơ quan, đơn vị",
        "báo chí, Internet, mạng xã hội (Facebook, Zalo, Youtube)",
        "báo cáo kết quả; bảo đảm kinh phí",
        "Cổng/trang thông tin điện tử UBND cấp huyện",
        "hệ thống truyền thanh xã",
        "nhóm Zalo của thôn",
    ],
)
def test_a_kind_of_channel_is_no_particular_outlet(text: str) -> None:
    assert named_outlets(text, (1,)) == []


def test_an_outlet_named_twice_is_kept_under_its_fullest_name() -> None:
    found = [*named_outlets("Cổng TTĐT tỉnh", (1,)), *named_outlets("Cổng thông tin điện tử tỉnh Lào Cai", (2,))]
    (kept,) = distinct_outlets(found)
    assert (kept.named_outlet, kept.lines) == ("Cổng thông tin điện tử tỉnh Lào Cai", (1, 2))


def test_fanpages_in_a_list_are_one_outlet_each() -> None:
    assert [c.named_outlet for c in named_outlets("Fanpage: “Ánh Dương”; “Hương sen”.", (1,))] == ["Ánh Dương", "Hương sen"]


@pytest.mark.parametrize(
    ("text", "deadline", "said", "recurrence"),
    [
        ("hoàn thành trước ngày 15/10/2026", date(2026, 10, 15), "hoàn thành trước ngày 15/10/2026", Recurrence.ONCE),
        ("tổ chức trong quý II/2026", date(2026, 6, 30), "trong quý II/2026", Recurrence.ONCE),
        ("ra quân từ ngày 01/3 đến ngày 30/4/2026", date(2026, 4, 30), "từ ngày 01/3 đến ngày 30/4/2026", Recurrence.ONCE),
        ("báo cáo trước ngày 25 hằng tháng", None, "trước ngày 25 hằng tháng", Recurrence.MONTHLY),
        ("trước ngày 20 của tháng cuối quý", None, "trước ngày 20 của tháng cuối quý", Recurrence.QUARTERLY),
        ("hằng năm báo cáo về UBND tỉnh trước ngày 30/11", None, "hằng năm … trước ngày 30/11", Recurrence.ANNUAL),
        ("đăng 02 tin, bài/tháng", None, None, Recurrence.MONTHLY),
        ("trong vòng 10 ngày kể từ ngày ban hành", None, "trong vòng 10 ngày kể từ ngày ban hành", None),
        ("báo cáo ngay khi có vụ việc xảy ra", None, "ngay khi có vụ việc xảy ra", None),
        ("thường xuyên theo dõi tình hình", None, None, Recurrence.CONTINUOUS),
        ("thực hiện Kế hoạch số 28-KH/TU ngày 19/5/2021", None, None, None),
        ("tuyên truyền kỷ niệm 75 năm Ngày Z của tỉnh (5/3/1947 - 5/3/2022)", None, None, None),
        ("chỉ tiêu đạt 92 triệu đồng/năm", None, None, None),
    ],
)
def test_a_clause_says_when_a_duty_is_due(
    text: str, deadline: date | None, said: str | None, recurrence: Recurrence | None
) -> None:
    when = read_when(text, Calendar())
    assert (when.deadline, when.text, when.recurrence) == (deadline, said, recurrence)


def test_a_year_is_taken_from_the_plan_and_said_to_be() -> None:
    plan, problems = plan_of_lines(a_plan_text(duties=["1. Phòng Kinh tế: báo cáo trước ngày 30/11."]).split("\n"))
    assert [o.deadline for o in plan.obligations] == [date(2026, 11, 30)]
    assert [p.code for p in problems if p.code == "assumed_year"] == ["assumed_year"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mở ít nhất 02 lớp bồi dưỡng và 03 lớp cho đảng viên", [2, 3]),
        ("sản xuất ít nhất 06 phóng sự và 24 đồ họa thông tin", [6, 24]),
        ("phát hành 2.000 tờ gấp", [2000]),
        ("cung cấp thông tin cho báo chí, 01 lần/quý", [1]),
        ("Chỉ đạo 100% chi bộ mua báo", [100]),
        ("12 nội dung, 06 nhiệm vụ trọng tâm, 03 khâu đột phá", []),
        ("16 Hiệp định với 193 quốc gia; 70% hồ sơ, 85% hộ", []),
        ("hoàn thành trong 10 ngày", []),
    ],
)
def test_minimum_numbers_are_told_from_numbers_of_the_content(text: str, found: list[int]) -> None:
    assert [q.number for q in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("gửi báo cáo về UBND tỉnh (qua Sở Nội vụ) trước ngày 30/11 để tổng hợp", "UBND tỉnh (qua Sở Nội vụ)"),
        ("tổng hợp báo cáo kết quả thực hiện với Ban Thường vụ Đảng ủy Khối", "Ban Thường vụ Đảng ủy Khối"),
        ("báo cáo Ban Thường vụ Tỉnh ủy định kỳ hàng năm", "Ban Thường vụ Tỉnh ủy"),
        ("tổ chức hội nghị báo cáo viên tại Trung tâm", None),
        ("viết, gửi tin, bài cho Cổng thông tin điện tử tỉnh", None),
    ],
)
def test_a_report_has_a_recipient(text: str, to: str | None) -> None:
    assert read_report_to(text) == to
