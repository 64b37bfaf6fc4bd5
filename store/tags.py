"""Machine tags with the versions that made them, and people's corrections. Neither ever overwrites the other, or itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, update

from domain.errors import NotFound
from domain.plan import PlanId, TopicId
from domain.post import PostContent, PostId
from domain.review import Candidate
from domain.tag import Band, Correction, Evidence, Tag, TaggedPost, TopicScore, TopicTag
from domain.unit import ChannelId
from store.posts import select_contents, stream_contents
from store.statements import chunks, equal, holding, lock_rows, require_known
from store.tables import copies, corrections, plans, post_versions, posts, taggings, tags


class TagRepository:
    """Reads take `as_of`: the tags that held, and the corrections that had been made, by then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, plan_id: PlanId, plan_version: int, model: str, tagged: Iterable[TaggedPost], at: datetime) -> int:
        """Stores a tagger's answers and returns how many there were. Earlier machine tags of these posts for this plan no
        longer hold from `at` on; they stay readable as of before, and under the plan version that they were made for.

        Raises NotFound for a plan version or a post that is not in the store.
        """
        if not self._any(select(plans.c.version).where(plans.c.plan_id == plan_id, plans.c.version == plan_version)):
            raise NotFound(
                f"Không có kế hoạch “{plan_id}” phiên bản {plan_version} trong kho dữ liệu.",
                f"there is no plan {plan_id!r}, version {plan_version}, in the store",
            )
        saved = 0
        for chunk in chunks(tagged):
            answers = {answer.post: answer for answer in chunk}
            require_known(self._connection, posts.c.id, answers.keys(), "bài", "post")
            lock_rows(self._connection, posts, "id", sorted(answers))
            since = self._supersede(plan_id, sorted(answers), at)
            self._insert(plan_id, plan_version, model, answers, since)
            saved += len(answers)
        return saved

    def tagged(self, plan_id: PlanId, posts: Iterable[PostId] | None = None, as_of: datetime | None = None) -> list[TaggedPost]:
        """A tagger's whole newest answers for the plan, with the scores of the topics that it did not give, by post."""
        query = select(taggings).where(taggings.c.plan_id == plan_id, holding(taggings, as_of))
        return self._answers(self._narrowed(query, taggings.c.post, posts))

    def untagged(self, plan_id: PlanId, plan_version: int, model: str) -> Iterator[PostContent]:
        """Posts that this model has not tagged under this plan version, or whose words or date changed since; by post id,
        in bounded memory. Tags may be saved in the same transaction meanwhile."""
        done = exists().where(
            taggings.c.plan_id == plan_id,
            taggings.c.post == post_versions.c.post,
            taggings.c.plan_version == plan_version,
            taggings.c.model == model,
            holding(taggings, None),
            taggings.c.recorded_at >= post_versions.c.recorded_at,
        )
        return stream_contents(self._connection, select_contents(None).where(~done))

    def unread_since(self, plan_id: PlanId, plan_version: int, as_of: datetime | None = None) -> dict[ChannelId, datetime]:
        """For each channel with posts that no tagger had read under this plan version: when the first of them was first seen.

        Until they are read, nobody can say what they are about, so no look from then on proves that a topic is absent.
        """
        read = exists().where(
            taggings.c.plan_id == plan_id,
            taggings.c.post == posts.c.id,
            taggings.c.plan_version == plan_version,
            *([taggings.c.recorded_at <= as_of] if as_of is not None else []),
        )
        query = (
            select(posts.c.channel, func.min(posts.c.first_seen).label("since"))
            .join(post_versions, and_(post_versions.c.post == posts.c.id, holding(post_versions, as_of)))
            .where(~read)
            .group_by(posts.c.channel)
        )
        return {ChannelId(row.channel): row.since for row in self._connection.execute(query)}

    def candidates(self, plan_id: PlanId, since: datetime) -> list[Candidate]:
        """Every post that a tagger has answered on for the plan and of which no person had spoken before `since`, by id;
        without its words."""
        said = exists().where(corrections.c.plan_id == plan_id, corrections.c.post == taggings.c.post)
        query = (
            select(taggings.c.post, taggings.c.review, copies.c.original, post_versions.c.published_at, said.label("spoken"))
            .join(post_versions, and_(post_versions.c.post == taggings.c.post, holding(post_versions, None)))
            .outerjoin(copies, and_(copies.c.post == taggings.c.post, holding(copies, None)))
            .where(taggings.c.plan_id == plan_id, holding(taggings, None), ~said.where(corrections.c.made_at < since))
            .order_by(taggings.c.post)
        )
        return [
            Candidate(PostId(r.post), r.review, PostId(r.original) if r.original else None, r.published_at, r.spoken)
            for r in self._connection.execute(query)
        ]

    def correct(self, correction: Correction) -> bool:
        """Adds a person's word; False when the very same one is there already. Raises NotFound for an unknown post."""
        require_known(self._connection, posts.c.id, {correction.post}, "bài", "post")
        row = {
            "plan_id": correction.plan_id,
            "post": correction.post,
            "topic": correction.topic,
            "belongs": correction.belongs,
            "made_by": correction.by,
            "made_at": correction.at,
            "reason": correction.reason,
        }
        if self._any(select(corrections.c.id).where(equal(corrections, row))):
            return False
        self._connection.execute(corrections.insert(), row)
        return True

    def corrections(
        self, plan_id: PlanId, as_of: datetime | None = None, posts: Iterable[PostId] | None = None
    ) -> list[Correction]:
        """In the order in which they were made."""
        query = select(corrections).where(corrections.c.plan_id == plan_id)
        if as_of is not None:
            query = query.where(corrections.c.made_at <= as_of)
        rows = sorted(self._narrowed(query, corrections.c.post, posts), key=lambda row: (row.made_at, row.id))
        return [_correction(row) for row in rows]

    def _any(self, query: Select[Any]) -> bool:
        return self._connection.execute(query.limit(1)).first() is not None

    def _narrowed(self, query: Select[Any], column: ColumnElement[str], wanted: Iterable[PostId] | None) -> Iterator[Row[Any]]:
        if wanted is None:
            yield from self._connection.execute(query)
            return
        for chunk in chunks(sorted(set(wanted))):
            yield from self._connection.execute(query.where(column.in_(chunk)))

    def _supersede(self, plan_id: PlanId, ids: list[PostId], at: datetime) -> datetime:
        """Closes what holds and returns when the new answers begin: `at`, or later where a writer's clock was ahead."""
        before = and_(taggings.c.plan_id == plan_id, taggings.c.post.in_(ids), holding(taggings, None))
        newest = self._connection.execute(select(func.max(taggings.c.recorded_at)).where(before)).scalar_one()
        since = max(at, newest) if newest else at
        if newest:
            for table in (tags, taggings):
                held = and_(table.c.plan_id == plan_id, table.c.post.in_(ids), holding(table, None))
                self._connection.execute(update(table).where(held).values(superseded_at=since))
        return since

    def _insert(self, plan_id: PlanId, plan_version: int, model: str, answers: dict[PostId, TaggedPost], since: datetime) -> None:
        common = {"plan_id": plan_id, "recorded_at": since}
        rows = [
            common
            | {
                "plan_version": plan_version,
                "model": model,
                "post": answer.post,
                "review": answer.review,
                "others": {other.topic: other.score for other in answer.others},
            }
            for answer in answers.values()
        ]
        insert = taggings.insert().returning(taggings.c.id, sort_by_parameter_order=True)
        ids = self._connection.scalars(insert, rows).all()
        given = [
            common
            | {
                "tagging": id,
                "post": answer.post,
                "topic": tag.topic,
                "score": tag.score,
                "band": tag.band,
                "evidence": [asdict(e) for e in tag.evidence],
            }
            for id, answer in zip(ids, answers.values(), strict=True)
            for tag in answer.tags
        ]
        if given:
            self._connection.execute(tags.insert(), given)

    def _answers(self, rows: Iterable[Row[Any]]) -> list[TaggedPost]:
        found = list(rows)
        given: dict[int, list[TopicTag]] = defaultdict(list)
        for chunk in chunks([row.id for row in found]):
            for tag in self._connection.execute(select(tags).where(tags.c.tagging.in_(chunk))):
                given[tag.tagging].append(TopicTag(TopicId(tag.topic), tag.score, Band(tag.band), _evidence(tag.evidence)))
        return [
            TaggedPost(
                post=PostId(row.post),
                tags=tuple(sorted(given[row.id], key=lambda t: (-t.score, t.topic))),
                others=tuple(TopicScore(TopicId(topic), score) for topic, score in row.others.items()),
                review=row.review,
            )
            for row in found
        ]

    def list(
        self,
        plan_id: PlanId,
        plan_version: int | None = None,
        as_of: datetime | None = None,
        posts: Iterable[PostId] | None = None,
    ) -> list[Tag]:
        """The tags that hold, by post and topic: each post's newest answer for the plan, or with `plan_version` its newest
        one under that version, even where a later version's holds now. `posts` narrows it to some posts."""
        held = holding(tags, as_of) if plan_version is None else _newest_under(plan_version, as_of)
        query = (
            select(tags, taggings.c.plan_version, taggings.c.model)
            .join(taggings, taggings.c.id == tags.c.tagging)
            .where(tags.c.plan_id == plan_id, held)
        )
        return sorted((_tag(row) for row in self._narrowed(query, tags.c.post, posts)), key=lambda t: (t.post, t.topic))


