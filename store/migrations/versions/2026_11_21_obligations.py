"""Event days, marks on obligations, and files that show that something was done.

Revision: 8d1f60c2b7e4
Follows: 4ca023d153aa
"""

import sqlalchemy as sa
from alembic import op

revision = "8d1f60c2b7e4"
down_revision = "4ca023d153aa"


KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "event_days",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("obligation", KEY, nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_days")),
    )
    op.create_index(op.f("ix_event_days_plan_id_obligation"), "event_days", ["plan_id", "obligation"])
    op.create_table(
        "evidence_files",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_evidence_files")),
    )
    op.create_table(
        "obligation_marks",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("obligation", KEY, nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("marked_by", sa.Text(), nullable=False),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("file", KEY),
        sa.Column("file_name", sa.Text()),
        sa.CheckConstraint("(file IS NULL) = (file_name IS NULL)", name=op.f("ck_obligation_marks_file")),
        sa.ForeignKeyConstraint(["file"], ["evidence_files.digest"], name=op.f("fk_obligation_marks_file_evidence_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_marks")),
    )
    op.create_index(op.f("ix_obligation_marks_plan_id_obligation"), "obligation_marks", ["plan_id", "obligation"])


def downgrade() -> None:
    for table in ("obligation_marks", "evidence_files", "event_days"):
        op.drop_table(table)
