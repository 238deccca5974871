"""Copy a database out while others write, and into an empty one. One moment of it, or nothing.

SQLite by its own backup, PostgreSQL by pg_dump and pg_restore of the machine.
"""

import os
import shutil
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa
from psycopg import pq
from psycopg.conninfo import make_conninfo

from app.backups.envelope import NO_ROOM, Damaged
from app.config import sqlite_module
from app.core.errors import DomainError

#: The file of each kind, by the name of its dialect.
FILES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
_POSTGRESQL = Path("/usr/lib/postgresql")


def copy_out(engine: sa.Engine, folder: Path) -> Path:
    """Raises DomainError, OSError."""
    file = folder / FILES[engine.dialect.name]
    if engine.dialect.name == "postgresql":
        _run("pg_dump", engine, "--format=custom", f"--file={file}")
    else:
        _copy_sqlite(engine, file)
    return file


def check(file: Path) -> None:
    """Whether a copied database can be read from end to end. Raises Damaged."""
    if file.name == FILES["postgresql"]:
        if not _succeeds("pg_restore", f"--file={os.devnull}", str(file)):
            raise Damaged
        return
    driver = sqlite_module()
    try:
        with closing(driver.connect(file)) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except driver.Error as error:
        raise Damaged from error
    if said != ("ok",):
        raise Damaged


def is_empty(engine: sa.Engine) -> bool:
    return not sa.inspect(engine).get_table_names()


def copy_in(file: Path, engine: sa.Engine) -> None:
    """Into a database that is empty. Raises DomainError, OSError."""
    if engine.dialect.name == "postgresql":
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run("pg_restore", engine, *options, str(file))
    else:
        engine.dispose()
        _replace_sqlite(file, Path(engine.url.database or ""))


def _copy_sqlite(engine: sa.Engine, file: Path) -> None:
    """In one step: of a write-ahead log one reader sees one moment, and holds up nobody."""
    driver = engine.dialect.loaded_dbapi
    try:
        with (
            closing(driver.connect(engine.url.database)) as source,
            closing(driver.connect(file)) as target,
        ):
            target.execute("PRAGMA synchronous=OFF")  # lost with the machine, it is made again
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
    except driver.Error as error:
        _no_room_in(file.parent, error)
        raise DomainError(
            f"Basis data tidak dapat disalin ({error}). Tidak ada cadangan yang dibuat."
        ) from error


def _no_room_in(folder: Path, error: Exception) -> None:
    """SQLite says that the disk is full, or only that it could not write."""
    if "full" in str(error) or "disk I/O" in str(error):
        raise OSError(min(NO_ROOM), str(error), str(folder)) from error


def _replace_sqlite(file: Path, path: Path) -> None:
    fresh = path.with_name(f".{path.name}.restored")
    try:
        shutil.copyfile(file, fresh)
        fresh.chmod(0o600)
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        for ending in ("-wal", "-shm", "-journal"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _run(program: str, engine: sa.Engine, *arguments: str) -> None:
    address, password = _address(engine)
    environ = os.environ | ({"PGPASSWORD": password} if password else {})
    command = [_program(program), *arguments, f"--dbname={address}"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["tanpa keterangan"])[0]
        raise DomainError(f"{said.rstrip('.')}. Tidak ada yang berubah.")


def _succeeds(program: str, *arguments: str) -> bool:
    command = [_program(program), *arguments]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def _address(engine: sa.Engine) -> tuple[str, str | None]:
    """As libpq spells it, and apart from it the password: others may read what a process was
    called with."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    _, named = engine.dialect.create_connect_args(engine.url)
    password = named.pop("password", None)
    return make_conninfo("", **{name: named[name] for name in known & named.keys()}), password


def _program(name: str) -> str:
    """The newest: it reads older servers, not newer ones."""
    versions = sorted(_POSTGRESQL.glob(f"*/bin/{name}"), key=_version)
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise DomainError(
            f"{name} tidak terpasang; pasang paket postgresql-client. Tidak ada yang berubah."
        )
    return found


def _version(program: Path) -> float:
    with suppress(ValueError):
        return float(program.parent.parent.name)
    return 0
