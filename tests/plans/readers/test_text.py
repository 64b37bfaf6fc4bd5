"""Plain text in whatever encoding an office computer wrote it."""

import unicodedata

import pytest

from domain.errors import UnreadableDocument
from plans.readers.legacy_encoding import from_tcvn3, from_vni, to_unicode
from plans.readers.text import read_text

TEXT = "Kế hoạch tuyên truyền của các đơn vị trong năm, thực hiện tổ chức hội nghị tỉnh ủy"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert read_text(TEXT.encode(encoding)).lines == (TEXT,)


def test_decomposed_letters_are_composed() -> None:
    assert read_text(unicodedata.normalize("NFD", TEXT).encode()).lines == (TEXT,)


def test_windows_1258_is_read() -> None:
    typed = "".join(_for_1258(c) for c in TEXT)
    document = read_text(typed.encode("cp1258"))
    assert document.lines == (TEXT,)
    assert [p.code for p in document.problems] == ["legacy_encoding"]


def _for_1258(letter: str) -> str:
    """Windows-1258 has the vowels of the alphabet and the five tones as marks behind them."""
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tones


def test_tcvn3_is_recognised_and_converted() -> None:
    typed = "KÕ ho¹ch tuyªn truyÒn cña c¸c ®¬n vÞ trong n¨m, thùc hiÖn tæ chøc héi nghÞ tØnh ñy"
    assert from_tcvn3(typed) == TEXT
    assert read_text(typed.encode("latin-1")).lines == (TEXT,)
    assert read_text(typed.encode("utf-8")).lines == (TEXT,)


def test_vni_is_recognised_and_converted() -> None:
    typed = "Keá hoaïch tuyeân truyeàn cuûa caùc ñôn vò trong naêm, thöïc hieän toå chöùc hoäi nghò tænh uûy"
    assert from_vni(typed) == TEXT
    assert to_unicode(typed) == (TEXT, "VNI")
    assert from_vni("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM ÑOÄC LAÄP") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ĐỘC LẬP"


def test_unicode_text_with_a_few_accents_of_other_languages_is_left_alone() -> None:
    text = f"{TEXT}. Café Zürich, São Paulo."
    assert to_unicode(text) == (text, None)


def test_what_is_no_text_is_refused_with_a_hint() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_text(bytes(range(1, 9)) * 500)
    assert ".docx" in refused.value.message.vi
