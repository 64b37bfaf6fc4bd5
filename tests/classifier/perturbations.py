"""Ways in which the same text arrives: what a tagger must not notice, and one thing that it must."""

import random
import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def capitals(text: str) -> str:
    return text.upper()


def without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def old_tones(text: str) -> str:
    """`hòa` → `hoà`, `thủy` → `thuỷ`: the tone on the last vowel of oa, oe, uy."""
    apart = unicodedata.normalize("NFD", text)
    moved = re.sub(rf"(?<![qQ])([oOuU])([{_TONES}])([aAeEyY])(?![\w{_TONES}])", r"\1\3\2", apart)
    return unicodedata.normalize("NFC", moved)


def tone_noise(text: str, share: float = 0.15, seed: int = 0) -> str:
    """Each syllable loses its tone, or takes another one, with this probability: what a bad scan does."""
    chance = random.Random(seed)

    def slip(match: re.Match[str]) -> str:
        if chance.random() >= share:
            return match[0]
        apart = unicodedata.normalize("NFD", match[0])
        bare = "".join(c for c in apart if c not in _TONES)
        if bare == apart:
            return match[0]
        place = next(i for i, c in enumerate(apart) if c in _TONES)
        tone = chance.choice(["", *_TONES])
        return unicodedata.normalize("NFC", apart[:place] + tone + "".join(c for c in apart[place:] if c not in _TONES))

    return re.sub(r"[^\W\d_]+", slip, unicodedata.normalize("NFC", text))


def broken_lines(text: str) -> str:
    """A line break instead of every seventh blank."""
    count = iter(range(10**9))
    return re.sub(" ", lambda m: "\n" if next(count) % 7 == 6 else " ", text)


TYPOGRAPHIC = {
    "decomposed": decomposed,
    "capitals": capitals,
    "without marks": without_marks,
    "old tones": old_tones,
    "tone noise 15 %": tone_noise,
    "broken lines": broken_lines,
}

_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII"]
_ORDINAL = re.compile(r"\b(?=[XVI]{2,5}\b)(X{0,2}(?:IX|IV|V?I{0,3}))\b(?= |,|\.|;|\)|$)")
_YEARS = re.compile(r"\b(\d{2,3})(?= năm\b)")
_DOCUMENT = re.compile(r"\b((?:Chỉ thị|Kết luận|Quy định|Nghị quyết)(?: số)? )(\d{1,3})\b")
_SYMBOL = re.compile(r"\b(\d{1,3})(?=\s?-\s?(?:CT|KL|QĐ|NQ)/TW)")
_PLENUM = re.compile(r"((?:Trung ương|TƯ|TW) )(\d{1,2})\b")


def other_congress(text: str, by: int = -1) -> str:
    """Every congress, term or assembly another one: XIV → XIII."""
    return _ORDINAL.sub(lambda m: _ROMAN[max(_ROMAN.index(m[1]) + by, 0)] if m[1] in _ROMAN else m[0], text)


def other_years(text: str, by: int = -10) -> str:
    """Every `N năm` another anniversary, and the dates that count it."""
    changed = _YEARS.sub(lambda m: str(int(m[1]) + by) if int(m[1]) + by > 4 else m[1], text)
    return re.sub(r"(?<=[-–/] )?(\d{1,2}/\d{1,2}/)(20[2]\d)\b(?=\))", lambda m: f"{m[1]}{int(m[2]) + by}", changed)


def other_document(text: str, by: int = 17) -> str:
    renamed = _DOCUMENT.sub(lambda m: f"{m[1]}{int(m[2]) + by}", text)
    return _SYMBOL.sub(lambda m: m[1] if int(m[1]) > 60 else str(int(m[1]) + by), renamed)


def other_plenum(text: str, by: int = -1) -> str:
    return _PLENUM.sub(lambda m: f"{m[1]}{max(int(m[2]) + by, 1)}", text)


IDENTITY_SWAPS = {
    "congress": other_congress,
    "years": other_years,
    "document": other_document,
    "plenum": other_plenum,
}
