"""`flask backup …`: a copy of everything, and the way back."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.backups import envelope, operations, records
from app.config import Config
from app.core import dates, locks, migrations, pulse
from app.core.commands import sentences, write_new
from app.core.db import db, start_writing

backup_cli = AppGroup("backup", help="Cadangan basis data dan semua kunci, dan pemulihannya.")
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)

with_passphrase = click.option(
    "--passphrase-file",
    envvar="BACKUP_PASSPHRASE_FILE",
    type=FILE,
    help="Berkas berisi frasa sandi; tanpa opsi ini Anda ditanya.",
)
with_identity = click.option(
    "--identity",
    type=FILE,
    help="Berkas kunci age, untuk cadangan yang dikunci dengan --recipient.",
)


@backup_cli.command("make")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--recipient",
    envvar="BACKUP_RECIPIENT",
    help="Kunci umum age (age1…): server dapat membuat cadangan, tetapi tidak membukanya.",
)
@with_passphrase
@click.option("--keep", type=click.IntRange(1), help="Hapus yang lama; sisakan sebanyak ini.")
def make(
    folder: Path, recipient: str | None, passphrase_file: Path | None, keep: int | None
) -> None:
    """Salin basis data dan folder instance ke satu berkas terkunci; server boleh tetap berjalan."""
    with sentences():
        lock = _lock(recipient, passphrase_file)
        made = operations.make(_config(), db.engine, folder, lock)
        gone = operations.prune(folder, keep) if keep else []
    click.echo(f"Cadangan {made.file} selesai: {dates.thousands(made.size)} bita.")
    if gone:
        click.echo(f"{len(gone)} cadangan lama dihapus.")
    _record(lambda: records.made(made))


@backup_cli.command("check")
@click.argument("file", type=FILE)
@with_identity
@with_passphrase
def check(file: Path, identity: Path | None, passphrase_file: Path | None) -> None:
    """Baca satu cadangan sampai bita terakhirnya, basis datanya juga; hanya jejak mencatatnya."""
    with sentences():
        opener = _opener(identity, passphrase_file)
        checked = operations.check(_config(), file, opener)
    click.echo(f"Cadangan utuh. {_described(checked)}")
    _record(lambda: records.checked(file, checked.manifest))


@backup_cli.command("restore")
@click.argument("file", type=FILE)
@with_identity
@with_passphrase
def restore(file: Path, identity: Path | None, passphrase_file: Path | None) -> None:
    """Pulihkan satu cadangan ke RAMBU_INSTANCE dan RAMBU_DATABASE yang masih kosong."""
    config = _config()
    try:
        with sentences(), locks.held_file(config.INSTANCE / "serve.lock"):
            opener = _opener(identity, passphrase_file)
            checked, moved = operations.restore(config, db.engine, file, opener)
    except locks.Taken as error:
        raise click.ClickException(
            f"Folder {config.INSTANCE} sedang dipakai server Rambu (proses {error.holder}). "
            "Hentikan dahulu. Tidak ada yang berubah."
        ) from error
    click.echo(f"Cadangan dipulihkan. {_described(checked)}")
    for path in moved:
        click.echo(f"Yang semula ada di sini disimpan sebagai {path}.")
    click.echo("Periksa dengan audit verify, lalu jalankan serve.")


@backup_cli.command("key")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def key(file: Path) -> None:
    """Buat kunci age baru; simpan berkasnya di luar server, dan sebut penerimanya saat membuat."""
    text, recipient = envelope.new_identity()
    write_new(file, text.encode())
    file.chmod(0o600)
    click.echo(f"Kunci ditulis ke {file}. Penerimanya (--recipient): {recipient}")


def _config() -> Config:
    config: Config = current_app.config["RAMBU"]
    return config


def _record(promise: Callable[[], None]) -> None:
    """In the trail, where there is one here: a copy may be checked on a machine without."""
    if not (pulse.answers(db.engine) and migrations.is_current(current_app)):
        click.echo(
            "Basis data di sini belum ada atau belum dimutakhirkan: jejak audit tidak mencatatnya."
        )
        return
    try:
        with sentences():
            start_writing()
            promise()
            db.session.commit()
    except DBAPIError as error:
        raise click.ClickException(
            "Cadangannya baik, tetapi jejak audit tidak dapat mencatatnya: basis data sibuk atau "
            "penuh. Jalankan doctor."
        ) from error


def _lock(recipient: str | None, passphrase_file: Path | None) -> envelope.Lock:
    if recipient:
        return envelope.lock_for(recipient)
    return envelope.lock_with(_passphrase(passphrase_file, twice=True))


def _opener(identity: Path | None, passphrase_file: Path | None) -> envelope.Opener:
    if identity:
        return envelope.Opener(identity=envelope.read_private(identity))
    return envelope.Opener(passphrase=_passphrase(passphrase_file, twice=False))


def _passphrase(file: Path | None, *, twice: bool) -> str:
    if file:
        return envelope.read_private(file)
    said: str = click.prompt("Frasa sandi cadangan", hide_input=True, confirmation_prompt=twice)
    return said


def _described(checked: operations.Checked) -> str:
    manifest = checked.manifest
    return (
        f"Dibuat {manifest.made_at[:16]} UTC di {manifest.public_url} oleh Rambu "
        f"{manifest.version}: basis data {dates.thousands(checked.size)} bita (migrasi "
        f"{manifest.migration}) dan {checked.files} berkas kunci dan catatan."
    )
