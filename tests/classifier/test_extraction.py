"""Entities: which one is meant, in the many ways in which it is written."""

import pytest

from classifier.entities import Identity, Role, Scope
from classifier.extraction import mentions, number
from classifier.language import shipped_language
from classifier.reading import read


def found(text: str, title: str = "") -> list[tuple[Scope, tuple[int | str | None, ...]]]:
    return [(m.identity.scope, m.identity.value) for m in mentions(read(title, text, shipped_language().abbreviations))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("Quy định 37-QĐ/TW", ("qd", 37, "tw", None), id="symbol"),
        pytest.param("Quy định số 37 - QĐ / TW ngày 25/10/2021", ("qd", 37, "tw", None), id="blanks around dash and slash"),
        pytest.param("Quy định 37–QĐ/TW", ("qd", 37, "tw", None), id="en dash"),
        pytest.param("quy dinh so 37-qd/tw", ("qd", 37, "tw", None), id="no marks"),
        pytest.param("Chỉ thị 05 ngày 15/5/2016", ("ct", 5, None, None), id="number without symbol, with a date"),
        pytest.param("Kết luận số 21", ("kl", 21, None, None), id="number in words"),
        pytest.param("Nghị quyết 43/2022/QH15", ("nq", 43, "qh15", 2022), id="law symbol with year"),
        pytest.param("Kế hoạch số 27/KH-UBBC", ("kh", 27, "ubbc", None), id="slash before the type"),
    ],
)
def test_a_document_is_its_type_number_and_issuer(text: str, value: tuple[int | str | None, ...]) -> None:
    assert (Scope.DOCUMENT, value) in found(text)


def test_a_list_of_numbers_is_a_document_each() -> None:
    numbers = {v[1] for s, v in found("bốn Nghị quyết 66, 68, 57, 59 của Bộ Chính trị") if s is Scope.DOCUMENT}
    assert numbers == {66, 68, 57, 59}


@pytest.mark.parametrize(
    "text", ["Chương trình 5 năm", "Kế hoạch 2025", "Nghị quyết 30 triệu đồng", "tăng 7,1 - 7,5%", "ngày 21/4", "Đề án 100 xã"]
)
def test_other_numbers_are_no_documents(text: str) -> None:
    assert not [v for s, v in found(text) if s is Scope.DOCUMENT]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("Hội nghị lần thứ mười Ban Chấp hành Trung ương Đảng khóa XIII", {(10, 13)}, id="in words"),
        pytest.param("Hội nghị lần thứ 10 BCH Trung ương khóa XIII", {(10, 13)}, id="abbreviated committee"),
        pytest.param("Hội nghị Trung ương 4 khóa XIII", {(4, 13)}, id="number behind"),
        pytest.param("HNTW 4 khóa XIII", {(4, 13)}, id="all abbreviated"),
        pytest.param("Nghị quyết TW 4 (khóa XII)", {(4, 12)}, id="term in brackets"),
        pytest.param("Hội nghị Trung ương lần thứ 1, 2 khóa XIII", {(1, 13), (2, 13)}, id="two plenums"),
        pytest.param("Nghị quyết Trung ương 4 khóa XI, XII", {(4, 11), (4, 12)}, id="two terms"),
        pytest.param("Hội nghị Trung ương 12 (18-19/7)", {(12, None)}, id="days behind are no plenums"),
    ],
)
def test_a_plenum_is_its_number_and_term(text: str, values: set[tuple[int, int | None]]) -> None:
    assert {v for s, v in found(text) if s is Scope.PLENUM} == values


@pytest.mark.parametrize(
    ("text", "scope", "value"),
    [
        pytest.param("Đại hội đại biểu toàn quốc lần thứ XIV của Đảng", Scope.NATIONAL_CONGRESS, 14, id="full name"),
        pytest.param("chào mừng Đại hội XIV", Scope.NATIONAL_CONGRESS, 14, id="bare"),
        pytest.param("mốc bắt đầu từ Đại hội 14", Scope.NATIONAL_CONGRESS, 14, id="figures"),
        pytest.param("tiến tới ĐHĐB lần 13", Scope.NATIONAL_CONGRESS, 13, id="abbreviated"),
        pytest.param("Đại hội đại biểu Đảng bộ tỉnh lần thứ XXI", Scope.PROVINCE_CONGRESS, 21, id="province"),
        pytest.param("Đại hội XXI Đảng bộ tỉnh", Scope.PROVINCE_CONGRESS, 21, id="province behind the number"),
        pytest.param("Đại hội lần thứ II Đảng bộ Khối cơ quan tỉnh", Scope.BLOCK_CONGRESS, 2, id="block"),
        pytest.param("Đại hội Đảng bộ xã Suối Mây lần thứ I", Scope.LOCAL_CONGRESS, 1, id="commune"),
        pytest.param("Đại hội XIII Công đoàn Việt Nam", Scope.ORGANISATION_CONGRESS, 13, id="trade union"),
        pytest.param("Đại hội Thi đua yêu nước toàn quốc lần thứ XI", Scope.ORGANISATION_CONGRESS, 11, id="emulation"),
        pytest.param("Đại hội Hội Nông dân xã nhiệm kỳ 2025 - 2030", Scope.ORGANISATION_CONGRESS, None, id="farmers, no number"),
    ],
)
def test_a_congress_is_told_by_whose_it_is(text: str, scope: Scope, value: int | None) -> None:
    congresses = {(s, v[0]) for s, v in found(text) if s.value.endswith("congress")}
    assert congresses == {(scope, value)}


