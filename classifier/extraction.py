"""Finds typed entities in a reading: numbered documents, ordinals with what they count, terms of office."""

import re
from collections.abc import Iterator

from classifier.entities import Identity, Mention, Role, Scope
from classifier.normalise import Normalised
from classifier.reading import Reading

_WORD_NUMBERS = {
    "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "muoi ba": 13, "muoi bon": 14, "muoi tu": 14, "muoi lam": 15, "muoi nam": 15,
    "muoi sau": 16, "muoi bay": 17, "muoi tam": 18, "muoi chin": 19, "hai muoi": 20,
}  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_WORDED = "hai muoi|muoi (?:mot|hai|ba|bon|tu|lam|nam|sau|bay|tam|chin)|muoi|nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin"
_NUMBER = rf"(?:x{{0,3}}(?:ix|iv|v?i{{1,3}}|v)|x{{1,3}}|\d{{1,2}}|{_WORDED})"
_FIGURE = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3}|\d{1,2})"

_DOCUMENT_TYPES = {
    "nghi quyet": "nq", "ket luan": "kl", "quy dinh": "qd", "quyet dinh": "qd", "chi thi": "ct", "ke hoach": "kh",
    "huong dan": "hd", "nghi dinh": "nd", "thong tu": "tt", "cong van": "cv", "thong bao": "tb", "cong dien": "cd",
    "de an": "da", "chuong trinh": "ctr", "bao cao": "bc",
}  # fmt: skip
_DIGIT = re.compile(r"\d")
_SYMBOL = re.compile(
    r"\b(\d{1,5})\s?(?:/\s?(\d{4})\s?)?[-/]\s?(nq|kl|qd|qdi|ct|kh|hd|nd|tt|cv|tb|ctr|da|cd|bc)\s?[-/]\s?"
    r"([a-z]+\d{0,2}(?:-[a-z]+\d{0,2})?)\b"
)
_LAW_SYMBOL = re.compile(r"\b(\d{1,4})/(\d{4})/(qh|nd|nq|tt|qd|ubtvqh)\s?-?(\w{0,8})\b")
_NAMED = re.compile(
    r"\b(nghi quyet|ket luan|quy dinh|quyet dinh|chi thi|ke hoach|huong dan|nghi dinh|thong tu|cong dien|de an|chuong trinh|"
    r"nq|kl|qd|ct)\s(so\s?:?\s?)?(\d{1,4})\b(?!\s?(?:nam|thang|%|[.,/]\d|trieu|ty|nghin|nguoi|dieu|nhom|muc tieu|xa|huyen))"
    r"((?:\s?,\s?\d{1,4}\b(?![/.%]))*)"
)
_NAMES = (*_DOCUMENT_TYPES, "nq ", "kl ", "qd ", "ct ")
"""What a document's name begins with: a quick look before the slow one."""
_NEEDS_NUMBER_WORD = frozenset(("ke hoach", "chuong trinh", "de an", "huong dan", "quyet dinh", "ket luan"))
_BEFORE_A_BARE_NUMBER = frozenset(("dang", "quoc", "tinh", "thanh", "pho"))
_LATEST_NATIONAL = 16
"""A bare `Đại hội XX` is a province's: the Party's own will reach the sixteenth in 2036."""

_PLENUM_BEFORE = re.compile(rf"hoi nghi (?:lan )?(?:thu )?({_NUMBER}) (?:cua )?(?:ban chap hanh )?$")
_PLENUM_AFTER = re.compile(
    rf"(?: dang)?(?: cong san viet nam)?((?: (?:lan thu|lan|thu))? {_FIGURE}(?: (?:va )?{_FIGURE})*"
    rf"(?! (?:nam|dong|uy|nguoi|thang|ngay|nhiem))"
    rf"|(?: (?:lan thu|lan|thu)) (?:{_WORDED}))?"
    rf"(?: (?:ban chap hanh trung uong )?(?:dang )?(?:| )(?:khoa|nhiem ky) ({_FIGURE}(?: {_FIGURE})*))?\b"
)
_TERM_OF_PARTY = re.compile(
    rf"\b(?:ban chap hanh trung uong|bo chinh tri|ban bi thu|uy vien trung uong)"
    rf"(?: dang)?(?: cong san viet nam)? khoa ({_NUMBER})\b"
)
_TERM_NUMBER = re.compile(r"\bnhiem ky (?:dai hoi )?(?:thu |lan thu )?(x[ivx]{0,4})\b")
_CONGRESS = re.compile(
    rf"dai hoi((?: (?!lan |khoa |nhiem |dai hoi |thu |\d|[ivx]+ )[a-z0-9]+){{0,12}}?)(?: (lan thu|lan|khoa|thu))?"
    rf" ({_NUMBER})\b(?! nam\b)(.{{0,32}})"
)
_SESSION = re.compile(rf"ky hop(?: thu| lan thu)? ({_NUMBER}|bat thuong)\b(.{{0,70}})")
_ASSEMBLY = re.compile(rf"(quoc hoi|hoi dong nhan dan)((?: (?!khoa |ky |nhiem )[a-z]+){{0,6}}?) khoa ({_NUMBER})\b")
_TERM = re.compile(r"\bnhiem ky (?:\w+ ){0,4}?(20[0-4]\d|19[5-9]\d) (20[0-4]\d|19[5-9]\d)\b")
_CONGRESS_YEARS = re.compile(r"dai hoi(?: [a-z]+){0,9} (?:\w+ )?(20[0-4]\d) (20[0-4]\d)\b")

