"""Quiz attempts with their frozen papers, the answers, and extra chances.

There are no rows before this.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True)),
        sa.Column("score_percent", sa.Integer()),
        sa.Column("passed", sa.Boolean()),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (score_percent IS NULL)"
            " AND (submitted_at IS NULL) = (passed IS NULL)",
            "ck_attempts_submitted_as_a_whole",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_attempts_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint("enrolment_id", "number", name="uq_attempts_enrolment_id_number"),
    )
    op.create_index(
        "uq_attempts_open",
        "attempts",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("submitted_at IS NULL"),
        postgresql_where=sa.text("submitted_at IS NULL"),
    )
    op.create_table(
        "attempt_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(20)),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(choice IS NULL) = (saved_at IS NULL)", "ck_attempt_answers_saved_as_a_whole"
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name="fk_attempt_answers_attempt_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attempt_answers"),
        sa.UniqueConstraint(
            "attempt_id", "question", name="uq_attempt_answers_attempt_id_question"
        ),
        sa.UniqueConstraint(
            "attempt_id", "position", name="uq_attempt_answers_attempt_id_position"
        ),
    )
    op.create_table(
        "extra_chances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_extra_chances_enrolment_id"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["people.id"], name="fk_extra_chances_granted_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_extra_chances"),
    )
    op.create_index("ix_extra_chances_enrolment_id", "extra_chances", ["enrolment_id"])


def downgrade() -> None:
    op.drop_table("extra_chances")
    op.drop_table("attempt_answers")
    op.drop_table("attempts")
