"""Particular outlets that a plan names: `Báo Lào Cai`, `Cổng thông tin điện tử tỉnh`, fanpage “Hương sen Việt”, web addresses.

An outlet is particular when a name, a place or one body follows (`… của Đảng ủy Khối`); `cổng/trang thông tin điện tử của các
đơn vị` is a kind of channel.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from domain.plan import Lines, ListedUnit, PlanChannel
from plans.addresses import addresses
from plans.bodies import starts_with_head
from plans.plain import plain

_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "website",
        re.compile(
            r"(?:c[ôo]ng|trang)\s+(?:thong tin(?: dien tu)?|ttdt|tin dien tu)(?:\s+(?:dien tu|tong hop))?|website|"
            r"chuyen trang dien tu",
            re.I,
        ),
    ),
    (
        "broadcast",
        re.compile(
            r"(?:bao(?:,| va)\s+)?(?:dai\s+)?(?:phat thanh|pt|truyen thanh)(?:\s*(?:,|va|-|&)\s*|"
            r"\s+)(?:truyen hinh|th)\b|dai\s+(?:ptth|pt-th|pt&th|phat thanh|truyen thanh|truyen hinh)"
        ),
    ),
    ("broadcast", re.compile(r"(?:kenh|song)\s+(?:truyen hinh|phat thanh)")),
    ("press", re.compile(r"bao(?:\s+dien tu)?(?=\s)|tap chi(?=\s)")),
    ("bulletin", re.compile(r"ban tin(?=\s)")),
)
_PAGE = re.compile(
    r"(?P<kind>(?:trang\s*)?\(?fanpages?\)?(?:\s+facebook)?|(?:trang|kenh|nhom|tai khoan|trang mang xa hoi|"
    r"trang cong dong)\s+facebook|facebook|"
    r"(?:trang|kenh|nhom|tai khoan|cong)?\s*zalo(?:\s*\(?(?:oa|official account|mini app)\)?)?|"
    r"(?:kenh\s+)?youtube|(?:kenh\s+)?tiktok|"
    r"(?:(?:ung dung|nen tang|mang xa hoi|nhom)\s+)*mocha|(?:mang xa hoi\s+)?vcnet|(?:nhom|kenh)\s+(?:viber|telegram))(?![a-z])"
)
_PAGE_KINDS = (
    ("facebook", "facebook"),
    ("fanpage", "facebook"),
    ("zalo", "zalo"),
    ("youtube", "youtube"),
    ("mocha", "mocha"),
    ("vcnet", "vcnet"),
)
_QUOTED = re.compile(r"\s*(?:,|;|:|va|va cac|cua|ten|mang ten|\()*\s*\"([^\"]{2,80})\"")
_ADDRESS_KINDS = (("facebook.com", "facebook"), ("fb.com", "facebook"), ("zalo.me", "zalo"), ("youtube.com", "youtube"))
_PLACES = frozenset({"tỉnh", "thành", "phố", "xã", "phường", "huyện", "quận", "thị", "khối", "đặc", "khu", "ngành", "thôn"})
_IN_NAMES = frozenset({"ủy", "uỷ", "ban", "nhân", "dân", "của", "đoàn", "bộ", "-", "–", "và", "trực", "tuyến", "điện", "tử"})
_PLURAL_BEFORE = re.compile(r"(?:cac|nhung|he thong|mang luoi|moi|cap|tung|/)\s*$")
_STOPS = re.compile(
    r"(?:đạt|các|những|cấp|cơ quan|đơn vị|địa phương|tuyên|đăng|phát|chủ|phối|mở|tăng|thường|tích|kịp|xây|để|theo|"
    r"trong|trên|về|với|cho|là|tại|từ|đến|được|"
    r"bằng|nhằm|như|hoặc|qua|sản|thực|tổ|phản|tiếp|đẩy|có|bảo|bố|hằng|hàng|mình|này|và các)\b"
)
_WORD = re.compile(r"\s*([^\s,;:.()“”\"/|]+)")
_SHORT = (("ttdt", "thong tin dien tu"), ("ptth", "phat thanh truyen hinh"), ("pt th", "phat thanh truyen hinh"))


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    name: str
    outlet: str
    end: int


def named_outlets(text: str, lines: Lines) -> list[PlanChannel]:
    """The particular outlets of a text, in reading order."""
    bare = plain(text)
    pages = list(_pages(text, bare))
    found = [*pages, *((s, f) for s, f in _headed(text, bare) if not any(p <= s < other.end for p, other in pages))]
    taken = [(start, f.end) for start, f in found]
    for match in addresses(text):
        near = next((i for i, (s, e) in enumerate(taken) if s <= match.start() and match.start() - e <= 4), None)
        if near is None:
            found.append((match.start(), _Found(_address_kind(match[0]), match[0].rstrip("."), match[0].rstrip("."), match.end())))
        else:
            start, owner = found[near]
            found[near] = (start, replace(owner, name=text[start : match.end()].strip(" .")))
    return [PlanChannel(f.kind, f.name, f.outlet, lines) for _, f in sorted(found, key=lambda p: p[0])]


def _headed(text: str, bare: str) -> Iterator[tuple[int, _Found]]:
    reached = 0
    for kind, match in sorted(((k, m) for k, p in _HEADS for m in p.finditer(bare)), key=lambda p: (p[1].start(), -p[1].end())):
        start = match.start()
        if start < reached or (start and bare[start - 1].isalnum()) or _PLURAL_BEFORE.search(bare[:start]):
            continue
        if bare[match.end() : match.end() + 1].isalnum() or bare.startswith(("bao cao", "bao chi", "bao dam", "bao ve"), start):
            continue
        end = _name_end(text, match.end())
        quoted = _QUOTED.match(bare, match.end())
        if quoted and end <= match.end() + 1:
            yield start, _Found(kind, text[start : quoted.end()], text[quoted.start(1) : quoted.end(1)], quoted.end())
            reached = quoted.end()
            continue
        tail = text[match.end() : end].strip(" -–")
        if not tail or not _particular(kind, text[start], tail):
            continue
        reached = end
        name = text[start:end].strip(" -–")
        yield start, _Found(kind, name, name, end)


def _particular(kind: str, first: str, tail: str) -> bool:
    """Whether the words after an outlet's head single it out."""
    words = tail.split()
    named = [w for w in words if w[:1].isupper()]
    if kind in ("press", "bulletin"):
        return first.isupper() and bool(words[0][:1].isupper() or words[0] in ("của", "điện")) and bool(named)
    return bool(named) or (first.isupper() and words[-1] in _PLACES)


