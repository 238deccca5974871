"""Work that runs beside the requests, and the worker that makes the rounds.

No existing row changes; both tables begin empty. Going back forgets what was asked for and not yet
done: documents that are not sealed yet are sealed when they are downloaded, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

OPEN = sa.text("state IN ('waiting', 'running')")


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("result", sa.JSON()),
        sa.Column("failure", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True)),
        sa.Column("held_by", sa.String(120)),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(state = 'running') = (held_by IS NOT NULL)", "ck_jobs_running_is_held"
        ),
        sa.CheckConstraint("(state = 'running') = (held_until IS NOT NULL)", "ck_jobs_held_until"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", "ck_jobs_failed_says_why"),
        sa.CheckConstraint(
            "(state IN ('waiting', 'running')) = (ended_at IS NULL)", "ck_jobs_ended_or_open"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index(
        "uq_jobs_open",
        "jobs",
        ["kind", "subject"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_jobs_state_due_at", "jobs", ["state", "due_at"])
    op.create_index("ix_jobs_asked_by_id", "jobs", ["asked_by_id"])
    op.create_table(
        "job_lease",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(120), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job_lease"),
    )


def downgrade() -> None:
    op.drop_table("job_lease")
    op.drop_table("jobs")
