"""Words with places become paragraphs."""

from plans.readers.layout import Line, Word, paragraphs_of

HEIGHT = 16.0
LEFT, RIGHT = 90.0, 505.0


def line(text: str, left: float, right: float, top: float) -> Line:
    """A printed line whose words share the stretch from `left` to `right` evenly."""
    words = text.split()
    share = (right - left) / len(words)
    edges = [(left + i * share, left + (i + 1) * share - 3) for i in range(len(words) - 1)] + [(right - share, right)]
    return Line(tuple(Word(word, start, end, top, top + HEIGHT) for word, (start, end) in zip(words, edges, strict=True)))


def test_a_centred_subject_line_ends_where_the_indented_body_begins() -> None:
    page = [
        line("KẾ HOẠCH", 260, 335, 0),
        line("Tuyên truyền chuyển đổi số và bảo vệ môi trường quý IV", 94, 501, 20),
        line("Thực hiện Kế hoạch số 08-KH/TU của Ban Thường vụ Tỉnh ủy,", LEFT + 28, RIGHT, 40),
        line("Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", LEFT, 380, 60),
    ]
    assert [p[:9] for p in paragraphs_of([page])] == ["KẾ HOẠCH", "Tuyên tru", "Thực hiện"]


def test_a_centred_line_goes_on_in_a_shorter_centred_one() -> None:
    page = [
        line("KẾ HOẠCH", 260, 335, 0),
        line("Tuyên truyền chuyển đổi số và bảo vệ môi trường quý IV", 94, 501, 20),
        line("năm 2026 trên địa bàn tỉnh", 210, 385, 40),
        line("Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:", LEFT, RIGHT, 60),
    ]
    assert paragraphs_of([page])[1] == "Tuyên truyền chuyển đổi số và bảo vệ môi trường quý IV năm 2026 trên địa bàn tỉnh"


def test_the_lines_of_an_item_may_hang_below_its_text() -> None:
    page = [
        line("- Tuyên truyền cách phân loại rác thải sinh hoạt tại hộ gia", LEFT, RIGHT, 0),
        line("đình, trường học.", LEFT + 18, 240, 20),
        line("Cơ quan nhà nước gương mẫu thực hiện và vận động nhân dân.", LEFT, RIGHT, 40),
    ]
    assert len(paragraphs_of([page])) == 2
