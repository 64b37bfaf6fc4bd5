"""One outlet of one unit as it stands on the (local) net, and what all its pages need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from domain.dates import VIETNAM
from examples.sample_organisation.posts import SamplePost
from examples.sample_organisation.registry import Member
from examples.sample_organisation.web import Application

TEMPLATES = Path(__file__).parent / "templates"
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Site:
    """`posts` are newest first; `day` is the day for which the organisation was built."""

    member: Member
    engine: str
    host: str
    port: int
    posts: tuple[SamplePost, ...]
    day: date

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in the registry."""
        return f"{self.base}/{self.member.page}" if self.engine == "facebook" else f"{self.base}/"

    @property
    def token(self) -> str:
        """The access token of the unit's own page, worth something only at the stand-in for the Graph API."""
        return "EAASAMPLE" + sha256(self.member.code.encode()).hexdigest()[:40]

    @property
    def changed_at(self) -> datetime:
        """When anything on the site changed last."""
        return max((p.changed_at for p in self.posts), default=datetime(self.day.year, 1, 1, tzinfo=VIETNAM))

    def in_section(self, section: str) -> tuple[SamplePost, ...]:
        return tuple(p for p in self.posts if p.section == section)

    def related(self, post: SamplePost, count: int = 5) -> tuple[SamplePost, ...]:
        """Older posts of the same section, as every engine lists them under an article."""
        return tuple(p for p in self.in_section(post.section) if p.published_at < post.published_at)[:count]


@dataclass(frozen=True, slots=True)
class Engine:
    """A kind of website: what the registry calls it, where a post stands, and what answers to requests."""

    channel_kind: str
    path: Callable[[SamplePost], str]
    application: Callable[[Site], Application]


@cache
def template(name: str) -> Template:
    return Template((TEMPLATES / name).read_text(encoding="utf-8"))


def render(name: str, **values: object) -> str:
    """A page of a template; strings are put in as they are, so text has to be escaped before."""
    return template(name).substitute({key: str(value) for key, value in values.items()})


def page_of(posts: Sequence[SamplePost], number: int, size: int) -> tuple[tuple[SamplePost, ...], int]:
    """The posts of one page of a listing (from 1), and how many pages there are."""
    return tuple(posts[(number - 1) * size : number * size]), max(1, -(-len(posts) // size))


def page_number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text) > 0 else 1


def paragraphs_html(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(p)}</p>" for p in paragraphs)


def local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


def visible_moment(moment: datetime) -> str:
    """`Thứ sáu - 20/11/2026 14:30`, as NukeViet and many portals show it."""
    when = local(moment)
    return f"{WEEKDAYS[when.weekday()]} - {when:%d/%m/%Y %H:%M}"
