"""Vietnamese text made comparable.

Folding maps every way of writing the same words (NFC or NFD, upper or lower case, old or new tone
placement, with or without marks) to one plain form. It is used to compare, never to show.
"""

import re
import unicodedata

_OLD_TONE = re.compile(r"(o)([aeAE])([\u0300\u0301\u0303\u0309\u0323])|(?<![qQ])(u)(y)([\u0300\u0301\u0303\u0309\u0323])", re.I)
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_BLANKS = re.compile(r"\s+")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """NFC, with every run of white space as one blank."""
    return _BLANKS.sub(" ", nfc(text)).strip()


def strip_marks(text: str) -> str:
    """Vietnamese letters as plain ASCII ones, case kept: `Đắk Lắk` → `Dak Lak`. `đ` carries no combining mark, so it is mapped."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Lower-case ASCII words with one blank between them; punctuation is dropped."""
    return _NOT_WORD.sub(" ", strip_marks(text).lower()).strip()


def new_tone_style(text: str) -> str:
    """The tone on the first vowel of oa, oe, uy in an open syllable (`hoá` → `hóa`); NFC. `quý` keeps its mark on y."""
    decomposed = unicodedata.normalize("NFD", text)

    def move(match: re.Match[str]) -> str:
        after = decomposed[match.end() : match.end() + 1]
        if after.isalpha():
            return match[0]
        if match[1]:
            return match[1] + match[3] + match[2]
        return match[4] + match[6] + match[5]

    return unicodedata.normalize("NFC", _OLD_TONE.sub(move, decomposed))
