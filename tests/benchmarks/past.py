"""What the report of a past day costs, beside today's, and the pages of units; at 600 and 20,000.

An instansi of 45 OPD, filled in bulk on SQLite: everybody was moved once and one in ten units was
renamed since, half have signed. In process, in turns; milliseconds of the clock and statements
of SQL. Aims: a past day at most 400 ms, any page of units at most 300 ms and 12 statements.
"""

import os
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import catalog, create_app
from app.agencies import timeline
from app.agencies.models import Identifier, Person, Placement, Unit
from app.agencies.unit_kinds import UnitKind
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db, start_writing
from app.credentials.models import Credential, Kind
from app.learning.models import Enrolment
from tests import databases, learners, people
from tests.benchmarks.figures import Figure
from tests.benchmarks.pages_worker import ask, environ_of
from tests.benchmarks.region import Region

SIZES, TIMES = (600, 20_000), 15
OFFICES, BELOW = 45, 17
MOVED, RENAMED = date(2026, 6, 1), date(2026, 9, 1)
DAY = date(2026, 5, 1)
#: Of a big dinas, as the trial had: a third of all units stand below one.
PAGES = {
    "/laporan": "/laporan",
    "/laporan of a past day": f"/laporan?per={DAY}",
    "/laporan of an OPD": "/laporan/unit/{opd}",
    "/laporan of an OPD, a past day": f"/laporan/unit/{{opd}}?per={DAY}",
    "/laporan, those pending, a past day": f"/laporan/unit/{{opd}}/belum?per={DAY}",
    "CSV of people, a past day": f"/laporan-pegawai.csv?per={DAY}",
    "/unit": "/unit",
    "/unit by name": "/unit?cari=bidang",
    "a unit": "/unit/{opd}",
    "the top unit": "/unit/{root}",
    "moving a unit": "/unit/{opd}/pindah",
    "merging a unit": "/unit/{opd}/gabung",
    "closing a unit": "/unit/{opd}/tutup",
    "changing a unit": "/unit/{opd}/ubah",
    "adding a unit": "/unit/baru",
}


def run(_region: Region) -> list[Figure]:
    figures, before = [], {}
    with tempfile.TemporaryDirectory(prefix="rambu-past-") as folder:
        for size in SIZES:
            app, places, cookies = _house(Path(folder) / str(size), size)
            for name, path in PAGES.items():
                took, statements = _measure(app, path.format(**places), cookies)
                label = f"{name}, {size} people"
                ratio = round(took / before[name], 3) if name in before else None
                against = f"{before[name]:.2f} ms at {SIZES[0]}" if ratio else None
                figures += [
                    Figure(label, round(took, 2), "ms", TIMES, against, ratio),
                    Figure(f"{label}, SQL", statements, "statements", 1),
                ]
                before.setdefault(name, took)
    return figures


def _measure(app: Flask, path: str, cookies: str) -> tuple[float, int]:
    statements, took = [], []
    with app.app_context():
        engine = db.engine
    count = lambda *args: statements.append(args[2])  # noqa: E731 - it is taken off by its name
    for turn in range(TIMES + 2):
        if turn == 1:
            sa.event.listen(engine, "before_cursor_execute", count)
        began = time.perf_counter()
        status = ask(app, environ_of(path, cookies))
        took.append((time.perf_counter() - began) * 1_000)
        if turn == 1:
            sa.event.remove(engine, "before_cursor_execute", count)
        if not status.startswith("200"):
            raise RuntimeError(f"{path}: {status}")
    said = [one for one in statements if not one.startswith(("BEGIN", "SAVEPOINT"))]
    return median(took[2:]), len(said)


def _house(instance: Path, size: int) -> tuple[Flask, dict[str, int], str]:
    instance.mkdir()
    os.environ["RAMBU_INSTANCE"] = str(instance)
    app = create_app(databases.config_of(instance, f"sqlite:///{instance}/rambu.db"))
    with app.app_context():
        upgrade()
        start_writing()
        cast = people.enter(db.session)
        units = _grow(cast)
        _fill(app, cast, units, size)
        db.session.commit()
        db.session.execute(sa.text("ANALYZE"))
        db.session.commit()
        places = {"opd": units[0].id, "root": cast.root.id}
        browser = people.browser_of(app, cast.dewi)
    found = browser._cookies.values()
    return app, places, "; ".join(f"{one.key}={one.value}" for one in found)


