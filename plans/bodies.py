"""Names of bodies: how they begin, how a list of them comes apart, and where a name ends and its duty begins.

Words: organisation acts of the Party and the State as plans print them, plain (see plans.plain).
"""

import re

from plans.plain import plain

HEAD_WORDS = (
    "ban|bo|so|uy ban|ubnd|hdnd|hoi dong|thuong truc|tt\\.?|mat tran|ubmttq|mttq|uy ban mttq|"
    "dang uy|tinh uy|thanh uy|huyen uy|quan uy|thi uy|xa uy|phuong uy|cap uy|chi uy|chi bo|dang bo|dang doan|trung uong|"
    "doan|tinh doan|thanh doan|huyen doan|xa doan|hoi|lien hiep|lien doan|cong doan|lien minh|"
    "van phong|vp|phong|trung tam|tram|truong|hoc vien|vien|benh vien|nha may|nha truong|nha xuat ban|nha van hoa|thu vien|bao tang|"
    "cong an|quan su|bo chi huy|bo doi|kho bac|toa an|chi cuc|cuc|tong cuc|vu|thanh tra|thue|hai quan|kiem lam|bao hiem|"
    "bao|dai|tap chi|cong thong tin|cong ttdt|co quan|don vi|dia phuong|xa|phuong|dac khu|thon|to|khu|"
    "doanh nghiep|tong cong ty|cong ty|tap doan|ngan hang|hop tac xa|khoi|cum|lanh dao|nguoi dung dau|thu truong|chu tich|bi thu|"
    "giam doc|hieu truong|bi thu|truong ban|bao cao vien|dang vien|to chuc|doi|mang luoi|cong tac vien|bo phan|thanh vien|cap|tieu ban|can bo"
)
PLURAL = r"(?:cac|nhung|moi|tat ca(?: cac)?|toan the|tung|100%(?: cac)?|hai|ba|doi voi(?: cac)?)"
HEAD = re.compile(rf"(?:{PLURAL}\s+)*(?:dong chi\s+)?(?:{HEAD_WORDS})\b")
_LEAD = re.compile(
    r"^(?:(?:\d+|[ivx]+|[a-z])[.)]\s+)?(?:trach nhiem cua|nhiem vu cua|doi voi|de nghi|giao cho|giao|yeu cau|phan cong|kinh de nghi|moi)\s*:?\s+"
)
_TRAIL = re.compile(r"[\s:;,.]+$")
_DUTY = re.compile(
    r"\s*:|\s*,?\s+(?:la (?:co quan|don vi|dau moi)|co (?:trach nhiem|nhiem vu)|chiu trach nhiem|can cu|theo chuc nang|tuy theo|"
    r"chu tri|chu dong|chi dao|phoi hop|tham muu|lanh dao|to chuc|thuc hien|trien khai|xay dung|lap|theo doi|don doc|kiem tra|huong dan|"
    r"day manh|tang cuong|tiep tuc|thuong xuyen|tich cuc|kip thoi|nghiem tuc|dang tai|dang|phat|viet|mo|duy tri|cu|bo tri|gui|bao cao|"
    r"tong hop|hoan thanh|quan triet|tuyen truyen|phat huy|nang cao|lua chon|chuan bi|bao dam|dam bao|cung cap|dinh huong|dinh ky|"
    r"hang (?:thang|quy|nam|tuan)|phat hanh|bien soan|bien tap|san xuat|phai|can|khong|se|truc tiep|phan cong|nam bat|tham gia|"
    r"huong ung|van dong|treo|trang tri|ra soat|tham dinh|cap phat|bam sat|cu the hoa|ban hanh|phan anh|ho tro|giup|tham mua|giao|"
    r"thong tin|cap nhat|tiep nhan|ky ket|phe duyet|quan ly|su dung|dau tranh|khen thuong|thanh lap|xac dinh|dua|gop y|nghien cuu|de xuat|yeu cau|toi thieu|it nhat)\b"
)
_NOUN_BEFORE = re.compile(
    r"(?:co quan|don vi|chuyen trach|bo phan|cong tac|ban|so|phong|to|hoi|tieu ban|uy ban|cac|va|ve|duoc|can bo|nguoi|to chuc|da|hoat dong|doi ngu|dai|cong|bao|trang)$"
)
_NOUN_AFTER = re.compile(r"\s+(?:to chuc)\s+(?:dang|chinh tri|doan|xa hoi|co so|thanh vien|hoi|cong doan|doan the|quan chung)")
_LONGEST = 220


def without_lead(text: str) -> str:
    """A body's name out of a heading: without `Đề nghị`, `Đối với`, `Giao`, ... and the punctuation behind it."""
    cut = _LEAD.match(plain(text))
    rest = text[cut.end() :] if cut else text
    return _TRAIL.sub("", rest).strip()


def starts_with_body(text: str) -> bool:
    """Whether a text begins with the name of a body: a capital or `các …`, then a word that such names begin with."""
    bare = plain(text)
    return bool(HEAD.match(bare)) and (text[:1].isupper() or text[:1].isdigit() or bool(re.match(PLURAL + r"\b", bare)))


def split_duty(text: str) -> tuple[str, str] | None:
    """`Sở X chủ trì tham mưu …` → (`Sở X`, `chủ trì tham mưu …`). None when the text does not begin with a body that has a duty.

    A duty's verb is in lower case; the same word inside a name (`Ban Tổ chức`, `các tổ chức chính trị`) is none.
    """
    lead = _LEAD.match(plain(text))
    offset = lead.end() if lead else 0
    rest = text[offset:]
    if not (starts_with_body(rest) or (lead and HEAD.match(plain(rest)))):
        return None
    bare = plain(rest)
    for match in _DUTY.finditer(bare, 0, _LONGEST):
        head = rest[: match.start()]
        word = rest[match.start() : match.end()].lstrip(" ,:")
        if word[:1].isupper() or _NOUN_AFTER.match(bare, match.start()):
            continue
        if match[0].lstrip()[:1] not in (":",) and _NOUN_BEFORE.search(bare[: match.start()]):
            continue
        if re.search(r"[.;](?:\s|$)", head) or len(head) < 3:
            return None
        return _TRAIL.sub("", head), rest[match.start() :].lstrip(" ,:")
    return None
