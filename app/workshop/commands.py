"""`flask content …`: what editors and CI ask of the content."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.reading.loader import errors_in
from app.reading.web import report_here
from app.workshop.ask_command import ask
from app.workshop.authoring_commands import new, preview_bank
from app.workshop.exchange.commands import export_questions, import_questions
from app.workshop.items_command import items
from app.workshop.stale_command import stale
from app.workshop.stray_phrasings import stray_phrasings
from app.workshop.style_command import style

content_cli = AppGroup("content", help="Periksa apa yang diajarkan.")
content_cli.add_command(ask)
content_cli.add_command(stale)
content_cli.add_command(items)
content_cli.add_command(style)
content_cli.add_command(new)
content_cli.add_command(preview_bank)
content_cli.add_command(export_questions)
content_cli.add_command(import_questions)


@content_cli.command("check")
@click.option(
    "--path", type=click.Path(path_type=Path), help="Folder isi; bawaannya RAMBU_CONTENT."
)
def check(path: Path | None) -> None:
    """Sebut setiap kesalahan dengan berkas dan barisnya; keluar dengan 1 bila ada."""
    root = path or current_app.config["RAMBU"].CONTENT
    found = report_here(root)
    strays = stray_phrasings(Path(root), found.catalog) if found.catalog else []
    for mistake in (*found.mistakes, *strays):
        click.echo(str(mistake))
    if not found.is_sound or errors_in(tuple(strays)):
        raise SystemExit(1)
    click.echo(f"{found.counts}: ok")
