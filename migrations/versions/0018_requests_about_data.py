"""People may ask for their data to be corrected, erased or restricted, and are answered.

No existing row changes: nobody has asked, and nobody is restricted. Going back drops the requests
with their answers, and shows the names of those who were restricted; the trail keeps that they
asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

OPEN = sa.text("answered_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("restricted_at", sa.DateTime(timezone=True)))
    op.create_table(
        "data_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.String(40), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(40)),
        sa.Column("answer", sa.String(500)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by_id", sa.Integer()),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (outcome IS NULL) = (answer IS NULL)",
            name="ck_data_requests_answered_as_a_whole",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_data_requests_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name="fk_data_requests_answered_by_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_data_requests"),
    )
    op.create_index("ix_data_requests_person_id", "data_requests", ["person_id"])
    op.create_index(
        "uq_data_requests_open",
        "data_requests",
        ["person_id", "wish"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("data_requests")
    with op.batch_alter_table("people") as people:
        people.drop_column("restricted_at")
