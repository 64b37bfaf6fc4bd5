"""Every word on the screens, in both languages. Words for values of the domain are in `reports.words`."""

from collections.abc import Callable

from domain.errors import Language, Message

Say = Callable[..., str]


def speaker(language: Language) -> Say:
    """A function that says a phrase in the language, with its blanks filled in."""

    def say(phrase: Message, **values: object) -> str:
        return phrase.in_language(language).format(**values) if values else phrase.in_language(language)

    return say


APP_NAME = Message("Bám Sát", "Bám Sát")
LANGUAGE = Message("Ngôn ngữ", "Language")
LANGUAGE_NAMES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}

SIGN_IN = Message("Đăng nhập", "Sign in")
SIGN_OUT = Message("Đăng xuất", "Sign out")
USER_NAME = Message("Tên đăng nhập", "User name")
PASSWORD = Message("Mật khẩu", "Password")
SIGN_IN_HINT = Message(
    "Dùng tài khoản do cán bộ quản trị cấp. Quên mật khẩu: hãy nhờ quản trị đặt lại (bamsat users passwd).",
    "Use the account that an administrator gave you. A forgotten password is reset by them (bamsat users passwd).",
)
SESSION_OVER = Message("Phiên làm việc đã hết. Hãy đăng nhập lại.", "The session is over. Please sign in again.")
NO_ACCOUNTS = Message(
    "Chưa có tài khoản nào. Hãy tạo tài khoản đầu tiên trên máy chủ:",
    "There are no accounts yet. Create the first one on the server:",
)
NO_ACCOUNTS_COMMAND = "bamsat users add TEN --role staff"
CANNOT_START = Message("Bám Sát chưa mở được.", "Bám Sát cannot start.")

NOT_YOUR_PAGE = Message(
    "Tài khoản của bạn không mở được trang này. Hãy mở trang dưới đây, hoặc hỏi cán bộ quản trị.",
    "Your account cannot open this page. Open the one below, or ask an administrator.",
)
PAGE_COVERAGE = Message("Ma trận", "Matrix")
PAGE_SUMMARY = Message("Báo cáo", "Report")

COVERAGE_TITLE = Message("Ma trận đơn vị × chủ đề", "Matrix of units and topics")
OWN_COVERAGE_TITLE = Message("Các chủ đề của đơn vị", "Topics of the unit")
JUDGED = Message("Tính đến {until} · số liệu biết được đến {as_of}", "Judged at {until} · known at {as_of}")
FILTERS = Message("Bộ lọc", "Filters")
PLAN = Message("Kế hoạch", "Plan")
PLAN_VERSION = Message("{number} (bản {version})", "{number} (version {version})")
WEEK = Message("Tuần", "Week")
GROUP = Message("Nhóm đơn vị", "Group of units")
CHANNEL_KIND = Message("Loại kênh", "Kind of channel")
ALL_GROUPS = Message("Tất cả các nhóm", "All groups")
ALL_KINDS = Message("Mọi loại kênh", "All kinds")
FIND_UNIT = Message("Tìm đơn vị", "Find a unit")
FIND_UNIT_HINT = Message("Gõ không dấu cũng được", "Marks may be left out")
TURN = Message("Chủ đề theo hàng", "Topics as rows")

LEGEND = Message("Chú giải", "Legend")
GRID_NAME = Message(
    "Ma trận: mỗi ô là một đơn vị và một chủ đề. Dùng phím mũi tên để đi giữa các ô.",
    "Matrix: each cell is a unit and a topic. Arrow keys move between cells.",
)
GRID_HINT = Message("Chọn một ô để xem các bài của ô đó.", "Choose a cell to see its posts.")
UNIT = Message("Đơn vị", "Unit")
TOPIC = Message("Chủ đề", "Topic")
DONE = Message("Đạt", "Done")
DONE_NOTE = Message("Số ô đã đăng trên số ô được yêu cầu", "Cells published of cells required")
SEEN_UNTIL = Message("Xem đến", "Seen until")
SEEN_UNTIL_NOTE = Message("Mọi kênh của đơn vị đã được xem đến lúc này", "All channels of the unit were read up to this moment")
NEVER = Message("chưa xem", "never")
HIDDEN_TOPICS = Message(
    "Không hiện {n} mục không yêu cầu đơn vị nào và chưa có bài.",
    "{n} headings that ask nothing of any unit and have no posts are left out.",
)
TOPIC_LIST = Message("Danh mục chủ đề", "List of topics")
NUMBER = Message("STT", "No.")
DAYS = Message("Thời gian", "Days")

