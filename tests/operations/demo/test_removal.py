"""The demo goes away completely where it is alone, and never stands in public."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app import demo
from app.agencies.models import Agency, AgencyKind, Unit
from app.agencies.operations import Details, add_person, create_agency
from app.audit import verifying
from app.audit.models import AuditEntry
from app.audit.queries import count
from app.catalog.terms import PersonStatus
from app.core import locks
from app.core.db import db as database
from app.demo import crowd, posts

PUBLIC = "https://rambu.example.go.id"


@pytest.fixture(autouse=True)
def _few_people(monkeypatch):
    """Whether the demo goes away does not depend on how many live in it."""
    monkeypatch.setattr(crowd, "UNITS", [(*unit, 1) for *unit, _ in posts.UNITS])


@pytest.fixture
def run(app, db):
    """`run("demo", "remove", "--yes")`, after the test has let go of the database."""

    def invoke(*arguments: str, typed: str = ""):
        db.rollback()
        db.remove()
        return app.test_cli_runner().invoke(args=list(arguments), input=typed)

    return invoke


def rows(db) -> dict[str, int]:
    """How many rows each table has."""
    tables = database.metadata.sorted_tables
    return {t.name: db.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables}


def real_region(db) -> Agency:
    """An instansi of one."""
    agency = create_agency(
        code="buana",
        kind=AgencyKind.KOTA,
        name="Pemerintah Kota Buana",
        by=None,
        office_name="Badan Kepegawaian",
        office_short="BKD",
        city="Buana",
        address="Jalan Satu",
        zone="Asia/Jakarta",
        official_name="Budi",
        official_number="197204121998032004",
        official_position="Kepala",
    )
    db.flush()
    root = db.scalars(sa.select(Unit).where(Unit.agency_id == agency.id)).one()
    add_person(root, None, Details("Warga Buana", PersonStatus.NON_ASN), None)
    db.commit()
    return agency


def test_the_demo_alone_leaves_an_empty_database_and_one_entry(db, run):
    assert run("prepare").exit_code == 0
    before = rows(db)
    assert all(before[name] for name in ("people", "credentials", "attempts", "accounts"))
    entries, (last,) = count(), db.execute(sa.text("SELECT last_hash FROM audit_head")).one()
    answer = run("demo", "remove", "--yes")
    assert answer.exit_code == 0, answer.output
    left = {name: number for name, number in rows(db).items() if number}
    assert left == {"audit_entries": 1, "audit_head": 1}
    entry = db.scalars(sa.select(AuditEntry)).one()
    assert entry.action == "demo.removed"
    assert f'"entries":{entries}' in entry.data
    assert last in entry.data
    assert verifying.first_fault() is None


def test_what_was_removed_does_not_come_back_by_itself(db, run):
    run("prepare")
    run("demo", "remove", "--yes")
    again = run("prepare")
    assert again.exit_code == 0
    assert "Mulailah dengan" in again.output
    assert not demo.is_loaded()


def test_beside_a_real_region_nothing_is_touched(db, run):
    """Its documents and its trail cannot be deleted in part; the sentence says where to go."""
    run("prepare")
    real_region(db)
    before = rows(db)
    answer = run("demo", "remove", "--yes")
    assert answer.exit_code == 1
    assert "memuat instansi lain" in answer.output
    assert "basis data baru" in answer.output
    assert rows(db) == before


def test_while_a_server_runs_nothing_is_removed(app, db, run):
    run("prepare")
    before = rows(db)
    with locks.held_file(app.config["RAMBU"].INSTANCE / "serve.lock"):
        answer = run("demo", "remove", "--yes")
    assert answer.exit_code == 1
    assert "sedang dipakai server Rambu lain" in answer.output
    assert rows(db) == before


def test_a_real_region_of_the_same_code_is_no_demo(db, cast, run):
    """The cast's instansi is called arunika, too."""
    assert db.scalar(sa.select(Agency.name).where(Agency.code == "arunika"))
    before = rows(db)
    answer = run("demo", "remove", "--yes")
    assert answer.exit_code == 1
    assert "tidak memuat daerah demo" in answer.output
    assert rows(db) == before


def test_whoever_does_not_say_yes_removes_nothing(db, run):
    run("prepare")
    before = rows(db)
    asked = run("demo", "remove", typed="n\n")
    assert asked.exit_code == 1
    assert "akan hilang untuk selamanya" in asked.output
    assert rows(db) == before


def test_a_public_address_refuses_the_demo_and_says_what_to_do(app, db, run, monkeypatch):
    run("prepare")
    public = replace(app.config["RAMBU"], PUBLIC_URL=PUBLIC)
    monkeypatch.setitem(app.config, "RAMBU", public)
    refused = run("prepare")
    assert refused.exit_code == 1
    assert "demo remove" in refused.output
    assert "Traceback" not in refused.output
    run("demo", "remove", "--yes")
    assert run("prepare").exit_code == 0
