"""Operators' commands that concern the whole house. Each feature keeps its own beside itself."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app import catalog, demo
from app.agencies import queries as agencies
from app.credentials.pki import KeyTrouble


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Migrate, make keys, load the demo region into an empty local database, say where to look."""
    config = current_app.config["RAMBU"]
    upgrade()
    _make_keys()
    if not agencies.has_any():
        if not config.is_local:
            click.echo("The database is empty. Begin with: flask --app wsgi agency create --help")
            return
        click.echo("The database is empty: loading the demo region …")
        demo.load(catalog.current())
    if demo.is_loaded():
        click.echo(demo.welcome(config.PUBLIC_URL))


def _make_keys() -> None:
    """Sealing keys at the first start. Lost ones are never replaced in silence."""
    try:
        current_app.extensions["press"].keys()
    except KeyTrouble as error:
        raise click.ClickException(str(error)) from error
