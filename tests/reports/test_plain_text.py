import pytest

from reports.marks import DUE_NOT_SEEN, MARKS
from reports.plain_text import CELL_LIMIT, plain_text, web_address


@pytest.mark.parametrize("text", ["=1+1", "+84 123", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc"])
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert plain_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Hội nghị", "2 + 2 = 4", "", "“Niềm tin mới”"])
def test_other_text_stays_as_it_is(text):
    assert plain_text(text) == text


def test_control_characters_and_lone_surrogates_are_dropped():
    assert plain_text("a\x00b\x1f\ud800c") == "abc"


def test_a_cell_holds_no_more_than_a_workbook_allows():
    assert len(plain_text("=" + "x" * 50_000)) == CELL_LIMIT


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "ftp://a.example", "https://a\x00.example"]
)
def test_only_web_addresses_become_links(url):
    assert web_address(url) is None


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("mark", [*MARKS.values(), DUE_NOT_SEEN], ids=lambda m: m.word.en)
def test_ink_can_be_read_on_its_fill(mark, theme):
    colours = getattr(mark, theme)
    light, dark = sorted((_luminance(colours.ink), _luminance(colours.fill)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_status_has_a_sign_of_its_own():
    assert len({m.sign for m in MARKS.values()} | {DUE_NOT_SEEN.sign}) == len(MARKS) + 1
