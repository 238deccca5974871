"""A role ends after a year at most, and carries who gave it and why.

Every role that is held now goes on for a year from the day of this migration; who gave it and why
is not known for those, and stays empty. `flask accounts grant` or an HR admin prolongs it. Going
back makes roles that have run out since hold again: withdraw those first (`accounts list-roles`).
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEPT = timedelta(days=365)


def upgrade() -> None:
    with op.batch_alter_table("grants") as grants:
        grants.add_column(sa.Column("granted_by_id", sa.Integer()))
        grants.add_column(sa.Column("reason", sa.String(200), nullable=False, server_default=""))
        grants.add_column(sa.Column("expires_at", sa.DateTime(timezone=True)))
        grants.create_foreign_key("fk_grants_granted_by_id", "people", ["granted_by_id"], ["id"])
    ends = sa.table("grants", sa.column("expires_at", sa.DateTime(timezone=True)))
    op.execute(sa.update(ends).values(expires_at=datetime.now(UTC) + KEPT))
    with op.batch_alter_table("grants") as grants:
        grants.alter_column("expires_at", nullable=False)
        grants.alter_column("reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("grants") as grants:
        grants.drop_constraint("fk_grants_granted_by_id", type_="foreignkey")
        grants.drop_column("expires_at")
        grants.drop_column("reason")
        grants.drop_column("granted_by_id")
