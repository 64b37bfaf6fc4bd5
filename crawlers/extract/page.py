"""One page → title, text, date, kind and attachments, carefully: trafilatura reads the text."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import lxml.html
import trafilatura
from lxml.etree import ParserError

from crawlers.extract.links import absolute
from crawlers.extract.page_dates import page_date
from crawlers.items import Published
from domain.text import fold, one_line

_FILES = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|zip|rar|odt)$", re.I)
_VIDEO = re.compile(r"youtube\.com/embed|youtube-nocookie\.com/embed|player\.vimeo|<video\b", re.I)
_TITLE_SPLIT = re.compile(r"\s+[|–—»«·-]\s+")
_MOST_ATTACHMENTS = 30


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """What a page says about one post. `canonical` is the address that it claims for itself, not yet checked."""

    title: str
    text: str
    published: Published | None
    canonical: str | None
    kind: str
    attachments: tuple[str, ...]


def extract_page(html: str, url: str, now: datetime, hint: str = "") -> ExtractedPage:
    """`hint` is the title under which the page was announced. Raises ValueError when there is no page in the text."""
    try:
        tree = lxml.html.fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError as fault:
        raise ValueError(f"no page at {url}") from fault
    title = page_title(tree, hint)
    text = (
        trafilatura.extract(html, url=url, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False)
        or ""
    )
    attachments = _attachments(tree, url)
    return ExtractedPage(
        title=title,
        text=_without_title(text, title),
        published=page_date(tree, html, url, title, now),
        canonical=_canonical(tree, url),
        kind=kind_of(len(text.split()), bool(_VIDEO.search(html)), _images(tree), bool(attachments)),
        attachments=attachments,
    )


def page_title(tree: lxml.html.HtmlElement, hint: str = "") -> str:
    """The heading that the page shows, preferred when `<title>`, og:title or the announcement agree with it."""
    head = one_line(tree.findtext(".//title") or "")
    shared = one_line(next((str(v) for v in tree.xpath("//meta[@property='og:title']/@content")), ""))
    claims = [fold(c) for c in (shared, head, hint) if c]
    headings = [one_line(element.text_content()) for element in tree.iter("h1", "h2", "h3")]
    agreed = [h for h in headings if len(h) > 5 and any(fold(h) and fold(h) in c for c in claims)]
    if agreed:
        return max(agreed, key=len)
    if hint and not hint.endswith(("...", "…")):
        return one_line(hint)
    return without_site_name(shared or head)


def without_site_name(title: str) -> str:
    parts = _TITLE_SPLIT.split(title)
    return max(parts, key=len) if parts else title


def _without_title(text: str, title: str) -> str:
    lines = text.splitlines()
    while lines and fold(lines[0]) in ("", fold(title)):
        lines.pop(0)
    return "\n".join(lines)


def _canonical(tree: lxml.html.HtmlElement, url: str) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in tree.xpath(path):
            if str(value).strip() and (address := absolute(url, str(value))):
                return address
    return None


def _attachments(tree: lxml.html.HtmlElement, url: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for link in tree.xpath("//a/@href"):
        address = absolute(url, str(link))
        if address and _FILES.search(urlsplit(address).path):
            found.setdefault(address)
    return tuple(found)[:_MOST_ATTACHMENTS]


def _images(tree: lxml.html.HtmlElement) -> int:
    return len(tree.xpath("//article//img | //figure//img"))


def kind_of(words: int, has_video: bool, images: int, has_files: bool) -> str:
    """What a page with so many words is: little text beside a video, files or many pictures makes it that."""
    if words < 150 and has_video:
        return "video"
    if words < 150 and has_files:
        return "document"
    return "photos" if images >= 6 and words < 400 else "article"
