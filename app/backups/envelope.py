"""One file around a stream, closed with age: for somebody's key, or with a passphrase.

It is a tar, so that whoever has lost Rambu opens it with age and tar alone:

    BACA.txt          how
    kunci.age         the key of the content, closed with the passphrase; else it is not there
    isi.tar.gz.age    the content

age seals every 64 KiB of it, and knows the last: a bit that changed and an end that is missing are
found when it is opened. (A passphrase alone would be simpler, but pyrage wants all of that in
memory, and what it takes for too much work depends on how busy a machine is.)
"""

import errno
import os
import tarfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pyrage

from app.backups import passphrase
from app.core.errors import DomainError

MANUAL, KEY, CONTENT = "BACA.txt", "kunci.age", "isi.tar.gz.age"
_HOW = b"""Cadangan Rambu. Cara biasa: flask --app wsgi backup restore BERKAS

Tanpa Rambu, dengan age dan tar:

    tar xf BERKAS
    age -d kunci.age > kunci                     # bila ada kunci.age: dengan frasa sandinya
    age -d -i kunci isi.tar.gz.age | tar xz      # bila tidak ada: dengan berkas kunci age Anda

Lalu: database.sqlite ialah basis data SQLite; database.dump untuk pg_restore; instance/ isi folder
instance. Hapus kunci dan hasilnya bila tidak dipakai lagi: isinya data pribadi dan kunci segel.
"""
#: Letters and signs. The whole region is in a backup, and whoever holds one can guess for years.
SHORTEST_PASSPHRASE = 16
#: What the system says where there is no room: full, beyond a quota, beyond what a file may have.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Unlockable(DomainError):
    message = "Kunci atau frasa sandinya tidak cocok dengan cadangan ini. Tidak ada yang berubah."


class Damaged(DomainError):
    message = (
        "Cadangan ini rusak atau terpotong, atau bukan cadangan Rambu. Tidak ada yang berubah; "
        "pakai cadangan lain."
    )


@dataclass(frozen=True)
class Lock:
    """For whom a copy is closed. `wrapped` is the key of that recipient, under a passphrase."""

    recipient: Any
    wrapped: bytes | None = None


def lock_for(recipient: str) -> Lock:
    try:
        return Lock(pyrage.x25519.Recipient.from_str(recipient.strip()))
    except pyrage.RecipientError as error:
        raise DomainError(
            f"{recipient[:80]!r} bukan penerima age (age1…). Tidak ada cadangan yang dibuat."
        ) from error


def lock_with(said: str) -> Lock:
    """For whoever knows a passphrase. Raises DomainError."""
    if len(said) < SHORTEST_PASSPHRASE:
        raise DomainError(
            f"Frasa sandi cadangan sedikitnya {SHORTEST_PASSPHRASE} huruf. "
            "Tidak ada cadangan yang dibuat."
        )
    identity = pyrage.x25519.Identity.generate()
    return Lock(identity.to_public(), passphrase.close(f"{identity}\n".encode(), said))


@dataclass(frozen=True)
class Opener:
    """What somebody holds to open a copy."""

    identity: str | None = None
    passphrase: str | None = None


def close(target: IO[bytes], lock: Lock, fill: Callable[[IO[bytes]], None]) -> None:
    """Write an envelope around what `fill` writes. Raises OSError."""
    _add(target, MANUAL, _HOW)
    if lock.wrapped is not None:
        _add(target, KEY, lock.wrapped)
    start = target.tell()
    target.write(_header(CONTENT, 0))
    with piped(fill) as content:
        _encrypt(content, target, lock)
    end = target.tell()
    size = end - start - tarfile.BLOCKSIZE
    target.write(b"\0" * (-size % tarfile.BLOCKSIZE + 2 * tarfile.BLOCKSIZE))
    target.seek(start)
    target.write(_header(CONTENT, size))


def open_to(source: IO[bytes], opener: Opener, take: Callable[[IO[bytes]], None]) -> None:
    """Hand the content to `take`, which must read it to its end.

    Raises Damaged, Unlockable, and OSError with its number where `take` finds no room.
    """
    try:
        with tarfile.open(fileobj=source, mode="r:") as envelope:
            names = envelope.getnames()
            identity = _identity(envelope, names, opener)
            sealed = envelope.extractfile(CONTENT)
            with piped(lambda out: pyrage.decrypt_io(sealed, out, [identity])) as content:
                take(content)
    except pyrage.DecryptError as error:
        raise (Unlockable if "matching keys" in str(error) else Damaged) from error
    except (tarfile.TarError, EOFError, KeyError) as error:
        raise Damaged from error
    except OSError as error:
        if error.errno is None:  # of gzip, or of age: what was sealed has changed
            raise Damaged from error
        raise


def _identity(envelope: tarfile.TarFile, names: list[str], opener: Opener) -> Any:
    if (KEY in names) != (opener.passphrase is not None):
        wanted = "frasa sandi" if KEY in names else "kunci age (--identity)"
        raise DomainError(f"Cadangan ini dibuka dengan {wanted}. Tidak ada yang berubah.")
    said = opener.identity or ""
    if opener.passphrase is not None:
        wrapped = envelope.extractfile(KEY)
        assert wrapped is not None, "it is among the names"
        try:
            said = passphrase.open(wrapped.read(), opener.passphrase).decode()
        except passphrase.NotOpened as error:
            raise Unlockable from error
    lines = [line.strip() for line in said.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0])
    except (IndexError, pyrage.IdentityError) as error:
        raise DomainError(
            "Berkas kunci itu tidak memuat kunci age (AGE-SECRET-KEY-…). Tidak ada yang berubah."
        ) from error


def new_identity() -> tuple[str, str]:
    """The text of a file that holds a new key, and whom to name as its recipient."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    return f"# public key: {recipient}\n{identity}\n", recipient


def _encrypt(content: IO[bytes], target: IO[bytes], lock: Lock) -> None:
    told = _Told(target)
    try:
        pyrage.encrypt_io(content, told, [lock.recipient])
    except pyrage.EncryptError:
        if told.error is not None:
            raise told.error from None
        raise


class _Told:
    """A file that remembers what went wrong: pyrage passes it on as text."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()


def _add(target: IO[bytes], name: str, content: bytes) -> None:
    with tarfile.open(fileobj=target, mode="w:") as one:
        one.addfile(_info(name, len(content)), BytesIO(content))
        end = one.offset
    target.seek(end)  # before the blocks that would end an archive
    target.truncate()


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _header(name: str, size: int) -> bytes:
    return _info(name, size).tobuf(tarfile.GNU_FORMAT)


@contextmanager
def piped(write: Callable[[IO[bytes]], object]) -> Iterator[IO[bytes]]:
    """Read here what `write` writes in a thread meanwhile; what went wrong there is raised here."""
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as thread:
        with os.fdopen(reading, "rb") as source:
            done = thread.submit(_write, write, writing)
            try:
                yield source
            except Exception:
                source.close()  # so that nobody writes for ever
                _raise(done.exception())
                raise
        _raise(done.exception())


def _write(write: Callable[[IO[bytes]], object], writing: int) -> None:
    with os.fdopen(writing, "wb") as target:
        write(target)


def _raise(error: BaseException | None) -> None:
    """What was wrong first: that nobody reads any more is only what follows from it."""
    if error is not None and getattr(error, "errno", None) != errno.EPIPE:
        raise error


def read_private(path: Path) -> str:
    """A passphrase or a key from a file. Raises DomainError."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "bukan teks"
        raise DomainError(f"{path} tidak dapat dibaca: {said}. Tidak ada yang berubah.") from error