_ORGANISATION = re.compile(
    r"\b(?:cong doan|phu nu|doan (?:thanh|tncs|toan|tinh|xa|phuong|truong|cac|khoi)|thanh nien|sinh vien|nong dan|cuu chien binh|"
    r"hoi (?!nghi|dong|dai)|"
    r"lien doan|mat tran|co dong|nha bao|thi dua|the duc|the thao|phat giao|chu thap do|luat gia|lien hiep|hop tac xa|lien minh|"
    r"cong giao|doanh nghiep tre|chi doan|chi hoi|thieu nhi|dong chi hoi)\b"
)
_OTHER_CONGRESS = re.compile(
    r"dai hoi (?:dai bieu |toan the )?(?:hoi |lien doan )?"
    r"(?:cong doan|phu nu|doan (?:thanh nien|tncs|co so|cac cap)|thanh nien|sinh vien|nong dan|cuu chien binh|"
    r"dong co dong|co dong|nha bao|"
    r"mat tran|the duc|the thao|phat giao|chu thap do|thi dua)\b"
)
_PROVINCE = re.compile(r"\b(?:dang bo )?(?:tinh|thanh pho|tp|thu do)\b(?! (?:uy|doan))")
_LOWER_BODY = re.compile(
    r"\b(?:chi bo|dang bo (?:xa|phuong|huyen|quan|thi|co so|truong|bo|cong ty|cac|chi|so|tong|uy ban|van phong)|"
    r"xa|phuong|huyen|quan|thi tran|co so)\b"
)
_TARGET_CUE = re.compile(
    r"\b(?:chao mung|mung|tien toi|huong toi|trinh|chuan bi|du thao|phuc vu|truoc them|to chuc thanh cong|den|toi)\b"
    r"(?:(?!\|).){0,70}$"
)
_REFERENCE_CUE = re.compile(
    r"\b(?:nghi quyet|sau|thuc hien|quan triet|ke tu|tu|nhin lai|dau nhiem ky|nhiem ky|thanh cong cua|ket qua|qua|hoan thanh)\b"
    r"(?:(?!\|).){0,30}$"
)


def number(text: str) -> int | None:
    """An ordinal in figures, Roman numerals or folded words."""
    if text.isdigit():
        return int(text)
    if text in _WORD_NUMBERS:
        return _WORD_NUMBERS[text]
    if text and set(text) <= _ROMAN.keys():
        values = [_ROMAN[c] for c in text]
        return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return None


def documents(view: Normalised, field: str) -> Iterator[Mention]:
    folded = view.folded
    if not _DIGIT.search(folded):
        return
    taken: list[tuple[int, int]] = []
    for match in _SYMBOL.finditer(folded) if "/" in folded or "-" in folded else ():
        issuer = "tw" if match[4] in ("tw", "t") else match[4]
        before = folded[max(match.start() - 16, 0) : match.start()]
        kind = _DOCUMENT_TYPES.get(next((t for t in _DOCUMENT_TYPES if t in before), ""), match[3].removesuffix("i"))
        year = int(match[2]) if match[2] else None
        taken.append(match.span())
        yield Mention(Identity(Scope.DOCUMENT, (kind, int(match[1]), issuer, year)), field, *match.span())
    for match in _LAW_SYMBOL.finditer(folded) if "/" in folded else ():
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        issuer = match[3] + match[4] if match[3] == "qh" else match[4] or match[3]
        kind = "nq" if match[3] == "qh" else match[3]
        taken.append(match.span())
        yield Mention(Identity(Scope.DOCUMENT, (kind, int(match[1]), issuer, int(match[2]))), field, *match.span())
    for match in _NAMED.finditer(folded) if any(name in folded for name in _NAMES) else ():
        if match[1] in _NEEDS_NUMBER_WORD and not match[2] and len(match[3]) > 3:
            continue
        if any(a < match.end() and match.start() < b for a, b in taken) and not match[4]:
            continue
        kind = _DOCUMENT_TYPES.get(match[1], match[1])
        numbers = [match[3], *re.findall(r"\d+", match[4])]
        for figure in numbers:
            if not any(a <= match.start(3) < b for a, b in taken) or figure != match[3]:
                yield Mention(Identity(Scope.DOCUMENT, (kind, int(figure), None, None)), field, *match.span())


