"""The tree of content files on disk: which file is what, and whether it may be read at all."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.reading.mistakes import Mistake

#: Bytes. The longest lesson is a twentieth of this.
LARGEST = 200_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Sort(StrEnum):
    """What a file is, told by its place in the tree."""

    REGULATION = r"regulations/[^/]+\.md"
    SCENARIO = r"scenarios/[^/]+/[^/]+\.md"
    COURSE = r"courses/[^/]+/course\.yaml"
    LESSON = r"courses/[^/]+/\d\d-[^/]+\.md"
    PLEDGE = r"pledges/[^/]+\.md"
    GUIDE = r"guides/[^/]+\.md"
    LEXICON = r"lexicon\.yaml"
    STALE = r"stale/[^/]+\.yaml"

    @property
    def is_yaml(self) -> bool:
        """Data from end to end, without a body."""
        return self in (Sort.COURSE, Sort.LEXICON, Sort.STALE)


#: For people who edit, not for the program.
_IGNORED = re.compile(r"(?:.*/)?(?:README\.md|\.[^/]*)|(?:.*/)?\.[^/]+/.*")


@dataclass(frozen=True, slots=True)
class SourceFile:
    path: str
    sort: Sort
    place: Path
    text: str

    @property
    def name(self) -> str:
        return self.place.stem

    @property
    def folder(self) -> str:
        return self.place.parent.name


class Refused(Exception):
    """A file that is not read, with the sentence that says why."""


def sweep(root: Path) -> tuple[list[SourceFile], list[Mistake]]:
    """Every content file under `root`, in stable order, and what cannot be read."""
    if not root.is_dir():
        return [], [Mistake(str(root), 1, "Folder isi tidak ditemukan.")]
    files, mistakes = [], []
    for path in sorted(_walk(root)):
        place = path.relative_to(root)
        if _IGNORED.fullmatch(place.as_posix()):
            continue
        try:
            files.append(SourceFile(str(path), _sort(place), place, _text(path, root)))
        except Refused as refusal:
            mistakes.append(Mistake(str(path), 1, str(refusal)))
    return files, mistakes


def _walk(root: Path) -> Iterator[Path]:
    """Files, and links to folders (which are never followed)."""
    for folder, folders, names in os.walk(root):
        for name in (*names, *(f for f in folders if (Path(folder) / f).is_symlink())):
            yield Path(folder) / name


def _sort(place: Path) -> Sort:
    for sort in Sort:
        if re.fullmatch(sort, place.as_posix()):
            return sort
    raise Refused("Berkas ini tidak pada tempatnya, sehingga tidak akan terbaca.")


def _text(path: Path, root: Path) -> str:
    """The file's text with `\\n` line ends. Raises Refused."""
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        raise Refused("Tautan berkas menunjuk ke luar folder isi.")
    if not path.is_file():
        raise Refused("Ini bukan berkas biasa.")
    if path.stat().st_size > LARGEST:
        raise Refused(f"Berkas lebih besar dari {LARGEST // 1000} kB.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("Berkas tidak tersimpan sebagai UTF-8.") from None
    except OSError:
        raise Refused("Berkas tidak dapat dibaca.") from None
    return _clean(text)


def _clean(text: str) -> str:
    if not text.strip():
        raise Refused("Berkas kosong.")
    if _CONTROL.search(text):
        raise Refused("Berkas memuat karakter kendali yang tidak terlihat.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
