"""Names of bodies: how they begin, how a list of them comes apart, and where a name ends and its duty begins.

Unlike other words these are compared with their marks, in lower case: without them `Đảng` is `đăng` and `giáo` is `giao`.
"""

import re

from plans.plain import is_capitals

_UY = "(?:ủy|uỷ|úy|uy)"
HEAD_WORDS = "|".join(
    (
        # State and elected bodies, on every level
        rf"{_UY} ban",
        "ubnd|hđnd|ubmttq|ub mttq|mttq|hội đồng(?! nhất)|quốc hội|chính phủ|bộ(?= [^\\W\\d_])|sở|cục|chi cục|"
        "tổng cục|vụ(?= [^\\W\\d_])|thanh tra",
        "phòng(?! ngừa|,| chống| trào)|văn phòng|vp|ban(?! hành\\b)|trung tâm|trạm|kho bạc|tòa án|toà án|viện|"
        "bảo hiểm|thuế|hải quan|kiểm lâm|thi hành án",
        "công an|quân sự|bộ chỉ huy|bộ đội|đồn|chủ tịch|phó chủ tịch|tổ(?! chức)|"
        "khu dân cư|khu phố|ấp|buôn|làng|thôn|khối(?! lượng)|"
        "cụm|xã(?! hội)|phường|đặc khu|thị trấn",
        # Party bodies
        rf"đảng {_UY}|tỉnh {_UY}|thành {_UY}|huyện {_UY}|quận {_UY}|thị {_UY}|cấp {_UY}|chi {_UY}|chi bộ|chi(?=,)|"
        rf"đảng bộ|đảng đoàn|ban cán sự|thường trực|bí thư",
        "tổ chức (?:cơ sở )?(?:đảng|đoàn thể|chính trị|công đoàn|xã hội)|đảng viên",
        # mass organisations
        "mặt trận|đoàn(?! kết)|tỉnh đoàn|thành đoàn|huyện đoàn|hội(?! nghị| thi| nhập| thảo| họp| diễn| trường)|"
        "liên hiệp|liên đoàn|công đoàn|liên minh",
        # schools, press, enterprises
        "trường|nhà trường|học viện|bệnh viện|nhà xuất bản|nhà văn hóa|nhà văn hoá|thư viện|bảo tàng|báo(?! cáo)|"
        "đài|tạp chí|cổng thông tin",
        "cổng ttđt|trang thông tin|trang tin|ban biên tập|cơ quan|đơn vị|địa phương|doanh nghiệp|tổng công ty|"
        "công ty|tập đoàn|ngân hàng|hợp tác xã",
        # people in charge of a body, never persons by name
        "khoa(?! học| giáo)|bộ môn|người đứng đầu|thủ trưởng|giám đốc|hiệu trưởng|trưởng (?:các )?(?:ban|phòng|thôn|khu)|đội ngũ|"
        "báo cáo viên|tuyên truyền viên|thành viên|cấp|ngành|tiểu ban",
    )
)
PLURAL = r"(?:các|những|mọi|mỗi|tất cả(?: các)?|toàn thể|từng|hai|ba|đối với(?: các)?)"
_HEAD = re.compile(rf"(?:{PLURAL}\s+)*(?:đồng chí\s+|đ/c\s+)?(?:{HEAD_WORDS})\b")
_LEAD = re.compile(
    r"(?:(?:trách nhiệm|nhiệm vụ) của|đối với|đề nghị|giao cho|giao|yêu cầu|phân công|kính đề nghị|"
    r"mời)\s*:?\s+(?!nhiệm vụ|trách nhiệm)",
    re.I,
)
_TRAIL = re.compile(r"[\s:;,.]+$")
_VERBS = (
    r"là (?:cơ quan|đơn vị|đầu mối)|có (?:trách nhiệm|nhiệm vụ|kế hoạch)|chịu trách nhiệm|căn cứ|(?:theo|"
    r"trên cơ sở) chức năng|tùy theo|tuỳ theo|"
    r"chủ trì|chủ động|chỉ đạo|phối hợp|tham mưu|lãnh đạo|tổ chức|thực hiện|triển khai|xây dựng|lập(?= )|theo dõi|"
    r"đôn đốc|kiểm tra|hướng dẫn|"
    r"đẩy mạnh|tăng cường|tiếp tục|thường xuyên|tích cực|kịp thời|nghiêm túc|đăng tải|đăng|phát(?! thanh| triển| ngôn)|viết|mở|"
    r"duy trì|cử(?= (?:cán bộ|người|công chức|đại diện|thành viên|đồng chí|đoàn viên|phóng viên))|bố trí|gửi|"
    r"báo cáo(?! viên)|tổng hợp|hoàn thành|quán triệt|tuyên truyền(?! viên| miệng| trong)|nâng cao|"
    r"lựa chọn|chuẩn bị|bảo đảm|"
    r"đảm bảo|cung cấp|định hướng|định kỳ|h[ằà]ng (?:tháng|quý|năm|tuần|ngày)|biên soạn|biên tập|sản xuất|phải|"
    r"cần|không|sẽ|phân công|"
    r"nắm bắt|tham gia|hưởng ứng|vận động|treo|trang trí|rà soát|thẩm định|cấp phát|bám sát|cụ thể hóa|cụ thể hoá|"
    r"ban hành|phản ánh|hỗ trợ|giúp|giao|"
    r"cập nhật|tiếp nhận|ký kết|phê duyệt|quản lý|sử dụng|đấu tranh|khen thưởng|thành lập|xác định|đưa|góp ý|"
    r"nghiên cứu|đề xuất|yêu cầu|tối thiểu|ít nhất|có(?= (?:ít nhất|tối thiểu|\d))|"
    r"mỗi (?:tháng|quý|năm|tuần)|xuất bản|đổi mới|khai thác|quan tâm|thẩm tra|ưu tiên|tập trung|chú trọng|"
    r"trước ngày|chậm nhất|thông báo|phổ biến|"
    r"đề nghị|nộp|xuất|kiện toàn|củng cố|giám sát|phát triển|lồng ghép|đề ra|sơ kết|tổng kết|đánh giá|"
    r"truyền thông|giới thiệu|tiếp sóng|chia sẻ"
)
_DUTY = re.compile(rf"\s*:(?:\s+|$)|,?\s+(?P<verb>{_VERBS})\b")
_NOUN_BEFORE = re.compile(
    r"(?:^|\s)(?:chuyên trách|bộ phận|công tác|nhiệm vụ|chỉ tiêu|đã|được|được giao|hoạt động|chức năng|thông tin|"
    r"cán bộ|công trình|người|các|đội ngũ)$"
)
_OFFICE_BEFORE = re.compile(r"(?:cơ quan|đơn vị)$")
_OFFICE_WORK = ("tham mưu", "quản lý", "tuyên truyền", "truyền thông")
_NOUN_AFTER = re.compile(
    r"tổ chức\s+(?:đảng|chính trị|đoàn|xã hội|cơ sở|thành viên|hội|công đoàn|quần chúng|có liên|liên quan|kinh tế|khác|và)\b"
)
_LONGEST = 260


