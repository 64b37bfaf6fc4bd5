"""Posts that no spider collects: tables that a unit hands in, and what a person records by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bamsat.workflows.evidence import Upload, keep_upload
from bamsat.workflows.post_table import ForeignLink, manual_post, own_address, read_posts
from domain.access import SYSTEM, Viewer
from domain.dates import show_moment
from domain.errors import InvalidInput, NotFound
from domain.evidence import PostEvidence
from domain.post import MANUAL, Post
from domain.text import one_line
from domain.unit import Channel, ChannelId, ChannelKind, Unit, UnitCode
from store import Store, Transaction


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`left` counts the posts that were collected from an outlet already: what was read there stays."""

    read: int
    new: int
    left: int = 0


def import_posts(
    store: Store, content: bytes, name: str, channel_id: ChannelId, at: datetime, viewer: Viewer = SYSTEM
) -> ImportResult:
    """Stores the posts of an XLSX, CSV or JSON-lines file under a channel of kind `file`, all of them or none.

    A link must belong to an outlet of the same unit. Importing the same file again stores nothing new; a corrected row of an
    earlier file becomes a new version of its post. The file itself is not kept: it may name persons. Raises InvalidInput
    naming every wrong cell, NotFound for an unknown channel, NotAllowed for another unit's.
    """
    with store.transaction() as tx:
        channel = tx.units.channel(channel_id)
        viewer.require_unit(channel.unit)
        if channel.kind is not ChannelKind.FILE:
            raise InvalidInput(
                f"Kênh {channel.id} là loại “{channel.kind.value}”; chỉ kênh loại “file” mới nhận bài từ tệp.",
                f"channel {channel.id} is of kind {channel.kind.value}; posts are imported into channels of kind file",
            )
        posts = read_posts(content, name, channel, tx.units.get(channel.unit), at)
        known = {p.id for p in tx.posts.get_many(p.id for p in posts) if not _is_handed_in(p, channel)}
        new = tx.posts.add([p for p in posts if p.id not in known], at)
        result = ImportResult(len(posts), len(new), len(known))
        said = {"file": name, "read": result.read, "new": result.new}
        tx.audit.add(viewer.name, at, "post.import", f"channel:{channel.id}", after=said)
    return result


def record_post(
    store: Store,
    unit: UnitCode,
    channel_id: ChannelId,
    title: str,
    published: datetime,
    upload: Upload,
    viewer: Viewer,
    at: datetime,
    text: str = "",
    link: str = "",
) -> Post:
    """Stores what no interface shows (a reel, a radio programme, a panel in the street) with a file that shows it.

    Recorded again with the same link, or the same title and date, it gets a new version and one more file. Raises
    NotAllowed, NotFound for an unknown unit or a channel that is not the unit's, InvalidInput for an empty title, a date that
    has not come, a link outside the unit's outlets, a file that cannot be kept, or a post that was collected already.
    """
    viewer.require_unit(unit)
    name = one_line(title)
    if not name:
        raise InvalidInput("Bài cần có tiêu đề.", "the title is empty")
    if published > at:
        raise InvalidInput(f"{show_moment(published)} là ngày chưa tới.", f"{published} has not come yet")
    with store.transaction() as tx:
        owner = tx.units.get(unit)
        channel = _own_channel(owner, channel_id)
        try:
            url = own_address(link.strip(), owner.channels)
        except ForeignLink as fault:
            raise InvalidInput(f"{fault.message.vi}.", fault.message.en) from fault
        post = manual_post(channel, name, text.strip(), url, published, at)
        _refuse_collected(tx, post, channel)
        tx.posts.add([post], at)
        file = keep_upload(tx, upload, at)
        tx.files.show_post(PostEvidence(post.id, file, viewer.name, at))
        said = {"channel": channel.id, "title": name, "url": url, "published_at": published.isoformat(), "file": file.digest}
        tx.audit.add(viewer.name, at, "post.record", f"post:{post.id}", after=said)
        return tx.posts.get(post.id)


def _own_channel(unit: Unit, id: ChannelId) -> Channel:
    for channel in unit.channels:
        if channel.id == id:
            return channel
    raise NotFound(
        f"Đơn vị {unit.code} không có kênh “{id}”. Xem các kênh bằng: bamsat units list --json.",
        f"unit {unit.code} has no channel {id!r}; bamsat units list --json shows them",
    )


def _refuse_collected(tx: Transaction, post: Post, channel: Channel) -> None:
    for known in tx.posts.get_many([post.id]):
        if not _is_handed_in(known, channel):
            raise InvalidInput(
                f"Bài này đã có trong kho (mã {known.id}); không cần ghi bằng tay.",
                f"the post is in the store already: {known.id}",
            )


def _is_handed_in(post: Post, channel: Channel) -> bool:
    """Whether this channel's people brought the post, so that they may change it."""
    return post.kind == MANUAL and post.channel == channel.id


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
