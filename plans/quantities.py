"""Minimum numbers that a duty states: `ít nhất 02 lớp`, `tối thiểu 03 tin, bài/tháng`, `100% chi bộ`.

Numbers of the content (`12 nội dung, 06 nhiệm vụ, 03 khâu đột phá`) and targets in per cent (`70% hồ sơ`) are not minimums.
"""

import re
from dataclasses import dataclass

from plans.plain import plain

PRODUCTS = (
    "tin|bai|lop|buoi|hoi nghi|cuoc|chuyen muc|chuyen trang|chuyen de|phong su|video|clip|infographic|"
    "inforgraphic|pano|pa no|bang ron|"
    "ap phich|to roi|to gap|tai lieu|an pham|cuon|so bao|chuong trinh|san pham|tac pham|luot|ban tin|hoi thi|"
    "toa dam|podcast|banner|"
    "cum|khau hieu|phim|anh|bang|bien|diem|dien dan|hoi thao|hoat dong|chuyen|ky|lan|mo hinh|cau lac bo|buc|"
    "tieu pham|ban|bo|do hoa|trang|to|so(?= (?:ban tin|bao|tap san))|phien"
)
"""What units make or hold, as plans count it (plain)."""
_DIGITS = r"(?P<number>\d{1,3}(?:\.\d{3})*|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_WORDS = {w: n for n, w in enumerate(("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"), 1)}
_MINIMUM = re.compile(
    rf"(?:it nhat|toi thieu|khong it hon|khong duoi|tu)\s+(?:la\s+|tu\s+|"
    rf"co\s+)?{_DIGITS}(?:\s*-\s*\d{{1,3}})?(?!\s*%|[\d/])(?!\s+(?:ngay|gio|nam|thang|tuan)\b)"
)
_COUNTED = re.compile(
    rf"(?<![\d/.,])(?P<number>\d{{1,3}}(?:\.\d{{3}})*)(?:\s*-\s*\d{{1,3}})?\s+(?=(?:{PRODUCTS})\b|[a-z]+\s*/\s*(?:tuan|thang|quy|nam|ngay)\b)"
)
_PERCENT = re.compile(r"100\s*%\s*(?:so\s+)?(?=[a-z])")
_VERB = re.compile(
    r"(?:mo|to chuc|dang(?: tai| phat)?|phat(?: song| hanh)?|viet|xay dung|san xuat|thuc hien|bien soan|bien tap|"
    r"treo|lap(?: dat)?|gui|cung cap|in|co|"
    r"phan dau|phat lai|bao dam|dam bao|moi (?:don vi|co quan|dia phuong|thang|quy|nam|tuan|xa|so|ky)|thiet ke|"
    r"duy tri|lam|ra|tham gia|du)\s+(?:duoc\s+|tu\s+|khoang\s+|moi [a-z]+\s+)*$"
)
_OR_MORE = re.compile(r"[^.;,]{0,60}tro len")
_CONTENT = re.compile(r"(?:noi dung|nhiem vu|khau|chi tieu|nhom|muc tieu|giai phap|dot pha|chuong trinh muc tieu|nam)\b")
_PER = re.compile(r"[^.;,\d]{0,40}/\s*(?:tuan|thang|quy|nam|ngay)\b")
_UNIT_END = re.compile(
    r"[.;:()/]|\s(?:moi|trong|hang) (?:thang|quy|nam|tuan)|,\s+(?!bai|anh|video|clip|phong su)|\s(?:va\s+\d|"
    r"truoc ngay|de\s|tren\s|ve\s|tuyen truyen ve|nham|(?<!danh )cho\s)"
)


_WORD_PER = re.compile(
    r"\b(?P<number>mot|hai|ba|bon|nam)\s+(?:tin|bai|so|buoi|video|phong su)[a-z ,]{0,20}/\s*(?:tuan|thang|quy|nam)\b"
)
_SECOND = re.compile(r"\bva\s+(?P<number>\d{1,3})\s+(?=[a-z])(?!(?:nam|thang|ngay|xa|phuong|huyen|don vi|co quan|tinh|thon)\b)")
"""`ít nhất 06 phóng sự và 24 đồ họa`: what follows `và` needs no known word."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`start` is where its words begin in the clause, `end` where its number does."""

    number: float
    unit: str | None
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """The minimums of a clause in order; a second number after `và` or a comma is under the same `ít nhất`."""
    bare = plain(text)
    found: list[Quantity] = []
    for match in _MINIMUM.finditer(bare):
        if match[0].startswith("tu ") and not _OR_MORE.match(bare, match.end()):
            continue
        if not _CONTENT.match(bare[match.end() :].lstrip()):
            found.append(_quantity(text, bare, match))
    for match in _COUNTED.finditer(bare):
        if any(q.start <= match.start() < q.end for q in found):
            continue
        after_minimum = any(q.end <= match.start() and not re.search(r"[.;]", bare[q.end : match.start()]) for q in found)
        joined = re.search(r"(?:,|\bva)\s*$", bare[: match.start()])
        repeated = _OR_MORE.match(bare, match.end()) or _PER.match(bare, match.end())
        if match.start() == 0 or _VERB.search(bare[: match.start()]) or (after_minimum and joined) or repeated:
            found.append(_quantity(text, bare, match))
    for match in _WORD_PER.finditer(bare):
        if not any(q.start <= match.start() < q.end for q in found):
            found.append(_quantity(text, bare, match))
    for match in _SECOND.finditer(bare) if found else ():
        if not any(q.start <= match.start("number") < q.end for q in found) and found[-1].end < match.start():
            found.append(_quantity(text, bare, match))
    for match in _PERCENT.finditer(bare):
        stop = _UNIT_END.search(bare, match.end())
        words = text[match.end() : stop.start() if stop else len(text)].split()
        found.append(Quantity(100.0, "% " + " ".join(words[:8]), match.start(), match.end()))
    return sorted(found, key=lambda q: q.start)


def _quantity(text: str, bare: str, match: re.Match[str]) -> Quantity:
    stop = _UNIT_END.search(bare, match.end())
    unit = text[match.end() : stop.start() if stop else len(text)].strip(" ,-")
    number = match["number"]
    value = float(_WORDS[number]) if number in _WORDS else float(number.replace(".", ""))
    return Quantity(value, unit or None, match.start("number") if match.re is _SECOND else match.start(), match.end())
