"""What the application decides about a crawl. Values arrive from its settings; nothing is read from the environment here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """`now` is the moment at which the crawl begins: later moments are `now` plus the time that has passed.

    `since` is how far back a look goes. Times are in seconds, sizes in bytes. `page_tokens` maps the address of a Facebook page
    or Zalo account to its own access token. `robots_consent` names the hosts (`domain.urls.host_of`) whose unit agreed in writing
    that its robots.txt does not bind us. Private addresses are for demos and tests; link-local ones are refused even then.
    """

    now: datetime
    since: datetime
    agent: str = "BamSat/0.1"
    contact: str = ""
    delay: float = 1.0
    timeout: float = 30.0
    max_bytes: int = 10_000_000
    max_header_bytes: int = 64_000
    max_redirects: int = 5
    requests_per_look: int = 600
    posts_per_look: int | None = None
    single_posts: bool = False
    """The address of each channel is that of one post, which is read by itself."""
    seconds_per_look: float = 1800.0
    looks_at_once: int = 32
    extraction_processes: int = 2
    allow_private_addresses: bool = False
    robots_consent: frozenset[str] = frozenset()
    page_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    graph_address: str = "https://graph.facebook.com"
    youtube_feed_address: str = "https://www.youtube.com"
    youtube_api_address: str = "https://www.googleapis.com"
    youtube_key: str = field(default="", repr=False)
    zalo_address: str = "https://openapi.zalo.me"

    def __post_init__(self) -> None:
        if self.now.tzinfo is None or self.since.tzinfo is None:
            raise ValueError("a crawl needs aware datetimes")

    @property
    def user_agent(self) -> str:
        """How the collector introduces itself, with the way to reach its keeper."""
        return f"{self.agent} (+{self.contact})" if self.contact else self.agent
