"""Learning a template: what careful extraction found on a few pages shows where title, text and date live."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from statistics import median

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extract.page import ExtractedPage
from crawlers.extract.template.applying import Template, apply_template
from crawlers.extract.template.blocks import Block, ancestors, blocks_of, key_of, parse
from crawlers.extract.template.selectors import names_on, selectors, stable_tokens
from crawlers.extract.vietnamese_dates import parse_visible_date
from crawlers.items import Published
from domain.post import PublishedSource
from domain.text import fold

_LEAF = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr", "table", "tbody", "blockquote", "dl", "dd", "dt"}
_MOSTLY = 0.8
_LINKED = 0.6
_DROPPABLE = 0.15
_LEAD_REACH = 8
_ALIKE = 0.7
FEWEST_LESSONS = 3
SKELETON_SIZE = 16
_GOOD_ENOUGH = 0.55
_AS_GOOD = 0.015
_LISTS = ("ul", "ol", "nav", "aside", "footer", "form")
_MACHINE_SOURCES = (PublishedSource.JSON_LD, PublishedSource.META)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page and what careful extraction made of it."""

    html: str
    url: str
    page: ExtractedPage


@dataclass
class _Page:
    lesson: Lesson
    tree: LexborHTMLParser
    blocks: list[Block]
    marked: list[bool] = field(default_factory=list)
    repeated: list[bool] = field(default_factory=list)
    title: int | None = None

    @cached_property
    def ranges(self) -> dict[int, tuple[int, int]]:
        """Element (by its place in memory) → first and last of the blocks inside it."""
        found: dict[int, tuple[int, int]] = {}
        for i, block in enumerate(self.blocks):
            for node in ancestors(block.owner):
                first, _ = found.get(node.mem_id, (i, i))
                found[node.mem_id] = (first, i)
        return found

    def inside(self, node: LexborNode) -> range:
        first, last = self.ranges.get(node.mem_id, (0, -1))
        return range(first, last + 1)

    def fresh(self, i: int) -> bool:
        """Words of this page alone: not the title, no line that other pages have too, no link, no bare number or date."""
        block = self.blocks[i]
        own = not self.repeated[i] and i != self.title and block.link_characters < _LINKED * len(block.text)
        return own and not block.key.replace(" ", "").isdigit()

    def good(self, i: int) -> bool:
        return self.marked[i] and self.fresh(i)


def learn_template(lessons: Sequence[Lesson], now: datetime) -> Template | None:
    """A template under which these pages come out as the careful extractor has them, or better; None when there is none."""
    lessons = _of_one_template(lessons)
    if len(lessons) < FEWEST_LESSONS:
        return None
    pages = _marked_pages(lessons)
    stable = stable_tokens([p.tree for p in pages])
    container = _container(pages, stable)
    if container is None:
        return None
    title = _selector_of(pages, stable, lambda page: page.title)
    date = _date_source(pages, stable, now)
    drops = [*_drops(pages, container, stable), *([date] if date and date.startswith("css:") else [])]
    template = Template(
        container=container,
        drops=tuple(d.removeprefix("css:") for d in drops),
        stop_keys=_stop_keys(pages, container),
        title=title,
        date=date,
        undated=not any(_sure_date(p) for p in pages),
        skeleton=_skeleton(pages),
        typical_length=int(median([len(lesson.page.text) for lesson in lessons])),
        lead=_lead(pages, container, stable),
    )
    return template if _holds(template, pages, now) else None