@pytest.mark.parametrize(
    ("text", "scope", "value"),
    [
        ("kỳ họp thứ 11 Quốc hội khóa XIV", Scope.SESSION, ("qh", 11, 14)),
        ("Kỳ họp thứ Nhất, Quốc hội khóa XV", Scope.SESSION, ("qh", 1, 15)),
        ("kỳ họp thứ 23 HĐND tỉnh", Scope.SESSION, ("hdnd", 23, None)),
        ("đại biểu Quốc hội khoá XV", Scope.ASSEMBLY, (15,)),
        ("nhiệm kỳ 2025 - 2030", Scope.TERM, (2025, 2030)),
        ("nhiệm kỳ 2025–2030", Scope.TERM, (2025, 2030)),
        ("Bộ Chính trị khóa XII", Scope.PARTY_TERM, (12,)),
    ],
)
def test_sessions_assemblies_and_terms_are_found(text: str, scope: Scope, value: tuple[int | str | None, ...]) -> None:
    assert (scope, value) in found(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("thi đua chào mừng Đại hội XIV", Role.TARGET),
        ("chuẩn bị văn kiện trình Đại hội XIV", Role.TARGET),
        ("thực hiện Nghị quyết Đại hội XIII", Role.REFERENCE),
        ("sau Đại hội đại biểu toàn quốc lần thứ XIII", Role.REFERENCE),
    ],
)
def test_a_congress_is_awaited_or_looked_back_on(text: str, role: Role) -> None:
    (mention,) = [
        m for m in mentions(read("", text, shipped_language().abbreviations)) if m.identity.scope is Scope.NATIONAL_CONGRESS
    ]
    assert mention.role is role


def test_a_mention_leads_to_its_words() -> None:
    text = "Hôm nay, Hội nghị Trung ương 10 khóa XIII khai mạc."
    (plenum,) = [m for m in mentions(read("", text, shipped_language().abbreviations)) if m.identity.scope is Scope.PLENUM]
    assert text[plenum.start : plenum.end] == "Trung ương 10 khóa XIII"


@pytest.mark.parametrize(
    ("text", "value"), [("xiv", 14), ("ix", 9), ("xviii", 18), ("muoi hai", 12), ("nhat", 1), ("23", 23), ("abc", None), ("", None)]
)
def test_ordinals_are_read_in_figures_numerals_and_words(text: str, value: int | None) -> None:
    assert number(text) == value


AGREEMENT = [
    pytest.param(Scope.NATIONAL_CONGRESS, (14,), (14,), True, False, id="same congress"),
    pytest.param(Scope.NATIONAL_CONGRESS, (14,), (13,), False, True, id="XIII is not XIV"),
    pytest.param(Scope.DOCUMENT, ("kl", 21, "tw", None), ("kl", 15, "tw", None), False, True, id="21-KL/TW is not 15-KL/TW"),
    pytest.param(Scope.DOCUMENT, ("ct", 5, None, None), ("ct", 5, "tw", None), True, False, id="issuer not said"),
    pytest.param(Scope.DOCUMENT, ("ct", 5, "tw", None), ("nq", 7, "tw", None), False, False, id="two types do not clash"),
    pytest.param(Scope.DOCUMENT, ("nq", 5, "tw", None), ("nq", 7, "hdnd", None), False, False, id="two issuers do not clash"),
    pytest.param(Scope.PLENUM, (4, None), (4, 13), True, False, id="term not said"),
    pytest.param(Scope.PLENUM, (4, 12), (4, 13), False, True, id="same number, other term"),
    pytest.param(Scope.TERM, (2020, 2025), (2021, 2026), True, False, id="one round of terms"),
    pytest.param(Scope.TERM, (2015, 2020), (2020, 2025), False, True, id="another round"),
    pytest.param(Scope.SESSION, ("qh", 1, 15), ("hdnd", 3, None), False, False, id="sessions of two assemblies"),
]


@pytest.mark.parametrize(("scope", "one", "other", "agree", "clash"), AGREEMENT)
def test_identities_compare(
    scope: Scope, one: tuple[int | str | None, ...], other: tuple[int | str | None, ...], agree: bool, clash: bool
) -> None:
    first, second = Identity(scope, one), Identity(scope, other)
    assert first.agrees(second) is second.agrees(first) is agree
    assert first.clashes(second) is second.clashes(first) is clash


def test_identities_of_two_scopes_neither_agree_nor_clash() -> None:
    first, second = Identity(Scope.NATIONAL_CONGRESS, (13,)), Identity(Scope.PROVINCE_CONGRESS, (13,))
    assert not first.agrees(second)
    assert not first.clashes(second)
