"""`flask audit …`: check the chain from the operator's desk."""

import click
from flask.cli import AppGroup

from app.audit import queries, trail

audit_cli = AppGroup("audit", help="Siapa berbuat apa, kapan.")


@audit_cli.command("verify")
def verify() -> None:
    """Telusuri seluruh rantai; sebut baris pertama yang rusak, atau nyatakan utuh."""
    if fault := trail.first_fault():
        raise click.ClickException(f"Jejak audit rusak: {fault}.")
    click.echo(f"Jejak audit: {queries.count()} catatan, rantainya utuh.")
