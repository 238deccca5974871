"""Printed copies of what is stored about a person, which she asked for: for a day at most.

A new table; no existing row changes. Going back drops the copies: whoever wants one asks again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "data_copies",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_data_copies_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_data_copies"),
    )


def downgrade() -> None:
    op.drop_table("data_copies")
