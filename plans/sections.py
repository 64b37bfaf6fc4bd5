"""What a section is for, told by the words of its heading: plans name the same part in many ways."""

import re
from enum import StrEnum

from domain.plan import Lines
from plans.markers import Kind
from plans.outline import Item
from plans.plain import is_capitals, plain


class SectionRole(StrEnum):
    BASIS = "basis"
    PURPOSE = "purpose"
    CONTENT = "content"
    FORM = "form"
    TIME = "time"
    AUDIENCE = "audience"
    SLOGANS = "slogans"
    MATERIALS = "materials"
    BUDGET = "budget"
    TASKS = "tasks"
    DUTIES = "duties"
    SITUATION = "situation"


WORDS: dict[SectionRole, str] = {
    SectionRole.BASIS: r"can cu(?: phap ly| xay dung| ban hanh)?|co so phap ly",
    SectionRole.SITUATION: r"thuc trang|tinh hinh|su can thiet|dac diem|ket qua (?:thuc hien|cong tac)",
    SectionRole.PURPOSE: r"muc dich|yeu cau|muc tieu|quan diem|phuong cham|y nghia",
    SectionRole.CONTENT: r"noi dung|chu de|chuyen de|dinh huong tuyen truyen|trong tam tuyen truyen|trong tam thong tin|thong diep",
    SectionRole.TIME: r"thoi gian|thoi diem|lo trinh|tien do|phan ky|cac giai doan|giai doan|cac dot|thoi ky",
    SectionRole.FORM: r"hinh thuc|phuong thuc|phuong phap|bien phap|phuong tien|cach thuc|kenh|loai hinh|san pham",
    SectionRole.AUDIENCE: r"doi tuong|pham vi|dia ban|dia diem|thanh phan",
    SectionRole.SLOGANS: r"khau hieu",
    SectionRole.MATERIALS: r"tai lieu|nguon tai lieu",
    SectionRole.BUDGET: r"kinh phi|kinh phi thuc hien|nguon luc|du toan|co so vat chat",
    SectionRole.DUTIES: (
        r"to chuc thuc hien|phan cong|trach nhiem|to chuc trien khai|to chuc chi dao|"
        r"che do (?:thong tin,? ?)?bao cao|thong tin,? bao cao|"
        r"(?:cong tac )?(?:thong tin,? )?bao cao$|phan cong nhiem vu|to chuc, thuc hien|thuc hien ke hoach|"
        r"kiem tra,? giam sat|thi dua,? khen thuong"
    ),
    SectionRole.TASKS: r"nhiem vu|giai phap|hoat dong|cong viec|nhiem vu trong tam|chi tieu",
}
_WORDS = {role: re.compile(rf"(?<![a-z])(?:{words})\b") for role, words in WORDS.items()}
_TIMETABLE = re.compile(r"(?<![a-z])tien do\b")
"""`Nhiệm vụ theo tiến độ`: its periods say when a task is due, they are no stages of the plan."""
_HEAD_LIMIT = 16
_OPENING = re.compile(rf"(?:mot so |cac |nhung |ve |cong tac |cac nhom )?(?:{'|'.join(WORDS.values())})\b")
_PLAIN_WORDS = re.compile(
    r"^(?:mot so|cac|nhung|va|ve|,|;|tuyen truyen|thuc hien|truyen thong|trong tam|chu yeu|chinh|chung|co ban|"
    r"cu the|cong tac|to chuc|"
    r"trien khai|hoc tap|quan triet|pho bien|ke hoach|\d+|[-–]|nam|giai doan|thong tin|cua|cho|cong|cac|cap|dia phuong|hoat dong|"
    r"chu dao|xuyen suot|can|tap trung|theo|tung|phan|nguyen tac|chi dao|den|thuong xuyen)\s*"
)


def roles_of(heading: str) -> frozenset[SectionRole]:
    """The roles that a section's heading names; several for `THỜI GIAN, NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN`."""
    bare = plain(heading.split(":", 1)[0] if not is_capitals(heading) else heading).strip()
    found = {role for role, pattern in _WORDS.items() if pattern.search(bare)}
    if SectionRole.DUTIES in found:
        found -= {SectionRole.TASKS, SectionRole.FORM, SectionRole.AUDIENCE}
        if not _WORDS[SectionRole.CONTENT].match(bare):
            found -= {SectionRole.CONTENT, SectionRole.PURPOSE}
    if SectionRole.CONTENT in found:
        found -= {SectionRole.TASKS, SectionRole.SITUATION}
    if SectionRole.TASKS in found and _TIMETABLE.search(bare):
        found -= {SectionRole.TIME}
    return frozenset(found)


def role_heading(item: Item) -> frozenset[SectionRole]:
    """The roles of an item that is only a heading for a part of its section (`2. Hình thức tuyên truyền`); empty for any other.

    Such a heading begins with a role's word and says little else; `1. Nội dung Nghị quyết Đại hội …` is a subject.
    """
    if item.marker and item.marker.kind is Kind.LABEL:
        return frozenset()
    return roles_named(item.text.split(":", 1)[0].strip())


def roles_named(heading: str) -> frozenset[SectionRole]:
    """The roles of a text that names roles and says nothing else; empty for any other."""
    bare = plain(heading)
    if len(bare.split()) > _HEAD_LIMIT or not _OPENING.match(bare):
        return frozenset()
    rest = bare
    while rest:
        step = _PLAIN_WORDS.match(rest)
        role = next((m for p in _WORDS.values() if (m := p.match(rest))), None)
        best = max((m for m in (step, role) if m), key=lambda m: m.end(), default=None)
        if best is None or best.end() == 0:
            return frozenset()
        rest = rest[best.end() :].lstrip(" ,;.")
    return roles_of(heading)


def form_texts(root: Item) -> list[tuple[str, Lines]]:
    """The texts about forms of publishing and about duties, where channels are named."""
    wanted = {SectionRole.FORM, SectionRole.DUTIES, SectionRole.TASKS}
    found: list[tuple[str, Lines]] = []
    for item in root.walk():
        holders = [item, *item.ancestors()]
        roles = [roles_of(h.text) if h.is_section else role_heading(h) for h in holders]
        if any(r & wanted for r in roles):
            found.append((item.text, item.lines))
    return found
