"""When a page was published, from the page itself, in the order of trust: data for machines, the visible line, guesses."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import lxml.html
from htmldate import find_date

from crawlers.extract.vietnamese_dates import parse_machine_date, parse_visible_date
from crawlers.items import Published
from domain.post import PublishedSource
from domain.text import fold, one_line

OLDEST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Machine dates before this are zeros and epochs."""
_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "article.published",
    "date",
)
_UPDATE = re.compile(r"\b(cap nhat|sua doi|chinh sua)\b")
"""Often the only date line of a page, and then its date; beside another one it is the date of a change."""
_NOT_PUBLICATION = re.compile(
    r"\b(lap ngay|hieu luc|ban hanh|het han|hom nay|bay gio|so ky hieu|sinh ngay|ngay sinh|han nop|tu ngay|den ngay)\b"
)
_PUBLICATION = re.compile(r"\b(ngay dang|dang luc|dang ngay|xuat ban|ngay xuat ban|ngay viet|ngay tao|post date|published)\b")
_DATE_CLASS = re.compile(r"date|time|ngay|publish|post-?meta|entry-meta|article-meta|submitted|created", re.I)
_LISTS = re.compile(r"related|lien-?quan|other|sidebar|widget|footer|menu|breadcrumb|comment|tin-khac|block-|newer|older", re.I)
_SKIPPED = {"script", "style", "noscript", "select", "option", "textarea", "template", "nav", "aside"}
_URL_DAY = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/-])")
_ANY_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_DATE_WORDS = frozenset(
    [
        "thu",
        "hai",
        "ba",
        "tu",
        "nam",
        "sau",
        "bay",
        "chu",
        "nhat",
        "t2",
        "t3",
        "t4",
        "t5",
        "t6",
        "t7",
        "cn",
        "ngay",
        "thang",
        "gio",
        "phut",
        "luc",
        "vao",
        "gmt",
        "am",
        "pm",
        "sa",
        "ch",
        "sang",
        "chieu",
        "toi",
        "mot",
        "bon",
        "tam",
        "chin",
        "muoi",
        "gieng",
        "chap",
        "dang",
        "dang",
        "tai",
        "tin",
        "luot",
        "xem",
        "doc",
    ]
)
_OTHER_WORDS = 3
_LONGEST_LINE = 110
_REACH = 14
"""How many blocks after the title the visible date may stand."""


@dataclass(frozen=True, slots=True)
class MachineValues:
    """What a page says to machines: JSON-LD scripts, meta elements (lower-case name, content), marked-up publication dates."""

    scripts: Sequence[str]
    metas: Sequence[tuple[str, str]]
    marked: Sequence[str]


def page_date(tree: lxml.html.HtmlElement, html: str, url: str, title: str, now: datetime) -> Published | None:
    """The best date of the page; guesses are marked doubtful. Never the moment of the crawl: a page without a date has none."""
    machine = list(_machine_dates(_machine_values(tree)))
    if sure := next((p for p in machine if _is_possible(p.at, now)), None):
        return sure
    if at := _visible_date(tree, title, now):
        return Published(at, PublishedSource.PAGE)
    return machine[0] if machine else _guessed_date(html, url)


def machine_date(values: MachineValues, now: datetime) -> Published | None:
    """The first possible date among the values for machines, in the order of trust."""
    return next((p for p in _machine_dates(values) if _is_possible(p.at, now)), None)


def _is_possible(at: datetime, now: datetime) -> bool:
    return OLDEST_DAY <= at <= now + timedelta(days=1)


