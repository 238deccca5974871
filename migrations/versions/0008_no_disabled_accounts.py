"""Take away accounts.is_disabled: no page and no command ever set it; leaving the roster does.

Accounts stay as they are. One that somebody closed by hand in the database stays closed: its
sessions end and its password is taken away, so that only a new activation code opens it; to close
it for good, deactivate the person. Going back brings the column with nobody disabled.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute(
        "UPDATE sign_ins SET ended_at = CURRENT_TIMESTAMP WHERE ended_at IS NULL "
        "AND account_id IN (SELECT id FROM accounts WHERE is_disabled)"
    )
    # No hash is empty: it matches no password, and takes as long to say so.
    op.execute("UPDATE accounts SET password_hash = '' WHERE is_disabled")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("is_disabled")


def downgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(
            sa.Column("is_disabled", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column("is_disabled", server_default=None)
