"""The parts of a document on paper: head (letterhead, title, opening), body, ending (recipients, signature), appendices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plans.markers import SECTIONS, Kind, read_marker
from plans.paragraphs import Paragraph, joined, printed_lines
from plans.plain import is_capitals, plain
from plans.sections import roles_named, roles_of

DOCUMENT_TYPES = ("ke hoach", "huong dan", "chuong trinh", "de an", "phuong an", "quyet dinh", "thong bao", "cong van")
"""Types of a document that can carry a communications plan (Nghị định 30/2020/NĐ-CP, Điều 7; Quy định 66-QĐ/TW)."""
_TITLE = re.compile(rf"(?:#+\s*)?(?:{'|'.join(DOCUMENT_TYPES)})\b")
_NUMBERED_SECTIONS = frozenset({Kind.PART, Kind.SECTION_LETTER, Kind.ROMAN, Kind.CAPITAL_NUMBER})
_ROLE_LINE = re.compile(
    r"(?:(?:t/?m|k/?t|t/?l|tuq|q)\s*\.?\s+\S|(?:t/?m|k/?t|t/?l|tuq)\.\S"
    r"|(?:quyen )?(?:pho )?(?:chu tich|bi thu|truong ban|giam doc|tong giam doc|hieu truong|chanh van phong|"
    r"chu nhiem|vien truong|cuc truong|"
    r"truong phong|tong bien tap|chi huy truong|truong doan|vu truong|bo truong|thu truong)\b)"
)
_ENDING = re.compile(r"noi nhan\s*(?::|$|\t)")
_APPENDIX = re.compile(r"(?:#+\s*)?(?:phu luc|bieu mau|mau so|bieu so)\b(?P<rest>.*)")
_APPENDIX_LABEL = re.compile(r"\s*(?:so\s*)?(?:[ivx]{1,5}|\d{1,2}|[a-d])?\s*(?:[.:(-].*)?")
_LONGEST_GROUP = 120
_LONGEST_HEADING = 60
_ENCLOSED = re.compile(r"\(?\s*(?:ban hanh )?kem theo (?:ke hoach|cong van|quyet dinh|huong dan|chuong trinh)")


@dataclass(frozen=True, slots=True)
class Zones:
    """`letterhead` and `title` are printed lines, `opening` and `body` paragraphs, `ending` and each appendix again lines."""

    letterhead: tuple[Paragraph, ...]
    title: tuple[Paragraph, ...]
    opening: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    ending: tuple[Paragraph, ...]
    appendices: tuple[tuple[Paragraph, ...], ...]


def zones(lines: Sequence[str], wrapped: bool = True) -> Zones:
    printed = _with_headings(printed_lines(lines))
    title = _title_at(printed)
    start = _body_at(printed, title)
    head = printed[:start]
    title_end = _title_end(head, title)
    body, ending, appendices = _after(printed[start:])
    return Zones(
        letterhead=tuple(head[:title] if title is not None else ()),
        title=tuple(head[title:title_end]) if title is not None else (),
        opening=tuple(joined(_cells(head[title_end:]), wrapped)),
        body=tuple(joined(_cells(body), wrapped)),
        ending=tuple(ending),
        appendices=tuple(tuple(_cells(a)) for a in appendices),
    )


def _with_headings(printed: list[Paragraph]) -> list[Paragraph]:
    """A plan without numbered sections: short lines that only name a role (`Nội dung truyền thông`) are its headings."""
    kinds = {marker.kind for p in printed if (marker := read_marker(p.text))}
    if kinds & (SECTIONS - {Kind.CAPITALS}):
        return printed
    return [replace(p, text=f"## {p.text}") if _is_bare_heading(p) else p for p in printed]


def _is_bare_heading(line: Paragraph) -> bool:
    text = line.text.rstrip(":")
    return line.after_blank and len(text) <= _LONGEST_HEADING and not read_marker(text) and bool(roles_named(text))


def is_document_type(text: str) -> bool:
    """A line that begins with `KẾ HOẠCH` or another type of document, in capitals."""
    return bool(_TITLE.match(plain(text))) and is_capitals(text.lstrip("# ").split("\t")[0][:12])


def _title_at(printed: Sequence[Paragraph]) -> int | None:
    """Where `KẾ HOẠCH` stands; a plan inside a decision beats the decision's own title."""
    found = [i for i, p in enumerate(printed[:120]) if is_document_type(p.text)]
    plans = [i for i in found if plain(printed[i].text).lstrip("# ").startswith("ke hoach")]
    return next(iter(plans or found), None)


