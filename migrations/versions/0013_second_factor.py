"""A second factor for accounts, and when a session last proved it.

Nobody has one yet: whoever holds a role is asked at the first use of a desk, and has a week. The
secrets in `second_factors` are sealed with RAMBU_SECRET_KEY: keep `instance/secret.key` with the
database. Going back forgets every second factor, and everybody enters by password alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("factor_due_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.add_column(sa.Column("code_at", sa.DateTime(timezone=True)))
    op.create_table(
        "second_factors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(120)),
        sa.Column("candidate", sa.String(120)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("reset_at", sa.DateTime(timezone=True)),
        sa.Column("reset_by_id", sa.Integer()),
        sa.CheckConstraint(
            "(secret IS NULL) = (confirmed_at IS NULL)", "ck_second_factors_secret_is_confirmed"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_second_factors_account_id"
        ),
        sa.ForeignKeyConstraint(
            ["reset_by_id"], ["people.id"], name="fk_second_factors_reset_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_second_factors"),
        sa.UniqueConstraint("account_id", name="uq_second_factors_account_id"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_recovery_codes_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.UniqueConstraint("account_id", "digest", name="uq_recovery_codes_account_id_digest"),
    )
    op.create_table(
        "spent_steps",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_spent_steps_account_id"),
        sa.PrimaryKeyConstraint("account_id", "step", name="pk_spent_steps"),
    )


def downgrade() -> None:
    op.drop_table("spent_steps")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.drop_column("code_at")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("factor_due_at")
