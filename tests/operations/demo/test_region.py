"""The demo region: fictional, always the same, and sound by our own rules."""

import sqlalchemy as sa

from app.agencies import nip, queries
from app.agencies.models import Agency, Person, Placement, Unit
from app.catalog.terms import PersonStatus
from app.core import clock
from app.demo.region import load_demo
from app.rosters import ranks


def test_the_region_is_large_and_deep_enough_for_reports_to_say_something(db):
    region = load_demo()
    depths = {unit.path.count("/") - 1 for unit in region.units.values()}
    assert len(region.units) >= 28
    assert max(depths) >= 4
    assert len(region.people) >= 600
    assert {person.status for person in region.people} == set(PersonStatus)
    assert all(unit.path.endswith(f"/{unit.id}/") for unit in region.units.values())


def test_it_asks_the_database_for_nobody_twice(db, queries_of):
    """So it loads before anybody gets impatient: numbers and places go in all at once."""
    with queries_of() as statements:
        people = load_demo().people
    assert len(statements) < 1.25 * len(people)


def test_every_number_stands_up_to_our_own_rules(db):
    for person in load_demo().people:
        if person.status.is_asn:
            assert nip.read_number(person.number) == person.number
            found = nip.faults(person.number, person.status, clock.today())
            assert found == [], (person.full_name, person.number, person.status, found)
        else:
            assert nip.is_participant(person.number)


def test_every_rank_is_in_its_one_spelling(db):
    for person in load_demo().people:
        assert ranks.normalise(person.rank, person.status) == (person.rank, True)


def test_everybody_sits_in_exactly_one_place(db):
    people = load_demo().people
    present = db.execute(
        sa.select(Placement.person_id, Placement.unit_id).where(Placement.until.is_(None))
    ).all()
    assert sorted(present) == sorted((person.id, person.unit_id) for person in people)
    assert len({person.number for person in people}) == len(people)


def test_it_is_the_same_region_every_time(db):
    def everybody() -> list[tuple]:
        load_demo()
        facts = sorted(
            db.execute(
                sa.select(Person.number, Person.name, Person.rank, Person.position, Unit.code).join(
                    Person.unit
                )
            ).all()
        )
        db.rollback()
        return facts

    assert everybody() == everybody()


def test_the_cast_is_where_the_story_needs_it(db):
    region = load_demo()
    path = {name: db.get(Unit, person.unit_id).path for name, person in region.cast.items()}
    assert path["sari"].startswith(path["rina"])
    assert not path["budi"].startswith(path["rina"])
    assert {"dewi", "yusuf", "agung"} <= set(path)
    assert queries.root_of(db.scalars(sa.select(Agency)).one()) is region.units["00"]


def test_names_come_short_and_very_long(db):
    names = {person.full_name for person in load_demo().people}
    assert any(len(name) > 80 for name in names)
    assert any(" " not in name for name in names)
    assert len(names) > 590
