"""The demo region: a fictional kabupaten with its tree and its people. Always the same."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.agencies.models import Agency, AgencyKind, Identifier, Person, Placement, Unit
from app.agencies.operations import next_participant_numbers
from app.agencies.timeline import write_lines
from app.agencies.unit_kinds import UnitKind
from app.audit import trail
from app.audit.actions import Action
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.dates import start_of
from app.core.db import db
from app.demo import posts as posts
from app.demo.crowd import crowd
from app.elections.calendars import Dates
from app.elections.operations import Said, add_calendar

CODE = "arunika"
NAME = "Pemerintah Kabupaten Arunika"
SEED = 1_945
SINCE = date(2025, 1, 2)
SARI, DEWI = posts.CAST["sari"][2], posts.CAST["dewi"][2]
#: (name, number, what, page) for whoever starts the demo.
WELCOME = tuple((who, posts.CAST[key][2], what, page) for who, key, what, page in posts.WELCOME)


@dataclass(frozen=True)
class DemoRegion:
    """What was loaded. `grants` are (cast member, role, unit)."""

    agency: Agency
    units: dict[str, Unit]
    people: list[Person]
    cast: dict[str, Person]
    grants: list[tuple[str, str, Unit]]
    #: Unit id to the id of the nearest reporting unit above it (or itself, or the root).
    reporting_unit: dict[int, int]


def load_demo() -> DemoRegion:
    """Insert the region into an empty database; the caller commits."""
    rng = random.Random(SEED)  # noqa: S311 - a story, not a secret
    agency = _agency()
    units = _units(agency)
    cast = {key: _member(agency, units, row) for key, row in posts.CAST.items()}
    people = [*cast.values(), *_crowd(agency, units, rng)]
    db.session.add_all(people)
    db.session.flush()
    _history(people)
    trail.record(Action.AGENCY_CREATED, agency, code=CODE, people=len(people))
    _calendars(agency)
    grants = [(key, role, units[code]) for key, role, code in posts.GRANTS]
    return DemoRegion(agency, units, people, cast, grants, _reporting(units))


def _agency() -> Agency:
    agency = Agency(
        code=CODE,
        kind=AgencyKind.KABUPATEN,
        name=NAME,
        office_name="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        office_short="BKPSDM",
        city="Tirtasari",
        address="Jalan Merdeka Nomor 1, Tirtasari 12345",
        zone="Asia/Jakarta",
        official_name="Dra. Ratna Kusumaningrum, M.Si.",
        official_number="197204121998032004",
        official_position="Kepala Badan",
        created_at=start_of(SINCE, "Asia/Jakarta"),
    )
    db.session.add(agency)
    db.session.flush()
    return agency


def _calendars(agency: Agency) -> None:
    """Two elections at different stages, wherever in the year the demo is loaded."""
    today = clock.today(agency.zone)
    for election, name, days in posts.CALENDARS:
        dates = {date_name: today + timedelta(days=day) for date_name, day in days.items()}
        add_calendar(agency, Said(election, name, Dates(**dates)), by=None)


def _units(agency: Agency) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, above, name, kind, is_reporting, _ in posts.UNITS:
        parent = None if above is None else units[above]
        unit = Unit(
            agency_id=agency.id,
            parent_id=parent.id if parent else None,
            code=code,
            name=name,
            kind=UnitKind(kind),
            is_reporting=is_reporting,
            path="/",
        )
        db.session.add(unit)
        db.session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        units[code] = unit
    write_lines(agency, units.values(), SINCE)
    return units


def _member(agency: Agency, units: dict[str, Unit], row: tuple[str, ...]) -> Person:
    name, title, number, status, rank, position, code = row
    return Person(
        agency_id=agency.id,
        unit_id=units[code].id,
        number=number,
        name=name,
        back_title=title,
        status=PersonStatus(status),
        rank=rank,
        position=position,
    )


def _crowd(agency: Agency, units: dict[str, Unit], rng: random.Random) -> list[Person]:
    everybody = list(crowd(rng, {row[2] for row in posts.CAST.values()}))
    missing = sum(not one.number for one in everybody)
    given = iter(next_participant_numbers(SINCE.year, missing))
    return [
        Person(
            agency_id=agency.id,
            unit_id=units[one.unit_code].id,
            number=one.number or next(given),
            front_title=one.front_title,
            name=one.name,
            back_title=one.back_title,
            status=one.status,
            rank=one.rank,
            position=one.position,
        )
        for one in everybody
    ]


def _history(people: list[Person]) -> None:
    """Everybody carries one number and sits in one place, since the demo began."""
    identifiers = [{"person_id": p.id, "number": p.number, "since": SINCE} for p in people]
    placements = [
        {
            "person_id": person.id,
            "unit_id": person.unit_id,
            "status": person.status,
            "rank": person.rank,
            "position": person.position,
            "since": SINCE,
        }
        for person in people
    ]
    db.session.execute(sa.insert(Identifier), identifiers)
    db.session.execute(sa.insert(Placement), placements)


def _reporting(units: dict[str, Unit]) -> dict[int, int]:
    above = {code: parent for code, parent, *_ in posts.UNITS}
    nearest = {}
    for code, unit in units.items():
        at = code
        while not units[at].is_reporting and (parent := above[at]) is not None:
            at = parent
        nearest[unit.id] = units[at].id
    return nearest
