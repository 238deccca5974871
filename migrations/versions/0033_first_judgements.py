"""Count first judgements by unit, so that misunderstanding can be read when answers are forgotten.

New tables, empty at first; a daily job fills them from the answers on record, month by month (some
minutes for a million answers, in the background, once), and then adds one day a day. They name
nobody. An index on when papers were sent is added: some seconds for a hundred thousand papers.
Going back drops the counts; they can be made anew from what answers are still there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "first_judgements",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("job_kind", sa.String(40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("asked_sure", sa.Integer(), nullable=False),
        sa.Column("sure_wrong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_first_judgements_agency_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_first_judgements_unit_id"),
        sa.PrimaryKeyConstraint(
            "agency_id",
            "source",
            "unit_id",
            "job_kind",
            "month",
            "scenario",
            "phase",
            name="pk_first_judgements",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_first_judgements_unit_id", "first_judgements", ["unit_id"])
    op.create_table(
        "item_marks",
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("rest", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "course", "scenario", "phase", "key", "choice", "rest", name="pk_item_marks"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgements_counted",
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_judgements_counted"),
    )
    op.create_index("ix_attempts_submitted_at", "attempts", ["submitted_at"])


def downgrade() -> None:
    op.drop_index("ix_attempts_submitted_at", "attempts")
    op.drop_table("judgements_counted")
    op.drop_table("item_marks")
    op.drop_table("first_judgements")
