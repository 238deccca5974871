"""The report of a session of 10,000 and the recap of 200 sessions in 45 OPD: seconds and queries.

In process, over an in-house client: what a desk waits for, without the network. RECAP=20 makes it
smaller: so many sessions, and fifty times as many people in the largest.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.agencies.models import Person, Unit
from app.agencies.unit_kinds import UnitKind
from app.catalog.terms import PersonStatus, Phase
from app.core import clock
from app.core.db import db
from app.live.models import LiveAnswer, LiveParticipant, LiveRun
from app.live.queries import questions_of
from app.live.tallies import of_run
from app.live.timeline import Timing
from tests import databases, people, webinars
from tests.benchmarks.figures import ROUNDS, Figure
from tests.benchmarks.region import Region
from tests.browser import Browser, let_go

OFFICES, QUESTIONS, USUAL = 45, 10, 100
DAY = timedelta(days=1)


def run(_region: Region) -> list[Figure]:
    sessions = int(os.environ.get("RECAP", "200"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = create_app(databases.config_of(folder, f"sqlite:///{folder / 'rambu.db'}"))
        app.test_client_class = Browser
        with app.app_context():
            upgrade()
            cast = people.enter(db.session)
            largest = _held(cast, sessions)
            browser = people.browser_of(app, cast.dewi)
            let_go()
        paths = {
            f"report of {50 * sessions}": f"/pandu/{largest}/laporan",
            f"recap of {sessions}": "/pandu/rekap",
            f"recap of {sessions}, XLSX": "/pandu/rekap.xlsx",
            "list of sessions": "/pandu",
        }
        return [figure for name in paths for figure in _measured(app, browser, name, paths[name])]


def _measured(app: Flask, browser: Browser, name: str, path: str) -> Iterator[Figure]:
    took = []
    with _counted(app) as statements:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            assert browser.get(path).status_code == 200
            took.append(time.perf_counter() - began)
    yield Figure(name, round(median(took) * 1000), "ms", ROUNDS)
    yield Figure(f"{name}: queries", len(statements) / ROUNDS, "", ROUNDS)


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def _held(cast, sessions: int) -> int:
    """So many sessions, the first with fifty times as many people; gives the id of the first."""
    offices = [
        Unit(agency_id=cast.agency.id, parent_id=cast.root.id, path="", code=f"9{n}",
             name=f"Dinas {n}", kind=UnitKind.OFFICE, is_reporting=True)
        for n in range(OFFICES)
    ]  # fmt: skip
    db.session.add_all(offices)
    db.session.flush()
    for office in offices:
        office.path = f"{cast.root.path}{office.id}/"
    staff = [
        Person(agency_id=cast.agency.id, unit_id=offices[n % OFFICES].id,
               number=f"1990010120201{n:05d}", name=f"Peserta {n}", status=PersonStatus.PNS)
        for n in range(50 * sessions)
    ]  # fmt: skip
    db.session.add_all(staff)
    db.session.flush()
    first = _one(cast, cast.root, staff)
    for n in range(1, sessions):
        _one(cast, offices[n % OFFICES], staff[n % OFFICES :: OFFICES][:USUAL])
    return first


def _one(cast, unit: Unit, staff: list[Person]) -> int:
    """A session that was held yesterday, with its answers; gives its id."""
    began = clock.now() - DAY
    session = webinars.prepared(cast, QUESTIONS, unit=unit)
    session.starts_at, session.ends_at = began, began + timedelta(hours=2)
    session.lobby_at = session.started_at = began
    session.ended_at = session.ends_at
    rows = [{"session_id": session.id, "person_id": p.id, "joined_at": began} for p in staff]
    insert = sa.insert(LiveParticipant).returning(LiveParticipant.id)
    who = list(db.session.scalars(insert, rows))
    for place, question in enumerate(questions_of(session.id)):
        opens = began + timedelta(minutes=5 * place)
        asked = LiveRun(session_id=session.id, question_id=question.id, phase=Phase.BEFORE, round=1,
                        opens_at=opens, closes_at=opens + timedelta(minutes=1))  # fmt: skip
        db.session.add(asked)
        db.session.flush()
        given = {"run_id": asked.id, "seq": 1, "received_at": opens, "timing": Timing.ON_TIME}
        choices = (webinars.RIGHT, webinars.RIGHT, webinars.WRONG)
        db.session.execute(
            sa.insert(LiveAnswer),
            [given | {"participant_id": id, "choice": choices[id % 3]} for id in who],
        )
        asked.tally, asked.revealed_at = of_run(asked.id).as_json(), asked.closes_at
    db.session.commit()
    return session.id
