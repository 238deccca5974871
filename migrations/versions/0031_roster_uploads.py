"""Files of people that were brought to the browser, and how an instansi reads its lists.

Two new tables; no existing row changes. Going back drops files that wait for a decision: whoever
brought one brings it again. What was imported stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "roster_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=True),
        sa.Column("unnamed", sa.JSON(), nullable=True),
        sa.Column("leaving", sa.JSON(), nullable=True),
        sa.Column("plan", sa.String(64), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch", sa.String(16), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_roster_uploads_agency_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_roster_uploads_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_uploads"),
    )
    op.create_index("ix_roster_uploads_agency_id_id", "roster_uploads", ["agency_id", "id"])
    op.create_index("ix_roster_uploads_by_id", "roster_uploads", ["by_id"])
    op.create_table(
        "roster_habits",
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decided", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_roster_habits_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", name="pk_roster_habits"),
    )


def downgrade() -> None:
    op.drop_table("roster_habits")
    op.drop_table("roster_uploads")
