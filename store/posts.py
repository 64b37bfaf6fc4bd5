"""Posts with every version of their words and dates that was seen, and which post repeats which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from domain.dates import Interval
from domain.errors import NotFound
from domain.post import Post, PostContent, PostId, PostVersion, PublishedSource
from domain.unit import ChannelId, UnitCode
from domain.urls import url_identity
from store.statements import chunks, holding, insert_missing, lock_rows, record, require_known
from store.tables import channels, copies, post_versions, posts, units
from store.types import storable

_DATE = ("published_at", "published_source", "published_doubtful")
BATCH = 2_000
"""Posts held in memory at a time while all of them are streamed."""


class PostRepository:
    """Reads take `as_of`: the posts and their versions that were stored by then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, found: Iterable[Post], at: datetime) -> list[PostId]:
        """Stores posts and returns the ids of those that are really new.

        A known post whose title, text or date changed gets a new version; its channel, unit, address and `first_seen`
        stay, and so does a date that a person gave. Doing it again changes nothing. Of two posts with one id in one call,
        the first counts. Raises NotFound for a channel or unit that is not registered.
        """
        batch: dict[PostId, Post] = {}
        for post in found:
            batch.setdefault(post.id, post)
        new: set[str] = set()
        for chunk in chunks(sorted(batch)):
            require_known(self._connection, channels.c.id, {batch[id].channel for id in chunk}, "kênh", "channel")
            require_known(self._connection, units.c.code, {batch[id].unit for id in chunk}, "đơn vị", "unit")
            insert = insert_missing(self._connection, posts).returning(posts.c.id)
            added = set(self._connection.scalars(insert, [_post_row(batch[id]) for id in chunk]))
            known = [id for id in chunk if id not in added]
            lock_rows(self._connection, posts, "id", known)
            rows = [_version_row(batch[id]) for id in chunk]
            rows = self._with_lasting_parts(rows, known)
            record(self._connection, post_versions, ["post"], rows, at)
            self._record_copies({id: batch[id].original_of for id in chunk if id in added and batch[id].original_of}, at)
            new |= added
        return [id for id in batch if id in new]

    def get(self, id: PostId, as_of: datetime | None = None) -> Post:
        """Raises NotFound, also for a post that was not stored yet at `as_of`."""
        for post in self.get_many([id], as_of):
            return post
        raise NotFound(f"Không có bài “{id}” trong kho dữ liệu.", f"there is no post {id!r} in the store")

    def get_many(self, ids: Iterable[PostId], as_of: datetime | None = None) -> list[Post]:
        """Those of the posts that there are, by id."""
        found: dict[str, Post] = {}
        for chunk in chunks(sorted(set(ids))):
            found.update((row.id, _post(row)) for row in self._connection.execute(_posts(as_of).where(posts.c.id.in_(chunk))))
        return [found[id] for id in sorted(found)]

    def versions(self, id: PostId) -> list[PostVersion]:
        """Everything that the post was seen to say, oldest first; empty for an unknown post."""
        query = select(post_versions).where(post_versions.c.post == id).order_by(post_versions.c.number)
        return [_version(row) for row in self._connection.execute(query)]

    def contents(self, as_of: datetime | None = None) -> Iterator[PostContent]:
        """The words and dates of all posts, by id, in bounded memory; the transaction may write meanwhile."""
        return stream_contents(self._connection, select_contents(as_of))

    def known_identities(self, channel: ChannelId) -> Set[str]:
        """What addresses of this channel's posts boil down to, as `domain.urls.url_identity` gives it."""
        return set(self._connection.scalars(select(posts.c.identity).where(posts.c.channel == channel)))

    def count(self, as_of: datetime | None = None) -> int:
        """How many posts there are, or were stored by `as_of`."""
        query = select(func.count()).select_from(posts)
        if as_of is not None:
            query = select(func.count()).select_from(post_versions).where(holding(post_versions, as_of))
        return self._connection.execute(query).scalar_one()

    def mark_copies(self, original_of: Mapping[PostId, PostId | None], at: datetime) -> int:
        """Says which posts repeat which (None: an original after all), from `at` on; how many say something new.

        Raises NotFound for a post that is not in the store.
        """
        require_known(self._connection, posts.c.id, original_of.keys(), "bài", "post")
        for chunk in chunks(sorted(original_of)):
            lock_rows(self._connection, posts, "id", chunk)
        return self._record_copies(original_of, at)

    def same_text(self, id: PostId) -> list[PostId]:
        """The post, its original where the store holds that, and every other post that repeats the same one; by id."""
        original = self.get(id).original_of or id
        repeating = select(copies.c.post).where(copies.c.original == original, holding(copies, None))
        wanted = {id, original, *self._connection.scalars(repeating)}
        return [post.id for post in self.get_many(PostId(found) for found in wanted)]

    def _record_copies(self, original_of: Mapping[PostId, PostId | None], at: datetime) -> int:
        rows = [{"post": post, "original": original_of[post]} for post in sorted(original_of)]
        return len(record(self._connection, copies, ["post"], rows, at, nothing={"original": None}))

    def _with_lasting_parts(self, rows: list[dict[str, Any]], known: Sequence[str]) -> list[dict[str, Any]]:
        """Rows of known posts with the post's own unit, and with the date of a person where one was given."""
        held = {
            row.post: row
            for row in self._connection.execute(
                select(post_versions).where(post_versions.c.post.in_(known), holding(post_versions, None))
            )
        }
        return [row | _lasting(held[row["post"]], row) if row["post"] in held else row for row in rows]

    def list(
        self,
        unit: UnitCode | None = None,
        channel: ChannelId | None = None,
        published: Interval | None = None,
        as_of: datetime | None = None,
        limit: int | None = None,
        or_undated: bool = False,
    ) -> list[Post]:
        """Newest first, those without a date last. `published` wants a date inside it; with `or_undated`, also posts with
        no date or a doubtful one that were first seen from its start on: they may belong to it."""
        query = _posts(as_of)
        if unit is not None:
            query = query.where(post_versions.c.unit == unit)
        if channel is not None:
            query = query.where(posts.c.channel == channel)
        if published is not None:
            moment = post_versions.c.published_at
            inside = and_(moment >= published.start, moment < published.end)
            if or_undated:
                unsure = or_(moment.is_(None), post_versions.c.published_doubtful)
                inside = or_(inside, and_(unsure, posts.c.first_seen >= published.start))
            query = query.where(inside)
        query = query.order_by(post_versions.c.published_at.desc().nulls_last(), posts.c.id).limit(limit)
        return [_post(row) for row in self._connection.execute(query)]