def ordinals(reading: Reading) -> Iterator[Mention]:
    line = reading.line
    if "trung uong" in line or "nhiem ky" in line or "khoa" in line:
        yield from _plenums(reading)
    if "dai hoi" in line:
        yield from _congresses(reading)
    if "ky hop" in line or "khoa" in line:
        yield from _assemblies(reading)
    if "nhiem ky" in line or "dai hoi" in line:
        for pattern in (_TERM, _CONGRESS_YEARS):
            for match in pattern.finditer(line):
                first, last = int(match[1]), int(match[2])
                if 1 <= last - first <= 6:
                    yield _mention(reading, Identity(Scope.TERM, (first, last)), match.start(), match.end(2))


def _plenums(reading: Reading) -> Iterator[Mention]:
    line = reading.line
    for found in re.finditer(r"\btrung uong\b", line):
        before = _PLENUM_BEFORE.search(line, max(found.start() - 60, 0), found.start())
        after = _PLENUM_AFTER.match(line, found.end())
        numbers: list[int | None] = [number(before[1])] if before else []
        term: list[int] = []
        end = found.end()
        start = before.start() if before else found.start()
        if after:
            spoken = (after[1] or "").strip()
            for word in re.findall(rf"\b(?:{_FIGURE})\b", spoken) or (
                [re.sub(r"^(?:lan thu|lan|thu) ", "", spoken)] if spoken else []
            ):
                numbers.append(number(word))
            term = [n for n in map(number, (after[2] or "").split()) if n]
            end = after.end() if (spoken or term) else end
        wanted = _run([n for n in numbers if n and n <= 15])
        if wanted and (
            before
            or term
            or line[max(found.start() - 10, 0) : found.start()].endswith(("hoi nghi ", "nghi quyet ", "ban chap hanh "))
        ):
            for each in wanted:
                for khoa in term or (None,):
                    yield _mention(reading, Identity(Scope.PLENUM, (each, khoa)), start, end, _role(line, start))
        for khoa in term:
            yield _mention(reading, Identity(Scope.PARTY_TERM, (khoa,)), start, end, _role(line, start))
    for match in _TERM_NUMBER.finditer(line):
        if value := number(match[1]):
            yield _mention(reading, Identity(Scope.PARTY_TERM, (value,)), match.start(), match.end(), Role.REFERENCE)
    for match in _TERM_OF_PARTY.finditer(line):
        if value := number(match[1]):
            yield _mention(reading, Identity(Scope.PARTY_TERM, (value,)), match.start(), match.end(), Role.REFERENCE)


def _run(numbers: list[int]) -> list[int]:
    """`lần thứ 1, 2` are two; in `Trung ương 12 (18-19/7)` what follows 12 is a day."""
    return [n for i, n in enumerate(numbers) if i == 0 or n == numbers[i - 1] + 1 == numbers[0] + i]


_LEVELS = {"xa": "xa", "phuong": "xa", "co so": "xa", "huyen": "huyen", "tinh": "tinh", "thanh pho": "tinh"}
_LEVEL = re.compile(r"dai hoi((?: (?!dai hoi|va |tien toi)[a-z]+){0,12}?) (?:cap )?(xa|phuong|co so|huyen|tinh|thanh pho)\b")


def _levels(reading: Reading) -> Iterator[Mention]:
    for match in _LEVEL.finditer(reading.line):
        identity = Identity(Scope.CONGRESS_LEVEL, (_LEVELS[match[2]],))
        yield _mention(reading, identity, match.start(2), match.end(2))


def _congresses(reading: Reading) -> Iterator[Mention]:
    yield from _levels(reading)
    line = reading.line
    position = 0
    ended: int | None = None
    role = Role.PLAIN
    while (start := line.find("dai hoi", position)) >= 0:
        position = start + 7
        numbered = _numbered_congress(line, start)
        other = _OTHER_CONGRESS.match(line, start)
        if not numbered and not other:
            continue
        # `sau Đại hội tỉnh lần thứ XVII và Đại hội XIII`: what is said of the first holds for the second.
        role = role if ended is not None and line[ended:start].strip() == "va" else _role(line, start)
        if numbered:
            identity, ended = numbered
            yield _mention(reading, identity, start, ended, role)
        elif other:
            ended = other.end()
            yield _mention(reading, Identity(Scope.ORGANISATION_CONGRESS, (None,)), start, ended, role)


