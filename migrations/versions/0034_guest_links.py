"""Addresses by which an office without an account reads figures until a day.

A new table; no existing row changes. Going back ends every such address.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "guest_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("for_whom", sa.String(120), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_guest_links_agency_id"),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name="fk_guest_links_made_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_guest_links"),
    )
    op.create_index("ix_guest_links_agency_id", "guest_links", ["agency_id"])
    op.create_index("ix_guest_links_made_by_id", "guest_links", ["made_by_id"])


def downgrade() -> None:
    op.drop_table("guest_links")
