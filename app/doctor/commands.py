"""`flask doctor`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.config import Config
from app.core.db import reading
from app.doctor.findings import findings


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Periksa pemasangan ini, dan sebut yang salah dengan kata biasa; tidak ada yang diubah."""
    config: Config = current_app.config["RAMBU"]
    reading()
    found = findings(config)
    for finding in found:
        click.echo(f"{'SALAH' if finding.is_grave else 'Awas '}  {finding.sentence}")
    grave = sum(finding.is_grave for finding in found)
    if grave:
        raise click.ClickException(f"{grave} hal harus segera dibenahi.")
    click.echo(f"{len(found)} hal perlu dilihat." if found else "Semuanya baik.")
