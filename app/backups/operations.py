"""Make a copy, check one, restore one. Each is done whole or leaves everything as it was."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

import sqlalchemy as sa

from app.backups import contents, databases, envelope, latest, records
from app.backups.contents import Manifest
from app.config import PROJECT, VERSION, Config
from app.core import clock, locks, migrations
from app.core.db import reading
from app.core.errors import DomainError

#: A copy that is being written, and a folder that what it is made of stands in meanwhile.
_DRAFT, _FOLDER = ".rambu-", ".backup-"


class NewerBackup(DomainError):
    def __init__(self, manifest: Manifest) -> None:
        super().__init__(
            f"Cadangan ini dibuat Rambu {manifest.version}, yang lebih baru dari yang terpasang "
            f"({VERSION}). Tidak ada yang berubah; perbarui Rambu dahulu, lalu ulangi."
        )


@dataclass(frozen=True)
class Checked:
    manifest: Manifest
    files: int
    size: int


def make(config: Config, engine: sa.Engine, folder: Path, lock: envelope.Lock) -> latest.Backup:
    """Copy database and instance into one new file in `folder`, while others go on working.

    The files first: what is signed about the trail meanwhile must not speak of entries that the
    copy of the database lacks.
    """
    _check_place(config, folder)
    reading()  # and so wait for nobody who writes
    at = clock.now()
    with _alone(config.INSTANCE), _no_room_is_said(), _staging(config.INSTANCE) as staging:
        _copy_files(config, engine, staging / contents.INSTANCE)
        file = databases.copy_out(engine, staging)
        with engine.connect() as connection:
            migration = migrations.held(connection)
        manifest = Manifest(
            contents.FORMAT,
            VERSION,
            migration,
            file.name,
            config.PUBLIC_URL,
            at.isoformat(),
        )
        manifest.write(staging)
        made = _enclosed(staging, folder / f"rambu-{at:%Y%m%dT%H%M%SZ}.tar", lock)
        backup = latest.Backup(at, made, made.stat().st_size)
        latest.note(config.INSTANCE, backup)
    return backup


def check(config: Config, file: Path, opener: envelope.Opener) -> Checked:
    """Read a copy to its last byte, and its database too. Nothing is kept of it."""
    with _no_room_is_said(), _staging(config.INSTANCE) as staging:
        return _unpacked(file, opener, staging)


def restore(
    config: Config, engine: sa.Engine, file: Path, opener: envelope.Opener
) -> tuple[Checked, list[Path]]:
    """Put a copy where there is no data yet. Gives also the files that had to make way, which are
    kept beside what came."""
    _check_emptiness(engine)
    with _no_room_is_said(), _staging(config.INSTANCE) as staging:
        checked = _unpacked(file, opener, staging)
        if checked.manifest.database != databases.FILES[engine.dialect.name]:
            raise DomainError(
                f"Cadangan ini memuat {checked.manifest.database}, sedangkan RAMBU_DATABASE di "
                f"sini {engine.dialect.name}. Tidak ada yang berubah."
            )
        databases.copy_in(staging / checked.manifest.database, engine)
        moved = _put_files(staging / contents.INSTANCE, config)
        records.note_restored(config.INSTANCE, file, checked.manifest)
        return checked, moved


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` copies in a folder; their names say when they were made."""
    copies = sorted(folder.glob("rambu-*T*Z.tar"))
    gone = copies[: max(0, len(copies) - keep)]
    for copy in gone:
        copy.unlink()
    return gone


def _check_place(config: Config, folder: Path) -> None:
    if not folder.is_dir():
        raise DomainError(f"{folder} bukan folder. Tidak ada cadangan yang dibuat.")
    if any(folder.resolve().is_relative_to(lost) for lost in (config.INSTANCE, config.KEYS)):
        raise DomainError(
            f"{folder} ada di dalam folder instance atau folder kunci, yang hilang bersama "
            "mesinnya. Pilih folder di luarnya. Tidak ada cadangan yang dibuat."
        )


