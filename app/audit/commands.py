"""`flask audit …`: check the chain from the operator's desk."""

import click
from flask.cli import AppGroup

from app.audit import queries, trail

audit_cli = AppGroup("audit", help="Who did what, when.")


@audit_cli.command("verify")
def verify() -> None:
    """Walk the whole chain; name the first broken row, or say that it holds."""
    if fault := trail.first_fault():
        raise click.ClickException(f"the audit trail is broken: {fault}")
    click.echo(f"audit trail: {queries.count()} entries, the chain holds")
