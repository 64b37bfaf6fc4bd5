"""Addresses cut by line ends are joined or left out, never turned into another address."""

import pytest

from plans.addresses import DOUBT, join_lines, web_addresses


@pytest.mark.parametrize(
    ("before", "after", "full", "found"),
    [
        ("https://", "anbinh.example.vn", False, ["https://anbinh.example.vn"]),
        ("https://sokhcn.nampho", "ng.example.vn", True, ["https://sokhcn.namphong.example.vn"]),
        ("sokhcn.nampho", "ng.example.vn", True, ["sokhcn.namphong.example.vn"]),
        ("sokhoahocvacongnghetin", "h.namphong.vn", True, ["sokhoahocvacongnghetinh.namphong.vn"]),
        ("socongthuongtinh", ".namphong.vn", True, ["socongthuongtinh.namphong.vn"]),
        ("Trang: sokhcn.namphong", ".gov.vn", False, ["sokhcn.namphong.gov.vn"]),
        ("https://www.facebook.com/", "sokhoahoc", False, ["https://www.facebook.com/sokhoahoc"]),
        ("https://khcn.namphong.gov.", "vn", True, ["https://khcn.namphong.gov.vn"]),
        ("Xem https://khcn.namphong.gov.vn.", "Các đơn vị", True, ["https://khcn.namphong.gov.vn"]),
        ("https://", "www.facebook.com/a", False, ["https://www.facebook.com/a"]),
        ("facebook.com/so-cong-", "thuong-np", False, ["facebook.com/so-cong-thuong-np"]),
        ("facebook.com/sokhoahocnam", "phong", True, ["facebook.com/sokhoahocnamphong"]),
        ("https://a.example.vn", "https://b.example.vn", True, ["https://a.example.vn", "https://b.example.vn"]),
        ("a.example.vn;", "b.example.vn", True, ["a.example.vn", "b.example.vn"]),
        ("a.example.vn", "facebook.com/a", False, ["a.example.vn", "facebook.com/a"]),
        ("facebook.com/a", "và trang tin", True, ["facebook.com/a"]),
        ("Trang tin", "a.example.vn", True, ["a.example.vn"]),
        ("Website:", "a.example.vn", False, ["a.example.vn"]),
        ("sách, báo, v.v.", "a.example.vn", True, ["a.example.vn"]),
    ],
)
def test_the_halves_of_an_address_are_joined(before: str, after: str, full: bool, found: list[str]) -> None:
    assert web_addresses(join_lines(before, after, full)) == found


@pytest.mark.parametrize(
    ("before", "after", "full"),
    [
        ("sokhcn.com", "munity.vn", True),
        ("https://facebook.com/", "khcn.vn", False),
        ("https://sokhcn.nampho", "ng.example.vn", False),
        ("facebook.com/so", "khoahoc.vn", True),
        ("socongthuong.exam", "ple.vn", False),
        ("facebook.com/so", "tin tuc", True),
        ("https://", "https://a.example.vn", False),
    ],
)
def test_what_may_be_one_address_or_two_is_none_and_doubtful(before: str, after: str, full: bool) -> None:
    joined = join_lines(before, after, full)
    assert DOUBT in joined
    assert web_addresses(joined) == []
