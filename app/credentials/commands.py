"""`flask credentials …`: the operator's desk for issued documents and for the seal."""

from dataclasses import replace as changed
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.agencies import nip
from app.agencies.models import Person
from app.agencies.queries import person_by_number
from app.core.commands import sentences
from app.core.db import db
from app.credentials import operations, queries
from app.credentials.models import Credential
from app.credentials.press import Press
from app.credentials.verification import standing
from app.sealing import pki

credentials_cli = AppGroup("credentials", help="Issued documents, and the seal on them.")

REASON = click.option("--reason", required=True, help="Why; everybody may read it after `revoke`.")
OFFICIAL = click.option("--by", "number", required=True, help="NIP of the official who decided.")


@credentials_cli.command("show")
@click.argument("code")
def show(code: str) -> None:
    """What a document states, and what has become of it."""
    credential = _credential(code)
    facts, file = credential.stated, queries.seal_of(credential)
    click.echo(f"{credential.number} ({credential.kind.value}): {standing(credential).value}")
    click.echo(f"holder:  {facts.holder.name}, {facts.holder.grouped_number}")
    click.echo(f"source:  {credential.source}, issued {credential.issued_at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"sealed:  {f'sha256 {file.sha256}, {file.size} bytes' if file else 'not yet'}")
    if credential.is_revoked:
        when = f"{credential.revoked_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"revoked: {when}, {credential.revoked_reason}")
    if credential.replaced_by:
        click.echo(f"replaced by {credential.replaced_by.number} {credential.replaced_by.code}")


@credentials_cli.command("revoke")
@click.argument("code")
@REASON
@OFFICIAL
def revoke(code: str, reason: str, number: str) -> None:
    """Withdraw a document for good. It stays visible, marked as revoked."""
    credential, official = _credential(code), _official(number)
    with sentences():
        operations.revoke(credential, reason, official)
    said = f"{credential.number} revoked by {official.full_name}: {credential.revoked_reason}"
    db.session.commit()
    click.echo(said)


@credentials_cli.command("replace")
@click.argument("code")
@REASON
@OFFICIAL
def replace(code: str, reason: str, number: str) -> None:
    """Issue a document anew with its holder's present name and number. The old one says so."""
    credential, official = _credential(code), _official(number)
    facts, holder = credential.stated, credential.holder
    present = changed(
        facts.holder,
        name=holder.full_name,
        number=holder.number,
        number_label=nip.label(holder.number, holder.status),
    )
    facts = changed(facts, holder=present)
    with sentences():
        successor = operations.replace(credential, facts, official, reason)
    said = f"{credential.number} replaced by {successor.number}, code {successor.code}"
    db.session.commit()
    click.echo(said)


@credentials_cli.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def sample(folder: Path) -> None:
    """Write a sealed PDF of each kind, with an ordinary and a worst-case name. Stores nothing."""
    from app.credentials.samples import sealed_samples

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in sealed_samples(_press()):
            path = folder / f"{name}.pdf"
            path.write_bytes(content)
            click.echo(f"{path}  {len(content)} bytes")
    except OSError as error:
        raise click.ClickException(f"cannot write into {folder}: {error.strerror}") from error


@credentials_cli.command("renew-seal")
def renew_seal() -> None:
    """Make a new seal certificate from the root. Restart the workers afterwards."""
    try:
        keys = pki.renew(_press().folder)
    except pki.KeyTrouble as error:
        raise click.ClickException(str(error)) from error
    expires = keys.certificate.not_valid_after_utc
    click.echo(f"new seal {keys.serial}, good until {expires:%Y-%m-%d}; restart the workers")


def _press() -> Press:
    press: Press = current_app.extensions["press"]
    return press


def _credential(code: str) -> Credential:
    if (credential := queries.credential_by_code(code)) is None:
        raise click.ClickException(f"no document has the code {code}")
    return credential


def _official(number: str) -> Person:
    if (person := person_by_number(number)) is None:
        raise click.ClickException(f"nobody has the number {number}")
    return person
