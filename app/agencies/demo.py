"""The demo region: a fictional kabupaten with its tree and its people. Always the same."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.agencies import demo_names as names
from app.agencies.models import (
    Agency,
    AgencyKind,
    Identifier,
    Person,
    Placement,
    Unit,
    UnitKind,
)
from app.agencies.operations import next_participant_numbers
from app.agencies.ranks import PANGKAT
from app.agencies.statuses import Status
from app.audit import trail
from app.audit.actions import Action
from app.core.db import db

CODE = "arunika"
SEED = 1_945
SINCE = date(2025, 1, 2)
SARI, DEWI = names.CAST["sari"][2], names.CAST["dewi"][2]
#: (name, number, what, path) for whoever starts the demo.
WELCOME = tuple((who, names.CAST[key][2], what, path) for who, key, what, path in names.WELCOME)


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
    cast = {key: _member(agency, units, row) for key, row in names.CAST.items()}
    people = [*cast.values(), *_crowd(agency, units, rng)]
    db.session.add_all(people)
    db.session.flush()
    _history(people)
    trail.record(Action.AGENCY_CREATED, agency, code=CODE, people=len(people))
    grants = [(key, role, units[code]) for key, role, code in names.GRANTS]
    return DemoRegion(agency, units, people, cast, grants, _reporting(units))


def _agency() -> Agency:
    agency = Agency(
        code=CODE,
        kind=AgencyKind.KABUPATEN,
        name="Pemerintah Kabupaten Arunika",
        office_name="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        office_short="BKPSDM",
        city="Tirtasari",
        address="Jalan Merdeka Nomor 1, Tirtasari 12345",
        zone="Asia/Jakarta",
        official_name="Dra. Ratna Kusumaningrum, M.Si.",
        official_number="197204121998032004",
        official_position="Kepala Badan",
    )
    db.session.add(agency)
    db.session.flush()
    return agency


def _units(agency: Agency) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, above, name, kind, is_reporting, _ in names.UNITS:
        parent = units.get(above)
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
    return units


def _member(agency: Agency, units: dict[str, Unit], row: tuple) -> Person:
    name, title, number, status, rank, position, code = row
    return Person(
        agency_id=agency.id,
        unit_id=units[code].id,
        number=number,
        name=name,
        back_title=title,
        status=Status(status),
        rank=rank,
        position=position,
    )


def _crowd(agency: Agency, units: dict[str, Unit], rng: random.Random) -> list[Person]:
    taken = {row[2] for row in names.CAST.values()}
    crowd = []
    for code, _, _, kind, _, count in names.UNITS:
        for place in range(count):
            crowd.append(_somebody(agency, units[code], kind, place, taken, rng))
    nameless = [person for person in crowd if not person.status.is_asn]
    numbers = next_participant_numbers(SINCE.year, len(nameless))
    for person, number in zip(nameless, numbers, strict=True):
        person.number = number
    return crowd


def _somebody(agency, unit: Unit, kind: str, place: int, taken: set[str], rng) -> Person:
    status = _status(kind, place, rng)
    grade = "IV/a" if place == 0 else rng.choice(names.RANKS)
    is_woman = rng.random() < 0.54
    given = rng.choice(names.WOMEN if is_woman else names.MEN)
    positions = names.POSITIONS[kind]
    return Person(
        agency_id=agency.id,
        unit_id=unit.id,
        number=_number(status, is_woman, taken, rng) if status.is_asn else "",
        front_title=rng.choice(names.FRONT) if grade.startswith("IV") else "",
        name=f"{given} {rng.choice(names.FAMILY)}".strip(),
        back_title=rng.choice(names.DEGREES[grade.split("/")[0]]),
        status=status,
        rank=_rank(status, grade),
        position=positions[0] if place == 0 else rng.choice(positions[1:]),
    )


def _status(kind: str, place: int, rng: random.Random) -> Status:
    if kind == "desa":
        return Status.VILLAGE_OFFICIAL
    if place == 0:
        return Status.PNS
    kinds = (Status.PNS, Status.PPPK, Status.CPNS, Status.PPPK_PART_TIME, Status.NON_ASN)
    return rng.choices(kinds, (58, 24, 6, 7, 5))[0]


def _rank(status: Status, grade: str) -> str:
    if status in (Status.PNS, Status.CPNS):
        return f"{PANGKAT[grade]} ({grade})"
    if status is Status.PPPK:
        return "Golongan IX" if grade.startswith(("III", "IV")) else "Golongan VII"
    return ""


def _number(status: Status, is_woman: bool, taken: set[str], rng: random.Random) -> str:
    """18 digits that hold together: birth, appointment, sex, sequence."""
    is_contract = status in (Status.PPPK, Status.PPPK_PART_TIME)
    born = date(1968 if not is_contract else 1975, 1, 1) + timedelta(days=rng.randint(0, 9_800))
    first = max(born.year + 21, 1992 if not is_contract else 2021)
    year = 2025 if status is Status.CPNS else rng.randint(first, max(first, 2024))
    middle = "21" if is_contract else f"{rng.randint(1, 12):02d}"
    stem = f"{born:%Y%m%d}{year}{middle}{2 if is_woman else 1}"
    sequence = next(n for n in range(1, 1000) if f"{stem}{n:03d}" not in taken)
    number = f"{stem}{sequence:03d}"
    taken.add(number)
    return number


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
    above = {code: parent for code, parent, *_ in names.UNITS}
    nearest = {}
    for code, unit in units.items():
        at = code
        while not units[at].is_reporting and above[at] is not None:
            at = above[at]
        nearest[unit.id] = units[at].id
    return nearest
