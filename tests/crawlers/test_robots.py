"""What robots.txt says counts, as RFC 9309 reads it."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.core.downloader import Slot
from scrapy.http import Request, Response
from scrapy.settings import Settings

from crawlers.extensions.robots import CONSENT, Robots
from crawlers.extensions.scope_guard import HOSTS
from crawlers.faults import Refused, Unreachable

URL = "https://xabinhson.example/tin/bai-so-1.html"


def asked(body: str, status: int = 200, url: str = URL, consent: tuple[str, ...] = ()) -> float:
    """Lets one request through the middleware and gives the pause that the host's slot then has."""
    slot = Slot(1, 1.0, 0.0)

    async def download(request: Request) -> Response:
        return Response(request.url, status=status, body=body.encode())

    engine = SimpleNamespace(download_async=download, downloader=SimpleNamespace(slots={"xabinhson.example": slot}))
    settings = Settings({"USER_AGENT": "BamSat/0.1 (+lienhe@vi-du.example)", CONSENT: list(consent)})
    robots = Robots(SimpleNamespace(settings=settings, engine=engine))  # type: ignore[arg-type]
    meta = {HOSTS: frozenset({"xabinhson.example"}), "download_slot": "xabinhson.example"}
    asyncio.run(robots.process_request(Request(url, meta=meta)))
    return slot.delay


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("", 1.0),
        ("User-agent: *\nCrawl-delay: 5", 5.0),
        ("User-agent: *\nCrawl-delay: 0.2", 1.0),
        ("User-agent: *\nCrawl-delay: 86400", 60.0),
        ("User-agent: BamSat\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: *\nCrawl-delay: nhanh", 1.0),
    ],
    ids=["no rules", "slower", "faster than we go", "a day", "for us by name", "nonsense"],
)
def test_a_crawl_delay_slows_us_down_and_never_speeds_us_up(rules: str, delay: float) -> None:
    assert asked(rules) == delay


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: *\nDisallow: /tin/",
        "User-agent: BamSat\nDisallow: /*.html$",
        "\ufeffUser-agent: *\nDisallow: /",
    ],
    ids=["everything", "a folder", "a pattern for us", "after a byte order mark"],
)
def test_what_is_forbidden_is_refused(rules: str) -> None:
    with pytest.raises(Refused):
        asked(rules)


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ("User-agent: *\nDisallow: /admin/", 200),
        ("User-agent: OtherBot\nDisallow: /", 200),
        ("User-agent: *\nDisallow: /tin/\nAllow: /tin/bai-so-1.html", 200),
        ("User-agent: *\nDisallow: /", 404),
        ("User-agent: *\nDisallow: /", 403),
        ("<html>Disallow: /</html>", 200),
    ],
    ids=["another folder", "another agent", "an exception", "not there", "forbidden itself", "a page"],
)
def test_what_is_not_forbidden_is_allowed(rules: str, status: int) -> None:
    asked(rules, status)


def test_a_server_that_cannot_give_its_rules_is_not_crawled() -> None:
    with pytest.raises(Unreachable):
        asked("", 503)


def test_a_written_consent_of_this_host_stands_above_its_rules() -> None:
    asked("User-agent: *\nDisallow: /", consent=("xabinhson.example",))
    with pytest.raises(Refused):
        asked("User-agent: *\nDisallow: /", consent=("khac.example",))
