"""A roster of 20,000 people in the browser: looked at within 10 s, taken in within 30, in 300 MB.

In process, as the worker does it, on SQLite and on PostgreSQL, both waiting for the disk: first
everybody is new, then a tenth have moved. ROSTER=2000 makes it smaller. Memory is that of a process
of its own, above what it has before it reads.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from app.admin import roster_vault
from app.core.db import db, start_writing
from app.rosters import uploading
from tests import databases, people
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region

HEAD = "NIP;Nama;Gelar Belakang;Status;Golongan;Jabatan;Kode Unit"
UNITS = ("10.1", "20", "10")


def run(_region: Region) -> list[Figure]:
    count = int(os.environ.get("ROSTER", "20000"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = databases.Postgres(folder, "-c max_connections=50")
        try:
            urls = {"PostgreSQL": postgres.new_database("intake")}
            urls["SQLite"] = f"sqlite:///{folder / 'rambu.db'}"
            return [one for kind in urls for one in _apart(folder / kind, kind, urls[kind], count)]
        finally:
            postgres.stop()


def _apart(instance: Path, kind: str, url: str, count: int) -> list[Figure]:
    """In a process that has done nothing else, so that its memory is that of this work."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (instance, kind, url, count))


def _measured(instance: Path, kind: str, url: str, count: int) -> list[Figure]:
    instance.mkdir()
    app = create_app(databases.config_of(instance, url))
    with app.app_context():
        upgrade()
        cast = people.enter(db.session)
        db.session.commit()
        before = _peak()
        found = list(_taken_in(cast, kind, "all new", _roster(count, 0), count))
        found += _taken_in(cast, kind, "a tenth moved", _roster(count, 10), count)
        return [*found, Figure(f"{kind}: memory above its start", _peak() - before, "MB", 1)]


def _taken_in(cast, kind: str, name: str, content: bytes, count: int) -> Iterator[Figure]:
    upload = roster_vault.receive(cast.agency, cast.dewi, "pegawai.csv", content)
    db.session.commit()
    brought = roster_vault.bytes_of(upload)
    yield _timed(f"{kind}, {name}: looked at", count, lambda: uploading.preview(upload, brought))
    assert not upload.seen["bad_rows"], upload.seen["groups"][:3]

    def apply() -> None:
        start_writing()
        uploading.apply(upload, brought, cast.dewi, lambda done, total: None)

    yield _timed(f"{kind}, {name}: taken in", count, apply)


def _timed(name: str, count: int, deed: Callable[[], object]) -> Figure:
    began = time.perf_counter()
    deed()
    db.session.commit()
    return Figure(name, round(time.perf_counter() - began, 2), "s", count)


def _roster(count: int, moved: int) -> bytes:
    """So many people; of every ten the first `moved` sit in another unit than before."""
    lines = [HEAD]
    for n in range(count):
        place = (n + (1 if moved and n % moved == 0 else 0)) % len(UNITS)
        born, begun = f"1990{1 + n // 28 % 12:02}{1 + n % 28:02}", f"2015{1 + n // 336 % 12:02}"
        number = f"{born}{begun}1{n // 4032 + 1:03}"
        lines.append(f"{number};Pegawai {_name(n)};S.Pd.;PNS;III/a;Pelaksana;{UNITS[place]}")
    return "\n".join(lines).encode()


def _name(number: int) -> str:
    """Letters alone: a name with digits is asked about."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
