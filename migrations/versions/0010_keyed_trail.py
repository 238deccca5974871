"""Mark entries of the audit trail with a key that is not in the database.

Existing entries stay exactly as they are, hash and all, and get no mark: nothing that could have
been changed before is vouched for now. The first start after this appends one entry, *Jejak mulai
ditandai kunci*, that says how many came before; it and every later one is marked. The key is
`trail.key` in the instance folder, made at that start, or RAMBU_TRAIL_KEY.

Going back takes the marks away; the chain of hashes stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # Plain ALTER TABLE, not a batch: a table made anew would lose its triggers.
    op.add_column("audit_entries", sa.Column("mark", sa.String(64)))
    op.add_column("audit_head", sa.Column("key_id", sa.String(16)))


def downgrade() -> None:
    op.drop_column("audit_head", "key_id")
    op.drop_column("audit_entries", "mark")
