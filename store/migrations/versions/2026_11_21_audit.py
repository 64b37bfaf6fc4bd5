"""Who changed what, when.

Revision: 4045a9ff15d0
Follows: 8d1f60c2b7e4
"""

import sqlalchemy as sa
from alembic import op

revision = "4045a9ff15d0"
down_revision = "8d1f60c2b7e4"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("action", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_made_at"), "audit", ["made_at"])
    op.create_index(op.f("ix_audit_subject_made_at"), "audit", ["subject", "made_at"])


def downgrade() -> None:
    op.drop_table("audit")
