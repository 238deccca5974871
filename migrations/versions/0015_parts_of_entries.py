"""Give an import one entry in the audit trail, with a row beside it for each person.

Existing entries stay: imports of before keep their one entry a person. The table begins empty, and
refuses changes as the trail does. Going back takes the rows away, and with them who was in an
import; its entry stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

FORBIDDEN = ("UPDATE", "DELETE")


def upgrade() -> None:
    op.create_table(
        "audit_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_parts"),
        sa.UniqueConstraint("batch", "place", name="uq_audit_parts_batch_place"),
    )
    op.create_index("ix_audit_parts_subject", "audit_parts", ["subject"])
    if op.get_bind().dialect.name == "sqlite":
        for deed in FORBIDDEN:
            op.execute(
                f"CREATE TRIGGER audit_parts_no_{deed.lower()} BEFORE {deed} ON audit_parts "
                "BEGIN SELECT RAISE(ABORT, 'audit_parts is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_parts_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_parts is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_parts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON audit_parts FOR EACH STATEMENT EXECUTE FUNCTION audit_parts_append_only()"
    )


def downgrade() -> None:
    op.drop_table("audit_parts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_parts_append_only")
