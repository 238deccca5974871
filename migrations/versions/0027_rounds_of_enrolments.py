"""Let somebody do an edition of a course again: rounds of enrolments, one of them open.

Every enrolment so far is the first round, and open; nothing else changes. SQLite makes the table
anew (some seconds for some hundred thousand). Going back needs that nobody has begun a second
round: it would be lost, so the migration stops there instead.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

OLD = "uq_enrolments_course_edition_person_id"
NEW = "uq_enrolments_course_edition_person_id_round"
KEY = ("course", "edition", "person_id")
CLOSED = "ck_enrolments_closed_after_signing"


def upgrade() -> None:
    with op.batch_alter_table("enrolments") as table:
        table.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("closed_at", sa.DateTime(timezone=True)))
        table.drop_constraint(OLD, type_="unique")
        table.create_unique_constraint(NEW, [*KEY, "round"])
        table.create_check_constraint(op.f(CLOSED), "closed_at IS NULL OR signed_at IS NOT NULL")
    op.create_index(
        "uq_enrolments_open",
        "enrolments",
        list(KEY),
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    again = op.get_bind().scalar(sa.text("SELECT count(*) FROM enrolments WHERE round > 1"))
    if again:
        raise RuntimeError(f"{again} enrolments are second rounds; going back would lose them")
    op.drop_index("uq_enrolments_open", "enrolments")
    with op.batch_alter_table("enrolments") as table:
        table.drop_constraint(op.f(CLOSED), type_="check")
        table.drop_constraint(NEW, type_="unique")
        table.create_unique_constraint(OLD, list(KEY))
        table.drop_column("closed_at")
        table.drop_column("round")
