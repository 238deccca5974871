"""What a webinar of 1,000 people gives: certificates of attendance within 30 s of its end.

In process, as the worker does it, on SQLite and on PostgreSQL, both waiting for the disk. Beside
the whole: the longest transaction, since others wait for it, and what the files take, which come
after. GIVING=200 makes it smaller.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.agencies.models import Identifier, Person
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db
from app.credentials.models import Credential
from app.jobs.models import Job
from app.live.models import Gives, LiveAnswer, LiveParticipant
from app.live.timeline import Timing
from tests import databases, people, webinars
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region
from tests.browser import let_go

QUESTIONS, ANSWERED = 10, 8


def run(_region: Region) -> list[Figure]:
    count = int(os.environ.get("GIVING", "1000"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = databases.Postgres(folder, "-c max_connections=50")
        try:
            urls = {"PostgreSQL": postgres.new_database("giving")}
            urls["SQLite"] = f"sqlite:///{folder / 'rambu.db'}"
            return [
                figure for kind in urls for figure in _measured(folder, kind, urls[kind], count)
            ]
        finally:
            postgres.stop()


def _measured(folder: Path, kind: str, url: str, count: int) -> Iterator[Figure]:
    instance = folder / kind
    instance.mkdir()
    app = create_app(databases.config_of(instance, url))
    engine = app.extensions["jobs"]
    with app.app_context():
        upgrade()
        give_id = _ended(count)
    with _longest(app) as spans:
        began = time.perf_counter()
        engine.perform(give_id)
        seconds = time.perf_counter() - began
    with app.app_context():
        issued = db.session.scalar(sa.select(sa.func.count(Credential.id)))
        assert issued == count, (issued, db.session.get_one(Job, give_id).failure)
        print_id = db.session.scalar(sa.select(Job.id).where(Job.kind == "live.print"))
        let_go()
        app.extensions["press"].warm_up()
    yield Figure(f"{kind}: {count} certificates issued", round(seconds, 2), "s", count)
    yield Figure(f"{kind}: longest transaction", round(max(spans) * 1000), "ms", len(spans))
    began = time.perf_counter()
    engine.perform(print_id)
    each = (time.perf_counter() - began) / 20
    yield Figure(f"{kind}: a file", round(each, 2), "s", 20)
    engine.close()


def _ended(count: int) -> int:
    """A webinar that so many attended, ended just now. Gives the id of the job."""
    cast = people.enter(db.session)
    session = webinars.in_lobby(cast, QUESTIONS, gives=Gives.CERTIFICATE, needed=6)
    units = (cast.root, cast.health, cast.clinic, cast.education)
    rows = [_person(units[i % 4], i) for i in range(count)]
    db.session.add_all(rows)
    db.session.flush()
    numbers = [{"person_id": p.id, "number": p.number, "since": date(2020, 1, 1)} for p in rows]
    db.session.execute(sa.insert(Identifier), numbers)
    who = [
        LiveParticipant(session_id=session.id, person_id=p.id, joined_at=clock.now()) for p in rows
    ]
    db.session.add_all(who)
    db.session.commit()
    for number in range(QUESTIONS):
        run = webinars.open_now(session)
        if number < ANSWERED:
            given = {"run_id": run.id, "choice": webinars.RIGHT, "timing": Timing.ON_TIME}
            given |= {"seq": 1, "received_at": clock.now()}
            answers = [{"participant_id": one.id, **given} for one in who]
            db.session.execute(sa.insert(LiveAnswer), answers)
        clock.shift(timedelta(minutes=9))
        webinars.order(session, "reveal")
    webinars.order(session, "end")
    clock.reset()
    job = db.session.scalar(sa.select(Job).where(Job.kind == "live.give"))
    job.due_at = clock.now()
    db.session.commit()
    return job.id


def _person(unit, number: int) -> Person:
    return Person(
        agency_id=unit.agency_id,
        unit_id=unit.id,
        number=f"19900101202001{number:04d}",
        name=f"Peserta {number}",
        status=PersonStatus.PNS,
        position="Pelaksana",
    )


@contextmanager
def _longest(app: Flask) -> Iterator[list[float]]:
    """Seconds of each transaction that wrote, from its first statement on."""
    with app.app_context():
        engine = db.engine
    began: dict[int, float] = {}
    spans: list[float] = []

    def begin(connection) -> None:
        began[id(connection)] = time.perf_counter()

    def commit(connection) -> None:
        spans.append(time.perf_counter() - began.pop(id(connection)))

    sa.event.listen(engine, "begin", begin)
    sa.event.listen(engine, "commit", commit)
    yield spans
    sa.event.remove(engine, "begin", begin)
    sa.event.remove(engine, "commit", commit)
