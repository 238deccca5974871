"""Let PostgreSQL find the units below a path by an index, in whatever collation the database is.

No row changes; the index is made anew, which takes less than a second. SQLite compares letters of
any case in LIKE and would not use one: there it stays as it is. Going back makes the old index.
"""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_units_path", "units")
        op.create_index(
            "ix_units_path", "units", ["path"], postgresql_ops={"path": "varchar_pattern_ops"}
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_units_path", "units")
        op.create_index("ix_units_path", "units", ["path"])
