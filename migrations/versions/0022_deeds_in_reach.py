"""Keep each entry's deed in the index of the trail, so that /jejak narrowed to one asks for no other.

The index is made anew: the running server fills it, 5,000 entries every five seconds, and until it
has caught up /jejak is slower and shows the same. No entry changes. Going back empties the index,
which the server of that version fills likewise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.drop_table("audit_reach")
    _create(sa.Column("action", sa.String(40), nullable=False))
    op.create_index(
        "ix_audit_reach_agency_id_action_entry_id",
        "audit_reach",
        ["agency_id", "action", "entry_id"],
    )


def downgrade() -> None:
    op.drop_table("audit_reach")
    _create()


def _create(*more: sa.Column) -> None:
    op.create_table(
        "audit_reach",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        *more,
        sa.PrimaryKeyConstraint("entry_id", "agency_id", name="pk_audit_reach"),
    )
    op.create_index("ix_audit_reach_agency_id_entry_id", "audit_reach", ["agency_id", "entry_id"])
