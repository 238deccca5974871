"""What pages of one instansi cost among many, against what they cost where it is alone.

Two PostgreSQL databases on one server, filled in bulk: one holds 40 instansi with 500,000 people
and 3 million answers, the other the twentieth of them alone, row by row the same. Each page is
asked for in process, by turns of both, by another person each time where it is a learner's.
Milliseconds of the clock, since PostgreSQL is another process. Aim: at most 1.3 times.

MANY=4x1000 makes it smaller (agencies × people of each).
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.agencies.models import Person
from app.asking.web import finder
from app.core import clock
from app.core.db import db
from app.credentials.models import Credential
from app.learning.models import Enrolment
from app.oversight import reach
from app.quizzes.models import Attempt
from tests import databases, learners, people
from tests.benchmarks.figures import Figure
from tests.benchmarks.many_rows import UNITS, Pattern, Size, fill
from tests.benchmarks.pages_worker import ask, environ_of
from tests.benchmarks.region import Region

#: Times that each page is asked for, of each database; learners who ask; a ratio that is too much.
TIMES, LEARNERS, MOST = 60, 12, 1.3
#: As the operator's guide advises for a province.
SETTINGS = (
    "-c shared_buffers=1GB -c work_mem=32MB -c jit=off -c max_wal_size=8GB -c fsync=off"
    " -c full_page_writes=off -c autovacuum=off -c max_connections=50"
)
COURSE = f"/kursus/{learners.SLUG}"


def run(_region: Region) -> list[Figure]:
    agencies, people_each = map(int, os.environ.get("MANY", "40x12500").split("x"))
    size = Size(agencies, people_each)
    with both(size) as (many, alone):
        figures = [
            Figure("people among many", agencies * people_each, "people", 1),
            Figure("answers among many", size.answers, "answers", 1),
            Figure("database of many", many.megabytes(), "MB", 1),
            Figure("database of one alone", alone.megabytes(), "MB", 1),
        ]
        for name, path in pages(size).items():
            figures += compared(name, path, many, alone)
    return figures


class House:
    """The application on one of the databases, with people who are signed in there."""

    def __init__(self, app: Flask, agency: int, size: Size) -> None:
        self.app, self.agency, self.size = app, agency, size
        self._cookies: dict[int, str] = {}

    def person_id(self, i: int) -> int:
        return (self.agency - 1) * self.size.people + i

    def learner(self, stage: int, turn: int) -> int:
        """The id of somebody who entered, by the remainder of her number (`many_rows.Size`)."""
        return self.person_id(2 * (6 * (turn % LEARNERS + 1) + stage))

    def cookies_of(self, person_id: int) -> str:
        if person_id not in self._cookies:
            with self.app.app_context():
                browser = people.browser_of(self.app, db.session.get_one(Person, person_id))
            found = browser._cookies.values()
            self._cookies[person_id] = "; ".join(f"{one.key}={one.value}" for one in found)
        return self._cookies[person_id]

    def ask(self, path: str, person_id: int | None) -> float:
        """Milliseconds until the last byte."""
        environ = environ_of(path, self.cookies_of(person_id) if person_id else "")
        began = time.perf_counter()
        status = ask(self.app, environ)
        took = (time.perf_counter() - began) * 1_000
        if not status.startswith("200"):
            raise RuntimeError(f"{path}: {status}")
        return took

    def megabytes(self) -> float:
        size = sa.select(sa.func.pg_database_size(sa.func.current_database()))
        return round(self.one(size) / 1e6, 1)

    def one(self, query: sa.Select) -> object:
        with self.app.app_context():
            return db.session.scalars(query.limit(1)).one()


#: Which address is asked for at a turn, and by whom (nobody: a stranger).
Asking = Callable[[House, int], tuple[str, int | None]]


def pages(size: Size) -> dict[str, Asking]:
    """Every kind of page of one instansi."""
    chief, auditor, officer = 1, 2, 3

    def learner(path: str, stage: int) -> Asking:
        return lambda house, turn: (path, house.learner(stage, turn))

    def desk(path: str, who: int = chief) -> Asking:
        return lambda house, _turn: (path.format(**_places(house)), house.person_id(who))

    return {
        "/ of a learner": learner("/", 0),
        "course": learner(COURSE, 0),
        "lesson": learner(f"{COURSE}/pelajaran/2", 0),
        "question of a quiz": _question,
        "/dokumen": learner("/dokumen", 4),
        "/akun": learner("/akun", 0),
        "/akun/data": learner("/akun/data", 4),
        "/verifikasi/CODE": _verification,
        "/laporan": desk("/laporan"),
        "/laporan of a unit": desk("/laporan/unit/{unit}"),
        "/laporan, those pending": desk("/laporan/unit/{unit}/belum"),
        "/laporan of a unit's admin": desk("/laporan", officer),
        "/pegawai": desk("/pegawai"),
        "/pegawai, further on": desk("/pegawai?setelah={person}"),
        "/pegawai by name": desk("/pegawai?cari=wulandari"),
        "/pegawai by number": desk("/pegawai?cari={number}"),
        "/pegawai without account": desk("/pegawai?akun=belum"),
        "/pegawai of a unit's admin": desk("/pegawai", officer),
        "a person": desk("/pegawai/{person}"),
        "/pegawai/aktivasi": desk("/pegawai/aktivasi"),
        "/kalender": desk("/kalender"),
        "/permintaan-data": desk("/permintaan-data"),
        "/jejak": desk("/jejak", auditor),
        "/jejak, further on": desk("/jejak?sebelum={entry}", auditor),
        "/jejak of a person": desk("/jejak?orang={number}", auditor),
        "/jejak of a deed": desk("/jejak?perbuatan=course.started", auditor),
        "/jejak of a network": desk("/jejak?jaringan=10.0.0.0/24", auditor),
        "/jejak of a unit's chief": desk("/jejak", chief),
    }


def _places(house: House) -> dict[str, object]:
    if not hasattr(house, "places"):
        person = house.person_id(house.size.people // 2)
        house.places = {
            "unit": (house.agency - 1) * UNITS + 2,
            "person": person,
            "number": house.one(sa.select(Person.number).where(Person.id == person)),
            "entry": house.size.agencies * house.size.entered * 3,
        }
    return house.places


def _question(house: House, turn: int) -> tuple[str, int]:
    person = house.learner(2, turn)
    query = sa.select(Attempt.id).join(Enrolment).where(Enrolment.person_id == person)
    return f"/percobaan/{house.one(query)}/soal/2", person


def _verification(house: House, turn: int) -> tuple[str, None]:
    person = house.learner(4, turn)
    query = sa.select(Credential.code).where(Credential.holder_id == person)
    return f"/verifikasi/{house.one(query)}", None


def compared(name: str, asking: Asking, many: House, alone: House) -> list[Figure]:
    """By turns, after a round that is not counted; whoever is first changes each time."""
    took: dict[House, list[float]] = {many: [], alone: []}
    turns = [
        {house: asking(house, turn) for house in (many, alone)}
        for turn in range(min(TIMES, LEARNERS))
    ]
    for turn in range(len(turns) + TIMES):
        order = random.sample((many, alone), 2)
        for house in order:
            spent = house.ask(*turns[turn % len(turns)][house])
            if turn >= len(turns):
                took[house].append(spent)
    ours, theirs = took[many], took[alone]
    return [
        figure
        for label, value, base in (
            ("p50", median(ours), median(theirs)),
            ("p95", _p95(ours), _p95(theirs)),
        )
        for figure in (
            Figure(f"{name}, {label}", round(value, 2), "ms", TIMES, f"{base:.2f} ms alone",
                   round(value / base, 3)),
        )
    ]  # fmt: skip


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[18]


@contextmanager
def both(size: Size) -> Iterator[tuple[House, House]]:
    """The house among many, and the house alone."""
    with tempfile.TemporaryDirectory(prefix="rambu-many-") as folder:
        shared = Path(folder)
        shared.chmod(0o755)
        server = databases.Postgres(shared, SETTINGS)
        agency = (size.agencies + 1) // 2
        try:
            yield (
                _house(shared, server, "many", list(range(1, size.agencies + 1)), agency, size),
                _house(shared, server, "alone", [agency], agency, size),
            )
        finally:
            server.stop()


def _house(
    shared: Path, server: databases.Postgres, name: str, which: list[int], agency: int, size: Size
) -> House:
    instance = shared / name
    instance.mkdir()
    databases.lend_bank(shared, instance)
    config = databases.config_of(instance, server.new_database(name))
    app = create_app(config)
    with app.app_context():
        finder()
        upgrade()
        like = _pattern(app)
        databases.empty()
        with db.engine.begin() as connection:
            fill(connection, size, which, like)
        while reach.catch_up():
            pass
        with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # all of it: autovacuum is off here
        db.session.remove()
    return House(app, agency, size)


def _pattern(app: Flask) -> Pattern:
    """One person goes the whole way, by the operations that browsers call."""
    cast = people.enter(db.session)
    enrolment = learners.signed(app, cast.sari)
    db.session.flush()
    course = learners.course_of(app)
    found = Pattern(
        course=enrolment.course,
        edition=enrolment.edition,
        paper=db.session.scalars(sa.select(Attempt.paper)).one(),
        facts={one.kind.value: one.facts for one in db.session.scalars(sa.select(Credential))},
        lessons=tuple(lesson.slug for lesson in course.lessons),
    )
    db.session.rollback()
    clock.reset()
    return found
