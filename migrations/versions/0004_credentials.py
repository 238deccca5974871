"""Credentials, their sealed files, the counters that number them, and triggers that freeze them.

There are no rows before this. Whoever later rebuilds one of these tables on SQLite (batch mode)
must create its triggers again: a rebuilt table has lost them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

#: What issuing settled. Only revocation and replacement may be written afterwards.
FROZEN = "id, code, kind, holder_id, agency_id, source, number, sequence, year, facts, issued_at"
#: Once written, an end stays as it is.
ENDED = (
    ("revoked_at", "revoked_at, revoked_reason, revoked_by_id"),
    ("replaced_by_id", "replaced_at, replaced_by_id"),
)


def upgrade() -> None:
    op.create_table(
        "credentials",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("holder_id", sa.Integer, nullable=False),
        sa.Column("agency_id", sa.Integer, nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_reason", sa.String(200)),
        sa.Column("revoked_by_id", sa.Integer),
        sa.Column("replaced_at", sa.DateTime(timezone=True)),
        sa.Column("replaced_by_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_credentials"),
        sa.UniqueConstraint("code", name="uq_credentials_code"),
        sa.UniqueConstraint(
            "agency_id",
            "kind",
            "year",
            "sequence",
            name="uq_credentials_agency_id_kind_year_sequence",
        ),
        sa.UniqueConstraint(
            "agency_id", "kind", "number", name="uq_credentials_agency_id_kind_number"
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["people.id"], name="fk_credentials_holder_id"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_credentials_agency_id"),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["people.id"], name="fk_credentials_revoked_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["credentials.id"], name="fk_credentials_replaced_by_id"
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason IS NULL)"
            " AND (revoked_at IS NULL) = (revoked_by_id IS NULL)",
            name="ck_credentials_revoked_has_reason",
        ),
        sa.CheckConstraint(
            "replaced_by_id IS NULL OR replaced_at IS NOT NULL", name="ck_credentials_replaced_at"
        ),
        sa.CheckConstraint(
            "revoked_at IS NULL OR replaced_at IS NULL", name="ck_credentials_one_end"
        ),
    )
    op.create_index("ix_credentials_holder_id", "credentials", ["holder_id"])
    op.create_index("ix_credentials_source", "credentials", ["source"])
    standing = sa.text("replaced_at IS NULL")
    op.create_index(
        "uq_credentials_standing",
        "credentials",
        ["holder_id", "kind", "source"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_table(
        "credential_files",
        sa.Column("credential_id", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("seal_serial", sa.String(40), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("credential_id", name="pk_credential_files"),
        sa.UniqueConstraint("sha256", name="uq_credential_files_sha256"),
        sa.ForeignKeyConstraint(
            ["credential_id"], ["credentials.id"], name="fk_credential_files_credential_id"
        ),
    )
    op.create_table(
        "credential_counters",
        sa.Column("agency_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "kind", "year", name="pk_credential_counters"),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_credential_counters_agency_id"
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        freeze_sqlite()
    else:
        freeze_postgresql()


def freeze_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'what was issued is frozen'); END"
    op.execute(
        f"CREATE TRIGGER credentials_frozen BEFORE UPDATE OF {FROZEN} ON credentials {refuse}"
    )
    for ended, columns in ENDED:
        op.execute(
            f"CREATE TRIGGER credentials_{ended}_stays BEFORE UPDATE OF {columns} ON credentials "
            f"WHEN OLD.{ended} IS NOT NULL {refuse}"
        )
    op.execute(f"CREATE TRIGGER credentials_kept BEFORE DELETE ON credentials {refuse}")
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER credential_files_no_{deed.lower()} BEFORE {deed} "
            f"ON credential_files {refuse}"
        )


def freeze_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION credentials_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was issued is frozen'; END $$"
    )
    refuse = "EXECUTE FUNCTION credentials_frozen()"
    op.execute(
        f"CREATE TRIGGER credentials_frozen BEFORE UPDATE OF {FROZEN} ON credentials "
        f"FOR EACH ROW {refuse}"
    )
    for ended, columns in ENDED:
        op.execute(
            f"CREATE TRIGGER credentials_{ended}_stays BEFORE UPDATE OF {columns} ON credentials "
            f"FOR EACH ROW WHEN (OLD.{ended} IS NOT NULL) {refuse}"
        )
    op.execute(
        "CREATE TRIGGER credentials_kept BEFORE DELETE OR TRUNCATE ON credentials "
        f"FOR EACH STATEMENT {refuse}"
    )
    op.execute(
        "CREATE TRIGGER credential_files_kept BEFORE UPDATE OR DELETE OR TRUNCATE "
        f"ON credential_files FOR EACH STATEMENT {refuse}"
    )


def downgrade() -> None:
    op.drop_table("credential_counters")
    op.drop_table("credential_files")
    op.drop_table("credentials")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION credentials_frozen")
