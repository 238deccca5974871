"""The compiled bank: what content was made into, kept on disk from one start to the next.

Reading, checking and indexing 372 cases takes seconds, reading the result hundredths of one. A
part is used only if it is a plain file that nobody but its owner, who is us, can write, if it bears
this instance's seal, and if it was made of the same content by the same program on the same day.
Anything else is discarded with one line in the log, and made anew. Nothing is lost with it.
"""

import copyreg
import errno
import hashlib
import hmac
import io
import logging
import os
import pickle
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

Part = TypeVar("Part")

FOLDER = "bank"
#: Bytes. Fifteen times what 372 cases take.
LARGEST = 256 * 1024 * 1024
#: Bytes of the seal, and of the fingerprint that follows it.
SEAL = FINGERPRINT = hashlib.sha256().digest_size
#: Seconds after which a draft is what a start left behind that was cut off.
ABANDONED = 3600

OLD = "disusun dari isi, program, atau tanggal lain"
DAMAGED = "rusak atau bukan tulisan instans ini"
NO_FILE = "bukan berkas biasa"
FOREIGN = "milik pengguna lain"
OPEN = "dapat dibaca atau ditulis pengguna lain"
LARGE = "terlalu besar"

#: What a sealed pickle can still raise: see the standard library's page on pickle.
_UNREADABLE = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
logger = logging.getLogger(__name__)


class Discarded(Exception):
    """A file that is not used, with the words that say why."""


class Bank:
    """Named parts that were made of one content. `fingerprint` says what they are made of now."""

    def __init__(self, folder: Path, secret: str, fingerprint: Callable[[], bytes]) -> None:
        self._folder = folder
        self._secret = hmac.digest(secret.encode(), b"compiled bank", hashlib.sha256)
        self._fingerprint = fingerprint
        self._made_of = fingerprint()
        self._is_known_old = False

    def part(self, name: str, make: Callable[[], Part]) -> Part:
        """The part as it was kept, or as `make` makes it, which is kept from then on."""
        try:
            kept: Part = self._read(name)
            return kept
        except FileNotFoundError:
            pass
        except Discarded as reason:
            self._complain(name, str(reason))
        except OSError as error:
            self._complain(name, str(error.strerror))
        made = make()
        self._keep(name, made)
        return made

    def _read(self, name: str) -> Any:
        _check(os.lstat(self._folder), stat.S_ISDIR, "bukan folder")
        sealed = memoryview(_bytes(self._folder / name))
        if not hmac.compare_digest(sealed[:SEAL], self._seal(name, sealed[SEAL:])):
            raise Discarded(DAMAGED)
        if sealed[SEAL : SEAL + FINGERPRINT] != self._made_of:
            raise Discarded(OLD)
        try:
            return pickle.loads(sealed[SEAL + FINGERPRINT :])  # noqa: S301 - sealed by ourselves
        except _UNREADABLE as error:
            raise Discarded(DAMAGED) from error

    def _keep(self, name: str, made: object) -> None:
        """Write a part, whole or not at all. A disk that is full or closed is no reason to stop."""
        if self._fingerprint() != self._made_of:
            return  # somebody edits the content: nobody knows what this was made of
        body = self._made_of + _pickled(made)
        try:
            _own(self._folder)
            _write(self._folder / name, self._seal(name, body) + body)
            _tidy(self._folder)
        except OSError as error:
            logger.warning(
                "Bank tersusun tidak dapat disimpan di %s: %s. Start berikutnya akan selama ini.",
                self._folder / name,
                error.strerror,
            )

    def _seal(self, name: str, body: bytes | memoryview) -> bytes:
        """The name is under the seal too: a part must not pass for another."""
        seal = hmac.new(self._secret, name.encode() + b"\n", hashlib.sha256)
        seal.update(body)
        return seal.digest()

    def _complain(self, name: str, reason: str) -> None:
        """Once for all parts where the content is new."""
        if reason != OLD or not self._is_known_old:
            path = self._folder / name
            logger.warning("Bank tersusun %s dibuang: %s. Disusun ulang.", path, reason)
        self._is_known_old |= reason == OLD


def _check(state: os.stat_result, is_right: Callable[[int], bool], otherwise: str) -> None:
    """Raises Discarded for what is of another sort, or not ours alone."""
    if not is_right(state.st_mode):
        raise Discarded(otherwise)
    if state.st_uid != os.geteuid():
        raise Discarded(FOREIGN)
    if state.st_mode & 0o077:
        raise Discarded(OPEN)


def _own(folder: Path) -> None:
    """Make sure that there is a folder, and that nobody else gets into it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid():
        raise OSError(errno.EPERM, "bukan folder milik pengguna ini")
    folder.chmod(0o700)


def _bytes(path: Path) -> bytes:
    """All of a file that is ours alone. Raises Discarded, and FileNotFoundError where none is."""
    try:
        # Not through a link, and without waiting for the other end of a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            raise Discarded(NO_FILE) from error
        raise
    with open(descriptor, "rb") as file:
        state = os.fstat(descriptor)
        _check(state, stat.S_ISREG, NO_FILE)
        if state.st_size > LARGEST:
            raise Discarded(LARGE)
        return file.read()


def _write(path: Path, content: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 600
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(draft, path)
    except OSError:
        with suppress(OSError):
            os.unlink(draft)
        raise


def _tidy(folder: Path) -> None:
    """Remove the drafts of starts that were cut off."""
    for draft in folder.glob(".*-*"):
        with suppress(OSError):
            if draft.stat().st_mtime < time.time() - ABANDONED:
                draft.unlink()


def _pickled(made: object) -> bytes:
    target = io.BytesIO()
    pickler = pickle.Pickler(target, protocol=5)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _melted}
    pickler.dump(made)
    return target.getvalue()


Frozen = MappingProxyType[Any, Any]


def _melted(mapping: Frozen) -> tuple[Callable[[dict[Any, Any]], Frozen], tuple[dict[Any, Any]]]:
    """The library pickles no frozen mapping."""
    return _frozen, (dict(mapping),)


def _frozen(mapping: dict[Any, Any]) -> Frozen:
    return MappingProxyType(mapping)