def _body_at(printed: Sequence[Paragraph], title: int | None) -> int:
    """Where the first section begins; without sections, where the first numbered item does, else after the opening."""
    first = 0 if title is None else title + 1
    markers = [(i, read_marker(printed[i].text)) for i in range(first, len(printed))]
    for i, marker in markers:
        if marker and marker.kind in _NUMBERED_SECTIONS:
            return i
        if _ENDING.match(plain(printed[i].text)):
            break
    opened = False
    for i, marker in markers:
        text = printed[i].text
        opened = opened or ((len(text) >= 80 or text.endswith(":")) and not is_capitals(text))
        if marker and (
            marker.kind is Kind.NUMBER
            or (marker.kind in (Kind.HEADING, Kind.CAPITALS) and (opened or marker.kind is Kind.HEADING) and roles_of(text))
        ):
            return i
        if text.endswith(("như sau:", "sau đây:")):
            return i + 1
    return first


def _title_end(head: Sequence[Paragraph], title: int | None) -> int:
    """The title runs until a line that is a sentence, a remark in brackets, or the start of the basis."""
    if title is None:
        return 0
    end = title + 1
    while end < len(head):
        text = head[end].text
        bare = plain(text)
        if re.search(r"[.;:,]$", text) or _ENCLOSED.match(bare) or text.startswith("|") or len(text) > 350:
            break
        if (
            end > title + 1
            and re.match(r"(?:Thực hiện|Căn cứ|Triển khai|Nhằm|Để|Tiếp tục|Thi hành)\b", text)
            and _is_sentence(head[end:])
        ):
            break
        if _wrapped_sentence(head[end:]):
            break
        end += 1
    return end


def _wrapped_sentence(lines: Sequence[Paragraph]) -> bool:
    """Whether the block of lines that begins here is the opening sentence, wrapped: it starts with the basis and ends in a stop."""
    if not re.match(r"(?:Thực hiện|Căn cứ|Triển khai|Nhằm|Để|Thi hành)\b", lines[0].text):
        return False
    block = [lines[0]]
    for line in lines[1:]:
        if line.after_blank:
            break
        block.append(line)
    return len(block) > 1 and block[-1].text.endswith((":", ".", ";")) and not is_capitals(lines[0].text)


def _is_sentence(lines: Sequence[Paragraph]) -> bool:
    return any(line.text.endswith((":", ".", ";")) for line in lines[:8])


def is_role_line(text: str) -> bool:
    """A line of the signature: `TM. ỦY BAN NHÂN DÂN`, `KT.CHỦ TỊCH`, `BÍ THƯ`."""
    return is_capitals(text) and len(text) <= 120 and bool(_ROLE_LINE.match(plain(text)))


def _is_appendix(text: str) -> bool:
    match = _APPENDIX.match(plain(text))
    if not match or len(text) > 300:
        return False
    return is_capitals(text) or (bool(_APPENDIX_LABEL.fullmatch(match["rest"])) and text.lstrip("# ")[:1].isupper())


def _after(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph], list[list[Paragraph]]]:
    body: list[Paragraph] = []
    ending: list[Paragraph] = []
    appendices: list[list[Paragraph]] = []
    current = body
    for i, line in enumerate(lines):
        columns = line.text.split("\t")
        if not ending and (any(_ENDING.match(plain(c)) for c in columns) or any(is_role_line(c) for c in columns)):
            current = ending
        elif _is_appendix(line.text) or (ending and current is ending and _opens_appendix(lines[i : i + 8])):
            current = []
            appendices.append(current)
        current.append(line)
    return body, ending, appendices


def _opens_appendix(lines: Sequence[Paragraph]) -> bool:
    """An appendix without the word: a heading in capitals with `(Kèm theo Kế hoạch …)` under it, or a table after the signature."""
    if lines[0].is_row:
        return True
    for line in lines:
        if _ENCLOSED.match(plain(line.text)):
            return is_capitals(lines[0].text)
        if not is_capitals(line.text):
            return False
    return False


def _cells(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines with tabs that have their like nearby are table rows, and a line between them heads a group; a lone tab is a blank."""
    found: list[Paragraph] = []
    lines = [replace(p, text=_without_marker_tab(p.text)) for p in lines]
    counts = [p.text.count("\t") if not p.is_row else 0 for p in lines]
    in_table = [
        bool(count) and any(counts[j] == count for j in range(max(0, i - 3), min(len(lines), i + 4)) if j != i)
        for i, count in enumerate(counts)
    ]
    for i, line in enumerate(lines):
        heads_group = 0 < i < len(lines) - 1 and in_table[i - 1] and in_table[i + 1] and len(line.text) <= _LONGEST_GROUP
        if line.is_row or not (in_table[i] or heads_group):
            found.append(replace(line, text=line.text.replace("\t", " ")))
        else:
            found.append(replace(line, text="| " + " | ".join(c.strip() for c in line.text.split("\t")) + " |"))
    return found


def _without_marker_tab(text: str) -> str:
    """`1.\tMục đích`: the tab after a list number parts no cells."""
    head, tab, rest = text.partition("\t")
    return f"{head} {rest}" if tab and len(head) <= 8 and read_marker(f"{head} {rest}") else text
