"""`flask audit …`: check the chain from the operator's desk."""

import click
from flask.cli import AppGroup

from app.audit import queries, trail, verifying
from app.core.commands import sentences
from app.core.db import db

audit_cli = AppGroup("audit", help="Siapa berbuat apa, kapan.")


@audit_cli.command("verify")
def verify() -> None:
    """Telusuri seluruh rantai; sebut baris pertama yang rusak, atau nyatakan utuh."""
    if fault := verifying.first_fault():
        raise click.ClickException(f"Jejak audit rusak: {fault}.")
    click.echo(f"Jejak audit: {queries.count()} catatan, rantainya utuh.")


@audit_cli.command("rekey")
@click.option("--reason", required=True, help="Mengapa kuncinya berganti; tercatat dalam jejak.")
def rekey(reason: str) -> None:
    """Lanjutkan jejak dengan kunci yang sekarang, bila kunci lama hilang atau bocor."""
    with sentences():
        trail.change_key(reason)
    db.session.commit()
    click.echo("Jejak audit dilanjutkan dengan kunci yang sekarang. Cadangkan kunci itu.")
