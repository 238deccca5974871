"""Operators' commands that concern the whole house. Each feature keeps its own beside itself."""

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, pass_script_info, with_appcontext
from flask_migrate import upgrade

from app import catalog, demo
from app.agencies import queries as agencies
from app.asking.web import finder
from app.core.db import db
from app.sealing.pki import KeyTrouble

#: Requests that may wait for a worker. A webinar begins for everybody at the same minute.
BACKLOG = 2048


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Migrate, make keys, load the demo region into an empty local database, say where to look."""
    _prepare(current_app)


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True)
@click.option(
    "--workers", envvar="WORKERS", default=2, show_default=True, help="One for each core."
)
@pass_script_info
def serve(info: ScriptInfo, host: str, port: int, workers: int) -> None:
    """Prepare, then become the server: `make run` ends here.

    The application is built once and forked into the workers, so a second start takes one boot.
    Two threads a worker: more make the slowest page slower (measured: 16 cost five times as much).
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    app = info.load_app()
    with app.app_context():
        _prepare(app)
        finder()  # built once, shared by every worker
        db.engine.dispose()  # a connection must not be shared by two processes
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        backlog=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


def _prepare(app: Flask) -> None:
    config = app.config["RAMBU"]
    catalog.current()  # broken content stops here, before anything is changed
    upgrade()
    _make_keys(app)
    if not agencies.has_any():
        if not config.is_local:
            click.echo("The database is empty. Begin with: flask --app wsgi agency create --help")
            return
        click.echo("The database is empty: loading the demo region …")
        demo.load(catalog.current())
    if demo.is_loaded():
        pages = app.url_map.bind("")
        click.echo(demo.welcome(lambda page: config.PUBLIC_URL + pages.build(page)))


def _make_keys(app: Flask) -> None:
    """Sealing keys at the first start. Lost ones are never replaced in silence."""
    try:
        app.extensions["press"].keys()
    except KeyTrouble as error:
        raise click.ClickException(str(error)) from error
