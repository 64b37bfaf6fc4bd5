import pytest

from domain.unit import ChannelKind, holds_address
from tests.builders import a_channel

SITE = "https://so-a.example.gov.vn"
PAGE = "https://www.facebook.com/so-an-toan"
NUMBERED = "https://www.facebook.com/profile.php?id=100064"
CHANNEL = "https://www.youtube.com/@soantoan"


@pytest.mark.parametrize(
    ("kind", "outlet", "address", "held"),
    [
        ("website", SITE, "http://www.so-a.example.gov.vn/tin-1", True),
        ("listing", f"{SITE}/tin-tuc", f"{SITE}/2026/11/tin-1.html", True),
        ("website", SITE, "https://so-b.example.gov.vn/tin-1", False),
        ("website", SITE, "https://so-a.example.gov.vn.example.com/tin-1", False),
        ("website", SITE, "https://so-a.example.gov.vn:8443/tin-1", False),
        ("facebook", PAGE, "https://m.facebook.com/So-An-Toan/posts/1", True),
        ("facebook", PAGE, "https://facebook.com/so-an-toan-khac/posts/1", False),
        ("facebook", PAGE, "https://facebook.com/reel/1", False),
        ("facebook", PAGE, "https://facebook.com/permalink.php?story_fbid=1&id=so-an-toan", True),
        ("facebook", PAGE, "https://facebook.com/permalink.php?story_fbid=1&id=100064", False),
        ("facebook", NUMBERED, "https://facebook.com/permalink.php?story_fbid=1&id=100064", True),
        ("facebook", NUMBERED, "https://facebook.com/profile.php?id=7", False),
        ("facebook", NUMBERED, "https://facebook.com/100064/posts/1", True),
        ("youtube", CHANNEL, "https://www.youtube.com/@soantoan/videos", True),
        ("youtube", CHANNEL, "https://www.youtube.com/watch?v=1", False),
        ("file", PAGE, "https://facebook.com/so-an-toan/videos/1", True),
        ("file", PAGE, "https://facebook.com/ai-do/videos/1", False),
        ("file", SITE, f"{SITE}/tin-1", True),
        ("facebook", "https://facebook.com", "https://facebook.com/ai-do", False),
    ],
)
def test_an_address_belongs_to_an_outlet_by_its_site_and_on_a_shared_platform_by_its_account(kind, outlet, address, held):
    assert holds_address(a_channel(url=outlet, kind=ChannelKind(kind)), address) is held


def test_what_is_no_address_is_an_error():
    with pytest.raises(ValueError, match="not an http"):
        holds_address(a_channel(), "ftp://so-a.example.gov.vn")
