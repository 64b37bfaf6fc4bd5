"""The normaliser: one form for every way of typing, and the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.normalise import fold_words, normalise
from classifier.syllables import is_slip, is_syllable

VIETNAMESE = st.text(
    alphabet=st.sampled_from("aáàảãạăắâấđeêếiíoóôốơớuúưứyýbcghklmnpqrstvxAÂĐÊÔƠƯ 0123456789.,;-–“”\n\t\u00a0\u200b𝚗ᴛ"), max_size=60
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("Đại hội Đảng bộ", "dai hoi dang bo", id="marks and capitals"),
        pytest.param("ᴛɪɴ sáɴɢ ɴᴀʏ", "tin sang nay", id="small capitals"),
        pytest.param("𝚗𝚑ấ𝚗 𝐦𝐚̣𝐧𝐡", "nhan manh", id="styled letters"),
        pytest.param("21\u20132025 \u2014 “lời”", '21-2025 - "loi"', id="dashes and quotes"),
        pytest.param("đồng  chí\n\n bí thư", "dong chi bi thu", id="runs of blanks and lines"),
        pytest.param("Tổng Bí thưNguyễn", "tong bi thu nguyen", id="glued at a capital"),
        pytest.param("tự diễnbiến, lợiích", "tu dien bien, loi ich", id="glued without a capital"),
        pytest.param("Trungương", "trung uong", id="glued in a capitalised word"),
        pytest.param("Facebook, YouTube", "facebook, youtube", id="foreign words stay whole"),
        pytest.param("ch\u00ad\u200bính", "chinh", id="invisible characters"),
        pytest.param("đại ho\u0301\u0302i", "dai hoi", id="a tone before the mark of its letter"),
        pytest.param("x\u0335in\u0332", "xin", id="marks of no letter"),
    ],
)
def test_a_text_is_folded_to_plain_words(typed: str, folded: str) -> None:
    assert normalise(typed).folded == folded


@pytest.mark.parametrize(("old", "new"), [("hoá", "hóa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("quý", "quý"), ("hoàn", "hoàn")])
def test_tones_stand_where_the_new_spelling_puts_them(old: str, new: str) -> None:
    assert normalise(old).accented == new


@given(VIETNAMESE)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once.cased).cased == once.cased
    assert normalise(once.folded).folded == once.folded


@given(VIETNAMESE)
def test_composed_and_decomposed_text_have_the_same_views(text: str) -> None:
    composed, apart = (normalise(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert (composed.cased, composed.accented, composed.folded) == (apart.cased, apart.accented, apart.folded)


@given(VIETNAMESE)
def test_the_three_views_have_one_length(text: str) -> None:
    view = normalise(text)
    assert len(view.cased) == len(view.accented) == len(view.folded)


@given(VIETNAMESE, st.sampled_from(["NFC", "NFD"]), st.data())
def test_a_stretch_of_a_view_leads_back_to_the_characters_it_came_from(text: str, form: str, data: st.DataObject) -> None:
    original = unicodedata.normalize(form, text)
    view = normalise(original)
    words = [w for w in view.folded.split(" ") if w]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = f" {view.folded} ".index(f" {word} ")
    first, last = view.original(start, start + len(word))
    assert 0 <= first < last <= len(original)
    assert "".join(normalise(original[first:last]).folded.split()) == "".join(word.split())


def test_offsets_of_glued_and_decomposed_words_cover_all_their_characters() -> None:
    original = unicodedata.normalize("NFD", "đồng  chí Bí thưNguyễn dự")
    view = normalise(original)
    start = view.folded.index("nguyen")
    first, last = view.original(start, start + len("nguyen"))
    assert unicodedata.normalize("NFC", original[first:last]) == "Nguyễn"


@pytest.mark.parametrize(("text", "marked"), [("Hội nghị tổng kết năm", True), ("Hoi nghi tong ket nam", False), ("", False)])
def test_a_text_typed_without_marks_is_told_from_one_with_them(text: str, marked: bool) -> None:
    assert normalise(text).marked is marked


@pytest.mark.parametrize(
    ("word", "slip"),
    [("chuyễn", True), ("nghĩ", False), ("kêt", True), ("kết", False), ("internet", False), ("đảng", False)],
)
def test_marks_that_no_syllable_has_are_slips(word: str, slip: bool) -> None:
    assert is_slip(word) is slip


def test_the_shape_of_a_syllable_is_known() -> None:
    assert all(map(is_syllable, ["nghiêng", "khuya", "quốc", "giếng", "a", "ương"]))
    assert not any(map(is_syllable, ["logistics", "covid", "www", "bcd"]))


def test_a_phrase_is_folded_without_punctuation() -> None:
    assert fold_words("phòng, chống “tham nhũng”") == "phong chong tham nhung"
