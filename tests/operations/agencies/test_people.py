"""Deeds on one person: add, correct, move, renumber, leave, return. The history tells it all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.agencies import moves, operations, queries
from app.agencies.models import Identifier, Person
from app.agencies.operations import Details
from app.agencies.scope import Scope
from app.audit import verifying
from app.audit.models import AuditEntry
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.errors import NotFound
from tests.people import add_person

NIP = "199503032022212001"
NEW = "199001012026212007"


def actions(db) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def listed(db, scope: Scope, *, after=None, limit=None, **narrowed) -> list[Person]:
    query = queries.past(queries.people_query(scope, **narrowed), after).limit(limit)
    return list(db.scalars(query))


def details(person: Person, **other) -> Details:
    return Details(**{name: getattr(person, name) for name in Details.__dataclass_fields__} | other)


def test_somebody_new_has_a_number_a_place_and_a_beginning(db, cast):
    putu = operations.add_person(
        cast.clinic, NIP, Details("Ni Putu Ayu", PersonStatus.PPPK), cast.rina
    )
    db.commit()
    assert queries.person_by_number(NIP) is putu
    assert [line.since for line in queries.history_of(putu)] == [clock.today()]
    assert actions(db) == ["person.added"]
    assert db.scalars(sa.select(AuditEntry.actor_id)).one() == cast.rina.id


def test_people_without_a_nip_are_numbered_in_turn_and_asn_are_not(db, cast):
    year = clock.today().year
    for number in (f"{year}000001", f"{year}000002"):
        person = operations.add_person(
            cast.clinic, None, Details("Wayan", PersonStatus.NON_ASN), None
        )
        assert person.number == number
    with pytest.raises(operations.NumberMissing):
        operations.add_person(cast.clinic, None, Details("Wayan", PersonStatus.PNS), None)


@pytest.mark.parametrize("number", ["199001012015032001", "199107072016021007"])
def test_a_number_on_record_here_or_elsewhere_is_taken(db, cast, number):
    with pytest.raises(operations.NumberTaken):
        operations.add_person(cast.clinic, number, Details("Siapa", PersonStatus.PNS), None)
    db.commit()
    assert len(db.scalars(sa.select(Person)).all()) == 8


@pytest.mark.parametrize("number", ["199013012015032001", "199001012015035001", "2026000009"])
def test_a_number_that_cannot_be_is_refused(db, cast, number):
    with pytest.raises(operations.NumberWrong):
        operations.add_person(cast.clinic, number, Details("Siapa", PersonStatus.PNS), None)


def test_a_move_keeps_the_past_and_the_person(db, cast):
    clock.shift(timedelta(days=10))
    moves.move_person(cast.sari, cast.education, cast.dewi, position="Guru UKS")
    db.commit()
    now, before = queries.history_of(cast.sari)
    assert (now.unit, now.position) == (cast.education, "Guru UKS")
    assert (before.unit, before.until) == (cast.clinic, clock.today())
    assert cast.sari.unit_id == cast.education.id


def test_a_move_to_the_same_unit_or_to_another_agency_is_refused(db, cast):
    with pytest.raises(moves.SameUnit):
        moves.move_person(cast.sari, cast.clinic, None)
    with pytest.raises(moves.OtherAgency):
        moves.move_person(cast.sari, cast.stranger.unit, None)
    assert len(queries.history_of(cast.sari)) == 1


def test_a_new_number_leaves_the_old_one_findable(db, cast):
    old = cast.sari.number
    operations.change_number(cast.sari, NEW, cast.dewi, status=PersonStatus.PPPK)
    db.commit()
    assert queries.person_by_number(NEW) is cast.sari
    assert queries.person_by_number(old) is cast.sari
    assert [(i.number, i.until is None) for i in queries.numbers_of(cast.sari)] == [
        (NEW, True),
        (old, False),
    ]
    assert queries.history_of(cast.sari)[0].status is PersonStatus.PPPK
    data = db.scalar(sa.select(AuditEntry.data).where(AuditEntry.action == "person.renumbered"))
    assert NEW not in data


def test_nobody_gets_a_number_that_somebody_else_carried(db, cast):
    operations.change_number(cast.sari, NEW, None, status=PersonStatus.PPPK)
    db.commit()
    with pytest.raises(operations.NumberTaken):
        operations.change_number(cast.budi, "199001012015032001", None)
    db.rollback()
    with pytest.raises(operations.NumberTaken):
        operations.add_person(
            cast.clinic, "199001012015032001", Details("Siapa", PersonStatus.PNS), None
        )


def test_a_number_may_be_taken_up_again_by_who_carried_it(db, cast):
    old = cast.sari.number
    operations.change_number(cast.sari, NEW, None, status=PersonStatus.PPPK)
    operations.change_number(cast.sari, old, None, status=PersonStatus.PNS)
    db.commit()
    assert cast.sari.number == old
    assert len(queries.numbers_of(cast.sari)) == 2


def test_a_correction_records_what_changed_and_nothing_when_nothing_did(db, cast):
    assert not operations.correct_person(cast.sari, details(cast.sari), cast.rina)
    assert operations.correct_person(cast.sari, details(cast.sari, name="Sari W."), cast.rina)
    db.commit()
    data = db.scalars(sa.select(AuditEntry.data)).one()
    assert '"changed":{"name":["Sari Wulandari","Sari W."]}' in data
    assert len(queries.history_of(cast.sari)) == 1


def test_leaving_ends_the_placement_and_returning_begins_another(db, cast):
    operations.deactivate(cast.sari, "Pensiun", cast.dewi)
    assert queries.history_of(cast.sari)[0].until == clock.today()
    for deed in (
        lambda: operations.deactivate(cast.sari, "Pensiun", None),
        lambda: moves.move_person(cast.sari, cast.education, None),
        lambda: operations.change_number(cast.sari, NEW, None),
        lambda: operations.correct_person(cast.sari, details(cast.sari, name="Lain"), None),
    ):
        with pytest.raises(operations.NotActive):
            deed()
    operations.reactivate(cast.sari, cast.dewi)
    db.commit()
    assert queries.history_of(cast.sari)[0].until is None
    with pytest.raises(operations.AlreadyActive):
        operations.reactivate(cast.sari, None)
    assert actions(db) == ["person.left", "person.returned"]
    assert verifying.first_fault() is None


def test_a_scope_shows_its_people_and_hides_everybody_else(db, cast):
    rinas = Scope((cast.health.path,))
    assert listed(db, rinas) == [cast.rina, cast.sari]
    assert listed(db, rinas, unit=cast.clinic) == [cast.sari]
    assert queries.person_in(rinas, cast.sari.id) is cast.sari
    assert queries.unit_in(rinas, cast.clinic.id) is cast.clinic
    for person in (cast.budi, cast.dewi, cast.stranger):
        with pytest.raises(NotFound):
            queries.person_in(rinas, person.id)
    with pytest.raises(NotFound):
        queries.unit_in(rinas, cast.education.id)
    assert listed(db, Scope(())) == []


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("wulan", ["Sari Wulandari"]),
        ("WULAN sari", ["Sari Wulandari"]),
        ("19900101 201503", ["Sari Wulandari"]),
        ("1990", ["Sari Wulandari"]),
        ("%", []),
        ("_", []),
        ("'", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_words_of_the_name_or_digits_of_the_number(db, cast, search, names):
    found = listed(db, Scope((cast.root.path,)), search=search)
    assert [person.name for person in found] == names


def test_pages_follow_each_other_without_gap_or_double(db, cast):
    for number in range(7):
        add_person(db, cast.clinic, f"19900101201503{1000 + number}", "Nama Sama", "")
    db.commit()
    scope, seen, after = Scope((cast.clinic.path,)), [], None
    while page := listed(db, scope, after=after, limit=3):
        seen += page
        after = page[-1]
    assert len(seen) == len(set(seen)) == 8
    assert seen[-1] is cast.sari


def test_the_tree_is_listed_parents_first_and_codes_as_people_count(db, cast):
    order = [unit.code for unit in queries.tree_of(cast.agency)]
    assert order == ["00", "10", "10.1", "20"]
    assert [unit.code for unit in queries.ancestors_of(cast.clinic)] == ["00", "10", "10.1"]
    assert queries.root_of(cast.agency) is cast.root


def test_every_number_on_the_roster_has_exactly_one_present_identifier(db, cast):
    present = db.execute(
        sa.select(Identifier.person_id, Identifier.number).where(Identifier.until.is_(None))
    ).all()
    assert sorted(present) == sorted((p.id, p.number) for p in db.scalars(sa.select(Person)))


NAMES = ["zulkifli", "Ángga", "D’Cruz", "Abdul", "Dcruza", "budi", "Budi Z", "Budi-A", "Ōe", "Budi"]


def test_lists_are_in_the_same_order_on_every_database(db, cast):
    """By letters alone, whatever the database takes for their order; and so page by page."""
    for place, name in enumerate(NAMES):
        add_person(db, cast.education, f"19900101201503{1000 + place}", name, "")
    db.commit()
    query = queries.people_query(Scope((cast.education.path,)))
    names = [person.name for person in db.scalars(query)]
    wanted = ["Abdul", "Ángga", "budi", "Budi", "Budi-A", "Budi Hartono", "Budi Z", "D’Cruz",
              "Dcruza", "Ōe", "zulkifli"]  # fmt: skip
    assert names == wanted
    after = db.scalars(sa.select(Person).where(Person.name == "Budi-A")).one()
    assert [person.name for person in db.scalars(queries.past(query, after))] == wanted[5:]


def test_a_change_is_found_at_once(db, cast):
    scope = Scope((cast.root.path,))

    def found(typed):
        return [one.name for one in db.scalars(queries.people_query(scope, search=typed))]

    assert (found("A.Md.Kep sari"), found("perawat")) == (["Sari Wulandari"], [])
    new = Details(name="Sari Wulandari", status=cast.sari.status, position="Perawat Ahli Muda")
    operations.correct_person(cast.sari, new, cast.dewi)
    assert (found("A.Md.Kep"), found("perawat")) == ([], ["Sari Wulandari"])