def _lasting(before: Row[Any], row: dict[str, Any]) -> dict[str, Any]:
    dated_by_person = before.published_source is PublishedSource.PERSON and row["published_source"] is not PublishedSource.PERSON
    return {name: getattr(before, name) for name in ("unit", *(_DATE if dated_by_person else ()))}


def select_contents(as_of: datetime | None) -> Select[tuple[Any, ...]]:
    version = post_versions.c
    return select(version.post, version.title, version.text, version.published_at).where(holding(post_versions, as_of))


def stream_contents(connection: Connection, query: Select[tuple[Any, ...]]) -> Iterator[PostContent]:
    """`query` (of `select_contents`) by post id, batch after batch: no cursor stays open between two batches, so the same
    transaction can write, and both databases behave alike."""
    last = ""
    while True:
        batch = connection.execute(query.where(post_versions.c.post > last).order_by(post_versions.c.post).limit(BATCH)).all()
        for row in batch:
            yield PostContent(PostId(row.post), row.title, row.text, row.published_at)
        if len(batch) < BATCH:
            return
        last = batch[-1].post


def _posts(as_of: datetime | None) -> Select[tuple[Any, ...]]:
    version = post_versions.c
    return (
        select(
            posts,
            version.title,
            version.text,
            version.published_at,
            version.published_source,
            version.published_doubtful,
            copies.c.original,
        )
        .join(post_versions, and_(version.post == posts.c.id, holding(post_versions, as_of)))
        .outerjoin(copies, and_(copies.c.post == posts.c.id, holding(copies, as_of)))
    )


def _identity(url: str) -> str:
    """Posts from files may have an address that is not of the web: that is its own identity."""
    try:
        return url_identity(url)
    except ValueError:
        return url


def _post_row(post: Post) -> dict[str, object]:
    return {
        "id": post.id,
        "channel": post.channel,
        "unit": post.unit,
        "identity": _identity(post.url),
        "url": post.url,
        "kind": post.kind,
        "first_seen": post.first_seen,
    }


def _version_row(post: Post) -> dict[str, Any]:
    return {
        "post": post.id,
        "unit": post.unit,
        "title": storable(post.title),
        "text": storable(post.text),
        "published_at": post.published_at,
        "published_source": post.published_source,
        "published_doubtful": post.published_doubtful,
    }


def _version(row: Row[Any]) -> PostVersion:
    return PostVersion(
        title=row.title,
        text=row.text,
        published_at=row.published_at,
        published_source=row.published_source,
        published_doubtful=row.published_doubtful,
        recorded_at=row.recorded_at,
        superseded_at=row.superseded_at,
    )


def _post(row: Row[tuple[Any, ...]]) -> Post:
    return Post(
        id=PostId(row.id),
        channel=ChannelId(row.channel),
        unit=UnitCode(row.unit),
        url=row.url,
        title=row.title,
        text=row.text,
        published_at=row.published_at,
        published_source=row.published_source,
        first_seen=row.first_seen,
        published_doubtful=row.published_doubtful,
        kind=row.kind,
        original_of=row.original,
    )
