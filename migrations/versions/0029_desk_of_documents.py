"""Revocations that wait for a second person, and how an agency signs and heads its letters.

No document changes. Every agency begins with one person to revoke, as before, and with an empty
prefix, rank and contact: what is printed stays as it was until somebody fills them in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

TEXTS = {"official_prefix": 80, "official_rank": 80, "contact": 160}


def upgrade() -> None:
    with op.batch_alter_table("agencies") as agencies:
        for name, longest in TEXTS.items():
            column = sa.Column(name, sa.String(longest), nullable=False, server_default="")
            agencies.add_column(column)
        agencies.add_column(
            sa.Column("two_to_revoke", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("agencies") as agencies:
        for name in (*TEXTS, "two_to_revoke"):
            agencies.alter_column(name, server_default=None)
    _requests()


def _requests() -> None:
    op.create_table(
        "revocation_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("is_granted", sa.Boolean()),
        *_constraints(),
    )
    name = "ix_revocation_requests_credential_id"
    op.create_index(name, "revocation_requests", ["credential_id"])
    undecided = sa.text("decided_at IS NULL")
    op.create_index(
        "uq_revocation_requests_open",
        "revocation_requests",
        ["credential_id"],
        unique=True,
        sqlite_where=undecided,
        postgresql_where=undecided,
    )


def _constraints() -> list[sa.Constraint]:
    points = {"credential_id": "credentials", "asked_by_id": "people", "decided_by_id": "people"}
    return [
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_revocation_requests_{column}"
            )
            for column, table in points.items()
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (is_granted IS NULL)",
            name="ck_revocation_requests_decided",
        ),
        sa.CheckConstraint(
            "NOT is_granted OR decided_by_id <> asked_by_id",
            name="ck_revocation_requests_two_persons",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revocation_requests"),
    ]


def downgrade() -> None:
    op.drop_table("revocation_requests")
    with op.batch_alter_table("agencies") as agencies:
        for name in (*TEXTS, "two_to_revoke"):
            agencies.drop_column(name)
