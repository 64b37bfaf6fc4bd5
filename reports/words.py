"""The words for values of the domain, in both languages: one word for one thing, in reports and on screens alike."""

from datetime import date

from domain.coverage import CoverageStatus
from domain.crawl_run import RunOutcome
from domain.dates import Interval, show_day, show_moment
from domain.errors import Language, Message
from domain.obligations import ObligationState
from domain.post import PublishedSource
from domain.sighting import Sighting
from domain.tag import EffectiveTag, TagSource
from domain.unit import ChannelKind
from domain.weeks import Week
from reports.marks import MARKS

STATUS_WORDS = {status: mark.word for status, mark in MARKS.items()}
WEEK_WORDS = {
    Sighting.PUBLISHED: Message("Có đăng bài", "Published"),
    Sighting.NONE_FOUND: Message("Im lặng", "Silent"),
    Sighting.NOT_SEEN: Message("Không xem được", "Could not look"),
    Sighting.NOT_REQUIRED: Message("Không yêu cầu", "Not required"),
}
OBLIGATION_WORDS = {
    ObligationState.DONE: Message("Đã xong", "Done"),
    ObligationState.OVERDUE: Message("Quá hạn", "Overdue"),
    ObligationState.SOON: Message("Sắp đến hạn", "Due soon"),
    ObligationState.LATER: Message("Chưa đến hạn", "Later"),
    ObligationState.WAITING: Message("Chờ sự kiện", "Waits for its event"),
}
OUTCOME_WORDS = {
    RunOutcome.OK: Message("Có bài mới", "New posts"),
    RunOutcome.UNCHANGED: Message("Không có gì mới", "Nothing new"),
    RunOutcome.EMPTY: Message("Mở được nhưng trống", "Read, but empty"),
    RunOutcome.REFUSED: Message("Không được phép xem", "Refused"),
    RunOutcome.UNREACHABLE: Message("Không kết nối được", "Unreachable"),
    RunOutcome.BLOCKED: Message("Bị chặn", "Blocked"),
    RunOutcome.UNREADABLE: Message("Không đọc được nội dung", "Unreadable"),
    RunOutcome.TOO_LARGE: Message("Quá lớn", "Too large"),
    RunOutcome.TOKEN_DEAD: Message("Mã truy cập hết hiệu lực", "Access token no longer valid"),
    RunOutcome.NEVER: Message("Chưa xem lần nào", "Never looked at"),
}
SOURCE_WORDS = {
    PublishedSource.API: Message("giao diện của nền tảng", "platform interface"),
    PublishedSource.FEED: Message("nguồn tin RSS", "feed"),
    PublishedSource.JSON_LD: Message("dữ liệu máy đọc của trang", "machine-readable data of the page"),
    PublishedSource.META: Message("thẻ mô tả của trang", "page metadata"),
    PublishedSource.PAGE: Message("ngày ghi trên trang", "date line on the page"),
    PublishedSource.URL: Message("địa chỉ bài", "address of the post"),
    PublishedSource.SITEMAP: Message("sơ đồ trang", "sitemap"),
    PublishedSource.SUGGESTED: Message("ước đoán", "guess"),
    PublishedSource.PERSON: Message("cán bộ nhập", "entered by a person"),
}
KIND_WORDS = {
    ChannelKind.WEBSITE: Message("Trang thông tin điện tử", "Website"),
    ChannelKind.FEED: Message("Nguồn tin RSS", "Feed"),
    ChannelKind.SITEMAP: Message("Sơ đồ trang", "Sitemap"),
    ChannelKind.LISTING: Message("Trang chuyên mục", "Listing"),
    ChannelKind.FACEBOOK: Message("Facebook", "Facebook"),
    ChannelKind.YOUTUBE: Message("YouTube", "YouTube"),
    ChannelKind.ZALO: Message("Zalo", "Zalo"),
    ChannelKind.FILE: Message("Tệp nhập tay", "File"),
}
NO_DATE = Message("không rõ ngày", "no date")
TAG_WORDS = {
    "person": Message("Cán bộ xác nhận", "Confirmed by a person"),
    "machine": Message("Máy gắn", "Machine"),
    "waiting": Message("Máy đề xuất, chờ duyệt", "Machine's guess, to be reviewed"),
}


def status_word(status: CoverageStatus, language: Language) -> str:
    return STATUS_WORDS[status].in_language(language)


def tag_word(tag: EffectiveTag | None, language: Language) -> str:
    if tag is None:
        return ""
    key = "person" if tag.source is TagSource.PERSON else "waiting" if tag.waiting else "machine"
    return TAG_WORDS[key].in_language(language)


def evidence_words(tag: EffectiveTag | None) -> str:
    """The words for which the tag was given, each once, those that speak against it left out."""
    return "; ".join(dict.fromkeys(e.words for e in tag.evidence if not e.against)) if tag else ""


def source_word(source: str | None, language: Language) -> str:
    """The source of a date in words; a date of unknown origin has none."""
    return SOURCE_WORDS[PublishedSource(source)].in_language(language) if source else ""


def week_words(week: Week, language: Language) -> str:
    name = "Tuần" if language == "vi" else "Week"
    return f"{name} {week.number:02}/{week.year} ({show_day(week.monday)} – {show_day(week.sunday)})"


def week_choice(week: Week) -> str:
    """The week for a narrow list: number and days, `47/2026 · 16/11–22/11`."""
    first, last = week.monday, week.sunday
    return f"{week.number:02}/{week.year} · {first.day:02}/{first.month:02}–{last.day:02}/{last.month:02}"


def interval_words(interval: Interval) -> str:
    return f"{show_moment(interval.start)} – {show_moment(interval.end)}"


def day_or_dash(day: date | None) -> str:
    return show_day(day) if day else "…"
