"""Assignments: who must do what by when; their cycles, exemptions, and heads that a desk named.

New tables; no existing row changes. Going back drops all four: who was assigned and exempt is lost,
what people did is not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _assignments()
    _cycles()
    _exemptions()
    _heads()


def downgrade() -> None:
    for table in ("unit_heads", "exemptions", "assignment_cycles", "assignments"):
        op.drop_table(table)


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("statuses", sa.String(120), nullable=False),
        sa.Column("levels", sa.String(80), nullable=False),
        sa.Column("words", sa.String(160), nullable=False),
        sa.Column("leaders_only", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(40)),
        sa.Column("leader_first", sa.Boolean(), nullable=False),
        sa.Column("leaders_until", sa.Date()),
        sa.Column("renew_months", sa.Integer()),
        sa.Column("renews_by_edition", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(160), nullable=False),
        sa.Column("created_by_id", sa.Integer()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint(
            "leader_first OR leaders_until IS NULL", "ck_assignments_leaders_until_of_switch"
        ),
        sa.CheckConstraint(
            "NOT leader_first OR leaders_until IS NOT NULL",
            "ck_assignments_leader_first_has_fallback",
        ),
        sa.CheckConstraint(
            "renew_months IS NULL OR renew_months > 0", "ck_assignments_renewal_is_later"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_assignments_agency_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_assignments_unit_id"),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name="fk_assignments_created_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
    )
    op.create_index("ix_assignments_agency_id", "assignments", ["agency_id"])
    op.create_index("ix_assignments_unit_id", "assignments", ["unit_id"])


def _cycles() -> None:
    op.create_table(
        "assignment_cycles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("counts_from", sa.Date()),
        sa.Column("edition", sa.String(40)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("opens_on <= due_on", "ck_assignment_cycles_due_after_opening"),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name="fk_assignment_cycles_assignment_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment_cycles"),
        sa.UniqueConstraint(
            "assignment_id", "number", name="uq_assignment_cycles_assignment_id_number"
        ),
    )


def _exemptions() -> None:
    op.create_table(
        "exemptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer()),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("granted_by_id", sa.Integer()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.CheckConstraint("until IS NULL OR since <= until", "ck_exemptions_ends_after_beginning"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_exemptions_person_id"),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name="fk_exemptions_assignment_id"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["people.id"], name="fk_exemptions_granted_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exemptions"),
    )
    op.create_index("ix_exemptions_person_id", "exemptions", ["person_id"])
    op.create_index("ix_exemptions_assignment_id", "exemptions", ["assignment_id"])


def _heads() -> None:
    op.create_table(
        "unit_heads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("named_by_id", sa.Integer()),
        sa.CheckConstraint("until IS NULL OR since <= until", "ck_unit_heads_ends_after_beginning"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_heads_unit_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_unit_heads_person_id"),
        sa.ForeignKeyConstraint(["named_by_id"], ["people.id"], name="fk_unit_heads_named_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_heads"),
        sa.UniqueConstraint(
            "unit_id", "person_id", "since", name="uq_unit_heads_unit_id_person_id_since"
        ),
    )
    op.create_index("ix_unit_heads_unit_id", "unit_heads", ["unit_id"])
    op.create_index("ix_unit_heads_person_id", "unit_heads", ["person_id"])
