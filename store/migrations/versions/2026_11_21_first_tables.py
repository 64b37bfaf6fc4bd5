"""First tables.

Revision: 4ca023d153aa
Follows:
"""

import sqlalchemy as sa
from alembic import op

revision = "4ca023d153aa"
down_revision = None


KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
HOLDS = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("id", KEY, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    op.create_table(
        "plans",
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("stored_by", sa.Text(), nullable=False),
        sa.Column("source_digest", sa.Text()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plans_version")),
        sa.PrimaryKeyConstraint("plan_id", "version", name=op.f("pk_plans")),
    )
    op.create_table(
        "units",
        sa.Column("code", KEY, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_units")),
    )
    op.create_table(
        "channel_states",
        sa.Column("channel", KEY, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_channel_states_channel_channels")),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_states")),
    )
    op.create_table(
        "channel_versions",
        sa.Column("channel", KEY, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "website",
                "feed",
                "sitemap",
                "listing",
                "facebook",
                "youtube",
                "zalo",
                "file",
                name="kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("posts_per_week", sa.Float()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_channel_versions_order")),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_channel_versions_channel_channels")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_channel_versions_unit_units")),
        sa.PrimaryKeyConstraint("channel", "unit", "number", name=op.f("pk_channel_versions")),
    )
    op.create_index(op.f("ix_channel_versions_unit"), "channel_versions", ["unit"])
    op.create_index(
        "uq_channel_versions_holding",
        "channel_versions",
        ["channel", "unit"],
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )

    op.create_table(
        "crawl_runs",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("channel", KEY, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "ok",
                "unchanged",
                "empty",
                "refused",
                "unreachable",
                "blocked",
                "unreadable",
                "too_large",
                "token_dead",
                "never",
                name="outcome",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("reason_vi", sa.Text()),
        sa.Column("reason_en", sa.Text()),
        sa.Column("posts_seen", sa.Integer(), nullable=False),
        sa.Column("posts_new", sa.Integer(), nullable=False),
        sa.Column("observed_from", MOMENT),
        sa.Column("observed_until", MOMENT),
        sa.Column("method", sa.Text()),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(observed_from IS NULL) = (observed_until IS NULL)", name=op.f("ck_crawl_runs_observed")),
        sa.CheckConstraint("(reason_vi IS NULL) = (reason_en IS NULL)", name=op.f("ck_crawl_runs_reason")),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_crawl_runs_channel_channels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl_runs")),
    )
    op.create_index(op.f("ix_crawl_runs_channel_finished_at"), "crawl_runs", ["channel", "finished_at"])
    op.create_index(op.f("ix_crawl_runs_finished_at"), "crawl_runs", ["finished_at"])

    op.create_table(
        "plan_confirmations",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id", "version"], ["plans.plan_id", "plans.version"], name=op.f("fk_plan_confirmations_plan_id_version_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_confirmations")),
    )
    op.create_index(
        op.f("ix_plan_confirmations_plan_id_version_confirmed_at"), "plan_confirmations", ["plan_id", "version", "confirmed_at"]
    )

    op.create_table(
        "posts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("channel", KEY, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("identity", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_posts_channel_channels")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_posts_unit_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_channel_identity"), "posts", ["channel", "identity"])

    op.create_table(
        "unit_versions",
        sa.Column("unit", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_group", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("successor", KEY),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_unit_versions_order")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_unit_versions_unit_units")),
        sa.PrimaryKeyConstraint("unit", "number", name=op.f("pk_unit_versions")),
    )
    op.create_index("uq_unit_versions_holding", "unit_versions", ["unit"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)

    op.create_table(
        "users",
        sa.Column("name", KEY, nullable=False),
        sa.Column(
            "role",
            sa.Enum("admin", "staff", "unit_admin", "viewer", name="role", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("unit", KEY),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("password_set_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.CheckConstraint("(role = 'unit_admin') = (unit IS NOT NULL)", name=op.f("ck_users_unit")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_users_unit_units")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )
    op.create_table(
        "copies",
        sa.Column("post", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.Column("original", KEY),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_copies_order")),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_copies_post_posts")),
        sa.PrimaryKeyConstraint("post", "number", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_original"), "copies", ["original"])
    op.create_index("uq_copies_holding", "copies", ["post"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)

    op.create_table(
        "corrections",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("post", KEY, nullable=False),
        sa.Column("topic", KEY),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_corrections_post_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_plan_id_post"), "corrections", ["plan_id", "post"])
    op.create_index(op.f("ix_corrections_post"), "corrections", ["post"])

    op.create_table(
        "post_versions",
        sa.Column("post", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column(
            "published_source",
            sa.Enum(
                "api",
                "feed",
                "json-ld",
                "meta",
                "page",
                "url",
                "sitemap",
                "suggested",
                "person",
                name="published_source",
                native_enum=False,
                create_constraint=True,
            ),
        ),
        sa.Column("published_doubtful", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_post_versions_order")),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_post_versions_post_posts")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_post_versions_unit_units")),
        sa.PrimaryKeyConstraint("post", "number", name=op.f("pk_post_versions")),
    )
    op.create_index(op.f("ix_post_versions_published_at"), "post_versions", ["published_at"])
    op.create_index(op.f("ix_post_versions_unit_published_at"), "post_versions", ["unit", "published_at"])
    op.create_index("uq_post_versions_holding", "post_versions", ["post"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)

    op.create_table(
        "taggings",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("post", KEY, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_taggings_order")),
        sa.ForeignKeyConstraint(
            ["plan_id", "plan_version"], ["plans.plan_id", "plans.version"], name=op.f("fk_taggings_plan_id_plan_version_plans")
        ),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_taggings_post_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taggings")),
    )
    op.create_index(
        op.f("ix_taggings_plan_id_post_plan_version_recorded_at"), "taggings", ["plan_id", "post", "plan_version", "recorded_at"]
    )
    op.create_index(op.f("ix_taggings_post"), "taggings", ["post"])
    op.create_index("uq_taggings_holding", "taggings", ["plan_id", "post"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)

    op.create_table(
        "tags",
        sa.Column("tagging", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("topic", KEY, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("post", KEY, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("band", sa.Enum("automatic", "ask", name="band", native_enum=False, create_constraint=True), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.CheckConstraint("superseded_at >= recorded_at", name=op.f("ck_tags_order")),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_tags_post_posts")),
        sa.ForeignKeyConstraint(["tagging"], ["taggings.id"], name=op.f("fk_tags_tagging_taggings")),
        sa.PrimaryKeyConstraint("tagging", "topic", name=op.f("pk_tags")),
    )
    op.create_index(op.f("ix_tags_plan_id_post"), "tags", ["plan_id", "post"])
    op.create_index(op.f("ix_tags_plan_id_topic_recorded_at"), "tags", ["plan_id", "topic", "recorded_at"])
    op.create_index(op.f("ix_tags_post"), "tags", ["post"])


def downgrade() -> None:
    for table in (
        "tags",
        "taggings",
        "post_versions",
        "corrections",
        "copies",
        "users",
        "unit_versions",
        "posts",
        "plan_confirmations",
        "crawl_runs",
        "channel_versions",
        "channel_states",
        "units",
        "plans",
        "channels",
    ):
        op.drop_table(table)
