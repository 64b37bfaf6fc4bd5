"""Posts that no spider collects: files that a unit hands in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bamsat.workflows.tagging import moment
from domain.errors import InvalidInput, Message, Problem, Severity
from domain.post import Post, PostId, PublishedSource, post_id
from domain.text import one_line
from domain.unit import Channel, ChannelId, ChannelKind
from domain.urls import canonical_url, host_of, identity_digest
from store import Store


@dataclass(frozen=True, slots=True)
class ImportResult:
    read: int
    new: int


def import_posts(store: Store, content: bytes, name: str, channel_id: ChannelId, at: datetime) -> ImportResult:
    """Stores the posts of a JSON-lines file (`id`, `title`, `text`, `published_at`, perhaps `url`) under a `file` channel.

    A link must belong to an outlet that the same unit has registered. Raises InvalidInput naming every wrong line; nothing
    is stored then. Importing the same file again stores nothing new.
    """
    with store.transaction() as tx:
        channel = tx.units.channel(channel_id)
        unit = tx.units.get(channel.unit)
        if channel.kind is not ChannelKind.FILE:
            raise InvalidInput(
                f"Kênh {channel.id} là loại “{channel.kind.value}”; chỉ kênh loại “file” mới nhận bài từ tệp.",
                f"channel {channel.id} is of kind {channel.kind.value}; posts are imported into channels of kind file",
            )
        hosts = {host_of(c.url) for c in unit.channels}
        posts, problems = [], []
        for number, line in enumerate(content.decode("utf-8-sig", errors="replace").splitlines(), 1):
            if not line.strip():
                continue
            try:
                posts.append(_post(json.loads(line), channel, hosts, at))
            except (ValueError, TypeError, KeyError) as fault:
                message = Message(f"không đọc được: {fault}", f"cannot be read: {fault}")
                problems.append(Problem(Severity.ERROR, "post", message, line=number))
        if problems:
            raise InvalidInput(
                f"“{name}” có {len(problems)} dòng sai; chưa có bài nào được lưu.",
                f"{name}: {len(problems)} bad lines; nothing was stored",
                problems,
            )
        new = tx.posts.add(posts, at)
    return ImportResult(len(posts), len(new))


def _post(row: Mapping[str, Any], channel: Channel, hosts: set[str], at: datetime) -> Post:
    title, text = one_line(str(row.get("title") or "")), str(row.get("text") or "")
    if not title and not text:
        raise ValueError("title, text: empty")
    url = canonical_url(str(row["url"])) if row.get("url") else ""
    if url and host_of(url) not in hosts:
        raise ValueError(f"{url}: not a registered outlet of this unit")
    published = moment(row.get("published_at"))
    return Post(
        id=post_id(url) if url else PostId(identity_digest(channel.id, str(row["id"]))),
        channel=channel.id,
        unit=channel.unit,
        url=url,
        title=title,
        text=text,
        published_at=published,
        published_source=PublishedSource.PERSON if published else None,
        first_seen=at,
        kind="manual",
    )


def post_to_json(post: Post) -> dict[str, Any]:
    """The JSON shape of a post; moments in ISO 8601, UTC."""
    return {
        "id": post.id,
        "url": post.url,
        "channel": post.channel,
        "unit": post.unit,
        "title": post.title,
        "text": post.text,
        "published_at": post.published_at.isoformat() if post.published_at else None,
        "published_source": post.published_source.value if post.published_source else None,
        "published_doubtful": post.published_doubtful,
        "first_seen": post.first_seen.isoformat(),
        "kind": post.kind,
        "original_of": post.original_of,
    }