def starts_with_head(text: str) -> bool:
    """Whether the first words are ones that names of bodies begin with, whatever their case."""
    return bool(_HEAD.match(text.lower()))


def starts_with_body(text: str) -> bool:
    """Whether a text begins with the name of a body: a capital or `các …`, then a word that such names begin with."""
    return starts_with_head(text) and (text[:1].isupper() or text[:1].isdigit() or bool(re.match(PLURAL + r"\b", text)))


def without_lead(text: str) -> str:
    """A body's name out of a heading: without `Đề nghị`, `Đối với`, `Giao`, ... and the punctuation behind it."""
    lead = _LEAD.match(text)
    return _TRAIL.sub("", text[lead.end() :] if lead else text).strip()


def split_duty(text: str, colon: bool = True) -> tuple[str, str] | None:
    """`Sở X chủ trì tham mưu …` → (`Sở X`, `chủ trì tham mưu …`). None when the text does not begin with a body that has a duty.

    `colon` says whether `Sở X: …` divides too. A duty's verb is in lower case; the same word inside a name is none
    (`các cơ quan tham mưu`, `các tổ chức chính trị`).
    """
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    if not (starts_with_body(rest) or (lead and starts_with_head(rest))) or is_capitals(rest):
        return None
    skipped = -1
    for match in _DUTY.finditer(rest, 0, _LONGEST):
        head = rest[: match.start()]
        if not match["verb"] and not colon:
            return None
        if match["verb"]:
            joins = rest[skipped : match.start("verb")].strip() if skipped >= 0 else None
            if joins in (",", "và", "hoặc") or _is_noun(head, rest, match):
                skipped = match.end()
                continue
        if re.search(r"[.;](?:\s|$)", head) or not starts_with_head(head):
            return None
        return _TRAIL.sub("", head), rest[match.start() :].lstrip(" ,:")
    return None


def _is_noun(head: str, text: str, match: re.Match[str]) -> bool:
    """Whether a verb's word is part of the name that stands before it."""
    if _NOUN_AFTER.match(text, match.start("verb")) or _NOUN_BEFORE.search(head):
        return True
    return bool(_OFFICE_BEFORE.search(head)) and match["verb"] in _OFFICE_WORK
