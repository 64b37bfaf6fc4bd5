"""Applying a template: one parse, a few selectors, and the checks that send a page back to careful extraction."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extract.links import absolute
from crawlers.extract.page import ExtractedPage, kind_of, without_site_name
from crawlers.extract.page_dates import MachineValues, machine_date
from crawlers.extract.template.blocks import FILE, INLINE, SKIPPED, boilerplate_key_of, key_of, parse
from crawlers.extract.vietnamese_dates import parse_visible_date
from crawlers.items import Published
from domain.post import PublishedSource
from domain.text import one_line

_FILE_SOMEWHERE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|odt)[\"'?#\s>]", re.I)
_BREAK = "\x1e"
_LINK = "\x1d"
_LINK_WORDS = 4
_SKELETON_SHARE = 0.7
_TITLE_SHARE = 0.5
_MOST_ATTACHMENTS = 30
_HEAD = 48_000


@dataclass(frozen=True, slots=True)
class Template:
    """Where things live on a site's pages. `date` is `machine` or `css:<selector>`; None when the pages gave no sure date.

    `skeleton` are names that every page of this template carries; `stop_keys` lines that repeat and are no part of a text.
    """

    container: str
    drops: tuple[str, ...]
    stop_keys: frozenset[str]
    title: str | None
    date: str | None
    undated: bool
    skeleton: tuple[str, ...]
    typical_length: int
    lead: str | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "container": self.container,
            "drops": list(self.drops),
            "stop_keys": sorted(self.stop_keys),
            "title": self.title,
            "date": self.date,
            "undated": self.undated,
            "skeleton": list(self.skeleton),
            "typical_length": self.typical_length,
            "lead": self.lead,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Template":
        """Raises KeyError or TypeError when it was kept by another version: it is then learned again."""
        return cls(
            container=str(data["container"]),
            drops=tuple(_texts(data["drops"])),
            stop_keys=frozenset(_texts(data["stop_keys"])),
            title=_optional(data["title"]),
            date=_optional(data["date"]),
            undated=bool(data["undated"]),
            skeleton=tuple(_texts(data["skeleton"])),
            typical_length=int(str(data["typical_length"])),
            lead=_optional(data["lead"]),
        )


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(f"a list was expected, not {value!r}")
    return [str(v) for v in value]


def _optional(value: object) -> str | None:
    return None if value is None else str(value)


def apply_template(template: Template, html: str, url: str, now: datetime, dated: bool = True) -> ExtractedPage | None:
    """The page by this template; None when any check says that it is not such a page, or that a part of it is missing.

    With `dated` off, a page that lacks only the learned date passes: its date has to be looked for carefully.
    """
    if not _has_skeleton(template, html):
        return None
    tree = parse(html)
    container = tree.css_first(template.container)
    if container is None:
        return None
    title = _title(template, tree)
    if title is None:
        return None
    published = _date(template, tree, now)
    if published is None and dated and not template.undated:
        return None
    attachments = _attachments(tree, url) if _FILE_SOMEWHERE.search(html) else ()
    canonical = _canonical(tree, url)
    images = len(container.css("img"))
    has_video = container.css_first("iframe[src*='youtube'], iframe[src*='vimeo'], video") is not None
    lead = tree.css_first(template.lead) if template.lead else None
    lines = [one_line(lead.text())] if lead is not None else []
    lines += _lines(template, container, key_of(title))
    text = "\n".join(lines)
    return ExtractedPage(
        title=title,
        text=text,
        published=published,
        canonical=canonical,
        kind=kind_of(len(text.split()), has_video, images, bool(attachments)),
        attachments=attachments,
    )


def _has_skeleton(template: Template, html: str) -> bool:
    start = html.find("<body")
    body = html[max(start, 0) : max(start, 0) + _HEAD]
    present = sum(token.strip('.#[]"').rpartition('"')[2] in body for token in template.skeleton)
    return present >= _SKELETON_SHARE * len(template.skeleton)


def _title(template: Template, tree: LexborHTMLParser) -> str | None:
    """The learned heading; at least half of its words must stand in `<title>`, where there is one."""
    head = tree.css_first("title")
    claimed = one_line(head.text()) if head else ""
    if template.title is None:
        shared = tree.css_first("meta[property='og:title']")
        found = one_line(shared.attributes.get("content") or "") if shared else ""
        return without_site_name(found or claimed) or None
    node = tree.css_first(template.title)
    title = one_line(node.text()) if node else ""
    words = set(key_of(title).split())
    if not words or (claimed and len(words & set(key_of(claimed).split())) < _TITLE_SHARE * len(words)):
        return None
    return title


def _date(template: Template, tree: LexborHTMLParser, now: datetime) -> Published | None:
    if template.date == "machine":
        return machine_date(_machine_values(tree), now)
    if template.date is not None:
        node = tree.css_first(template.date.removeprefix("css:"))
        at = parse_visible_date(one_line(node.text()), now) if node else None
        return Published(at, PublishedSource.PAGE) if at else None
    return None


def _machine_values(tree: LexborHTMLParser) -> MachineValues:
    scripts = [n.text() for n in tree.css("script[type*='ld+json']")]
    metas = []
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            metas.append((name.lower(), attributes.get("content") or ""))
    marked = [
        n.attributes.get("datetime") or n.attributes.get("content") or n.text()
        for n in tree.css("[itemprop='datePublished']:not(meta)")
    ]
    return MachineValues(scripts, metas, marked)


def _attachments(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    links = (a.attributes.get("href") or "" for a in tree.css("a[href]"))
    files = (absolute(url, link) for link in links if FILE.search(link))
    return tuple(dict.fromkeys(file for file in files if file))[:_MOST_ATTACHMENTS]


def _canonical(tree: LexborHTMLParser, url: str) -> str | None:
    for selector, attribute in (("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")):
        node = tree.css_first(selector)
        value = (node.attributes.get(attribute) or "").strip() if node is not None else ""
        if value and (address := absolute(url, value)):
            return address
    return None


def _lines(template: Template, container: LexborNode, title: str) -> list[str]:
    """The lines of the container without what was learned to be foreign. Changes the tree."""
    for selector in template.drops:
        for node in container.css(selector):
            node.replace_with(_BREAK)
    for link in container.css("a[href]"):
        if len(words := one_line(link.text()).split()) >= _LINK_WORDS and not FILE.search(link.attributes.get("href") or ""):
            link.replace_with(_LINK + " ".join(words) + _LINK)
    container.strip_tags([*SKIPPED, "form"])
    container.unwrap_tags(list(INLINE))
    container.merge_text_nodes()
    lines = []
    for piece in container.text(separator=_BREAK).split(_BREAK):
        if _LINK in piece and not any(c.isalnum() for c in "".join(piece.split(_LINK)[::2])):
            continue  # nothing but links to other pages
        line = one_line(piece.replace(_LINK, ""))
        key = key_of(line)
        if key and boilerplate_key_of(key) not in template.stop_keys and key != title:
            lines.append(line)
    return lines
