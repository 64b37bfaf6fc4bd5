"""Files that show that a post went out.

Revision: 5b7e21d90c3f
Follows: 4045a9ff15d0
"""

import sqlalchemy as sa
from alembic import op

revision = "5b7e21d90c3f"
down_revision = "4045a9ff15d0"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "post_evidence",
        sa.Column("post", KEY, nullable=False),
        sa.Column("file", KEY, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_post_evidence_post_posts")),
        sa.ForeignKeyConstraint(["file"], ["evidence_files.digest"], name=op.f("fk_post_evidence_file_evidence_files")),
        sa.PrimaryKeyConstraint("post", "file", name=op.f("pk_post_evidence")),
    )


def downgrade() -> None:
    op.drop_table("post_evidence")