def _grow(cast) -> list[Unit]:
    """OPD with their parts; a tenth of all are called otherwise since RENAMED."""

    def unit(parent, code, name, kind, is_reporting) -> Unit:
        made = Unit(agency=cast.agency, parent=parent, code=code, name=name, kind=kind,
                    is_reporting=is_reporting, path="/")  # fmt: skip
        db.session.add(made)
        return made

    opds = [
        unit(cast.root, f"5{n:02}", f"Dinas Urusan Nomor {n}", UnitKind.DEPARTMENT, True)
        for n in range(OFFICES)
    ]
    parts = [
        unit(opd, f"{opd.code}.{n}", f"Bidang {n}", UnitKind.SECTION, False)
        for opd in opds
        for n in range(BELOW)
    ]
    db.session.flush()
    for one in (*opds, *parts):
        one.path = f"{one.parent.path}{one.id}/"
    timeline.write_lines(cast.agency, [*opds, *parts], people.BEGAN)
    for one in parts[::10]:
        one.name = f"{one.name} dan Umum"
    timeline.write_lines(cast.agency, parts, RENAMED)
    return [*opds, *parts]


def _fill(app: Flask, cast, units: list[Unit], size: int) -> None:
    """People who moved once, the half of whom learned, passed and signed."""
    course = catalog.current().courses[learners.SLUG]
    first = db.session.scalar(sa.select(sa.func.max(Person.id))) + 1
    now, ids = clock.now(), range(first, first + size)
    shared = {"status": PersonStatus.PNS, "rank": "Penata Muda (III/a)", "position": "Pelaksana"}
    homes = {id: units[OFFICES + id % (OFFICES * BELOW)] for id in ids}
    before = {id: units[OFFICES + id * 7 % (OFFICES * BELOW)].id for id in ids}
    numbers = {id: f"{19_700_101 + id:08}2010011{id % 1000:03}" for id in ids}
    _insert(Person, (
        {"id": id, "agency_id": cast.agency.id, "unit_id": homes[id].id, "number": numbers[id],
         "name": f"Wulandari {id}", "front_title": "", "back_title": "S.E.", "is_active": True,
         "created_at": now, "searched": f"wulandari {id}", "sort_key": f"wulandari {id}", **shared}
        for id in ids
    ))  # fmt: skip
    _insert(Identifier, (
        {"person_id": id, "number": numbers[id], "since": people.BEGAN} for id in ids
    ))  # fmt: skip
    _insert(Placement, (
        {"person_id": id, "unit_id": unit, "since": since, "until": until, **shared}
        for id in ids
        for unit, since, until in (
            (before[id], people.BEGAN, MOVED), (homes[id].id, MOVED, None),
        )
    ))  # fmt: skip
    at = now - timedelta(days=400)
    _insert(Enrolment, (
        {"person_id": id, "agency_id": cast.agency.id, "course": course.slug,
         "edition": course.edition, "started_at": at, "lessons_completed_at": at, "passed_at": at,
         "score_percent": 90, "signed_at": at, "completed_at": at}
        for id in ids if id % 2
    ))  # fmt: skip
    _insert(Credential, (
        {"code": f"{kind.value[:1]}{id:025}", "kind": kind, "holder_id": id,
         "agency_id": cast.agency.id, "source": f"{course.slug}@{course.edition}",
         "number": f"{kind.value}/{id}", "sequence": id, "year": 2026,
         "facts": {"title": "x" * 2_000}, "issued_at": at}
        for id in ids if id % 2
        for kind in (Kind.PLEDGE, Kind.CERTIFICATE)
    ))  # fmt: skip


def _insert(model, rows) -> None:
    db.session.execute(sa.insert(model), list(rows))
