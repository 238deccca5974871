"""Give units a history, other names and an end, and people moves that are decided beforehand.

Every unit on record gets one line of history: as it stands now, since the agency was set up (or
since the first person on record began, where that is earlier). Reports as of a past date therefore
show today's tree for days before this migration. Units stay open; no name, code or person changes.
Some hundred thousand people take a second. Going back drops the history, the other names and the
planned moves, and closed units come back, empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

LINES = """
INSERT INTO unit_lines (agency_id, unit_id, parent_id, path, name, kind, is_reporting, since)
SELECT units.agency_id, units.id, units.parent_id, units.path, units.name, units.kind,
       units.is_reporting, began.since
FROM units JOIN (
    SELECT agency_id, MIN(since) AS since FROM (
        SELECT id AS agency_id, CAST({day} AS DATE) AS since FROM agencies
        UNION ALL
        SELECT people.agency_id, MIN(placements.since) FROM placements
        JOIN people ON people.id = placements.person_id GROUP BY people.agency_id
    ) AS known GROUP BY agency_id
) AS began ON began.agency_id = units.agency_id
"""
PRESENT = {"sqlite_where": sa.text("until IS NULL"), "postgresql_where": sa.text("until IS NULL")}


def upgrade() -> None:
    op.add_column("units", sa.Column("closed_on", sa.Date()))
    _lines()
    _aliases()
    _planned()
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    # In UTC it is never a later day than in Indonesia. SQLite keeps days as text.
    day = "created_at AT TIME ZONE 'UTC'" if is_postgresql else "date(created_at)"
    lines = LINES if is_postgresql else LINES.replace("CAST({day} AS DATE)", "{day}")
    op.execute(lines.format(day=day))


def _lines() -> None:
    op.create_table(
        "unit_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("path", sa.String(240), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("is_reporting", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_unit_lines_agency_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_lines_unit_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_unit_lines_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_lines"),
    )
    op.create_index("ix_unit_lines_agency_id", "unit_lines", ["agency_id"])
    op.create_index("ix_unit_lines_unit_id", "unit_lines", ["unit_id"])
    op.create_index("uq_unit_lines_present", "unit_lines", ["unit_id"], unique=True, **PRESENT)


def _aliases() -> None:
    op.create_table(
        "unit_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(160), nullable=False),
        sa.Column("folded", sa.String(160), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_unit_aliases_agency_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_aliases_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_aliases"),
        sa.UniqueConstraint("agency_id", "folded", name="uq_unit_aliases_agency_id_folded"),
    )
    op.create_index("ix_unit_aliases_unit_id", "unit_aliases", ["unit_id"])


def _planned() -> None:
    op.create_table(
        "planned_moves",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(160)),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("planned_by_id", sa.Integer()),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_planned_moves_person_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_planned_moves_unit_id"),
        sa.ForeignKeyConstraint(
            ["planned_by_id"], ["people.id"], name="fk_planned_moves_planned_by_id"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_planned_moves"),
    )
    op.create_index("ix_planned_moves_unit_id", "planned_moves", ["unit_id"])
    op.create_index("ix_planned_moves_since", "planned_moves", ["since"])


def downgrade() -> None:
    op.drop_table("planned_moves")
    op.drop_table("unit_aliases")
    op.drop_table("unit_lines")
    op.drop_column("units", "closed_on")
