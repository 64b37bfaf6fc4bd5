import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.post import post_id
from domain.urls import canonical_url, host_of, url_identity


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("HTTPS://Www.So-A.Example.gov.vn:443/Tin/", "https://www.so-a.example.gov.vn/Tin/"),
        ("https://so-a.example.gov.vn", "https://so-a.example.gov.vn/"),
        ("https://so-a.example.gov.vn/tin?utm_source=fb&fbclid=1&id=7", "https://so-a.example.gov.vn/tin?id=7"),
        ("https://so-a.example.gov.vn/tin?b=2&a=1#binh-luan", "https://so-a.example.gov.vn/tin?a=1&b=2"),
        ("https://so-a.example.gov.vn/tin;jsessionid=0F3?id=7", "https://so-a.example.gov.vn/tin?id=7"),
        ("https://so-a.example.gov.vn/t%e1%bb%a9c", "https://so-a.example.gov.vn/t%E1%BB%A9c"),
        ("https://so-a.example.gov.vn/tức", "https://so-a.example.gov.vn/t%E1%BB%A9c"),
        ("https://so-a.example.gov.vn/%7Etin", "https://so-a.example.gov.vn/~tin"),
        ("https://so-a.example.gov.vn//a///b/", "https://so-a.example.gov.vn/a/b/"),
        ("http://127.0.0.1:8600/tin", "http://127.0.0.1:8600/tin"),
    ],
    ids=[
        "case and port",
        "root",
        "tracking",
        "order and fragment",
        "session",
        "escape case",
        "unescaped",
        "unreserved",
        "slashes",
        "port kept",
    ],
)
def test_one_page_has_one_spelling(given_url, canonical):
    assert canonical_url(given_url) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tin",
        "ftp://so-a.example.gov.vn/",
        "javascript:alert(1)",
        "https://",
        "file:///etc/passwd",
        "https://so a.vn/",
        "https://a..vn/",
    ],
)
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(ValueError, match="not an"):
        canonical_url(text)


@pytest.mark.parametrize(
    "other",
    ["http://so-a.example.gov.vn/tin/", "https://www.so-a.example.gov.vn/tin", "https://m.so-a.example.gov.vn/tin#a"],
    ids=["http", "www", "mobile"],
)
def test_the_same_page_over_another_road_is_the_same_post(other):
    assert post_id(other) == post_id("https://so-a.example.gov.vn/tin")


def test_different_pages_are_different_posts():
    assert post_id("https://so-a.example.gov.vn/tin?id=1") != post_id("https://so-a.example.gov.vn/tin?id=2")


def test_a_host_that_only_starts_with_m_keeps_its_name():
    assert host_of("https://m.vn/") == "m.vn"


addresses = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}{path}{query}",
    st.sampled_from(["http", "HTTPS"]),
    st.from_regex(r"[A-Za-z][a-z0-9-]{0,8}(\.[a-z]{2,5}){1,2}", fullmatch=True),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="?#\\[]"), max_size=20).map(lambda p: "/" + p),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="#\\[]"), max_size=20).map(lambda q: "?" + q),
)


@given(addresses)
def test_canonical_is_idempotent_and_keeps_the_identity(url):
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert url_identity(once) == url_identity(url)
