"""What is in a copy: a folder, as a compressed tar.

manifest.json                        of which version, and from where
database.sqlite or database.dump     the database, as of one moment
instance/…                           keys, and whatever else the instance folder keeps
"""

import gzip
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import IO, cast

from app.backups.envelope import Damaged

MANIFEST, INSTANCE = "manifest.json", "instance"
#: The way a copy is laid out. A later one may read an older; never the other way round.
FORMAT = 1
#: Says which copy was put into an instance folder, until the trail says it.
RESTORED = "restored.json"
#: Made anew by itself, or of this machine only.
LEFT_OUT = frozenset({"bank", "metrics", "huey.db", "huey.db-journal", "backup.json", RESTORED})
#: What belongs into the folder of keys, wherever that is.
KEYS = frozenset({"secret.key", "trail.key", "segel"})


@dataclass(frozen=True)
class Manifest:
    format: int
    #: Of Rambu, and the newest migration of the database.
    version: str
    migration: str
    #: The file of the database beside this one.
    database: str
    public_url: str
    made_at: str

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1)
        (folder / MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises Damaged. What a later format may have added is not looked at."""
        try:
            said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(**{name: said[name] for name in cls.__dataclass_fields__})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Damaged from error


def is_key(name: PurePosixPath) -> bool:
    """Whether a file of a copy, named from its instance folder, is a key."""
    return name.parts[0] in KEYS


def worth_keeping(instance: Path, but: frozenset[Path]) -> Iterator[PurePosixPath]:
    """Files of an instance folder, from there. `but` names others that are left out."""
    for folder, folders, files in os.walk(instance):
        here = Path(folder)
        folders[:] = [name for name in folders if _counts(here / name, but)]
        for name in sorted(files):
            path = here / name
            if _counts(path, but) and path.is_file() and not path.is_symlink():
                yield PurePosixPath(path.relative_to(instance).as_posix())


def _counts(path: Path, but: frozenset[Path]) -> bool:
    name = path.name
    return not (name.startswith(".") or name.endswith(".lock") or name in LEFT_OUT or path in but)


def pack(folder: Path, target: IO[bytes]) -> None:
    """The quickest compression: four times as fast as the usual, a tenth larger."""
    packed = gzip.GzipFile(fileobj=target, mode="wb", compresslevel=1, mtime=0)
    with packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.add(path, path.relative_to(folder).as_posix(), filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def unpack(source: IO[bytes], folder: Path) -> None:
    """Write all files below `folder`, for our own eyes only. Raises Damaged, OSError.

    Whoever knows the recipient can close an envelope, so no member is let out of the folder.
    """
    with gzip.GzipFile(fileobj=source, mode="rb") as packed:
        with tarfile.open(fileobj=packed, mode="r|") as archive:
            for member in archive:
                path = _place_of(member, folder)
                _write(path, cast("IO[bytes]", archive.extractfile(member)))
        _to_its_end(cast("IO[bytes]", packed))
    _to_its_end(source)


def _place_of(member: tarfile.TarInfo, folder: Path) -> Path:
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts:
        raise Damaged
    return folder / name


def _write(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        copyfileobj(content, target, 1 << 20)


def _to_its_end(stream: IO[bytes]) -> None:
    """Only there is it known whether an end is missing."""
    while stream.read(1 << 20):
        pass
