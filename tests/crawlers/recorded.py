"""The recorded channels: folders of pages with what they must yield, served again as they were."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.unit import ChannelKind
from tests.crawlers.sites import Page, Reply, Site, serving

RECORDED = Path(__file__).resolve().parents[1] / "recorded"


@dataclass(frozen=True)
class Recording:
    """`pages` hold `{base}` where the site's address stood."""

    name: str
    about: str
    kind: ChannelKind
    path: str
    since: datetime
    method: str
    observed: datetime | None
    posts: tuple[dict[str, Any], ...]
    pages: dict[str, Page]

    def served_at(self, base: str) -> dict[str, Page]:
        served: dict[str, Page] = {}
        for path, page in self.pages.items():
            assert isinstance(page, Reply)
            served[path] = Reply(page.octets.replace(b"{base}", base.encode()), page.content_type, page.status)
        return served


def recording(folder: Path) -> Recording:
    data = json.loads((folder / "channel.json").read_text())
    pages: dict[str, Page] = {
        path: Reply((folder / "pages" / page["file"]).read_bytes(), page["content_type"], page.get("status", 200))
        for path, page in data["pages"].items()
    }
    return Recording(
        name=folder.name,
        about=data["about"],
        kind=ChannelKind(data["kind"]),
        path=data["path"],
        since=datetime.fromisoformat(data["since"]),
        method=data["method"],
        observed=datetime.fromisoformat(data["observed"]) if data["observed"] else None,
        posts=tuple(data["posts"]),
        pages=pages,
    )


def all_recordings() -> list[Recording]:
    return [recording(folder) for folder in sorted(RECORDED.iterdir()) if (folder / "channel.json").exists()]


@contextmanager
def serving_all(recordings: list[Recording]) -> Iterator[dict[str, Site]]:
    with ExitStack() as stack:
        sites = {}
        for each in recordings:
            site = stack.enter_context(serving({}))
            site.pages = each.served_at(site.url)
            sites[each.name] = site
        yield sites