def _newest_under(plan_version: int, as_of: datetime | None) -> ColumnElement[bool]:
    """Of the taggings under one plan version, each post's newest (by `as_of`), whatever came later under another version."""
    later = taggings.alias()
    newer = or_(
        later.c.recorded_at > taggings.c.recorded_at,
        and_(later.c.recorded_at == taggings.c.recorded_at, later.c.id > taggings.c.id),
    )
    replaced = exists().where(
        later.c.plan_id == taggings.c.plan_id,
        later.c.post == taggings.c.post,
        later.c.plan_version == plan_version,
        newer,
        *([later.c.recorded_at <= as_of] if as_of is not None else []),
    )
    known = [taggings.c.recorded_at <= as_of] if as_of is not None else []
    return and_(taggings.c.plan_version == plan_version, ~replaced, *known)


def _evidence(items: Iterable[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**item) for item in items)


def _tag(row: Row[Any]) -> Tag:
    return Tag(
        post=PostId(row.post),
        plan_id=PlanId(row.plan_id),
        plan_version=row.plan_version,
        topic=TopicId(row.topic),
        score=row.score,
        band=Band(row.band),
        model=row.model,
        tagged_at=row.recorded_at,
        evidence=_evidence(row.evidence),
    )


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        post=PostId(row.post),
        plan_id=PlanId(row.plan_id),
        topic=TopicId(row.topic) if row.topic is not None else None,
        belongs=row.belongs,
        by=row.made_by,
        at=row.made_at,
        reason=row.reason,
    )
