"""Is the database at the newest migration? Asked at each start, and nearly always answered yes:
Alembic, which is slower to load than the content, is called only where the answer is no."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from werkzeug.local import LocalProxy

from app.core.db import db

_HELD = sa.text("SELECT version_num FROM alembic_version")


def install(app: Flask, folder: Path) -> None:
    """Let Flask-Migrate find its settings, which are made when it first looks for them."""

    @cache
    def settings() -> object:
        from flask_migrate import Migrate

        Migrate(app, db, directory=str(folder), render_as_batch=True)
        return app.extensions["migrate"]

    app.extensions["migrate"] = LocalProxy(settings)
    app.extensions["migrations"] = folder


def newest(folder: Path) -> str:
    """The number of the last file: migrations are numbered in the order in which they run."""
    return max(path.name[:4] for path in (folder / "versions").glob("[0-9]*.py"))


def held(connection: sa.Connection) -> str:
    """The newest migration of a database. Raises DBAPIError where there is none."""
    return str(connection.scalars(_HELD).one())


def is_current(app: Flask) -> bool:
    """Whether there is nothing to migrate. No when in doubt: then Alembic finds out."""
    try:
        with db.engine.connect() as connection:
            held = connection.scalars(_HELD).all()
    except DBAPIError:
        return False
    return held == [newest(app.extensions["migrations"])]
