"""Ways of publishing that a plan names, by kind (docs/plan_json.md); particular outlets come from plans.outlets."""

import re
from collections.abc import Iterable

from domain.plan import Lines, PlanChannel
from plans.outlets import distinct_outlets, named_outlets
from plans.plain import plain

KINDS: tuple[tuple[str, str], ...] = (
    ("website", r"(?:(?:cong|trang)\s*/?\s*)+(?:thong tin dien tu|ttdt)|website"),
    ("facebook", r"facebook|fanpage"),
    ("zalo", r"zalo"),
    ("youtube", r"youtube"),
    ("vcnet", r"vcnet"),
    ("mocha", r"mocha"),
    ("press", r"bao chi|(?:cac )?co quan bao chi|tap chi|bao in|bao dien tu"),
    ("broadcast", r"he thong (?:dai )?truyen thanh|dai truyen thanh|loa truyen thanh|phat thanh|truyen hinh"),
    ("bulletin", r"ban tin|thong bao noi bo"),
    (
        "meeting",
        r"hoi nghi(?! quyet)|sinh hoat (?:chi bo|chuyen de|doan|hoi|chi doan|duoi co|cau lac bo)|toa dam|hoi thao|"
        r"tuyen truyen mieng|dien dan|bao cao vien",
    ),
    ("visual", r"co dong truc quan|khau hieu|pa ?no|ap phich|bang ron|bang dien tu|man hinh led|bang-ron|phuon"),
    ("publication", r"an pham|to roi|to gap|tai lieu|de cuong|so tay|cuon sach|infographic"),
    (
        "other",
        r"mang xa hoi|internet|tin nhan|tiktok|van hoa,? van nghe|van hoa - van nghe|cuoc thi|hoi thi|xe luu dong|"
        r"tuyen truyen luu dong",
    ),
)
"""Kind and the words that plans use for it (plain)."""
_PATTERNS = tuple((kind, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")) for kind, words in KINDS)
_PHRASE_END = re.compile(r"[,;:.()\"]|\s(?:va|de|ve|nham|trong|voi|dang|theo|tren|tai|cho|phuc vu|tuyen truyen)\b")
_LONGEST = 80


def read_channels(forms: Iterable[tuple[str, Lines]], body: Iterable[tuple[str, Lines]]) -> tuple[PlanChannel, ...]:
    """Kinds of channels of the texts about forms, each phrase once; particular outlets of the whole body."""
    outlets = distinct_outlets(c for text, lines in body for c in named_outlets(text, lines))
    kinds: dict[tuple[str, str], PlanChannel] = {}
    named = [plain(outlet.name) for outlet in outlets]
    for text, lines in forms:
        for channel in _mentions(text, lines):
            if any(plain(channel.name) in name for name in named):
                continue
            kinds.setdefault((channel.kind, plain(channel.name)), channel)
    return (*kinds.values(), *outlets)


def _mentions(text: str, lines: Lines) -> Iterable[PlanChannel]:
    bare = plain(text)
    reached = 0
    for kind, match in sorted(((k, m) for k, p in _PATTERNS for m in p.finditer(bare)), key=lambda p: p[1].start()):
        if match.start() < reached:
            continue
        stop = _PHRASE_END.search(bare, match.end())
        end = min(stop.start() if stop else len(text), match.end() + _LONGEST)
        if end < len(text) and end == match.end() + _LONGEST:
            end = match.end()
        yield PlanChannel(kind, text[match.start() : end].strip(), None, lines)
        reached = end
