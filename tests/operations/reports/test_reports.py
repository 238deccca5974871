"""The report counts what is true now, for the reader's own subtree, everybody once."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Role
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.errors import NotFound
from app.credentials import operations as credentials
from app.learning.models import Enrolment
from app.printing.facts import CertificateFacts, Holder, Issuer, Lesson, Official, PledgeFacts
from app.reports import queries
from app.reports.coverage import Node, Tally
from app.reports.queries import Subject
from tests import learners
from tests.people import scope_of

SUBJECT = Subject("netralitas-inti", "2026.1", "Netralitas ASN: inti")
ISSUER = Issuer("Pemerintah Kabupaten Arunika", "BKPSDM", "BKPSDM", "Arunika", "–", "Asia/Jakarta")


def holder(person) -> Holder:
    return Holder(person.full_name, person.number, "NIP", person.position, "Unit", ISSUER.agency)


def test_the_people_of_a_whole_instansi_are_found_by_it_and_of_a_part_by_their_units(db, cast):
    """Whoever reads all of one has no other's, however her roles are written down."""
    whole, part = Scope((cast.root.path,)), Scope((cast.health.path, cast.clinic.path))
    twice = Scope((cast.health.path, cast.root.path))
    both = Scope((cast.root.path, cast.stranger_admin.unit.path))

    def names(scope) -> set[str]:
        query = sa.select(Person.name).join(Person.unit).where(scope.people())
        return set(db.scalars(query))

    own = {person.name for person in db.scalars(sa.select(Person).filter_by(agency=cast.agency))}
    assert names(whole) == names(twice) == own
    assert names(part) == {cast.sari.name, cast.rina.name}
    assert names(both) == own | {cast.stranger.name, cast.stranger_admin.name}
    assert names(Scope((cast.root.path,), (cast.health.path,))) == own - names(part)
    assert names(Scope(())) == set()


def test_an_enrolment_is_in_the_report_of_her_instansi(app, db, cast):
    """The copy of her instansi is made with it; without it she would be missing there."""
    assert learners.enrolled(app, cast.stranger).agency_id == cast.elsewhere.id
    learners.learned(app, cast.sari)
    db.commit()
    whole = Scope((cast.root.path,))
    assert queries.coverage(whole, SUBJECT).total.learned == 1
    db.execute(sa.update(Enrolment).values(agency_id=cast.elsewhere.id))  # control
    assert queries.coverage(whole, SUBJECT).total.learned == 0


def learns(db, person, **how) -> Enrolment:
    enrolment = learned(db, person, **how)
    db.commit()
    return enrolment


def learned(db, person, *, passes=False, signs=False) -> Enrolment:
    now = clock.now()
    enrolment = Enrolment(
        person=person,
        agency_id=person.agency_id,
        course=SUBJECT.course,
        edition=SUBJECT.edition,
        lessons_completed_at=now,
        passed_at=now if passes or signs else None,
        score_percent=92 if passes or signs else None,
        signed_at=now if signs else None,
        completed_at=now if signs else None,
    )
    db.add(enrolment)
    if signs:
        credentials.issue(person, SUBJECT.source, pledge(person))
        credentials.issue(person, SUBJECT.source, certificate(person))
    db.flush()
    return enrolment


def pledge(person) -> PledgeFacts:
    now = clock.now()
    return PledgeFacts(
        holder(person), ISSUER, "Pakta", "2026.1", "…", ("satu;",), "…", "Saya setuju", now, now,
        "Chrome di Android", "127.0.0.0/24",
    )  # fmt: skip


def certificate(person) -> CertificateFacts:
    today = clock.today()
    official = Official("Ratna", "197204121998032004", "Kepala Badan")
    return CertificateFacts(
        holder(person), ISSUER, official, SUBJECT.title, "2026.1", today, today, 2,
        (Lesson("Mengapa netral", 90),), 92,
    )  # fmt: skip


def node(unit) -> Node:
    return queries.node_in(Scope(("/",)), unit.id)


def rows_of(report) -> dict[str, Tally]:
    return {row.node.name: row.tally for row in report.rows}


@pytest.fixture
def region(cast):
    """Dewi's whole agency."""
    return Scope((cast.root.path,))


