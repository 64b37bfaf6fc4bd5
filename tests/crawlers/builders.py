"""Short ways to say what a crawl test needs."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from crawlers.runner import CrawlOptions, crawl
from domain.crawl_run import CrawlRun
from domain.dates import VIETNAM
from domain.post import Post
from domain.unit import Channel, ChannelKind, UnitCode, channel_id
from tests.crawlers.sinks import opener, read
from tests.crawlers.sites import html, text

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def a_channel(url: str, kind: ChannelKind = ChannelKind.WEBSITE, unit: str = "U1") -> Channel:
    return Channel(channel_id(kind, url), UnitCode(unit), kind, url)


def options(**changes: object) -> CrawlOptions:
    given = {
        "now": NOW,
        "since": NOW - timedelta(days=30),
        "delay": 0.0,
        "timeout": 5.0,
        "allow_private_addresses": True,
        "extraction_processes": 1,
        "contact": "lienhe@vi-du.example",
    }
    return CrawlOptions(**(given | changes))  # type: ignore[arg-type]


def look(folder: Path, *channels: Channel, **changes: object) -> list[CrawlRun]:
    return crawl(channels, opener(folder), options(**changes))


def posts(folder: Path) -> list[Post]:
    return sorted(read(folder).posts.values(), key=lambda p: p.url)


def at(day: int, hour: int = 8, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A moment in Viet Nam."""
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


SUBJECTS = (
    "nạo vét kênh mương nội đồng trước mùa mưa",
    "khai trương tuyến phố đi bộ ven sông",
    "tập huấn sử dụng dịch vụ công trực tuyến",
    "ra quân tổng vệ sinh môi trường cuối tuần",
    "trao học bổng cho học sinh vượt khó",
    "khám sức khỏe miễn phí cho người cao tuổi",
    "sửa chữa tuyến đường liên thôn xuống cấp",
    "tổ chức hội thi văn nghệ quần chúng",
    "lắp đặt hệ thống chiếu sáng công cộng",
    "trồng hai nghìn cây xanh dọc quốc lộ",
)


def a_title(number: int) -> str:
    return f"Xã Bình Sơn {SUBJECTS[number % len(SUBJECTS)]} đợt {number}"


def a_body(number: int) -> str:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return text(
        f"Sáng nay, Ủy ban nhân dân xã Bình Sơn phối hợp các đoàn thể {subject}, thu hút {40 + number} hộ dân tham gia.",
        f"Theo kế hoạch số {number}, việc {subject} sẽ kéo dài trong hai tuần, chia thành {3 + number % 4} nhóm phụ trách.",
        "Các thôn đã chuẩn bị dụng cụ, phân công người hướng dẫn và bảo đảm an toàn trong suốt thời gian thực hiện công việc.",
    )


def an_article(number: int, head: str = "", date_line: str = "") -> str:
    title = a_title(number)
    menu = "<nav><a href='/'>Trang chủ</a><a href='/tin-tuc'>Tin tức</a></nav>"
    main = f"<main><h1>{title}</h1>{date_line}<div class=noi-dung>{a_body(number)}</div></main>"
    body = f"{menu}{main}<footer>Bản quyền xã Bình Sơn</footer>"
    return html(title, body, head)


def rss(base: str, entries: list[tuple[int, datetime | None]], generator: str = "") -> str:
    items = "".join(
        f"<item><title>{a_title(n)}</title><link>{base}/bai/xa-binh-son-tin-so-{n}.html</link><guid>{n}</guid>"
        + (f"<pubDate>{format_datetime(moment)}</pubDate>" if moment else "")
        + f"<description>Tóm tắt bài số {n} của xã Bình Sơn.</description></item>"
        for n, moment in entries
    )
    channel = f"<channel><title>Tin</title><link>{base}</link>{generator}{items}</channel>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'
