"""One announced post → its page, read by the site's template or carefully, with title, text, date and address settled."""

from dataclasses import dataclass, replace
from datetime import timedelta

from crawlers.extract.page import ExtractedPage, extract_page
from crawlers.extract.template.learning import Lesson, learn_template
from crawlers.faults import Unreadable
from crawlers.items import PostItem, PostLink, Published
from crawlers.visit import Visit
from domain.post import PublishedSource
from domain.urls import canonical_url, url_identity

_SHORTEST_TEXT = 60
_ZONE_LOST = timedelta(hours=7)
_MOST_ALIASES = 5000


@dataclass(frozen=True, slots=True)
class Reading:
    """`lesson` is the page when it had to be read carefully: the site's template can be learned from it."""

    link: PostLink
    item: PostItem
    url: str
    lesson: Lesson | None = None


async def read_post(visit: Visit, link: PostLink) -> Reading:
    """Raises LookFault when there is no page, or no post on it."""
    fetched = await visit.fetch(link.url)
    if not _is_page(fetched.body):
        item = from_announcement(visit, link, attachments=(fetched.url,))
        if item is None:
            raise Unreadable(f"{link.url} không phải là trang web đọc được.", f"not a page: {link.url}")
        return Reading(link, item, fetched.url)
    html = fetched.text
    page = visit.templates.apply(html, fetched.url, visit.moment)
    if page is not None:
        if visit.templates.audit_is_due:
            visit.templates.audit(page, await _read_carefully(visit, html, fetched.url, link))
        return Reading(link, _item(visit, link, page, fetched.url, "template"), fetched.url)
    careful = await _read_carefully(visit, html, fetched.url, link)
    page, method = _undated(visit, html, fetched.url, careful)
    return Reading(link, _item(visit, link, page, fetched.url, method), fetched.url, Lesson(html, fetched.url, careful))


def _undated(visit: Visit, html: str, url: str, careful: ExtractedPage) -> tuple[ExtractedPage, str]:
    """A page without a date on a site whose pages have one: title and text by the template all the same."""
    page = visit.templates.apply(html, url, visit.moment, dated=False)
    return (replace(page, published=careful.published), "template") if page else (careful, "trafilatura")


async def learn(visit: Visit) -> None:
    """Learns a template from the lessons so far."""
    visit.templates.learned(await visit.pool.run(learn_template, list(visit.templates.lessons), visit.moment))


def settled(visit: Visit, held: list[Reading]) -> list[PostItem]:
    """The posts that were held back: by a template that has been learned since, where one fits, else as they were read."""
    items = []
    for reading in held:
        lesson = reading.lesson
        if lesson is None:
            items.append(reading.item)
            continue
        page = visit.templates.apply(lesson.html, lesson.url, visit.moment)
        settled_page, method = (page, "template") if page else _undated(visit, lesson.html, lesson.url, lesson.page)
        items.append(_item(visit, reading.link, settled_page, reading.url, method))
    return items


async def _read_carefully(visit: Visit, html: str, url: str, link: PostLink) -> ExtractedPage:
    try:
        page = await visit.pool.run(extract_page, html, url, visit.moment, link.title)
    except ValueError as error:
        raise Unreadable(f"Không đọc được trang {link.url}.", str(error)) from error
    if not page.title:
        raise Unreadable(f"Trang {link.url} không có tiêu đề.", f"no title: {link.url}")
    return page


def _item(visit: Visit, link: PostLink, page: ExtractedPage, found_at: str, method: str) -> PostItem:
    url = _own_address(visit, page, found_at)
    _remember_alias(visit, link.url, url)
    text = page.text if len(page.text) >= min(_SHORTEST_TEXT, len(link.text)) else link.text
    return PostItem(
        channel=visit.channel,
        url=url,
        title=page.title,
        text=text,
        published=best_date(link.published, page.published),
        first_seen=visit.moment,
        kind=page.kind,
        method=method if text == page.text else "feed",
        attachments=page.attachments,
    )


def _is_page(body: bytes) -> bool:
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (start[:1] == b"<" and not start.startswith(b"<?xml")) or b"<html" in body[:4096].lower()


def _own_address(visit: Visit, page: ExtractedPage, url: str) -> str:
    """The address that the page claims, if it is on the registered host and not simply the front page; else where it was found."""
    if page.canonical and visit.owns(page.canonical):
        claimed = canonical_url(page.canonical)
        if not claimed.endswith("/") or canonical_url(url).endswith("/"):
            return claimed
    return canonical_url(url)


def _remember_alias(visit: Visit, announced: str, url: str) -> None:
    """So that the next look knows the post under the address by which it is announced."""
    if (identity := url_identity(announced)) == url_identity(url):
        return
    aliases = visit.aliases
    aliases[identity] = url_identity(url)
    while len(aliases) > _MOST_ALIASES:
        aliases.pop(next(iter(aliases)))


def from_announcement(visit: Visit, link: PostLink, attachments: tuple[str, ...] = ()) -> PostItem | None:
    """The post as the feed has it, when its own page cannot be read; None when the feed says too little."""
    if not link.title or not (link.text or attachments):
        return None
    return PostItem(
        channel=visit.channel,
        url=canonical_url(link.url),
        title=link.title,
        text=link.text,
        published=link.published,
        first_seen=visit.moment,
        kind="document" if attachments else "article",
        method="feed",
        attachments=attachments,
    )


def best_date(announced: Published | None, on_page: Published | None) -> Published | None:
    """The announcement's date, unless it is doubtful, says less than the page, or has lost its time zone."""
    if announced is None or on_page is None:
        return announced or on_page
    if on_page.doubtful:
        return on_page if announced.doubtful and announced.source is not PublishedSource.FEED else announced
    if announced.doubtful or announced.source in (PublishedSource.PAGE, PublishedSource.SITEMAP):
        return on_page
    return on_page if abs(announced.at - on_page.at) == _ZONE_LOST else announced
