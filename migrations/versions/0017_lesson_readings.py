"""When a lesson was opened first, kept until it is done.

A lesson is done in not less than a third of its stated minutes. The table begins empty: of what
people read on the day of the upgrade, the first case answered counts, or the first look after it.
Going back forgets it, and lessons can be done at once again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "lesson_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(80), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name="fk_lesson_readings_enrolment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lesson_readings"),
        sa.UniqueConstraint(
            "enrolment_id", "lesson", name="uq_lesson_readings_enrolment_id_lesson"
        ),
    )


def downgrade() -> None:
    op.drop_table("lesson_readings")
