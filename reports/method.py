"""How the figures of a summary are made, in sentences that stand in every report."""

from domain.dates import show_moment
from domain.errors import Language
from domain.sighting import STALE_AFTER
from reports.deadlines import DAYS_AHEAD
from reports.marks import DUE_NOT_SEEN, MARKS
from reports.summary import NOTABLE_PER_TOPIC, WeeklySummary
from reports.unseen import LOOKED_DAILY
from reports.words import week_words


def method_notes(summary: WeeklySummary, language: Language) -> tuple[tuple[str, str], ...]:
    """Pairs of a subject and its explanation."""

    def say(vi: str, en: str) -> str:
        return vi if language == "vi" else en

    plan = summary.plan
    marks = [(f"{mark.sign} {mark.word.in_language(language)}", mark) for mark in (*MARKS.values(), DUE_NOT_SEEN)]
    return (
        (say("Kỳ báo cáo", "Period"), week_words(summary.week, language)),
        (
            say("Kế hoạch", "Plan"),
            say(
                f"{plan.plan.number or plan.plan_id}: {plan.plan.title} (bản {plan.version})",
                f"{plan.plan.number or plan.plan_id}: {plan.plan.title} (version {plan.version})",
            ),
        ),
        (
            say("Số liệu đến lúc", "As of"),
            say(
                f"{show_moment(summary.matrix.as_of)} (giờ Việt Nam). Lập lại báo cáo với cùng bản kế hoạch và cùng thời điểm này "
                "thì được đúng các con số này, kể cả khi sau đó có sửa nhãn.",
                f"{show_moment(summary.matrix.as_of)} (Viet Nam time). The same plan version and the same moment always give the "
                "same figures, also after later corrections.",
            ),
        ),
        *((subject, mark.meaning.in_language(language)) for subject, mark in marks),
        (
            say("Nơi tìm bài", "Where posts come from"),
            say(
                "Chỉ các kênh chính thức của đơn vị có trong danh bạ. Không thu thập bình luận, tài khoản hay bài của cá nhân.",
                "Only the registered official channels of the units. No comments, accounts or posts of private persons.",
            ),
        ),
        (
            say("Bài được tính", "Counted posts"),
            say(
                "Bài có nhãn chủ đề chắc chắn (hoặc cán bộ đã xác nhận), có ngày đăng chắc chắn, nằm trong thời gian "
                "yêu cầu. Bài đăng lại được đếm riêng và chỉ tính vào yêu cầu khi kế hoạch cho phép. "
                "Bài đăng sau hạn được nêu riêng là bài muộn. "
                "Nhãn do cán bộ sửa luôn thay nhãn máy.",
                "Posts with a sure tag (or one confirmed by a person) and a sure date within the required days. Re-posts are "
                "counted apart and meet a requirement only where the plan says so. "
                "Posts after the deadline are shown as late ones. A person's correction always beats the machine.",
            ),
        ),
        (
            say("Bài chờ duyệt", "Posts to be reviewed"),
            say(
                "Bài mà nhãn hoặc ngày còn nghi ngờ: có trong danh sách, không được tính.",
                "Posts with a doubtful tag or date: they are listed, and not counted.",
            ),
        ),
        (
            say("Đơn vị im lặng", "Silent units"),
            say(
                "Mọi kênh của đơn vị đã được xem cho cả tuần và không có bài nào, về bất cứ nội dung gì. "
                "Nếu có kênh không xem được thì đơn vị không bị coi là im lặng.",
                "All channels of the unit were read for the whole week and nothing was there, on any subject. "
                "A unit with a channel that could not be read is never called silent.",
            ),
        ),
        (
            say("Không xem được", "What could not be looked at"),
            say(
                f"Khoảng thời gian mà không lần xem nào chứng minh được là đã thấy mọi bài. Quãng từ lần xem gần nhất chưa quá "
                f"{LOOKED_DAILY.days * 24} giờ không bị kể, vì kênh được xem mỗi ngày một lần. Yêu cầu còn hạn được coi là không "
                f"xem được khi đã quá {STALE_AFTER.days} ngày không xem được kênh.",
                f"Stretches of time that no look has proved to be seen in full. The stretch since the last good look is left out "
                f"while shorter than {LOOKED_DAILY.days * 24} hours, as channels are looked at once a day. What is still due "
                f"counts as not seen after {STALE_AFTER.days} days without a look.",
            ),
        ),
        (
            say("Tỷ lệ", "Share"),
            say(
                "(Đã đăng + Đăng muộn) : số ô (đơn vị × chủ đề) mà kế hoạch yêu cầu.",
                "(Published + Late) : cells (unit × topic) that the plan requires.",
            ),
        ),
        (
            say("Bài nổi bật", "Notable posts"),
            say(
                f"Mỗi chủ đề tối đa {NOTABLE_PER_TOPIC} bài gốc trong tuần, xếp theo số bài đăng lại, rồi theo thời gian đăng. "
                "Không phải là đánh giá nội dung.",
                f"For each topic up to {NOTABLE_PER_TOPIC} originals of the week, by the number of re-posts, then by time. "
                "This is no judgement of their content.",
            ),
        ),
        (
            say("Thời hạn sắp tới", "Coming deadlines"),
            say(
                f"{DAYS_AHEAD} ngày kể từ hết kỳ báo cáo; hạn là ngày cuối cùng, tính cả ngày đó.",
                f"{DAYS_AHEAD} days from the end of the period; a deadline is the last day, included.",
            ),
        ),
    )
