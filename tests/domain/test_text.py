import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import fold, new_tone_style, nfc, one_line, strip_marks


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("  Kết luận số 21-KL/TW ", "ket luan so 21 kl tw"),
        ("TƯ TƯỞNG", "tu tuong"),
        ("hoá – hóa", "hoa hoa"),
        ("", ""),
    ],
)
def test_folding_leaves_plain_words(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoá", "hóa"),
        ("Thuỷ", "Thủy"),
        ("khoẻ", "khỏe"),
        ("UỶ BAN", "ỦY BAN"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("loạt", "loạt"),
        ("thuỳ", "thùy"),
    ],
)
def test_the_old_place_of_the_tone_becomes_the_new_one(old, new):
    assert new_tone_style(old) == new


def test_marks_are_stripped_and_case_is_kept():
    assert strip_marks("Ủy ban Đường sắt") == "Uy ban Duong sat"


def test_white_space_of_every_kind_becomes_one_blank():
    assert one_line(" a\u00a0\n\tb ") == "a b"


@given(st.text())
def test_folding_does_not_depend_on_the_unicode_form(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="hoaquyẻýàáạỷ nêt"))
def test_tone_style_is_idempotent_and_changes_no_letter(text):
    once = new_tone_style(text)
    assert new_tone_style(once) == once
    assert strip_marks(once) == strip_marks(nfc(text))
