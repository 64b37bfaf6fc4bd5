"""The tables.

Facts are only ever added. What can change is kept as versions: a row holds from `recorded_at` until `superseded_at`
(NULL while it holds), and a read as of a moment takes the row that held then. At most one version of a thing holds.
What is not a fact but a working note (the state of a channel, a password hash) is overwritten in place.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import SchemaItem

from domain.access import Role
from domain.crawl_run import RunOutcome
from domain.post import PublishedSource
from domain.tag import Band
from domain.unit import ChannelKind
from store.types import Moment, one_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows by itself only in a column declared INTEGER; on PostgreSQL four bytes would run out.
_RowNumber = BigInteger().with_variant(Integer(), "sqlite")
# Keys sort by their bytes on both databases, whatever language the server was set up for.
_Key = Text().with_variant(Text(collation="C"), "postgresql")
_HOLDS = text("superseded_at IS NULL")


def _versioned() -> tuple[SchemaItem, ...]:
    return (
        Column("recorded_at", Moment(), nullable=False),
        Column("superseded_at", Moment()),
        CheckConstraint("superseded_at >= recorded_at", "order"),
    )


def _one_holds(table: str, *columns: str) -> Index:
    return Index(f"uq_{table}_holding", *columns, unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS)


plans = Table(
    "plans",
    metadata,
    Column("plan_id", _Key, primary_key=True),
    Column("version", Integer(), primary_key=True, autoincrement=False),
    Column("content_digest", Text(), nullable=False),
    Column("stored_at", Moment(), nullable=False),
    Column("stored_by", Text(), nullable=False),
    Column("source_digest", Text()),
    Column("origin", Text(), nullable=False),
    Column("content", JSON(), nullable=False),
    CheckConstraint("version >= 1", "version"),
)

plan_confirmations = Table(
    "plan_confirmations",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("plan_id", _Key, nullable=False),
    Column("version", Integer(), nullable=False),
    Column("confirmed_by", Text(), nullable=False),
    Column("confirmed_at", Moment(), nullable=False),
    ForeignKeyConstraint(["plan_id", "version"], ["plans.plan_id", "plans.version"]),
    Index(None, "plan_id", "version", "confirmed_at"),
)

units = Table(
    "units",
    metadata,
    Column("code", _Key, primary_key=True),
    Column("registered_at", Moment(), nullable=False),
)

unit_versions = Table(
    "unit_versions",
    metadata,
    Column("unit", _Key, ForeignKey("units.code"), primary_key=True),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    *_versioned(),
    Column("name", Text(), nullable=False),
    Column("unit_group", Text(), nullable=False),
    Column("contact", Text()),
    Column("valid_from", Date()),
    Column("valid_until", Date()),
    Column("successor", _Key),
    _one_holds("unit_versions", "unit"),
)

channels = Table(
    "channels",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("registered_at", Moment(), nullable=False),
)

# An outlet that passes from one unit to another keeps its id: each unit's hold on it has its own days.
channel_versions = Table(
    "channel_versions",
    metadata,
    Column("channel", _Key, ForeignKey("channels.id"), primary_key=True),
    Column("unit", _Key, ForeignKey("units.code"), primary_key=True),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    *_versioned(),
    Column("position", Integer(), nullable=False),
    Column("kind", one_of(ChannelKind, "kind"), nullable=False),
    Column("url", Text(), nullable=False),
    Column("posts_per_week", Float()),
    Column("valid_from", Date()),
    Column("valid_until", Date()),
    _one_holds("channel_versions", "channel", "unit"),
    Index(None, "unit"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("channel", _Key, ForeignKey("channels.id"), nullable=False),
    Column("unit", _Key, ForeignKey("units.code"), nullable=False),
    Column("identity", _Key, nullable=False),
    Column("url", Text(), nullable=False),
    Column("kind", Text(), nullable=False),
    Column("first_seen", Moment(), nullable=False),
    Index(None, "channel", "identity"),
)

# `unit` repeats the post's own, so that one index finds a unit's posts of a week.
post_versions = Table(
    "post_versions",
    metadata,
    Column("post", _Key, ForeignKey("posts.id"), primary_key=True),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    *_versioned(),
    Column("unit", _Key, ForeignKey("units.code"), nullable=False),
    Column("published_at", Moment()),
    Column("published_source", one_of(PublishedSource, "published_source")),
    Column("published_doubtful", Boolean(), nullable=False),
    Column("title", Text(), nullable=False),
    Column("text", Text(), nullable=False),
    _one_holds("post_versions", "post"),
    Index(None, "unit", "published_at"),
    Index(None, "published_at"),
)

# `original` may be a post that this store does not hold (yet): ids come from addresses and are the same everywhere.
copies = Table(
    "copies",
    metadata,
    Column("post", _Key, ForeignKey("posts.id"), primary_key=True),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    *_versioned(),
    Column("original", _Key),
    _one_holds("copies", "post"),
    Index(None, "original"),
)

# One row for each answer of a tagger on a post, also when it gave no topic: that is what tells untagged posts apart.
taggings = Table(
    "taggings",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("plan_id", _Key, nullable=False),
    Column("plan_version", Integer(), nullable=False),
    Column("post", _Key, ForeignKey("posts.id"), nullable=False),
    *_versioned(),
    Column("model", Text(), nullable=False),
    Column("review", Boolean(), nullable=False),
    Column("others", JSON(), nullable=False),
    ForeignKeyConstraint(["plan_id", "plan_version"], ["plans.plan_id", "plans.version"]),
    _one_holds("taggings", "plan_id", "post"),
    Index(None, "plan_id", "post", "plan_version", "recorded_at"),
    Index(None, "post"),
)

# Plan, post and times repeat the tagging's, so that the tags of a plan are found without reading all taggings.
tags = Table(
    "tags",
    metadata,
    Column("tagging", _RowNumber, ForeignKey("taggings.id"), primary_key=True, autoincrement=False),
    Column("topic", _Key, primary_key=True),
    Column("plan_id", _Key, nullable=False),
    Column("post", _Key, ForeignKey("posts.id"), nullable=False),
    *_versioned(),
    Column("score", Float(), nullable=False),
    Column("band", one_of(Band, "band"), nullable=False),
    Column("evidence", JSON(), nullable=False),
    Index(None, "plan_id", "topic", "recorded_at"),
    Index(None, "plan_id", "post"),
    Index(None, "post"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("plan_id", _Key, nullable=False),
    Column("post", _Key, ForeignKey("posts.id"), nullable=False),
    Column("topic", _Key),
    Column("belongs", Boolean(), nullable=False),
    Column("made_by", Text(), nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("reason", Text(), nullable=False),
    Index(None, "plan_id", "post"),
    Index(None, "post"),
)

event_days = Table(
    "event_days",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("plan_id", _Key, nullable=False),
    Column("obligation", _Key, nullable=False),
    Column("day", Date()),
    Column("entered_by", Text(), nullable=False),
    Column("entered_at", Moment(), nullable=False),
    Index(None, "plan_id", "obligation"),
)

# One row for the same bytes, however often they are handed in; `size` is what they take unpacked.
evidence_files = Table(
    "evidence_files",
    metadata,
    Column("digest", _Key, primary_key=True),
    Column("size", Integer(), nullable=False),
    Column("packed", LargeBinary(), nullable=False),
    Column("stored_at", Moment(), nullable=False),
)

post_evidence = Table(
    "post_evidence",
    metadata,
    Column("post", _Key, ForeignKey("posts.id"), primary_key=True),
    Column("file", _Key, ForeignKey("evidence_files.digest"), primary_key=True),
    Column("file_name", Text(), nullable=False),
    Column("added_by", Text(), nullable=False),
    Column("added_at", Moment(), nullable=False),
)

obligation_marks = Table(
    "obligation_marks",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("plan_id", _Key, nullable=False),
    Column("obligation", _Key, nullable=False),
    Column("due", Date()),
    Column("done", Boolean(), nullable=False),
    Column("marked_by", Text(), nullable=False),
    Column("marked_at", Moment(), nullable=False),
    Column("note", Text(), nullable=False),
    Column("link", Text()),
    Column("file", _Key, ForeignKey("evidence_files.digest")),
    Column("file_name", Text()),
    CheckConstraint("(file IS NULL) = (file_name IS NULL)", "file"),
    Index(None, "plan_id", "obligation"),
)

crawl_runs = Table(
    "crawl_runs",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("channel", _Key, ForeignKey("channels.id"), nullable=False),
    Column("started_at", Moment(), nullable=False),
    Column("finished_at", Moment(), nullable=False),
    Column("outcome", one_of(RunOutcome, "outcome"), nullable=False),
    Column("reason_vi", Text()),
    Column("reason_en", Text()),
    Column("posts_seen", Integer(), nullable=False),
    Column("posts_new", Integer(), nullable=False),
    Column("observed_from", Moment()),
    Column("observed_until", Moment()),
    Column("method", Text()),
    Column("requests", Integer(), nullable=False),
    Column("bytes", BigInteger(), nullable=False),
    CheckConstraint("(observed_from IS NULL) = (observed_until IS NULL)", "observed"),
    CheckConstraint("(reason_vi IS NULL) = (reason_en IS NULL)", "reason"),
    Index(None, "channel", "finished_at"),
    Index(None, "finished_at"),
)

channel_states = Table(
    "channel_states",
    metadata,
    Column("channel", _Key, ForeignKey("channels.id"), primary_key=True),
    Column("saved_at", Moment(), nullable=False),
    Column("state", JSON(), nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", _Key, primary_key=True),
    Column("role", one_of(Role, "role"), nullable=False),
    Column("unit", _Key, ForeignKey("units.code")),
    Column("password_hash", Text(), nullable=False),
    Column("created_at", Moment(), nullable=False),
    Column("password_set_at", Moment(), nullable=False),
    Column("disabled_at", Moment()),
    CheckConstraint("(role = 'unit_admin') = (unit IS NOT NULL)", "unit"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", _RowNumber, primary_key=True),
    Column("made_at", Moment(), nullable=False),
    Column("made_by", _Key, nullable=False),
    Column("action", _Key, nullable=False),
    Column("subject", _Key, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Index(None, "made_at"),
    Index(None, "subject", "made_at"),
)
