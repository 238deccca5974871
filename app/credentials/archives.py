"""All documents of a unit as one ZIP: made file by file by the worker, handed out as it is read.

Nothing is laid out in a request, and neither the archive nor its files are ever held as a whole.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from app.agencies.models import Unit
from app.agencies.scope import Scope
from app.audit import trail
from app.core.dates import local
from app.core.db import Json, db, portions, reading, start_writing
from app.core.spreadsheets import csv_of, tame
from app.credentials import desk, myasn, operations
from app.credentials.models import Credential, CredentialFile, Kind
from app.credentials.numbering import archived_name
from app.credentials.press import TooMuch
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job
from app.jobs.queries import open_job_like
from app.printing.facts import PledgeFacts

KIND = "credentials.archive"
#: Documents that one job makes before it lets others in, and that are read at a time.
PORTION = 20
_COLUMNS = ("Berkas", "Nomor", "Nama", "NIP / NI PPPK", "Terbit", "Kode", "SHA-256", "Bita")


def ask_to_make(unit: Unit, kind: Kind) -> Job:
    """Have the files made that are still missing."""
    return jobs.ask(KIND, portion_of(trail.name_of(unit), kind))


def open_of(unit: Unit, kind: Kind) -> Job | None:
    """The portion that is being made, or waits."""
    return open_job_like(KIND, f"{kind.value}>%>{trail.name_of(unit)}")


def portion_of(name: str, kind: Kind, after: int = 0) -> str:
    """The documents of a unit whose ids are higher: `certificate>0>units:7`."""
    return f"{kind.value}>{after}>{name}"


def _make(work: Work) -> Json:
    """Make a portion of the missing files, and ask for the next one."""
    kind, after, name = work.subject.split(">")
    scope, press = Scope((desk.unit_of(name).path,)), current_app.extensions["press"]
    due = desk.unmade_in(scope, Kind(kind), int(after), PORTION)
    for done, credential in enumerate(due, start=1):
        with suppress(operations.NeverSealed, TooMuch):
            operations.file_of(credential, press)
        work.advance(done, len(due))
    if len(due) == PORTION:
        start_writing()
        jobs.ask(KIND, portion_of(name, Kind(kind), due[-1].id))
    return {"made": len(due)}


MAKE = Deed(KIND, "siapkan berkas PDF satu unit", _make)


@dataclass(frozen=True)
class Layout:
    """How an archive names its files, and what its list says of each."""

    list_name: str
    columns: tuple[str, ...]
    #: The name of the file of a document, and its line in the list.
    tell: Callable[[Credential, CredentialFile, str], tuple[str, list[str]]]


def streamed(ids: list[int], zone: str, layout: Layout) -> Iterator[bytes]:
    """The archive, piece by piece. It is read after its request has ended, so it has connections
    of its own, and holds none of them while a slow line takes what it was given."""
    return zipped(_files(db.engine, ids, zone, layout))


def _files(
    engine: sa.Engine, ids: list[int], zone: str, layout: Layout
) -> Iterator[tuple[str, bytes]]:
    """Each document under its name, and last the list of them all."""
    lines: list[list[str]] = []
    for some in portions(ids, PORTION):
        reading()
        with Session(engine) as session:
            portion = desk.files_of(session, some)
        for credential, file in portion:
            name, line = layout.tell(credential, file, zone)
            lines.append(line)
            yield name, file.content
    yield layout.list_name, csv_of(layout.columns, lines).encode()


def _kept(credential: Credential, file: CredentialFile, zone: str) -> tuple[str, list[str]]:
    holder = credential.stated.holder
    name = archived_name(holder.number, holder.name, credential.number)
    return name, [
        name,
        credential.number,
        tame(holder.name),
        holder.grouped_number,
        f"{local(credential.issued_at, zone):%d-%m-%Y}",
        credential.code,
        file.sha256,
        str(file.size),
    ]


def _for_myasn(credential: Credential, _file: CredentialFile, _zone: str) -> tuple[str, list[str]]:
    facts = credential.stated
    assert not isinstance(facts, PledgeFacts), "a pledge is no course"
    line = myasn.line(facts, credential.number)
    return line[-1], line


ARCHIVE = Layout("manifest.csv", _COLUMNS, _kept)
MYASN = Layout(myasn.LIST, myasn.COLUMNS, _for_myasn)


class _Sink(io.RawIOBase):
    """What the archive is written to, and taken from as it grows. It cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]  # ZipFile writes bytes
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A ZIP of these files. They are not compressed: a PDF is already."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
            yield sink.taken()
    yield sink.taken()
