"""Sitemaps and indexes of sitemaps → posts announced. No entity is expanded, no size is trusted."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from lxml import etree
from scrapy.utils.gz import gunzip

from crawlers.extract.vietnamese_dates import parse_machine_date
from crawlers.faults import TooLarge, Unreadable
from crawlers.items import PostLink, Published
from domain.post import PublishedSource
from domain.text import one_line

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Either `links` to pages or `children`: further sitemaps with the date of their last change."""

    links: tuple[PostLink, ...]
    children: tuple[tuple[str, datetime | None], ...]


def parse_sitemap(body: bytes, url: str, max_bytes: int) -> Sitemap:
    """Raises Unreadable when this is no sitemap, TooLarge when it unpacks to more than `max_bytes`."""
    if body.startswith(_GZIP):
        try:
            body = gunzip(body, max_size=max_bytes)
        except (OSError, EOFError) as fault:
            raise Unreadable(f"Không giải nén được sơ đồ trang {url}.", f"broken gzip: {url}") from fault
        except ValueError as fault:
            raise TooLarge(f"Sơ đồ trang {url} quá lớn.", f"sitemap too large: {url}") from fault
    if b"<!ENTITY" in body[:4096]:
        raise Unreadable(f"Sơ đồ trang {url} chứa khai báo không an toàn.", f"entity declarations in sitemap {url}")
    links: list[PostLink] = []
    children: list[tuple[str, datetime | None]] = []
    try:
        elements = etree.iterparse(
            BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True, huge_tree=False
        )
        root = None
        for _, element in elements:
            root = element
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in ("url", "sitemap"):
                fields = _fields(element)
                address = fields.get("loc", "")
                changed = parse_machine_date(fields["lastmod"]) if fields.get("lastmod") else None
                if not address.startswith(("http://", "https://")):
                    pass
                elif name == "sitemap":
                    children.append((address, changed))
                else:
                    links.append(_link(address, changed, fields))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as fault:
        raise Unreadable(f"{url} không phải là sơ đồ trang đọc được.", f"not a sitemap: {url}: {fault}") from fault
    if root is None or etree.QName(root).localname not in ("urlset", "sitemapindex", "url", "sitemap"):
        raise Unreadable(f"{url} không phải là sơ đồ trang.", f"not a sitemap: {url}")
    return Sitemap(tuple(links), tuple(children))


def _fields(element: "etree._Element") -> dict[str, str]:
    return {
        etree.QName(child).localname: one_line(child.text or "")
        for child in element.iter()
        if isinstance(child.tag, str) and child.text
    }


def _link(url: str, changed: datetime | None, fields: dict[str, str]) -> PostLink:
    """A news sitemap gives title and publication date; `lastmod` is only the last change."""
    at = parse_machine_date(fields["publication_date"]) if fields.get("publication_date") else None
    published = Published(at, PublishedSource.SITEMAP) if at else None
    return PostLink(url, fields.get("title", "") if at else "", "", published, "", changed)
