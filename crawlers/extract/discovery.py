"""What a front page says about where its posts can be read: feeds, engine, sections. Pure: nothing is asked here."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.etree import ParserError

from crawlers.extract.links import absolute
from domain.text import fold, one_line

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_FEED_ADDRESS = re.compile(r"(^|[/=._-])(rss|feed|atom|rdf)([/=._-]|\d|$)", re.I)
_NOT_FEEDS = re.compile(r"comment|/feed/[^/]+/feed|wp-json|\.css|\.js$", re.I)
_SECTION_WORDS = re.compile(
    r"\b(tin|su kien|hoat dong|thong bao|thoi su|tin tuc|chuyen de|chuyen muc|van hoa|xa hoi|kinh te|news)\b"
)
_NOT_SECTIONS = re.compile(
    r"\b(lien he|gioi thieu|dang nhap|van ban|thu tuc|so do|hoi dap|tuyen dung|video|thu vien|thong tin lien)\b"
)
_ENGINES = (
    ("wordpress", re.compile(r"wordpress|/wp-content/|/wp-json", re.I)),
    ("nukeviet", re.compile(r"nukeviet|/themes/default/js/|nv_my_domain", re.I)),
    ("joomla", re.compile(r"joomla|/media/system/js/|com_content", re.I)),
    ("drupal", re.compile(r"drupal", re.I)),
    ("liferay", re.compile(r"liferay", re.I)),
    ("sharepoint", re.compile(r"sharepoint|_layouts/15", re.I)),
    ("dotnetnuke", re.compile(r"dotnetnuke|dnn[_/]|/desktopmodules/", re.I)),
)
GUESSES: dict[str, tuple[str, ...]] = {
    "wordpress": ("/feed/",),
    "nukeviet": ("/rss/", "/news/rss/", "/index.php?nv=news&op=rss"),
    "joomla": ("/?format=feed&type=rss", "/index.php?format=feed&type=rss"),
    "drupal": ("/rss.xml",),
    "": ("/rss", "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss/home.rss", "/rss/trang-chu.rss"),
}
_FRONT = re.compile(
    r"^/?((index|default|home)\.(php|html?|aspx|jsp)|home|trang-chu|vi|vn|portal|web/guest(/home)?|pages/default\.aspx)?/?$", re.I
)
_MOST_FEEDS = 24
_MOST_SECTIONS = 40


@dataclass(frozen=True, slots=True)
class FrontPage:
    """`engine` is empty when it is not one we know. `feeds` are announced or linked ones, `sections` pages that may list posts."""

    engine: str
    feeds: tuple[str, ...]
    sections: tuple[str, ...]


def read_front_page(html: str, url: str) -> FrontPage:
    try:
        tree = lxml.html.fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return FrontPage("", (), ())
    feeds: dict[str, None] = {}
    for link in tree.iter("link"):
        if (link.get("type") or "").lower() in _FEED_TYPES and (address := absolute(url, link.get("href") or "")):
            feeds.setdefault(address)
    sections: dict[str, None] = {}
    for anchor in tree.iter("a"):
        href = (anchor.get("href") or "").strip()
        address = absolute(url, href) if href and not href.startswith("#") else None
        if address is None:
            continue
        parts = urlsplit(address)
        if _FEED_ADDRESS.search(parts.path + "?" + parts.query):
            feeds.setdefault(address)
        elif is_section(one_line(anchor.text_content()), address, url):
            sections.setdefault(address)
    wanted = [feed for feed in feeds if not _NOT_FEEDS.search(feed)]
    return FrontPage(engine_of(html), tuple(wanted)[:_MOST_FEEDS], tuple(sections)[:_MOST_SECTIONS])


def is_section(words: str, address: str, front: str) -> bool:
    plain = fold(words)
    return (
        0 < len(plain.split()) <= 7
        and bool(_SECTION_WORDS.search(plain))
        and not _NOT_SECTIONS.search(plain)
        and urlsplit(address).netloc == urlsplit(front).netloc
        and urlsplit(address).path not in ("", "/")
    )


def engine_of(html: str) -> str:
    generator = re.search(r"""<meta[^>]+name=["']generator["'][^>]*>""", html[:20000], re.I)
    for text in (generator[0] if generator else "", html[:60000]):
        for name, pattern in _ENGINES:
            if pattern.search(text):
                return name
    return ""


def guessed_feeds(engine: str, url: str) -> list[str]:
    """Where an engine keeps its feed; for a section, below the section's own address first."""
    places = [*GUESSES.get(engine, ()), *(GUESSES[""] if engine not in ("wordpress", "drupal") else ())]
    if is_front_page(url):
        return [urljoin(url, place) for place in places]
    base = url.split("?")[0].rstrip("/")
    return [f"{base}/feed/", f"{base}/rss/", f"{base}?format=feed&type=rss"]


def is_front_page(url: str) -> bool:
    """Whether the address stands for the whole site; any other is one section of it."""
    parts = urlsplit(url)
    return bool(_FRONT.match(parts.path)) and not parts.query
