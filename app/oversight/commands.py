"""`flask audit …`: prove the trail, from the operator's desk."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.audit import queries, trail, verifying
from app.core.commands import sentences
from app.core.dates import long_date, thousands
from app.core.db import db, reading
from app.credentials.press import Press
from app.oversight import checkpoints, reach, watching
from app.sealing.pki import KeyTrouble

audit_cli = AppGroup("audit", help="Siapa berbuat apa, kapan.")


@audit_cli.command("verify")
@click.option(
    "--checkpoint",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Titik simpan yang dipegang pihak lain; boleh beberapa kali.",
)
def verify(files: tuple[Path, ...]) -> None:
    """Telusuri seluruh rantai, lalu cocokkan dengan setiap titik simpan; sebut yang rusak."""
    reading()
    walk = verifying.walk()
    if walk.fault:
        raise click.ClickException(f"Jejak audit rusak: {walk.fault}.")
    found = _known(files)
    if fault := checkpoints.disagreement(found):
        raise click.ClickException(f"Jejak audit rusak: {fault}.")
    if (left_out := reach.first_left_out()) is not None:
        raise click.ClickException(
            f"Rantai jejak utuh, tetapi indeksnya menyembunyikan catatan {left_out} dari /jejak "
            "milik instansinya. Susun ulang dengan: flask --app wsgi audit reindex."
        )
    click.echo(f"Jejak audit: {queries.count()} catatan, rantainya utuh.")
    if walk.older:
        click.echo(
            f"Catatan 1 sampai {walk.older} lebih tua daripada kunci jejak yang sekarang; yang "
            f"membuktikannya adalah catatan {walk.older + 1} dan titik simpan."
        )
    _say_checkpoints(found)


def _known(files: tuple[Path, ...]) -> list[checkpoints.Known]:
    press: Press = current_app.extensions["press"]
    try:
        root = press.keys().root
    except KeyTrouble as error:
        raise click.ClickException(str(error)) from error
    with sentences():
        given = [checkpoints.read(file, root) for file in files]
        return [*given, *checkpoints.known(watching.folder(), root)]


def _say_checkpoints(found: list[checkpoints.Known]) -> None:
    if not found:
        click.echo("Belum ada titik simpan; buat dengan: flask --app wsgi audit checkpoint")
        return
    last = max(found, key=lambda one: one.last_id)
    click.echo(
        f"Cocok dengan {len({one.day for one in found})} titik simpan, terakhir "
        f"{long_date(last.day)} (catatan {last.last_id}). Catatan sesudahnya belum dijamin "
        "titik simpan mana pun."
    )


@audit_cli.command("checkpoint")
def checkpoint() -> None:
    """Tandatangani ujung jejak hari ini dengan segel; kedua kalinya tidak mengubah apa pun."""
    try:
        with sentences():
            made = watching.keep_today()
    except (KeyTrouble, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(made.text, nl=False)


@audit_cli.command("reindex")
def reindex() -> None:
    """Susun ulang indeks jejak: instansi mana yang disangkut setiap catatan."""
    reach.forget()
    count = 0
    while done := reach.catch_up():
        count += done
    click.echo(f"Indeks jejak disusun ulang dari {thousands(count)} catatan.")


@audit_cli.command("rekey")
@click.option("--reason", required=True, help="Mengapa kuncinya berganti; tercatat dalam jejak.")
def rekey(reason: str) -> None:
    """Lanjutkan jejak dengan kunci yang sekarang, bila kunci lama hilang atau bocor."""
    with sentences():
        trail.change_key(reason)
    db.session.commit()
    click.echo("Jejak audit dilanjutkan dengan kunci yang sekarang. Cadangkan kunci itu.")
