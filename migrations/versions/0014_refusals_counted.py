"""Count refusals by network and quarter of an hour, before they become one entry of the trail.

No existing row changes. Rows stay for a quarter of an hour at most. Going back forgets what was
counted and is not yet in the trail: migrate a server that has been idle for a quarter of an hour.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("quarter_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network", sa.String(50), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter_at", "network", "what", "account_id", name="pk_refusals"),
    )


def downgrade() -> None:
    op.drop_table("refusals")
