"""The cast: one sentence each in the README, one row each here."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa

from app.accounts import operations, passwords
from app.accounts.models import Account, Grant, Role, SignIn
from app.agencies.models import Agency, AgencyKind, Identifier, Person, Placement, Unit, UnitKind
from app.catalog.terms import PersonStatus
from app.core import ids
from app.core.db import db
from tests.browser import let_go

PASSWORD = "sebuah-sandi-panjang-1"


@dataclass
class Cast:
    agency: Agency
    root: Unit
    health: Unit
    clinic: Unit
    education: Unit
    sari: Person
    budi: Person
    rina: Person
    dewi: Person
    yusuf: Person
    auditor: Person
    elsewhere: Agency
    stranger: Person
    stranger_admin: Person


def enter(session) -> Cast:
    """Two agencies: the cast's, with two OPDs (one has a puskesmas below it), and a foreign one."""
    agency = _agency(session, "arunika", "Pemerintah Kabupaten Arunika")
    root = _unit(session, agency, None, "00", "Pemerintah Kabupaten Arunika", UnitKind.ROOT, False)
    health = _unit(session, agency, root, "10", "Dinas Kesehatan", UnitKind.DEPARTMENT, True)
    clinic = _unit(
        session, agency, health, "10.1", "Puskesmas Melati", UnitKind.HEALTH_CENTRE, False
    )
    education = _unit(session, agency, root, "20", "Dinas Pendidikan", UnitKind.DEPARTMENT, True)
    other = _agency(session, "buana", "Pemerintah Kota Buana")
    other_root = _unit(session, other, None, "00", "Pemerintah Kota Buana", UnitKind.ROOT, False)
    other_unit = _unit(session, other, other_root, "10", "Dinas Sosial", UnitKind.DEPARTMENT, True)
    cast = Cast(
        agency=agency,
        root=root,
        health=health,
        clinic=clinic,
        education=education,
        sari=add_person(session, clinic, "199001012015032001", "Sari Wulandari", "A.Md.Kep."),
        budi=add_person(session, education, "198702022010011002", "Budi Hartono", "S.Pd."),
        rina=add_person(session, health, "198503032009022003", "Rina Kusuma", "S.K.M."),
        dewi=add_person(session, root, "198004042005012004", "Dewi Anggraini", "S.E., M.Si."),
        yusuf=add_person(session, root, "198305052008011005", "Yusuf Maulana", "S.Sos."),
        auditor=add_person(session, root, "197906062003121006", "Agung Pratama", "S.H."),
        elsewhere=other,
        stranger=add_person(session, other_unit, "199107072016021007", "Tono Wibowo", "S.T."),
        stranger_admin=add_person(
            session, other_root, "198108082006012008", "Lestari Ayu", "S.IP."
        ),
    )
    for person, role, unit in (
        (cast.rina, Role.UNIT_ADMIN, health),
        (cast.dewi, Role.HR_ADMIN, root),
        (cast.yusuf, Role.HOST, root),
        (cast.auditor, Role.AUDITOR, root),
        (cast.stranger_admin, Role.HR_ADMIN, other_root),
    ):
        session.add(Grant(person=person, role=role, unit=unit))
    session.commit()
    return cast


def browser_of(app, person: Person):
    """A test client in which `person` is signed in; an account is made if there is none.

    Quick: the row and the cookie are written directly, and the password PASSWORD is hashed once a
    run. The test's own transaction must be finished, or SQLite could not write beside it.
    """
    person_id = person.id
    let_go()
    token = ids.url_token()
    with app.app_context():
        account = account_with_password(db.session, person_id)
        signed_in = SignIn(account=account, token_hash=operations.digest(token))
        signed_in.device, signed_in.network = "Chrome di Android", "127.0.0.0/24"
        db.session.add(signed_in)
        db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return browser


def account_with_password(session, person_id: int) -> Account:
    """The person's account, with the password PASSWORD if it has to be made."""
    account = session.scalar(sa.select(Account).where(Account.person_id == person_id))
    if account is None:
        account = Account(person_id=person_id, password_hash=_hash_of_password())
        session.add(account)
        session.flush()
    return account


@cache
def _hash_of_password() -> str:
    return passwords.hashed(PASSWORD)


def _agency(session, code: str, name: str) -> Agency:
    agency = Agency(
        code=code,
        kind=AgencyKind.KABUPATEN,
        name=name,
        office_name="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        office_short="BKPSDM",
        city="Arunika",
        address="Jalan Merdeka Nomor 1, Arunika 12345",
        zone="Asia/Jakarta",
        official_name="Dra. Ratna Kusumaningrum, M.Si.",
        official_number="197204121998032004",
        official_position="Kepala Badan",
    )
    session.add(agency)
    session.flush()
    return agency


def _unit(session, agency, parent, code, name, kind, is_reporting) -> Unit:
    unit = Unit(
        agency=agency,
        parent=parent,
        code=code,
        name=name,
        kind=kind,
        is_reporting=is_reporting,
        path="/",
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    return unit


def add_person(session, unit, number, name, back_title) -> Person:
    person = Person(
        agency_id=unit.agency_id,
        unit=unit,
        number=number,
        name=name,
        back_title=back_title,
        status=PersonStatus.PNS,
        rank="Penata Muda (III/a)",
        position="Pelaksana",
    )
    session.add(person)
    session.flush()
    session.add(Identifier(person_id=person.id, number=number, since=date(2020, 1, 1)))
    session.add(
        Placement(
            person_id=person.id,
            unit=unit,
            status=person.status,
            rank=person.rank,
            position=person.position,
            since=date(2020, 1, 1),
        )
    )
    return person