CELL_TITLE = Message("Bài của ô đã chọn", "Posts of the chosen cell")
CELL_FIGURES = Message(
    "{posts} bài được tính ({originals} bài gốc, {reposts} đăng lại), yêu cầu {required}. Trong tuần: {in_week}.",
    "{posts} posts counted ({originals} originals, {reposts} re-posts), {required} required. In the week: {in_week}.",
)
CELL_LATE = Message("{n} bài đăng sau hạn.", "{n} posts after the deadline.")
CELL_DUE = Message("Hạn: {due}.", "Due: {due}.")
CELL_WAITING = Message(
    "{n} bài còn chờ duyệt, chưa được tính; nếu đều được duyệt: {status}.",
    "{n} posts wait for a person and are not counted; if all are confirmed: {status}.",
)
CELL_GAPS = Message("Không xem được: {gaps}.", "Could not look: {gaps}.")
NO_POSTS = {
    "none_found": Message(
        "Đã xem các kênh của đơn vị đến {seen} và không thấy bài nào về chủ đề này.",
        "The unit's channels were read up to {seen}, and there was no post on this topic.",
    ),
    "not_seen": Message(
        "Chưa kết luận được: có kênh không xem được. Xem mục “Không xem được” ở dưới.",
        "Nothing can be said: a channel could not be read. See “Could not look” below.",
    ),
    "not_required": Message(
        "Kế hoạch không yêu cầu đơn vị này đăng về chủ đề này, và không có bài nào.",
        "The plan does not ask this unit for posts on this topic, and there are none.",
    ),
}
NOT_FOUND_CELL = Message(
    "Địa chỉ này chỉ đến một ô không có trong ma trận đang hiện. Hãy xem lại bộ lọc hoặc chọn ô khác.",
    "This address names a cell that the matrix shown does not have. Check the filters, or choose another cell.",
)
POST_DATE = Message("{moment} · ngày lấy từ: {source}", "{moment} · date from: {source}")
POST_NO_DATE = Message("Không rõ ngày đăng · thấy lần đầu {seen}", "No date · first seen {seen}")
POST_DOUBTFUL = Message("ngày chưa chắc chắn", "date in doubt")
POST_CHANNEL = Message("{kind} của {unit}", "{kind} of {unit}")
POST_TAG = Message("{by} · căn cứ: {words}", "{by} · because of: {words}")
POST_NO_EVIDENCE = Message("không có từ ngữ trực tiếp", "no words of its own")
ORIGINAL = Message("Bài gốc", "Original")
REPOST = Message("Đăng lại", "Re-post")
LATE = Message("Đăng sau hạn", "After the deadline")
WAITING = Message("Chờ duyệt", "To be reviewed")
OPEN_POST = Message("Mở bài trên {host} ↗", "Open on {host} ↗")
OPEN_POST_HELP = Message("Mở trang ngoài trong thẻ mới", "Opens another site in a new tab")
MORE_POSTS = Message("Hiện thêm ({n} bài nữa)", "Show more ({n} left)")

UNSEEN_TITLE = Message("Không xem được ({n} kênh)", "Could not look ({n} channels)")
UNSEEN_NONE = Message("Mọi kênh đã được xem đầy đủ.", "Every channel was read in full.")
CHANNEL = Message("Kênh", "Channel")
UNSEEN_GAPS = Message("Khoảng không xem được", "Not seen")
LAST_LOOK = Message("Lần xem gần nhất", "Last look")
REASON = Message("Lý do", "Reason")

NO_UNITS = Message(
    "Chưa có đơn vị nào trong danh bạ. Hãy nạp danh bạ trên máy chủ:",
    "There are no units in the registry yet. Load the registry on the server:",
)
NO_UNITS_COMMAND = "bamsat units load danh-ba.xlsx"
NO_PLAN_COMMAND = "bamsat plan import ke-hoach.docx"
NEVER_LOOKED = Message(
    "Chưa xem kênh nào, nên chưa biết gì về các đơn vị. Hãy thu thập lần đầu trên máy chủ:",
    "No channel was looked at yet, so nothing is known of any unit. Collect for the first time on the server:",
)
NEVER_LOOKED_COMMAND = "bamsat crawl && bamsat tag"
NO_MATCH = Message(
    "Không có đơn vị nào khớp bộ lọc. Hãy bỏ bớt điều kiện ở Bộ lọc.",
    "No unit fits the filters. Take some of them away.",
)
NO_TOPICS = Message(
    "Kế hoạch này chưa có chủ đề nào. Hãy kiểm tra bản kế hoạch đã nhập: bamsat plan show.",
    "This plan has no topics. Check the plan that was imported: bamsat plan show.",
)

SUMMARY_TITLE = Message("Báo cáo tuần", "Weekly summary")
DOWNLOAD = Message("Tải báo cáo Excel", "Download as Excel")
PREVIEW = Message("Xem trước", "Preview")
CHART_TITLE = Message("Mỗi đơn vị đã làm được bao nhiêu chủ đề được yêu cầu", "How many required topics each unit has done")
CELLS = Message("Số chủ đề", "Topics")
METRIC_SHARE = Message("Đã đăng trên yêu cầu", "Published of required")
METRIC_POSTS = Message("Bài được tính trong tuần", "Posts counted in the week")
METRIC_SILENT = Message("Đơn vị im lặng", "Silent units")
METRIC_UNSEEN = Message("Kênh không xem được", "Channels not seen")
METRIC_CHANGE = Message("{n} điểm % so với tuần trước", "{n} points since last week")
EMPTY_TABLE = Message("Không có gì trong kỳ này.", "Nothing in this period.")
NO_PLAN = Message(
    "Chưa có kế hoạch nào có hiệu lực. Hãy nhập kế hoạch trên máy chủ rồi xác nhận (bamsat plan confirm):",
    "No plan is in force yet. Import one on the server, then confirm it (bamsat plan confirm):",
)