def _numbered_congress(line: str, start: int) -> tuple[Identity, int] | None:
    """The congress that is named from `start` on, and where its number ends."""
    match = _CONGRESS.match(line, start)
    if not match:
        return None
    middle, marker, figure, after = match[1].strip(), match[2], match[3], match[4].split("|")[0]
    if not marker and (
        (middle and middle.split()[-1] not in _BEFORE_A_BARE_NUMBER) or (figure.isalpha() and not set(figure) <= set("ivx"))
    ):
        return None
    value = number(figure)
    if not value or value > 60 or (not marker and figure.isdigit() and not 2 <= value <= 30):
        return None
    before = line[max(start - 40, 0) : start].rsplit("|", 1)[-1]
    scope = _congress_scope(middle, after, bool(marker), value, before)
    return Identity(scope, (value,)), match.end(3)


def _congress_scope(middle: str, after: str, marked: bool, value: int, before: str) -> Scope:
    said = f"{middle} {after}"
    if _ORGANISATION.search(middle) or (not middle and _ORGANISATION.match(after.strip())) or _ORGANISATION.search(before[-14:]):
        return Scope.ORGANISATION_CONGRESS
    if (
        "toan quoc" in middle
        or after.strip().startswith(("cua dang", "dang cong san"))
        or middle in ("dai bieu toan quoc", "dai bieu toan quoc cua dang")
    ):
        return Scope.NATIONAL_CONGRESS
    if "khoi" in middle or after.strip().startswith(("dang bo khoi", "cua dang bo khoi")):
        return Scope.BLOCK_CONGRESS
    if _LOWER_BODY.search(middle):
        return Scope.LOCAL_CONGRESS
    if _PROVINCE.search(middle) or after.strip().startswith(("dang bo tinh", "dang bo thanh pho", "tinh dang bo")):
        return Scope.PROVINCE_CONGRESS
    if middle in ("", "dang", "dai bieu", "dai bieu dang", "dang toan quoc") and (not marked or value >= 10 or "dang" in middle):
        if "dang bo" in said:
            return Scope.LOCAL_CONGRESS
        return Scope.NATIONAL_CONGRESS if value <= _LATEST_NATIONAL else Scope.PROVINCE_CONGRESS
    if "dang bo" in middle:
        return Scope.PROVINCE_CONGRESS if value >= 10 else Scope.LOCAL_CONGRESS
    return Scope.LOCAL_CONGRESS if not middle else Scope.ORGANISATION_CONGRESS


def _assemblies(reading: Reading) -> Iterator[Mention]:
    line = reading.line
    for match in _SESSION.finditer(line):
        after = match[2].split("|")[0]
        series = "hdnd" if "hoi dong nhan dan" in after and "quoc hoi" not in after.split("hoi dong nhan dan")[0] else None
        if "quoc hoi" in after and series is None:
            series = "qh"
        khoa = re.search(rf"\bkhoa ({_NUMBER})\b", after)
        which = 0 if match[1] == "bat thuong" else number(match[1])
        if series is None and not khoa:
            window = line[max(match.start() - 80, 0) : match.start()]
            series = "hdnd" if "hoi dong nhan dan" in window else "qh" if "quoc hoi" in window else None
        if which is not None:
            session = Identity(Scope.SESSION, (series, which, number(khoa[1]) if khoa else None))
            yield _mention(reading, session, match.start(), match.end(1))
    for match in _ASSEMBLY.finditer(line):
        if value := number(match[3]):
            scope = Scope.ASSEMBLY if match[1] == "quoc hoi" else Scope.COUNCIL
            yield _mention(reading, Identity(scope, (value,)), match.start(), match.end())


def _role(line: str, start: int) -> Role:
    before = line[max(start - 90, 0) : start].rsplit("|", 1)[-1]
    target, reference = _TARGET_CUE.search(before), _REFERENCE_CUE.search(before)
    if target and (not reference or target.start() > reference.start() or reference[0].startswith(("tu ", "sau "))):
        return Role.TARGET
    return Role.REFERENCE if reference else Role.PLAIN


def _mention(reading: Reading, identity: Identity, start: int, end: int, role: Role = Role.PLAIN) -> Mention:
    first, last = reading.words_of(start, end)
    first = reading.word_at(start + (reading.line[start] == " "))
    if reading.in_title(first) != reading.in_title(last - 1):
        last = next(i for i in range(first + 1, last + 1) if reading.in_title(i) != reading.in_title(first))
    span = reading.span(first, last)
    return Mention(identity, span.field, span.start, span.end, role)


def mentions(reading: Reading) -> list[Mention]:
    """All identities that a post or a topic names, documents first."""
    return [*documents(reading.title, "title"), *documents(reading.body, "text"), *ordinals(reading)]
