"""What a compiled bank was made of, as one number: another number, another bank."""

import hashlib
import os
import sys
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from stat import S_ISLNK, S_ISREG

from app.reading.files import LARGEST

APP = Path(__file__).resolve().parent.parent

Part = bytes | str


def of_bank(content: Path, today: date, areas: Collection[str]) -> bytes:
    """SHA-256 of all that decides what the checker says and what is made of `content`.

    The day counts because checks ask how old a file is, the areas because links are held against
    them, the libraries because half of a bank is theirs.
    """
    parts: list[Part] = [of_content(content), of_code(), today.isoformat(), *sorted(areas)]
    return _digest(parts)


def of_content(root: Path) -> bytes:
    """Of the names and the bytes of all files, also of those that nobody reads."""
    return _digest(part for path in sorted(_files(os.fspath(root))) for part in _told(path, root))


def of_code(app: Path = APP) -> bytes:
    """Of our own modules, the interpreter, and the libraries by name and version.

    The names of their folders say both: reading the metadata of a hundred of them would take
    longer than the bank.
    """
    sources = sorted(path for path in _files(os.fspath(app)) if path.endswith(".py"))
    own = [part for path in sources for part in _told(path, app)]
    return _digest([*own, sys.version, *_libraries()])


def _libraries() -> list[str]:
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    names = [name for folder in folders for name in os.listdir(folder)]
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _files(root: str) -> Iterator[str]:
    """Files, and links to folders (which are never followed)."""
    for folder, folders, names in os.walk(root):
        for name in (*names, *(f for f in folders if os.path.islink(os.path.join(folder, f)))):
            yield os.path.join(folder, name)


def _told(path: str, root: Path) -> tuple[Part, Part, Part]:
    """The name, where it leads, and the bytes; of what is no file, or is too large, only what."""
    name = path[len(os.fspath(root)) :]
    try:
        state = os.lstat(path)
        target = os.readlink(path) if S_ISLNK(state.st_mode) else ""
        state = os.stat(path) if target else state
        if not S_ISREG(state.st_mode) or state.st_size > LARGEST:
            return name, target, f"{state.st_mode} {state.st_size}"
        with open(path, "rb") as file:
            return name, target, file.read()
    except OSError as error:
        return name, "", f"errno {error.errno}"


def _digest(parts: Iterable[Part]) -> bytes:
    """Each part with its length, so that no two lists of them read the same."""
    digest = hashlib.sha256()
    for part in parts:
        plain = part if isinstance(part, bytes) else os.fsencode(part)
        digest.update(b"%d:" % len(plain))
        digest.update(plain)
    return digest.digest()