def _name_end(text: str, start: int) -> int:
    """Where a name ends: capitals, the second syllables of capitals, words of places and bodies go on; a verb stops it."""
    end, capital = start, False
    while word := _WORD.match(text, end):
        token = word[1]
        begin = word.start(1)
        if text[end:begin].count("\n") or _STOPS.match(text, begin):
            break
        if token in ("và", "-", "–"):
            following = text[word.end() :].lstrip()
            if not following[:1].isupper() or starts_with_head(following) or not capital:
                break
            end, capital = word.end(), False
        elif token[:1].isupper() or token[:1].isdigit():
            end, capital = word.end(), True
        elif token in _PLACES or token in _IN_NAMES or capital:
            end, capital = word.end(), False
        else:
            break
    return end


def _pages(text: str, bare: str) -> Iterator[tuple[int, _Found]]:
    for match in _PAGE.finditer(bare):
        if match.start() and bare[match.start() - 1].isalnum():
            continue
        kind = next((k for word, k in _PAGE_KINDS if word in match["kind"]), "other")
        words = text[match.start() : match.end()].strip()
        at = match.end()
        quoted = _QUOTED.match(bare, at)
        if quoted:
            while quoted:
                name = text[quoted.start(1) : quoted.end(1)].strip()
                yield (
                    (match.start() if at == match.end() else quoted.start()),
                    _Found(kind, f"{words} “{name}”", name, quoted.end()),
                )
                at = quoted.end()
                quoted = re.compile(r"\s*(?:,|;|va|\.)?\s*\"([^\"]{2,80})\"").match(bare, at)
            continue
        end = _name_end(text, at)
        tail = text[at:end].strip()
        if (
            tail
            and (tail[:1].isupper() or tail[:1].isdigit() or tail.split()[0] in _PLACES or tail.startswith("của "))
            and "Facebook" not in tail[:8]
        ):
            if _PAGE.match(plain(tail)) or not any(w[:1].isupper() or w[:1].isdigit() for w in tail.split()):
                continue
            own = tail.removeprefix("của ")
            outlet = (
                f"{words} {tail}" if own != tail or tail.split()[0] in _PLACES or kind == "mocha" or starts_with_head(tail) else own
            )
            if kind == "mocha":
                outlet = re.sub(r"^.*?(?=[Mm]ocha)", "", outlet).split(" của ")[0]
            yield match.start(), _Found(kind, f"{words} {tail}", outlet, end)


def outlets_of_units(units: Iterable[ListedUnit]) -> list[PlanChannel]:
    """The sites and pages of listed units, each under its address."""
    return [PlanChannel(_address_kind(url), unit.name, url, unit.lines) for unit in units for url in unit.urls]


def _address_kind(url: str) -> str:
    return next((kind for host, kind in _ADDRESS_KINDS if host in url.lower()), "website")


def distinct_outlets(found: Iterable[PlanChannel]) -> tuple[PlanChannel, ...]:
    """Each outlet once, under the fullest of its names."""
    kept: list[PlanChannel] = []
    for channel in found:
        key = _key(channel)
        same = next((i for i, k in enumerate(kept) if k.kind == channel.kind and _same(_key(k), key)), None)
        if same is None:
            kept.append(channel)
        elif len(key) > len(_key(kept[same])):
            kept[same] = replace(channel, lines=kept[same].lines + channel.lines)
        else:
            kept[same] = replace(kept[same], lines=kept[same].lines + channel.lines)
    return tuple(kept)


def _key(channel: PlanChannel) -> str:
    words = re.sub(r"[^a-z0-9/.]+", " ", plain(channel.named_outlet or channel.name))
    words = re.sub(r"\b(?:va|cua)\b", " ", words)
    for short, long in _SHORT:
        words = re.sub(rf"\b{short}\b", long, words)
    return " ".join(words.split())


def _same(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return long == short or (long.startswith(short + " ") and len(short.split()) >= 4)
