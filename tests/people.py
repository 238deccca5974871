"""The cast: one sentence each in the README, one row each here."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import sqlalchemy as sa

from app.accounts import operations, passwords, queries, roles, second_factor, totp
from app.accounts.models import Account, Grant, Role, SecondFactor, SignIn
from app.agencies import timeline
from app.agencies.models import Agency, AgencyKind, Identifier, Person, Placement, Unit, UnitKind
from app.agencies.scope import Scope
from app.catalog.terms import PersonStatus
from app.core import clock, ids
from app.core.db import db
from tests.browser import let_go

PASSWORD = "sebuah-sandi-panjang-1"
#: Since when everybody and everything has been there.
BEGAN = date(2020, 1, 1)
#: Secret of every authenticator app in the tests.
FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


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
    #: Only where `add_editor` was called: most stories have none, and count their people.
    laras: Person | None = None


def enter(session) -> Cast:
    """Two agencies: the cast's, with two OPDs (one has a puskesmas below it), and a foreign one."""
    agency = _agency("arunika", "Pemerintah Kabupaten Arunika")
    root = _unit(agency, None, "00", "Pemerintah Kabupaten Arunika", UnitKind.ROOT, False)
    health = _unit(agency, root, "10", "Dinas Kesehatan", UnitKind.DEPARTMENT, True)
    clinic = _unit(agency, health, "10.1", "Puskesmas Melati", UnitKind.HEALTH_CENTRE, False)
    education = _unit(agency, root, "20", "Dinas Pendidikan", UnitKind.DEPARTMENT, True)
    other = _agency("buana", "Pemerintah Kota Buana")
    other_root = _unit(other, None, "00", "Pemerintah Kota Buana", UnitKind.ROOT, False)
    other_unit = _unit(other, other_root, "10", "Dinas Sosial", UnitKind.DEPARTMENT, True)
    _plant(session, root, health, clinic, education, other_root, other_unit)
    cast = Cast(
        agency=agency,
        root=root,
        health=health,
        clinic=clinic,
        education=education,
        sari=_person(clinic, "199001012015032001", "Sari Wulandari", "A.Md.Kep."),
        budi=_person(education, "198702022010011002", "Budi Hartono", "S.Pd."),
        rina=_person(health, "198503032009022003", "Rina Kusuma", "S.K.M."),
        dewi=_person(root, "198004042005012004", "Dewi Anggraini", "S.E., M.Si."),
        yusuf=_person(root, "198305052008011005", "Yusuf Maulana", "S.Sos."),
        auditor=_person(root, "197906062003121006", "Agung Pratama", "S.H."),
        elsewhere=other,
        stranger=_person(other_unit, "199107072016021007", "Tono Wibowo", "S.T."),
        stranger_admin=_person(other_root, "198108082006012008", "Lestari Ayu", "S.IP."),
    )
    _place(session, *(one for one in vars(cast).values() if isinstance(one, Person)))
    for person, role, unit in (
        (cast.rina, Role.UNIT_ADMIN, health),
        (cast.dewi, Role.HR_ADMIN, root),
        (cast.yusuf, Role.HOST, root),
        (cast.auditor, Role.AUDITOR, root),
        (cast.stranger_admin, Role.HR_ADMIN, other_root),
    ):
        session.add(held(person, role, unit))
    session.commit()
    return cast


def held(person: Person, role: Role, unit: Unit) -> Grant:
    """A role for as long as may be, written directly."""
    ends = roles.end_of(None, unit.agency.zone)
    return Grant(person=person, role=role, unit=unit, reason="", expires_at=ends)


def scope_of(person: Person, *wanted: Role) -> Scope:
    """The part of the tree where somebody holds any of the roles."""
    found = queries.grants_of(person)
    return Scope(tuple(one.unit.path for one in found if one.role in wanted))


def browser_of(app, person: Person):
    """A test client in which `person` is signed in; an account is made if there is none.

    Quick: the row and the cookie are written directly, and the password PASSWORD is hashed once a
    run. Whoever holds a role has a second factor, and has just given its code. The test's own
    transaction must be finished, or SQLite could not write beside it.
    """
    person_id = person.id
    let_go()
    token = ids.url_token()
    with app.app_context():
        account = account_with_password(db.session, person_id)
        signed_in = SignIn(account=account, token_hash=operations.digest(token))
        if has_desk(db.session, person_id):
            give_factor(db.session, account)
            signed_in.code_at = clock.now()
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


def has_desk(session, person_id: int) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(Grant.person_id == person_id))))


def give_factor(session, account: Account) -> None:
    """An authenticator app that is set up, if there is none: its codes come of FACTOR."""
    if session.scalar(sa.select(SecondFactor.id).filter_by(account_id=account.id)) is None:
        sealed = second_factor.seal(account.id, FACTOR)
        row = SecondFactor(account_id=account.id, secret=sealed, confirmed_at=clock.now())
        session.add(row)


def code_now(steps: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    return totp.code_at(FACTOR, clock.now() + timedelta(seconds=steps * totp.STEP))


@cache
def _hash_of_password() -> str:
    return passwords.hashed(PASSWORD)


def _agency(code: str, name: str) -> Agency:
    return Agency(
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


def _unit(agency, parent, code, name, kind, is_reporting) -> Unit:
    return Unit(
        agency=agency,
        parent=parent,
        code=code,
        name=name,
        kind=kind,
        is_reporting=is_reporting,
        path="/",
    )


def _plant(session, *units: Unit) -> None:
    """Put units into the tree, parents first: a path holds ids, which only the database knows."""
    session.add_all(units)
    session.flush()
    for unit in units:
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.id}/"
    for agency in {unit.agency for unit in units}:
        own = [unit for unit in units if unit.agency is agency]
        timeline.write_lines(agency, own, BEGAN)


def add_editor(session, cast: Cast) -> Person:
    """Laras, who edits the content, and works where Dewi does."""
    cast.laras = add_person(session, cast.root, "198809092012012009", "Laras Setyowati", "S.H.")
    session.add(held(cast.laras, Role.EDITOR, cast.root))
    session.commit()
    return cast.laras


def add_person(session, unit, number, name, back_title) -> Person:
    person = _person(unit, number, name, back_title)
    _place(session, person)
    return person


def _person(unit, number, name, back_title) -> Person:
    return Person(
        agency_id=unit.agency_id,
        unit=unit,
        number=number,
        name=name,
        back_title=back_title,
        status=PersonStatus.PNS,
        rank="Penata Muda (III/a)",
        position="Pelaksana",
    )


def _place(session, *people: Person) -> None:
    """Put people on the roster, each with a number and a place since 2020."""
    session.add_all(people)
    session.flush()
    for person in people:
        session.add(Identifier(person_id=person.id, number=person.number, since=BEGAN))
        session.add(
            Placement(
                person_id=person.id,
                unit=person.unit,
                status=person.status,
                rank=person.rank,
                position=person.position,
                since=BEGAN,
            )
        )
