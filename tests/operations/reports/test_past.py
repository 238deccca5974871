"""The report of a day that is over: what was true at its end, whatever is done afterwards."""

import random
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.agencies import closing, moves, operations, tree
from app.agencies.membership import NOW, NoSuchDay, on
from app.agencies.queries import tree_of
from app.agencies.scope import Scope
from app.agencies.tree import Said
from app.agencies.unit_kinds import UnitKind
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.errors import DomainError, NotFound
from app.credentials import operations as credentials
from app.credentials.queries import standing_credential
from app.learning.models import Enrolment
from app.printing.facts import Kind
from app.reports import queries
from app.reports.coverage import Tally
from tests.operations.reports.test_reports import SUBJECT, learned, learns, pledge, rows_of
from tests.people import BEGAN

DAY = timedelta(days=1)


@pytest.fixture
def region(cast):
    return Scope((cast.root.path,))


@pytest.fixture
def yesterday(cast):
    """Today becomes yesterday when this is called."""

    def pass_a_day():
        day = clock.today(cast.agency.zone)
        clock.shift(DAY)
        return on(day, cast.agency)

    return pass_a_day


def report(scope, when):
    found = queries.coverage(when.scope(scope), SUBJECT, when)
    return rows_of(found), found.total


def people_of(scope, when):
    lines = queries.standings(when.scope(scope), SUBJECT, when=when)
    return [(line.person_id, line.unit, line.position, line.status) for line in lines]


def test_a_past_day_shows_people_units_and_steps_as_they_were(db, cast, region, yesterday):
    learns(db, cast.budi, passes=True)
    then = yesterday()
    moves.move_person(cast.sari, cast.education, None)
    operations.deactivate(cast.rina, "Pensiun", None)
    tree.change_unit(
        cast.health, Said("Dinas Sehat", UnitKind.DEPARTMENT, False), clock.today(), None
    )
    learns(db, cast.sari, signs=True)
    db.commit()
    rows, everybody = report(region, then)
    assert everybody == Tally(people=6, learned=1, passed=1)
    assert rows["Dinas Kesehatan"] == Tally(people=2)
    assert "Dinas Sehat" not in rows
    rows, everybody = report(region, NOW)
    assert everybody == Tally(people=5, learned=2, passed=2, signed=1)
    assert rows["Dinas Pendidikan"] == Tally(people=2, learned=2, passed=2, signed=1)


def test_a_step_counts_from_its_day_on_in_the_time_of_the_agency(db, cast, region):
    """23.59 WIB of a day is 16.59 in London: still that day here, and so is no minute later."""
    signed = learns(db, cast.sari, signs=True)
    day = signed.passed_at.astimezone(clock.ZoneInfo(cast.agency.zone)).date()
    clock.shift(3 * DAY)
    assert report(region, on(day, cast.agency))[1].passed == 1
    assert report(region, on(day - DAY, cast.agency))[1] == Tally(people=6)


def test_what_was_revoked_or_replaced_later_stood_on_that_day(db, cast, region, yesterday):
    learns(db, cast.sari, signs=True)
    learns(db, cast.budi, signs=True)
    then = yesterday()
    before = people_of(region, then)
    old = standing_credential(cast.sari, Kind.PLEDGE, SUBJECT.source)
    number = old.number
    credentials.replace(old, pledge(cast.sari), cast.dewi, "Gelar diperbaiki")
    credentials.revoke(
        standing_credential(cast.budi, Kind.PLEDGE, SUBJECT.source), "Nama keliru", cast.dewi
    )
    db.commit()
    assert people_of(region, then) == before
    assert report(region, then)[1].signed == 2
    assert report(region, NOW)[1].signed == 1
    numbers = {one.pledge_number for one in queries.standings(region, SUBJECT, when=then)}
    assert number in numbers


def test_a_merged_unit_is_there_on_the_days_it_was(db, cast, region, yesterday):
    then = yesterday()
    closing.merge_unit(cast.education, cast.health, clock.today(), None)
    assert report(region, then)[0]["Dinas Pendidikan"] == Tally(people=1)
    assert report(region, NOW)[0] == {
        "Pemerintah Kabupaten Arunika": Tally(people=3), "Dinas Kesehatan": Tally(people=3),
    }  # fmt: skip
    with pytest.raises(NotFound):
        queries.node_in(region, cast.education.id)
    assert queries.node_in(region, cast.education.id, then).name == "Dinas Pendidikan"


def test_rina_sees_in_the_past_what_was_her_dinas_then(db, cast, yesterday):
    then = yesterday()
    tree.move_unit(cast.clinic, cast.education, clock.today(), None)
    tree.move_unit(cast.health, cast.education, clock.today(), None)
    hers = Scope((cast.health.path,))
    assert report(hers, then)[1] == Tally(people=2)
    assert report(hers, NOW)[1] == Tally(people=1)
    with pytest.raises(NotFound):
        queries.node_in(then.scope(hers), cast.education.id, then)


