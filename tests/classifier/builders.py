"""A plan and posts for the tagger's tests: an invented province, plain news."""

from datetime import date, datetime

from domain.dates import VIETNAM
from domain.plan import Phase, PhaseId, Plan, Topic, TopicId
from domain.post import PostContent, PostId


def a_post(title: str, text: str = "", day: date | None = None, id: str = "p1") -> PostContent:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM) if day else None
    return PostContent(PostId(id), title, text, moment)


def a_topic(id: str, title: str, text: str = "", **more: object) -> Topic:
    return Topic(TopicId(id), title, text=text, phase=PhaseId("P1"), **more)


def a_plan(*topics: Topic, title: str = "Kế hoạch tuyên truyền năm 2025") -> Plan:
    phase = Phase(PhaseId("P1"), "Năm 2025", date(2025, 1, 1), date(2025, 12, 31))
    return Plan(title=title, number="12-KH/TU", issued_on=date(2025, 1, 5), phases=(phase,), topics=topics)


CONGRESS = a_topic(
    "dh",
    "Tổ chức đại hội đảng bộ các cấp nhiệm kỳ 2025 - 2030 tiến tới Đại hội XIV của Đảng",
    "Công tác chuẩn bị và kết quả đại hội các chi bộ, đảng bộ cơ sở; những kinh nghiệm trong chỉ đạo.",
)
LIBERATION = a_topic(
    "gp50",
    "Kỷ niệm 50 năm Ngày giải phóng miền Nam, thống nhất đất nước (30/4/1975 - 30/4/2025)",
    "Tuyên truyền các hoạt động kỷ niệm 50 năm Ngày giải phóng miền Nam, thống nhất đất nước.",
)
RULES = a_topic(
    "qd37",
    "Thực hiện Quy định số 37-QĐ/TW về những điều đảng viên không được làm",
    "Quy định số 37-QĐ/TW ngày 25/10/2021 thay thế Quy định số 47-QĐ/TW.",
)
PLENUM = a_topic(
    "tw10",
    "Kết quả Hội nghị lần thứ mười Ban Chấp hành Trung ương Đảng khóa XIII",
    "Nội dung được thông qua tại Hội nghị Trung ương 10 khóa XIII.",
)
DIGITAL = a_topic("cds", "Đẩy mạnh chuyển đổi số, cải cách hành chính", "Dịch vụ công trực tuyến; tổ công nghệ số cộng đồng.")
GREEN = a_topic(
    "mt", "Bảo vệ môi trường, ứng phó biến đổi khí hậu", "Ra quân vệ sinh môi trường, thu gom rác thải, trồng cây xanh."
)

PLAN = a_plan(CONGRESS, LIBERATION, RULES, PLENUM, DIGITAL, GREEN)

ON_TOPIC = (
    ("dh", a_post("Đảng bộ xã Suối Mây tổ chức Đại hội nhiệm kỳ 2025 - 2030, tiến tới Đại hội XIV của Đảng",
                  "Đại hội thảo luận báo cáo chính trị và bầu Ban Chấp hành khóa mới.", date(2025, 6, 12), "dh1")),
    ("gp50", a_post("Phường Bến Đá kỷ niệm 50 năm Ngày giải phóng miền Nam",
                    "Chương trình nghệ thuật mừng 50 năm thống nhất đất nước (30/4/1975 - 30/4/2025).", date(2025, 4, 28), "gp1")),
    ("qd37", a_post("Chi bộ học tập Quy định số 37-QĐ/TW",
                    "Các đảng viên nghiên cứu những điều đảng viên không được làm theo Quy định 37.", date(2025, 3, 3), "qd1")),
    ("tw10", a_post("Thông báo kết quả Hội nghị Trung ương 10 khóa XIII",
                    "Hội nghị lần thứ mười Ban Chấp hành Trung ương khóa XIII thông qua nghị quyết.", date(2025, 1, 9), "tw1")),
    ("cds", a_post("Xã Suối Mây ra mắt tổ công nghệ số cộng đồng",
                   "Tổ hướng dẫn người dân nộp hồ sơ dịch vụ công trực tuyến, thúc đẩy chuyển đổi số.", date(2025, 5, 6), "cds1")),
    ("mt", a_post("Phường Bến Đá ra quân vệ sinh môi trường",
                  "Hơn hai trăm người thu gom rác thải, trồng cây xanh dọc bờ kênh.", date(2025, 6, 5), "mt1")),
)  # fmt: skip

OFF_TOPIC = (
    a_post("Khai mạc giải bóng bàn phường Bến Đá", "Giải có 40 vận động viên tham dự.", date(2025, 7, 1), "off1"),
    a_post("Lịch tạm ngừng cấp nước ngày mai", "Nhà máy nước bảo trì đường ống từ 8 giờ đến 16 giờ.", date(2025, 7, 2), "off2"),
    a_post("Lớp dạy nghề nấu ăn khai giảng", "Lớp có 30 học viên, học trong hai tháng.", None, "off3"),
    a_post("Giá trái cây tại chợ đầu mối", "Xoài và bưởi giảm nhẹ so với tuần trước.", date(2025, 8, 2), "off4"),
)
