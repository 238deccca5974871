"""Slips made in the background, and requests of people who forgot their password.

Three new tables; no existing row changes. Going back drops slips that were not printed yet (their
codes stay good) and requests that nobody has answered: whoever needs one asks again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "slip_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issues", sa.Boolean(), nullable=False),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_slip_orders_unit_id"),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name="fk_slip_orders_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slip_orders"),
        sa.UniqueConstraint("unit_id", "by_id", name="uq_slip_orders_unit_id_by_id"),
    )
    op.create_index("ix_slip_orders_by_id", "slip_orders", ["by_id"])
    op.create_table(
        "slip_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["slip_orders.id"], name="fk_slip_files_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slip_files"),
        sa.UniqueConstraint("order_id", "place", name="uq_slip_files_order_id_place"),
    )
    op.create_table(
        "password_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_password_requests_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_password_requests"),
        sa.UniqueConstraint("key", name="uq_password_requests_key"),
    )
    op.create_index("ix_password_requests_person_id", "password_requests", ["person_id"])


def downgrade() -> None:
    op.drop_table("password_requests")
    op.drop_table("slip_files")
    op.drop_table("slip_orders")
