from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duplicates import copies
from tests.builders import NOON, a_post

TEXT = (
    "Sáng 18/11, xã Thượng Nguồn tổ chức lễ khởi công tuyến đường liên thôn dài 3,2 km, nối ba thôn vùng cao với trung tâm xã. "
    "Công trình do người dân hiến đất, ngân sách tỉnh hỗ trợ xi măng, dự kiến hoàn thành trước mùa mưa năm sau. "
    "Lãnh đạo xã đề nghị các thôn cử người giám sát chất lượng từ đầu đến cuối."
)
OTHER = (
    "Trung tâm Văn hóa tỉnh mở lớp dạy hát dân ca cho thiếu nhi vào các buổi tối thứ bảy. Lớp học miễn phí, nhận 40 em, "
    "ưu tiên các em ở khu tập thể công nhân. Phụ huynh đăng ký tại nhà văn hóa các phường trước ngày khai giảng."
)


def posts_with(*texts):
    return [a_post(f"https://so-a.example.gov.vn/{i}", text=t, published_at=NOON + timedelta(hours=i)) for i, t in enumerate(texts)]


@pytest.mark.parametrize(
    "again",
    [TEXT, f"Theo Báo Thượng Nguồn điện tử: {TEXT}", f"{TEXT} Nguồn: Trang tin xã Thượng Nguồn.", TEXT.upper()],
    ids=["word for word", "with a line before", "with a source after", "in capitals"],
)
def test_the_same_text_elsewhere_is_a_copy_of_the_earlier_post(again):
    first, second = posts_with(TEXT, again)
    assert copies([second, first]) == {first.id: None, second.id: first.id}


def test_other_news_is_no_copy():
    first, second = posts_with(TEXT, OTHER)
    assert set(copies([first, second]).values()) == {None}


@pytest.mark.parametrize(
    ("before", "after"),
    [("3,2 km", "4,5 km"), ("Sáng 18/11", "Sáng 25/11"), ("lễ khởi công", "Đại hội XIV khởi công")],
    ids=["figure", "date", "numeral"],
)
def test_a_text_with_changed_figures_or_numerals_is_another_text(before, after):
    base = TEXT.replace("lễ khởi công", "Đại hội XIII khởi công") if "XIV" in after else TEXT
    first, second = posts_with(base, base.replace("Đại hội XIII khởi công" if "XIV" in after else before, after))
    assert copies([first, second])[second.id] is None


def test_short_notices_are_copies_only_when_equal():
    first, second, third = posts_with("Thông báo cắt nước.", "Thông báo cắt nước.", "Thông báo cắt điện.")
    assert copies([first, second, third]) == {first.id: None, second.id: first.id, third.id: None}


def test_the_same_timetable_under_the_title_of_another_week_is_another_text():
    first, second = (replace(p, title=f"Lịch công tác tuần {n}") for p, n in zip(posts_with(TEXT, TEXT), (38, 39), strict=True))
    assert copies([first, second])[second.id] is None


def test_a_copy_may_have_another_title():
    first, second = posts_with(TEXT, TEXT)
    assert copies([first, replace(second, title="Tin từ cơ sở")])[second.id] == first.id


def test_the_earliest_sure_date_is_the_original_even_when_it_was_seen_last():
    late_seen = a_post("https://so-a.example.gov.vn/1", text=TEXT, published_at=NOON, first_seen=NOON + timedelta(days=9))
    copied = a_post("https://so-a.example.gov.vn/2", text=TEXT, published_at=NOON + timedelta(hours=3), first_seen=NOON)
    assert copies([copied, late_seen]) == {late_seen.id: None, copied.id: late_seen.id}


@given(st.permutations(posts_with(TEXT, TEXT + " Nguồn: xã.", OTHER, TEXT.upper(), OTHER)))
def test_the_order_of_posts_does_not_matter(posts):
    assert copies(posts) == copies(posts_with(TEXT, TEXT + " Nguồn: xã.", OTHER, TEXT.upper(), OTHER))
