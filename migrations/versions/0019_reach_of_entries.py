"""Index the trail by instansi and deed, so that /jejak of one instansi skips all others' entries.

The table begins empty, and no entry changes. The running server fills it, 5,000 entries every five
seconds; until it has caught up /jejak is as slow as before, and shows the same. Going back drops it
and loses nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "audit_reach",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "agency_id", name="pk_audit_reach"),
    )
    for columns in (["agency_id", "entry_id"], ["agency_id", "action", "entry_id"]):
        op.create_index(f"ix_audit_reach_{'_'.join(columns)}", "audit_reach", columns)


def downgrade() -> None:
    op.drop_table("audit_reach")
