"""Election calendars; and kinds of people in villages: kepala-desa and bpd beside perangkat-desa.

There are no calendars before this. Nobody's status changes: whoever was taken in as perangkat-desa
stays so until the roster is corrected or imported again. Going back makes kepala-desa and bpd
perangkat-desa again, which is all that the program before this knows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "election_calendars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("election", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("opens_on", sa.Date()),
        sa.Column("candidates_fixed_on", sa.Date(), nullable=False),
        sa.Column("campaign_from", sa.Date(), nullable=False),
        sa.Column("campaign_until", sa.Date(), nullable=False),
        sa.Column("voting_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "opens_on < candidates_fixed_on", "ck_election_calendars_opens_before_fixing"
        ),
        sa.CheckConstraint(
            "candidates_fixed_on <= campaign_from", "ck_election_calendars_fixed_before_campaign"
        ),
        sa.CheckConstraint(
            "campaign_from <= campaign_until", "ck_election_calendars_campaign_has_days"
        ),
        sa.CheckConstraint(
            "campaign_until < voting_on", "ck_election_calendars_voting_after_campaign"
        ),
        sa.CheckConstraint("voting_on <= closes_on", "ck_election_calendars_closes_after_voting"),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_election_calendars_agency_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_election_calendars"),
        sa.UniqueConstraint("agency_id", "name", name="uq_election_calendars_agency_id_name"),
    )


def downgrade() -> None:
    for table in ("people", "placements"):
        op.execute(
            f"UPDATE {table} SET status = 'perangkat-desa' WHERE status IN ('kepala-desa', 'bpd')"
        )
    op.drop_table("election_calendars")
