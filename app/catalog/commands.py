"""`flask content …`: what editors and CI ask of the content."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.catalog.authoring_commands import new, preview_bank
from app.catalog.loader import report

content_cli = AppGroup("content", help="Check what is taught.")
content_cli.add_command(new)
content_cli.add_command(preview_bank)


@content_cli.command("check")
@click.option("--path", type=click.Path(path_type=Path), help="Folder; default: CONTENT_PATH.")
def check(path: Path | None) -> None:
    """Name every mistake with file and line; exit 1 on any error."""
    found = report(path or current_app.config["RAMBU"].CONTENT)
    for mistake in found.mistakes:
        click.echo(str(mistake))
    if not found.is_sound:
        raise SystemExit(1)
    click.echo(f"{found.counts}: ok")
