"""`flask credentials …`: the operator's desk for issued documents and for the seal."""

from dataclasses import replace as changed
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.agencies import nip
from app.agencies.models import Person
from app.agencies.queries import person_by_number
from app.audit import trail
from app.audit.actions import Action
from app.core.commands import sentences
from app.core.db import db
from app.credentials import operations, queries
from app.credentials.models import Credential
from app.credentials.press import Press
from app.credentials.verification import standing
from app.sealing import pki

credentials_cli = AppGroup("credentials", help="Dokumen yang terbit, dan segelnya.")

REASON = click.option(
    "--reason", required=True, help="Alasannya; sesudah `revoke` siapa pun dapat membacanya."
)
OFFICIAL = click.option("--by", "number", required=True, help="NIP pejabat yang memutuskan.")


@credentials_cli.command("show")
@click.argument("code", metavar="KODE|NOMOR")
def show(code: str) -> None:
    """Apa yang dinyatakan suatu dokumen, dan bagaimana keadaannya."""
    credential = _credential(code)
    facts, file = credential.stated, queries.seal_of(credential)
    click.echo(f"{credential.number} ({credential.kind.value}): {standing(credential).value}")
    click.echo(f"pemegang: {facts.holder.name}, {facts.holder.grouped_number}")
    click.echo(f"sumber:   {credential.source}, terbit {credential.issued_at:%Y-%m-%d %H:%M} UTC")
    click.echo(f"segel:    {f'sha256 {file.sha256}, {file.size} bita' if file else 'belum'}")
    if credential.is_revoked:
        when = f"{credential.revoked_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"dicabut:  {when}, {credential.revoked_reason}")
    if credential.replaced_by:
        click.echo(f"diganti:  {credential.replaced_by.number} {credential.replaced_by.code}")


@credentials_cli.command("revoke")
@click.argument("code", metavar="KODE|NOMOR")
@REASON
@OFFICIAL
def revoke(code: str, reason: str, number: str) -> None:
    """Cabut satu dokumen untuk selamanya. Ia tetap tampak, dengan keterangan dicabut."""
    credential, official = _credential(code), _official(number)
    with sentences():
        operations.revoke(credential, reason, official)
    said = f"{credential.number} dicabut oleh {official.full_name}: {credential.revoked_reason}"
    db.session.commit()
    click.echo(said)


@credentials_cli.command("replace")
@click.argument("code", metavar="KODE|NOMOR")
@REASON
@OFFICIAL
def replace(code: str, reason: str, number: str) -> None:
    """Terbitkan ulang dengan nama dan nomor pemegang yang sekarang. Yang lama menyatakannya."""
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
    said = f"{credential.number} diganti oleh {successor.number}, kode {successor.code}"
    db.session.commit()
    click.echo(said)


@credentials_cli.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def sample(folder: Path) -> None:
    """Tulis contoh PDF bersegel dari setiap jenis, dengan nama biasa dan nama terpanjang."""
    from app.credentials.samples import sealed_samples

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in sealed_samples(_press()):
            path = folder / f"{name}.pdf"
            path.write_bytes(content)
            click.echo(f"{path}  {len(content)} bita")
    except OSError as error:
        raise click.ClickException(f"{folder} tidak dapat ditulisi: {error.strerror}.") from error


@credentials_cli.command("renew-seal")
def renew_seal() -> None:
    """Buat sertifikat segel baru dari akarnya. Sesudah itu mulai ulang servernya."""
    try:
        keys = pki.renew(_press().folder)
    except pki.KeyTrouble as error:
        raise click.ClickException(str(error)) from error
    trail.record(Action.SEAL_RENEWED, "seals:internal", seal_serial=keys.serial)
    db.session.commit()
    expires = keys.certificate.not_valid_after_utc
    click.echo(
        f"Segel baru {keys.serial}, berlaku sampai {expires:%Y-%m-%d}. Mulai ulang servernya."
    )


def _press() -> Press:
    press: Press = current_app.extensions["press"]
    return press


def _credential(code: str) -> Credential:
    """By its code, or by its number where no other agency has given the same."""
    if credential := queries.credential_by_code(code):
        return credential
    numbered = queries.credentials_numbered(code)
    if len(numbered) > 1:
        raise click.ClickException(f"Nomor {code} ada pada beberapa instansi; sebutkan kodenya.")
    if not numbered:
        raise click.ClickException(f"Tidak ada dokumen dengan kode atau nomor {code}.")
    return numbered[0]


def _official(number: str) -> Person:
    if (person := person_by_number(number)) is None:
        raise click.ClickException(f"Tidak ada pegawai dengan nomor {number}.")
    return person
