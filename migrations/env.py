"""Run migrations against the application's own engine. No offline mode: it is never used."""

from alembic import context
from flask import current_app

from app.core.db import db


def watch_foreign_keys(connection, *, is_on: bool) -> None:
    """SQLite rebuilds a table by dropping it, so foreign keys rest while migrations run.

    Said to the driver: inside a transaction, which SQLAlchemy would begin, SQLite ignores it.
    """
    if connection.dialect.name == "sqlite":
        connection.rollback()
        connection.connection.driver_connection.execute(
            f"PRAGMA foreign_keys={'ON' if is_on else 'OFF'}"
        )


with db.engine.connect() as connection:
    watch_foreign_keys(connection, is_on=False)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        # SQLite can, though Alembic thinks not: an upgrade that is interrupted has not happened.
        transactional_ddl=True,
        **current_app.extensions["migrate"].configure_args,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
        if connection.in_transaction():
            connection.commit()
    finally:
        watch_foreign_keys(connection, is_on=True)