def test_each_step_is_counted_where_the_person_sits(db, cast, region):
    learns(db, cast.sari, signs=True)
    learns(db, cast.budi, passes=True)

    report = queries.coverage(region, SUBJECT)

    assert rows_of(report)["Dinas Kesehatan"] == Tally(people=2, learned=1, passed=1, signed=1)
    assert rows_of(report)["Dinas Pendidikan"] == Tally(people=1, learned=1, passed=1, signed=0)
    assert report.total == Tally(people=6, learned=2, passed=2, signed=1)


def test_a_revoked_pledge_no_longer_counts_and_says_so(db, cast, region):
    learns(db, cast.sari, signs=True)
    held = queries.standings(region, SUBJECT, node(cast.clinic))[0]
    assert held.status == "Sudah menandatangani"

    from app.credentials.queries import credential_by_code, credentials_of

    for credential in credentials_of(cast.sari):
        credentials.revoke(credential_by_code(credential.code), "Nama keliru", cast.dewi)
    db.commit()

    assert queries.coverage(region, SUBJECT).total.signed == 0
    line = queries.standings(region, SUBJECT, node(cast.clinic))[0]
    assert (line.status, line.pledge_number, line.certificate_number) == (
        "Pakta dicabut", None, None,
    )  # fmt: skip


def test_a_replaced_pledge_is_counted_once(db, cast, region):
    learns(db, cast.sari, signs=True)
    from app.credentials.queries import standing_credential

    old = standing_credential(cast.sari, pledge(cast.sari).kind, SUBJECT.source)
    credentials.replace(old, pledge(cast.sari), cast.dewi, "Gelar diperbaiki")
    db.commit()

    assert queries.coverage(region, SUBJECT).total.signed == 1
    assert len(queries.standings(region, SUBJECT, node(cast.clinic))) == 1


def test_completion_follows_a_person_who_moves(db, cast, region):
    learns(db, cast.sari, signs=True)
    cast.sari.unit = cast.education
    db.commit()
    report = rows_of(queries.coverage(region, SUBJECT))
    assert report["Dinas Pendidikan"].signed == 1
    assert report["Dinas Kesehatan"].signed == 0


def test_people_who_left_and_people_who_are_no_asn_are_not_counted(db, cast, region):
    cast.budi.is_active = False
    cast.sari.status = PersonStatus.NON_ASN
    db.commit()
    assert queries.coverage(region, SUBJECT).total.people == 4
    everybody = Subject(SUBJECT.course, SUBJECT.edition, SUBJECT.title, asn_only=False)
    assert queries.coverage(region, everybody).total.people == 5


def test_another_edition_counts_for_nothing(db, cast, region):
    learns(db, cast.sari, signs=True)
    later = Subject(SUBJECT.course, "2027.1", SUBJECT.title)
    assert queries.coverage(region, later).total == Tally(people=6)


def test_rina_sees_her_dinas_and_nothing_else(db, cast):
    scope = Scope((cast.health.path,))
    report = queries.coverage(scope, SUBJECT)
    assert list(rows_of(report)) == ["Dinas Kesehatan"]
    assert report.total.people == 2
    with pytest.raises(NotFound):
        queries.node_in(scope, cast.education.id)
    with pytest.raises(NotFound):
        queries.node_in(scope, cast.root.id)


def test_an_opened_dinas_shows_its_puskesmas_and_its_own_people(db, cast, region):
    learns(db, cast.sari)
    report = queries.coverage_of(node(cast.health), SUBJECT)
    assert [(row.node.name, row.is_rest, row.tally.people) for row in report.rows] == [
        ("Dinas Kesehatan", True, 1),
        ("Puskesmas Melati", False, 1),
    ]
    assert report.total.people == 2


def test_an_opened_row_adds_up_to_itself_when_a_unit_below_has_a_row_of_its_own(db, cast, region):
    cast.clinic.is_reporting = True
    db.commit()
    row = rows_of(queries.coverage(region, SUBJECT))["Dinas Kesehatan"]

    opened = queries.coverage_of(node(cast.health), SUBJECT)

    assert opened.total == row == Tally(people=1)
    assert queries.rows_of_their_own(node(cast.health)) == [node(cast.clinic)]
    assert [person.person_id for person in queries.standings(
        queries.counted_below(node(cast.health)), SUBJECT
    )] == [cast.rina.id]  # fmt: skip
    assert queries.coverage_of(node(cast.root), SUBJECT).total.people == 6


def test_nobody_without_a_role_has_a_scope(db, cast):
    assert scope_of(cast.sari, Role.UNIT_ADMIN, Role.HR_ADMIN, Role.AUDITOR).paths == ()
