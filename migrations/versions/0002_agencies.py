"""Agencies, their units, and the roster with its history.

There are no rows before this.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("office_name", sa.String(160), nullable=False),
        sa.Column("office_short", sa.String(40), nullable=False),
        sa.Column("city", sa.String(80), nullable=False),
        sa.Column("address", sa.String(240), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("official_name", sa.String(160), nullable=False),
        sa.Column("official_number", sa.String(18), nullable=False),
        sa.Column("official_position", sa.String(160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agencies"),
        sa.UniqueConstraint("code", name="uq_agencies_code"),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("path", sa.String(240), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("is_reporting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_units_agency_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("agency_id", "code", name="uq_units_agency_id_code"),
    )
    with op.batch_alter_table("units") as batch_op:
        batch_op.create_index("ix_units_agency_id", ["agency_id"])
        batch_op.create_index("ix_units_parent_id", ["parent_id"])
        batch_op.create_index("ix_units_path", ["path"])
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(18), nullable=False),
        sa.Column("front_title", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("back_title", sa.String(80), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("rank", sa.String(80), nullable=False),
        sa.Column("position", sa.String(160), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_people_agency_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_people_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("number", name="uq_people_number"),
    )
    with op.batch_alter_table("people") as batch_op:
        batch_op.create_index("ix_people_agency_id", ["agency_id"])
        batch_op.create_index("ix_people_is_active", ["is_active"])
        batch_op.create_index("ix_people_status", ["status"])
        batch_op.create_index("ix_people_unit_id", ["unit_id"])
    op.create_table(
        "identifiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(18), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_identifiers_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_identifiers"),
        sa.UniqueConstraint("number", name="uq_identifiers_number"),
    )
    with op.batch_alter_table("identifiers") as batch_op:
        batch_op.create_index("ix_identifiers_person_id", ["person_id"])
    op.create_table(
        "placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("rank", sa.String(80), nullable=False),
        sa.Column("position", sa.String(160), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_placements_person_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_placements_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_placements"),
    )
    with op.batch_alter_table("placements") as batch_op:
        batch_op.create_index("ix_placements_person_id", ["person_id"])
        batch_op.create_index("ix_placements_unit_id", ["unit_id"])
        batch_op.create_index(
            "uq_placements_present",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "participant_series",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_participant_series"),
    )


def downgrade() -> None:
    op.drop_table("participant_series")
    op.drop_table("placements")
    op.drop_table("identifiers")
    op.drop_table("people")
    op.drop_table("units")
    op.drop_table("agencies")