def _check_emptiness(engine: sa.Engine) -> None:
    if not databases.is_empty(engine):
        raise DomainError(
            "Basis data ini sudah berisi. Cadangan hanya dipulihkan ke tempat kosong, supaya "
            "tidak ada yang tertimpa: pindahkan folder instance, atau buat basis data baru. "
            "Tidak ada yang berubah."
        )


@contextmanager
def _alone(instance: Path) -> Iterator[None]:
    try:
        with locks.held_file(instance / "backup.lock"):
            for left in instance.glob(f"{_FOLDER}*"):  # of one that was killed
                shutil.rmtree(left, ignore_errors=True)
            yield
    except locks.Taken as error:
        raise DomainError(
            f"Cadangan lain sedang dibuat (proses {error.holder}). Tidak ada yang berubah."
        ) from error


@contextmanager
def _staging(instance: Path) -> Iterator[Path]:
    """Beside the database, so that what is not closed yet lies no more open than that."""
    with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=instance) as folder:
        yield Path(folder)


@contextmanager
def _no_room_is_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or "cadangan"
        said = "disk penuh" if error.errno in envelope.NO_ROOM else error.strerror
        raise DomainError(
            f"{where}: {said}. Tidak ada yang berubah, dan tidak ada yang tertinggal setengah jadi."
        ) from error


def _copy_files(config: Config, engine: sa.Engine, folder: Path) -> None:
    """And the keys, from wherever they are: the copy is to stand alone."""
    folder.mkdir()
    elsewhere = config.KEYS != config.INSTANCE
    but = _of_database(engine) | ({config.KEYS} if elsewhere else frozenset())
    _copy(config.INSTANCE, contents.worth_keeping(config.INSTANCE, but), folder)
    if elsewhere:
        names = contents.worth_keeping(config.KEYS, frozenset())
        _copy(config.KEYS, filter(contents.is_key, names), folder)
    for key in fields(config):
        if key.name.endswith("_KEY"):
            path = folder / key.name.lower().replace("_", ".")
            path.write_text(getattr(config, key.name), encoding="utf-8")


def _copy(source: Path, names: Iterable[PurePosixPath], folder: Path) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, folder / name)


def _of_database(engine: sa.Engine) -> frozenset[Path]:
    if engine.dialect.name != "sqlite":
        return frozenset()
    path = engine.url.database
    return frozenset(Path(f"{path}{ending}") for ending in ("", "-wal", "-shm", "-journal"))


def _enclosed(staging: Path, file: Path, lock: envelope.Lock) -> Path:
    """The file appears whole or not at all, and never over another."""
    for left in file.parent.glob(f"{_DRAFT}*.part"):  # of one that was killed
        left.unlink(missing_ok=True)
    draft = file.with_name(f"{_DRAFT}{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
            envelope.close(target, lock, lambda content: contents.pack(staging, content))
            target.flush()
            os.fsync(target.fileno())
        os.link(draft, file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        draft.unlink(missing_ok=True)
    return file


def _unpacked(file: Path, opener: envelope.Opener, staging: Path) -> Checked:
    with file.open("rb") as source:
        envelope.open_to(source, opener, lambda content: contents.unpack(content, staging))
    manifest = Manifest.read(staging)
    newest = migrations.newest(PROJECT / "migrations")
    if manifest.format > contents.FORMAT or manifest.migration > newest:
        raise NewerBackup(manifest)
    database = staging / Path(manifest.database).name
    if database.name not in databases.FILES.values() or not database.is_file():
        raise envelope.Damaged
    databases.check(database)
    files = [path for path in (staging / contents.INSTANCE).rglob("*") if path.is_file()]
    return Checked(manifest, len(files), database.stat().st_size)


def _put_files(source: Path, config: Config) -> list[Path]:
    """Keys where keys are looked for here, which need not be where they were."""
    moved = []
    for path in sorted(source.rglob("*")):
        if not path.is_file():
            continue
        name = PurePosixPath(path.relative_to(source).as_posix())
        target = (config.KEYS if contents.is_key(name) else config.INSTANCE) / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists() and target.read_bytes() != path.read_bytes():
            aside = target.with_name(f".{target.name}.{clock.now():%Y%m%dT%H%M%S}")
            target.rename(aside)
            moved.append(aside)
        path.replace(target)
    return moved
