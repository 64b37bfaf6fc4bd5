"""One post with everything that is known of it: what it said and when, its topics, and the files that show it."""

from dataclasses import dataclass
from datetime import datetime

from bamsat.queries.plans import plans_in_force
from domain.access import Viewer
from domain.errors import NotFound
from domain.evidence import PostEvidence
from domain.plan import PlanVersion
from domain.post import Post, PostId, PostVersion
from domain.tag import EffectiveTag, effective_tags
from domain.unit import Channel, Unit
from store import Store


@dataclass(frozen=True, slots=True)
class PlanTags:
    """What holds of the post under one plan in force."""

    plan: PlanVersion
    tags: tuple[EffectiveTag, ...]


@dataclass(frozen=True, slots=True)
class PostDetails:
    """`versions` are oldest first; the last one is what `post` says. `tags` has each plan under which the post has a topic."""

    post: Post
    unit: Unit
    channel: Channel
    versions: tuple[PostVersion, ...]
    tags: tuple[PlanTags, ...]
    evidence: tuple[PostEvidence, ...]


def post_details(viewer: Viewer, store: Store, id: PostId, now: datetime) -> PostDetails:
    """Raises NotFound for an unknown post, NotAllowed for another unit's."""
    plans = plans_in_force(viewer, store, now)
    with store.reading() as tx:
        post = tx.posts.get(id)
        viewer.require_unit(post.unit)
        found = []
        for plan in plans:
            tags = tx.tags.list(plan.plan_id, plan.version, posts=[id])
            held = effective_tags(tags, (c for c in tx.tags.corrections(plan.plan_id) if c.post == id))
            if held:
                found.append(PlanTags(plan, held))
        return PostDetails(
            post=post,
            unit=tx.units.get(post.unit),
            channel=tx.units.channel(post.channel),
            versions=tuple(tx.posts.versions(id)),
            tags=tuple(found),
            evidence=tuple(tx.files.of_post(id)),
        )


def post_evidence(viewer: Viewer, store: Store, id: PostId, digest: str) -> bytes:
    """The bytes of a file that shows a post. Raises NotFound for any other file, NotAllowed for another unit's post."""
    with store.reading() as tx:
        viewer.require_unit(tx.posts.get(id).unit)
        if digest not in {e.file.digest for e in tx.files.of_post(id)}:
            raise NotFound("Bài này không có tệp minh chứng ấy.", f"post {id} has no evidence file {digest!r}")
        return tx.files.content(digest)