def test_a_day_to_come_and_one_before_the_region_are_no_days(cast):
    today = clock.today(cast.agency.zone)
    assert on(today, cast.agency) is NOW
    assert on(BEGAN, cast.agency).day == BEGAN
    for day in (today + DAY, BEGAN - DAY, date(1, 1, 1)):
        with pytest.raises(NoSuchDay, match="1 Januari 2020"):
            on(day, cast.agency)


def test_a_deed_that_is_dated_back_changes_the_days_since_its_date_and_none_before(
    db, cast, region
):
    """The only way that the report of a past day changes: by a date that somebody writes."""
    clock.shift(10 * DAY)
    today = clock.today()
    before, since = on(today - 5 * DAY, cast.agency), on(today - 4 * DAY, cast.agency)
    kept = report(region, before)
    moves.move_person(cast.sari, cast.education, None, since=today - 4 * DAY)
    assert report(region, before) == kept
    assert report(region, since)[0]["Dinas Pendidikan"].people == 2


@pytest.mark.parametrize("seed", range(8))
def test_parts_add_up_on_any_day_and_no_later_deed_changes_an_earlier_day(db, cast, region, seed):
    """Everything that can be done to units and people, in any order over some days."""
    rng, seen, done = random.Random(seed), {}, set()
    for _ in range(4):
        for _ in range(5):
            done.add(_happens(db, cast, rng))
        _adds_up(region, NOW)
        day = clock.today(cast.agency.zone)
        clock.shift(rng.randint(1, 40) * DAY)
        seen[day] = report(region, on(day, cast.agency)), people_of(region, on(day, cast.agency))
        for before, told in seen.items():
            when = on(before, cast.agency)
            assert (report(region, when), people_of(region, when)) == told
            _adds_up(region, when)
    assert len(done - {None}) > 3  # rules did not refuse everything


def _happens(db, cast, rng) -> str | None:
    """One deed by its name; None for one that a rule refused, which leaves nothing."""
    name = rng.choice([*STORY])
    try:
        with db.begin_nested():
            STORY[name](db, cast, rng, clock.today(cast.agency.zone))
            db.flush()
    except DomainError:
        db.expire_all()
        return None
    return name


def _unit(cast, rng):
    return rng.choice(tree_of(cast.agency))


def _whom(cast, rng):
    return rng.choice([cast.sari, cast.budi, cast.rina, cast.yusuf])


def _said(rng) -> Said:
    return Said(f"Nama {rng.randint(0, 99)}", UnitKind.OTHER, rng.random() < 0.5)


def _corrected(db, cast, rng, _today) -> None:
    person, status = _whom(cast, rng), rng.choice([PersonStatus.PNS, PersonStatus.NON_ASN])
    operations.correct_person(person, operations.Details(person.name, status), None)


def _learned(db, cast, rng, _today) -> None:
    """Each person once."""
    person = _whom(cast, rng)
    known = sa.select(Enrolment.id).where(Enrolment.person_id == person.id)
    if db.scalar(known) is None:
        learned(db, person, signs=rng.random() < 0.7)


STORY = {
    "add": lambda db, cast, rng, day: tree.add_unit(
        _unit(cast, rng), f"x{rng.random()}", _said(rng), day, None
    ),
    "change": lambda db, cast, rng, day: tree.change_unit(_unit(cast, rng), _said(rng), day, None),
    "move": lambda db, cast, rng, day: tree.move_unit(
        _unit(cast, rng), _unit(cast, rng), day, None
    ),
    "merge": lambda db, cast, rng, day: closing.merge_unit(
        _unit(cast, rng), _unit(cast, rng), day, None
    ),
    "close": lambda db, cast, rng, day: closing.close_unit(
        _unit(cast, rng), day, None, heir=_unit(cast, rng)
    ),
    "go": lambda db, cast, rng, _: moves.move_person(_whom(cast, rng), _unit(cast, rng), None),
    "correct": _corrected,
    "leave": lambda db, cast, rng, _: operations.deactivate(_whom(cast, rng), "Pensiun", None),
    "return": lambda db, cast, rng, _: operations.reactivate(_whom(cast, rng), None),
    "learn": _learned,
}


def _adds_up(region, when) -> None:
    whole = queries.coverage(when.scope(region), SUBJECT, when)
    lines = queries.standings(when.scope(region), SUBJECT, when=when)
    assert sum((row.tally for row in whole.rows), Tally()) == whole.total
    assert whole.total.people == len(lines)
    assert whole.total.signed == sum(line.has_signed for line in lines)
    for row in whole.rows:
        if not row.is_rest:
            assert queries.coverage_of(row.node, SUBJECT, when).total == row.tally
