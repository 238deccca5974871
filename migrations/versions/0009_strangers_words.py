"""Questions that strangers send to the editors, and how often a case was said to answer.

No existing row changes; both tables begin empty. Going back forgets what was sent and counted:
whatever editors have not yet taken into content is gone with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "sent_questions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(600), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("fate", sa.String(40), nullable=False),
        sa.Column("scenario_id", sa.String(200)),
        sa.Column("phrasing", sa.String(160)),
        sa.CheckConstraint(
            "(fate = 'attached') = (scenario_id IS NOT NULL)",
            "ck_sent_questions_attached_to_a_case",
        ),
        sa.CheckConstraint(
            "(scenario_id IS NULL) = (phrasing IS NULL)", "ck_sent_questions_case_has_phrasing"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sent_questions"),
        sa.UniqueConstraint("text", "sent_on", name="uq_sent_questions_text_sent_on"),
    )
    op.create_index("ix_sent_questions_sent_on", "sent_questions", ["sent_on"])
    op.create_table(
        "answer_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.String(200), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer_counts"),
        sa.UniqueConstraint(
            "scenario_id", "counted_on", name="uq_answer_counts_scenario_id_counted_on"
        ),
    )
    op.create_index("ix_answer_counts_counted_on", "answer_counts", ["counted_on"])


def downgrade() -> None:
    op.drop_table("answer_counts")
    op.drop_table("sent_questions")