def _skeleton(pages: Sequence[_Page]) -> tuple[str, ...]:
    """Some names that every page carries, spread over the alphabet: looking for each costs time on every page."""
    names = sorted(frozenset.intersection(*(names_on(p.tree) for p in pages)))
    return tuple(names[:: max(1, len(names) // SKELETON_SIZE)][:SKELETON_SIZE])


def _of_one_template(lessons: Sequence[Lesson]) -> list[Lesson]:
    """The largest group of pages that carry mostly the same names: a photo story is not learned together with articles."""
    groups: list[tuple[frozenset[str], list[Lesson]]] = []
    for lesson in lessons:
        names = names_on(parse(lesson.html))
        for first, members in groups:
            if len(names & first) >= _ALIKE * len(names | first):
                members.append(lesson)
                break
        else:
            groups.append((names, [lesson]))
    return max((members for _, members in groups), key=len)


def _marked_pages(lessons: Sequence[Lesson]) -> list[_Page]:
    pages = []
    for lesson in lessons:
        tree = parse(lesson.html)
        pages.append(_Page(lesson, tree, blocks_of(tree.body) if tree.body else []))
    counts = Counter(key for page in pages for key in {b.boilerplate_key for b in page.blocks})
    often = max(2, (len(pages) + 1) // 2)
    for page in pages:
        lines = {key_of(line) for line in page.lesson.page.text.splitlines()}
        shingles = _shingles(key_of(page.lesson.page.text), 3)
        page.marked = [b.key in lines or _mostly_inside(b.key, shingles) for b in page.blocks]
        page.repeated = [counts[b.boilerplate_key] >= often for b in page.blocks]
        wanted = fold(page.lesson.page.title)
        heads = [i for i, b in enumerate(page.blocks) if wanted and fold(b.text) == wanted]
        page.title = next((i for i in heads if page.blocks[i].owner.tag in ("h1", "h2")), heads[0] if heads else None)
        for i in _beside_title(page):
            page.marked[i] = True
    return pages


def _beside_title(page: _Page) -> Iterator[int]:
    """What follows the title up to the first line that other pages have too: careful extraction often loses the lead, and of a
    short notice everything. Lines that are a date, and single words, do not count."""
    if page.title is None:
        return
    found = False
    for i in range(page.title + 1, len(page.blocks)):
        block = page.blocks[i]
        if page.fresh(i) and len(block.key.split()) >= 4 and not _is_dateline(block):
            found = True
            yield i
            continue
        ends = page.repeated[i] or block.link_characters >= _LINKED * len(block.text)
        if (found and ends) or (not found and i > page.title + _LEAD_REACH):
            return


def _shingles(key: str, size: int) -> set[tuple[str, ...]]:
    words = key.split()
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def _mostly_inside(key: str, shingles: set[tuple[str, ...]]) -> bool:
    own = _shingles(key, 3)
    return len(key.split()) >= 4 and len(own & shingles) >= 0.6 * len(own)


def _container(pages: Sequence[_Page], stable: frozenset[str]) -> str | None:
    """The element that holds most of the good text and little else, on nearly all pages; of equals the shortest name."""
    candidates: Counter[str] = Counter()
    for page in pages:
        nodes = {n.mem_id: n for i, b in enumerate(page.blocks) if page.good(i) for n in ancestors(b.owner) if n.tag not in _LEAF}
        candidates.update({s for node in nodes.values() for s in selectors(node, stable)})
    scored = sorted(
        ((_container_score(pages, s), s) for s, n in candidates.items() if n >= _MOSTLY * len(pages)),
        key=lambda pair: (-pair[0], _plainness(pair[1])),
    )
    if not scored or scored[0][0] < _GOOD_ENOUGH:
        return None
    return min((s for score, s in scored if score >= scored[0][0] - _AS_GOOD), key=_plainness)


def _plainness(selector: str) -> tuple[bool, int, str]:
    """Names before positions, short before long; the alphabet makes it the same on every run."""
    return ":nth-of-type" in selector, len(selector), selector


def _container_score(pages: Sequence[_Page], selector: str) -> float:
    scores, ambiguous = [], 0
    for page in pages:
        found = page.tree.css(selector)
        ambiguous += len(found) > 1
        inside = set(page.inside(found[0])) if found else set()
        size = [len(b.text) for b in page.blocks]
        good = sum(size[i] for i in range(len(size)) if page.good(i))
        good_inside = sum(size[i] for i in inside if page.good(i))
        # Repeated lines and links can be dropped from a container: they only make it a little worse.
        all_inside = sum(size[i] * (1 if page.fresh(i) else _DROPPABLE) for i in inside)
        precision = good_inside / all_inside if all_inside else 0.0
        recall = good_inside / good if good else 0.0
        scores.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
    return sum(scores) / len(scores) - 0.3 * ambiguous / len(pages)


def _drops(pages: Sequence[_Page], container: str, stable: frozenset[str]) -> list[str]:
    """What lies inside the container and is not the text: related posts, sharing, votes."""
    candidates: Counter[str] = Counter()
    for page in pages:
        root = page.tree.css_first(container)
        if root is None:
            continue
        for node in root.css("*"):
            if node.mem_id != root.mem_id and node.tag not in ("figure", "p"):
                named = [s for s in selectors(node, stable) if ":nth-of-type" not in s]
                candidates.update(named or ([node.tag or ""] if node.tag in _LISTS else []))
    return [s for s in sorted(candidates, key=_plainness) if s and s != container and _is_foreign(pages, container, s)]


def _is_foreign(pages: Sequence[_Page], container: str, selector: str) -> bool:
    total = marked = linked = repeated = good = all_good = 0
    cards = present = 0
    for page in pages:
        root = page.tree.css_first(container)
        if root is None:
            continue
        all_good += sum(len(page.blocks[i].text) for i in page.inside(root) if page.good(i))
        nodes = root.css(selector)
        present += bool(nodes)
        inside = {i for node in nodes for i in page.inside(node)}
        for i in inside:
            size = len(page.blocks[i].text)
            total += size
            marked += size * page.marked[i]
            linked += page.blocks[i].link_characters
            repeated += size * page.repeated[i]
            good += size * page.good(i)
        cards += any(_is_card_list(page, node) for node in nodes)
    if not total:
        return False
    boilerplate = repeated > 0.8 * total
    linky = marked < 0.25 * total and (linked > 0.6 * total or repeated > 0.6 * total or marked < 0.1 * total)
    listed = cards >= max(1, 0.6 * present) and linked > 0.25 * total
    return (boilerplate or linky or listed) and good < 0.2 * all_good


def _is_card_list(page: _Page, node: LexborNode) -> bool:
    items = [i for i in page.inside(node) if page.blocks[i].link_characters >= 0.6 * len(page.blocks[i].text)]
    long_items = [i for i in items if len(page.blocks[i].key.split()) >= 4]
    return len(long_items) >= 2 and len(page.inside(node)) <= 3.2 * len(long_items)


def _stop_keys(pages: Sequence[_Page], container: str) -> frozenset[str]:
    counts: Counter[str] = Counter()
    unmarked: set[str] = set()
    for page in pages:
        root = page.tree.css_first(container)
        inside = [i for i in (page.inside(root) if root else ()) if page.repeated[i]]
        counts.update({page.blocks[i].boilerplate_key for i in inside})
        unmarked |= {page.blocks[i].boilerplate_key for i in inside if not page.marked[i]}
    return frozenset(key for key, n in counts.items() if key in unmarked or n >= 0.6 * len(pages))


def _selector_of(pages: Sequence[_Page], stable: frozenset[str], wanted: Callable[[_Page], int | None]) -> str | None:
    """A selector whose first match is the wanted block on nearly every page."""
    candidates: Counter[str] = Counter()
    for page in pages:
        if (i := wanted(page)) is not None:
            candidates.update(set(selectors(page.blocks[i].owner, stable)))
    for selector in sorted(candidates, key=_plainness):
        if candidates[selector] < _MOSTLY * len(pages):
            continue
        hits = 0
        for page in pages:
            i, node = wanted(page), page.tree.css_first(selector)
            hits += i is not None and node is not None and node.mem_id == page.blocks[i].owner.mem_id
        if hits >= _MOSTLY * len(pages):
            return selector
    return None


def _lead(pages: Sequence[_Page], container: str, stable: frozenset[str]) -> str | None:
    """A lead that stands between the title and the container."""

    def outside(page: _Page) -> int | None:
        root = page.tree.css_first(container)
        if root is None or page.title is None:
            return None
        between = range(page.title + 1, page.ranges.get(root.mem_id, (0, 0))[0])
        return next((i for i in between if page.good(i) and _is_sentence(page.blocks[i])), None)

    return _selector_of(pages, stable, outside)


def _is_sentence(block: Block) -> bool:
    return len(block.key.split()) >= 9 and not _is_dateline(block)


def _is_dateline(block: Block) -> bool:
    return len(block.text) <= 60 and parse_visible_date(block.text) is not None


def _sure_date(page: _Page) -> Published | None:
    published = page.lesson.page.published
    return published if published and not published.doubtful else None


def _date_source(pages: Sequence[_Page], stable: frozenset[str], now: datetime) -> str | None:
    """Where the date is read that careful extraction trusts: data for machines, or the one line that holds it on each page."""
    sure = [d for p in pages if (d := _sure_date(p))]
    if len(sure) < _MOSTLY * len(pages):
        return None
    if all(d.source in _MACHINE_SOURCES for d in sure):
        return "machine"

    def holds_date(page: _Page) -> int | None:
        published = page.lesson.page.published
        lines = [
            i
            for i, b in enumerate(page.blocks)
            if published and len(b.text) < 120 and parse_visible_date(b.text, now) == published.at
        ]
        return min(lines, key=lambda i: abs(i - (page.title or 0)), default=None)

    selector = _selector_of(pages, stable, holds_date)
    return f"css:{selector}" if selector else None


def _holds(template: Template, pages: Sequence[_Page], now: datetime) -> bool:
    """The self-test: it applies, what it gives was marked as text, and little of the marked text is lost."""
    contained, kept = [], []
    for page in pages:
        lesson = page.lesson
        found = apply_template(template, lesson.html, lesson.url, now)
        if found is None:
            continue
        marked = "\n".join(block.text for i, block in enumerate(page.blocks) if page.good(i))
        own, good = _shingles(key_of(found.text), 4), _shingles(key_of(marked), 4)
        text = good | _shingles(key_of(lesson.page.text), 4)
        contained.append(len(own & text) / len(own) if own else 0.0)
        kept.append(len(own & good) / len(good) if good else 1.0)
    return (
        len(contained) >= _MOSTLY * len(pages)
        and median(contained) >= 0.7
        and sorted(contained)[len(contained) // 5] >= 0.3
        and median(kept) >= 0.35
    )
