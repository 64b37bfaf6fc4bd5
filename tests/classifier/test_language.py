"""The data files about the language: what staff may write in them, and what is said when a line is wrong."""

import pytest

from classifier.anniversaries import parse_events
from classifier.language import shipped_language
from classifier.reading import read
from classifier.thesaurus import WEAK, parse_abbreviations, parse_documents, parse_thesaurus

SMALL = "[giao_duc] Giáo dục\ntrường học | học sinh*\n[khuyen_hoc < giao_duc] Khuyến học\nkhuyến học\n"


def test_every_line_of_the_shipped_data_can_be_used() -> None:
    assert shipped_language().problems == ()


def test_the_shipped_thesaurus_is_broad() -> None:
    assert len(shipped_language().thesaurus.names) >= 80
    assert len(shipped_language().thesaurus.phrases) >= 2_000


def test_a_thesaurus_has_concepts_phrases_and_broader_concepts() -> None:
    thesaurus, problems = parse_thesaurus(SMALL)
    assert problems == ()
    assert thesaurus.names == {"giao_duc": "Giáo dục", "khuyen_hoc": "Khuyến học"}
    assert thesaurus.broader == {"khuyen_hoc": "giao_duc"}
    assert {(p.words, p.weight) for p in thesaurus.phrases} == {("truong hoc", 1.0), ("hoc sinh", WEAK), ("khuyen hoc", 1.0)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("học sinh\n[a] A\nx y", 1, id="a phrase before the first concept"),
        pytest.param("[a] A\nx y\n[B C] sai\n", 3, id="an unreadable heading"),
        pytest.param("[a] A\nx\n[a] Lần hai\n", 3, id="a concept twice"),
        pytest.param("[a < khong_co] A\nx\n", 1, id="an unknown broader concept"),
        pytest.param("[a] A\nx | *\n", 2, id="an empty phrase"),
    ],
)
def test_a_wrong_line_of_a_thesaurus_is_named_and_the_rest_is_used(text: str, line: int) -> None:
    thesaurus, problems = parse_thesaurus(text)
    assert [p.line for p in problems] == [line]
    assert thesaurus.names


def test_wrong_lines_of_the_other_files_are_named() -> None:
    assert [p.line for p in parse_abbreviations("MTTQ = mặt trận tổ quốc\nUBND\n")[1]] == [2]
    assert [p.line for p in parse_events("a | 1930-02-03 | thành lập đảng\nb | hôm qua | lễ\n")[1]] == [2]
    thesaurus, _ = parse_thesaurus(SMALL)
    assert [p.line for p in parse_documents("29-NQ/TW | 2013- | giao_duc\n30-NQ/TW | | khong_co\n", thesaurus)[1]] == [2]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("ĐHĐB tỉnh", "dai hoi dai bieu tinh", id="capitals"),
        pytest.param("đhđb tỉnh", "dai hoi dai bieu tinh", id="lower case"),
        pytest.param("phát triển KT-XH", "phat trien kinh te xa hoi", id="with a dash"),
        pytest.param("BCH T.Ư Đảng", "ban chap hanh trung uong dang", id="with a dot"),
        pytest.param("TƯ Đảng", "trung uong dang", id="case matters and fits"),
        pytest.param("tư tưởng", "tu tuong", id="case matters and does not fit"),
        pytest.param("TƯ TƯỞNG ĐẠO ĐỨC", "tu tuong dao duc", id="a shouted text shows no case"),
        pytest.param("05-CT/TW", "05 ct tw", id="parts of a symbol stay"),
        pytest.param("kỉ niệm", "ky niem", id="two spellings of one sound"),
    ],
)
def test_abbreviations_are_read_out(typed: str, words: str) -> None:
    assert " ".join(read(typed, "", shipped_language().abbreviations).words[:-1]) == words


def test_an_expanded_word_keeps_the_place_of_its_abbreviation() -> None:
    typed = "Họp BCH Đảng bộ"
    reading = read(typed, "", shipped_language().abbreviations)
    span = reading.span(1, 4)
    assert typed[span.start : span.end] == "BCH"
