"""Copy each person's instansi onto her enrolments, so that the report of one asks for no other's.

Existing enrolments get theirs at once (a second for some hundred thousand); a person never changes
her instansi, so the copy stays true. SQLite gives the column a default that nothing uses. Going
back drops the copies, and loses nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

INDEX = ("agency_id", "course", "edition", "person_id", "lessons_completed_at", "passed_at")
COPY = (
    "UPDATE enrolments SET agency_id = (SELECT agency_id FROM people WHERE people.id = person_id)"
)


def upgrade() -> None:
    # A table that others point at cannot be made anew on SQLite; a default lets the column come.
    op.add_column(
        "enrolments", sa.Column("agency_id", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute(COPY)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("enrolments", "agency_id", server_default=None)
    op.create_index("ix_enrolments_report", "enrolments", list(INDEX))


def downgrade() -> None:
    op.drop_index("ix_enrolments_report", "enrolments")
    op.drop_column("enrolments", "agency_id")