def _machine_values(tree: lxml.html.HtmlElement) -> MachineValues:
    scripts = [str(s) for s in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()")]
    metas = []
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            metas.append((name.lower(), meta.get("content")))
    marked = [
        e.get("datetime") or e.get("content") or e.text_content()
        for e in tree.xpath("//*[@itemprop='datePublished'][not(self::meta)]")
    ]
    return MachineValues(scripts, metas, marked)


def _machine_dates(values: MachineValues) -> Iterator[Published]:
    for script in values.scripts:
        for text in _json_ld_dates(script):
            if at := parse_machine_date(text):
                yield Published(at, PublishedSource.JSON_LD)
    for name in _META:
        for given, text in values.metas:
            if given == name and (at := parse_machine_date(text)):
                yield Published(at, PublishedSource.META)
    for text in values.marked:
        if at := parse_machine_date(one_line(text)):
            yield Published(at, PublishedSource.META)


def _json_ld_dates(text: str) -> Iterator[str]:
    try:
        data = json.loads(text, strict=False)
    except ValueError:
        if match := re.search(r'"datePublished"\s*:\s*"([^"]+)"', text):
            yield match[1]
        return
    waiting = [data]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if isinstance(value := node.get("datePublished"), str):
                yield value
            waiting.extend(
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(node.get(key), dict | list)
            )


def _visible_date(tree: lxml.html.HtmlElement, title: str, now: datetime) -> datetime | None:
    """The date line that belongs to the title: the nearest after it, or right before. Lines about another date do not count."""
    blocks = list(_blocks(tree))
    wanted = fold(title)
    heads = [i for i, (element, text, _) in enumerate(blocks) if wanted and _is_title(element, text, wanted)]
    best: tuple[float, datetime] | None = None
    for i, (element, text, linked) in enumerate(blocks):
        if linked:
            continue  # a date in the title of another post
        marked_up = _marked_up(element)
        if len(text) > _LONGEST_LINE or (marked_up is None and not any(c.isdigit() for c in text)):
            continue
        if len(_ANY_DAY.findall(text)) > 1:
            continue  # from one day to another: an event, not a publication
        plain = fold(text)
        labelled = bool(_PUBLICATION.search(plain))
        if _NOT_PUBLICATION.search(plain) and not labelled:
            continue
        update = bool(_UPDATE.search(plain)) and not labelled
        classed = _classes_match(element, _DATE_CLASS, 2)
        distance = min((i - h if i >= h else (h - i) * 3 for h in heads), default=None)
        if distance is None:
            if not (classed or labelled):
                continue
            distance = _REACH
        elif distance > _REACH and not labelled:
            continue
        at = marked_up or parse_visible_date(text, now)
        if at is None or not (classed or labelled or update or marked_up or _is_dateline(text)):
            continue
        score = distance + max(len(text) - 30, 0) / 10 - 6 * classed - 6 * labelled + 12 * update
        if best is None or score < best[0]:
            best = (score, at)
    return best[1] if best else None


def _is_dateline(text: str) -> bool:
    """Hardly a word beside day and time: a sentence that names a day is not when it was published."""
    words = [w for w in fold(text).split() if not any(c.isdigit() for c in w) and w not in _DATE_WORDS]
    return len(words) <= _OTHER_WORDS and not text.endswith(".")


def _marked_up(element: lxml.html.HtmlElement) -> datetime | None:
    """The date for machines of a `<time>` that makes up the line."""
    times = [e for e in element.iter("time") if e.get("datetime")]
    return parse_machine_date(times[0].get("datetime")) if len(times) == 1 else None


def _is_title(element: lxml.html.HtmlElement, text: str, wanted: str) -> bool:
    if fold(text) != wanted:
        return False
    return not any(a.tag == "a" for a in _upward(element, 3)) or any(a.tag in ("h1", "h2") for a in _upward(element, 3))


def _upward(element: lxml.html.HtmlElement, steps: int) -> Iterator[lxml.html.HtmlElement]:
    current = element
    for _ in range(steps + 1):
        if current is None:
            return
        yield current
        current = current.getparent()


def _classes_match(element: lxml.html.HtmlElement, pattern: "re.Pattern[str]", steps: int) -> bool:
    return any(pattern.search(f"{e.get('class') or ''} {e.get('id') or ''}") or e.tag == "time" for e in _upward(element, steps))


def _blocks(tree: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str, bool]]:
    """Visible lines of the page in order: the smallest element around each, its text, and whether it is mostly a link."""
    body = tree.find(".//body")
    if body is None:
        body = tree
    yield from _lines(body)


_INLINE = {"a", "b", "i", "em", "strong", "span", "font", "u", "sub", "sup", "small", "mark", "time", "label", "abbr", "svg", "img"}


def _lines(root: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str, bool]]:
    owner = root
    pieces: list[str] = []
    linked = depth = 0

    def flush() -> Iterator[tuple[lxml.html.HtmlElement, str, bool]]:
        nonlocal linked
        text = one_line(" ".join(pieces))
        if text:
            yield owner, text, 2 * linked > len(text)
        pieces.clear()
        linked = 0

    def add(text: str | None, element: lxml.html.HtmlElement) -> None:
        nonlocal owner, linked
        if not text:
            return
        if text.strip() and not any(p.strip() for p in pieces):
            owner = element
        pieces.append(text)
        linked += len(text.strip()) if depth else 0

    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        parent = element.getparent() if element is not root else root
        if not isinstance(element.tag, str):
            add(element.tail, parent)
            continue
        if not leaving and (_is_skipped(element) or _LISTS.search(f"{element.get('class') or ''} {element.get('id') or ''}")):
            yield from flush()
            add(element.tail if element is not root else None, parent)
            continue
        if element.tag not in _INLINE:
            yield from flush()
        depth += (-1 if leaving else 1) if element.tag == "a" else 0
        if leaving:
            add(element.tail if element is not root else None, parent)
            continue
        add(element.text, element)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from flush()


def _is_skipped(element: lxml.html.HtmlElement) -> bool:
    """The footer of an article is part of it (Drupal puts the date there); that of the page is not."""
    if element.tag == "footer":
        return not any(a.tag in ("article", "main") for a in element.iterancestors())
    return element.tag in _SKIPPED


def _guessed_date(html: str, url: str) -> Published | None:
    if (match := _URL_DAY.search(url)) and (at := parse_visible_date(f"{match[3]}/{match[2]}/{match[1]}")):
        return Published(at, PublishedSource.URL)
    # Even htmldate's strict search returns the date of a licence in the footer: what it finds is a suggestion.
    for extensive in (False, True):
        if at := _found_by_htmldate(html, url, extensive):
            return Published(at, PublishedSource.SUGGESTED, doubtful=True)
    return None


def _found_by_htmldate(html: str, url: str, extensive: bool) -> datetime | None:
    found = find_date(html, url=url, extensive_search=extensive, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S")
    return parse_machine_date(found) if found else None
