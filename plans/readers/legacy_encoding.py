"""Vietnamese before Unicode: text typed with TCVN3 (ABC, fonts `.VnTime`) or VNI fonts looks like accented Latin.

`Céng hßa x· héi chñ nghÜa` is TCVN3, `Coäng hoøa xaõ hoäi chuû nghóa` is VNI. TCVN3 gives every letter one code; VNI writes a
vowel and a mark. Which of them a text is, is told by how many everyday Vietnamese words it then holds.
"""

import re

from domain.text import nfc

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_MARKS = {
    "a": dict(zip("øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ", strict=True)),
    "e": dict(zip("øùûõïâàáåãä", "èéẻẽẹêềếểễệ", strict=True)),
    "o": dict(zip("øùûõïâàáåãä", "òóỏõọôồốổỗộ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
}
_VNI_SINGLE = dict(zip("ñìíæóòôöî", "đìíỉĩịơưỵ", strict=True))
_VNI = {
    **{base + mark: letter for base, marks in _VNI_MARKS.items() for mark, letter in marks.items()},
    **_VNI_SINGLE,
}
_VNI |= {code.upper(): letter.upper() for code, letter in _VNI.items()} | {
    code[0].upper() + code[1:]: letter.upper() for code, letter in _VNI.items() if len(code) == 2
}
_VNI_CODES = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORDS = frozenset(
    [
        "của",
        "và",
        "các",
        "được",
        "đảng",
        "công",
        "tuyên",
        "truyền",
        "kế",
        "hoạch",
        "thực",
        "hiện",
        "tổ",
        "chức",
        "nội",
        "dung",
        "ủy",
        "nhân",
        "dân",
        "tỉnh",
        "xã",
        "hội",
        "cấp",
        "về",
        "với",
        "những",
        "năm",
        "ngày",
        "độc",
        "lập",
        "tự",
        "hạnh",
        "phúc",
        "việt",
        "phường",
        "quốc",
        "vụ",
        "đơn",
        "vị",
        "cơ",
        "số",
        "trưởng",
        "chủ",
        "tịch",
        "thường",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


def from_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(c, c) for c in text)


def from_vni(text: str) -> str:
    return _VNI_CODES.sub(lambda m: _VNI[m[0]], text)


def vietnamese_words(text: str) -> int:
    """How many everyday Vietnamese words with marks a text holds."""
    return sum(word.lower() in _WORDS for word in _WORD.findall(text))


def to_unicode(text: str) -> tuple[str, str | None]:
    """The text as it was meant, and the name of the encoding it was typed in (None for Unicode)."""
    sample = text[:200_000]
    plain_words = vietnamese_words(nfc(sample))
    best = max(
        (("TCVN3", from_tcvn3), ("VNI", from_vni)),
        key=lambda encoding: vietnamese_words(encoding[1](sample)),
    )
    if vietnamese_words(best[1](sample)) >= max(3, 2 * plain_words):
        return best[1](text), best[0]
    return text, None


def by_font(text: str, font: str | None) -> str:
    """A run of a word processor in the encoding that its font tells; `.VnTimeH` and its like show capitals only."""
    if not font:
        return text
    name = font.lower()
    if name.startswith(".vn"):
        converted = from_tcvn3(text)
        return converted.upper() if name.endswith("h") else converted
    if name.startswith("vni-"):
        return from_vni(text)
    return text
