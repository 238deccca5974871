"""Election calendars: in order by rule and by constraint, cheap to ask for, every deed recorded."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from app.agencies import operations
from app.agencies.models import Agency, Person
from app.agencies.operations import Details
from app.agencies.scope import Scope
from app.audit.models import AuditEntry
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db as database
from app.core.errors import NotFound
from app.demo.region import load_demo
from app.elections import operations as deeds
from app.elections import queries
from app.elections.calendars import Dates, Election, Stage
from app.elections.models import ElectionCalendar
from app.elections.operations import Said
from app.reports import queries as reports
from app.reports.queries import Subject

FIXED_ON = date(2027, 9, 22)


def said(name: str = "Pilkada Arunika", moved: int = 0, **other) -> Said:
    shift = timedelta(days=moved)
    dates = {
        "opens_on": date(2027, 1, 4),
        "candidates_fixed_on": FIXED_ON,
        "campaign_from": date(2027, 9, 25),
        "campaign_until": date(2027, 11, 23),
        "voting_on": date(2027, 11, 27),
        "closes_on": date(2027, 12, 16),
    }
    return Said(
        Election.REGIONAL, name, Dates(**{key: day + shift for key, day in dates.items()} | other)
    )


def entries(db) -> list[tuple[str, dict]]:
    found = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
    return [(entry.action, json.loads(entry.data)) for entry in found]


def names(found) -> list[str]:
    return [now.name for now in found]


def test_every_deed_is_recorded_with_what_it_said(db, cast):
    calendar = deeds.add_calendar(cast.agency, said(), cast.dewi)
    deeds.correct_calendar(calendar, said(closes_on=date(2027, 12, 20)), cast.dewi)
    deeds.delete_calendar(calendar, cast.dewi)
    db.commit()

    added, changed, deleted = entries(db)
    assert added[0] == "calendar.added"
    assert added[1]["candidates_fixed_on"] == "2027-09-22"
    assert changed == (
        "calendar.changed",
        {"changed": {"closes_on": ["2027-12-16", "2027-12-20"]}},
    )
    assert deleted[0] == "calendar.deleted"
    assert deleted[1]["name"] == "Pilkada Arunika"
    assert deleted[1]["closes_on"] == "2027-12-20"
    assert queries.calendars_of(cast.agency) == []


def test_a_correction_that_says_nothing_new_is_no_deed(db, cast):
    calendar = deeds.add_calendar(cast.agency, said(), cast.dewi)
    assert deeds.correct_calendar(calendar, said(), cast.dewi) is False
    db.commit()
    assert [action for action, _ in entries(db)] == ["calendar.added"]


def test_dates_that_cannot_be_are_refused_in_a_sentence(db, cast):
    with pytest.raises(deeds.DatesOutOfOrder, match="Tidak ada yang berubah"):
        deeds.add_calendar(cast.agency, said(voting_on=FIXED_ON), cast.dewi)


@pytest.mark.parametrize(
    "other",
    [
        {"opens_on": FIXED_ON},
        {"campaign_from": FIXED_ON - timedelta(days=1)},
        {"campaign_until": FIXED_ON},
        {"voting_on": date(2027, 11, 23)},
        {"closes_on": date(2027, 11, 26)},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_database_refuses_them_too(db, cast, other):
    db.add(ElectionCalendar(agency_id=cast.agency.id, **said(**other).columns))
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_a_name_is_taken_once_an_agency(db, cast):
    deeds.add_calendar(cast.agency, said(), cast.dewi)
    deeds.add_calendar(cast.elsewhere, said(), cast.stranger_admin)
    other = deeds.add_calendar(cast.agency, said("Pilkades"), cast.dewi)
    with pytest.raises(deeds.CalendarExists):
        deeds.add_calendar(cast.agency, said(), cast.dewi)
    with pytest.raises(deeds.CalendarExists):
        deeds.correct_calendar(other, said(), cast.dewi)
    assert len(queries.calendars_of(cast.agency)) == 2


def test_another_agency_s_calendar_does_not_exist(db, cast):
    calendar = deeds.add_calendar(cast.elsewhere, said(), None)
    with pytest.raises(NotFound):
        queries.calendar_of(cast.agency, calendar.id)


def test_what_somebody_else_deleted_meanwhile_is_not_found(db, cast):
    calendar = deeds.add_calendar(cast.agency, said(), None)
    db.execute(sa.delete(ElectionCalendar).execution_options(synchronize_session=False))
    with pytest.raises(NotFound):
        deeds.delete_calendar(calendar, cast.dewi)
    with pytest.raises(NotFound):
        deeds.correct_calendar(calendar, said("Lain"), cast.dewi)


def test_several_run_at_once_and_the_most_pressing_comes_first(db, cast):
    deeds.add_calendar(cast.agency, said("Jauh", 30), None)
    deeds.add_calendar(cast.agency, said("Dekat", 5), None)
    deeds.add_calendar(cast.agency, said("Tetap", -10), None)
    deeds.add_calendar(cast.agency, said("Lewat", -400), None)
    deeds.add_calendar(cast.elsewhere, said("Orang lain"), None)
    found = queries.elections_of(cast.agency.id, FIXED_ON)
    assert names(found) == ["Tetap", "Dekat", "Jauh"]
    first = found[0]
    assert (first.election, first.stage, first.is_fixed) == (
        Election.REGIONAL,
        Stage.CAMPAIGN,
        True,
    )
    assert first.next_stage is Stage.QUIET


def test_the_last_day_counts_and_the_day_after_says_nothing(db, cast):
    deeds.add_calendar(cast.agency, said(), None)
    assert names(queries.elections_of(cast.agency.id, date(2027, 12, 16))) == ["Pilkada Arunika"]
    assert queries.elections_of(cast.agency.id, date(2027, 12, 17)) == ()


def test_nothing_is_known_without_a_calendar(db, cast):
    assert queries.elections_of(cast.agency.id, FIXED_ON) == ()
    assert queries.elections_of(cast.agency.id, FIXED_ON) == ()
    assert queries.elections_here(FIXED_ON) == ()


def test_it_costs_one_question(db, cast, queries_of):
    deeds.add_calendar(cast.agency, said(), None)
    agency = cast.agency.id
    for ask in (
        lambda: queries.elections_of(agency, FIXED_ON),
        lambda: queries.elections_here(FIXED_ON),
    ):
        with queries_of() as statements:
            ask()
        assert len(statements) == 1


def test_somebody_is_told_of_the_elections_of_their_own_agency(db, cast):
    deeds.add_calendar(cast.agency, said(), None)
    assert names(queries.elections_of(cast.agency.id, FIXED_ON)) == ["Pilkada Arunika"]
    assert queries.elections_of(cast.elsewhere.id, FIXED_ON) == ()


def test_a_visitor_is_told_where_there_is_only_one_agency(db, cast):
    deeds.add_calendar(cast.agency, said(), None)
    assert queries.elections_here(FIXED_ON) == ()
    for person in (cast.stranger, cast.stranger_admin):
        db.execute(sa.text(f"DELETE FROM identifiers WHERE person_id = {person.id}"))
        db.execute(sa.text(f"DELETE FROM placements WHERE person_id = {person.id}"))
        db.execute(sa.text(f"DELETE FROM grants WHERE person_id = {person.id}"))
        db.execute(sa.text(f"DELETE FROM people WHERE id = {person.id}"))
    for table in ("unit_lines", "units"):
        db.execute(sa.text(f"DELETE FROM {table} WHERE agency_id = {cast.elsewhere.id}"))
    db.execute(sa.delete(Agency).where(Agency.id == cast.elsewhere.id))
    assert names(queries.elections_here(FIXED_ON)) == ["Pilkada Arunika"]


def test_the_day_is_the_one_in_the_agency_s_own_zone(db, cast, wait):
    """Half past eleven at night in Jakarta is half past one, the day after, in Jayapura."""
    deeds.add_calendar(cast.agency, said(), None)
    wib = timezone(timedelta(hours=7))
    clock.shift(datetime(2027, 9, 21, 23, 30, tzinfo=wib) - clock.now())
    assert queries.elections_of(cast.agency.id)[0].is_fixed is False
    cast.agency.zone = "Asia/Jayapura"
    db.flush()
    assert queries.elections_of(cast.agency.id)[0].is_fixed is True


def test_the_demo_region_has_two_elections_at_different_stages(db):
    region = load_demo()
    village, regional = queries.elections_here()
    assert (village.election, village.is_fixed) == (Election.VILLAGE, True)
    assert (regional.election, regional.stage) == (Election.REGIONAL, Stage.BEFORE_FIXING)
    assert regional.fixed_on - clock.today(region.agency.zone) == timedelta(days=40)


def test_heads_and_councils_of_villages_are_no_asn_and_count_with_everybody(db, cast):
    for status in (
        PersonStatus.VILLAGE_HEAD,
        PersonStatus.VILLAGE_OFFICIAL,
        PersonStatus.VILLAGE_COUNCIL,
    ):
        operations.add_person(cast.health, None, Details(f"Warga {status.value}", status), None)
    scope = Scope((cast.root.path,))
    counted = {
        asn_only: reports.coverage(scope, Subject("netralitas-inti", "2026.1", "", asn_only)).total
        for asn_only in (True, False)
    }
    assert counted[False].people - counted[True].people == 3


def test_going_back_makes_everybody_of_a_village_a_perangkat_desa_again(app, db, cast):
    for status in (PersonStatus.VILLAGE_HEAD, PersonStatus.VILLAGE_COUNCIL, PersonStatus.NON_ASN):
        operations.add_person(cast.clinic, None, Details(f"Warga {status.value}", status), None)
    db.commit()
    db.remove()
    downgrade(revision="0006")
    upgrade()
    query = "SELECT status FROM {} WHERE status NOT IN ('pns') ORDER BY id"
    for table in ("people", "placements"):
        found = database.session.scalars(sa.text(query.format(table))).all()
        assert found == ["perangkat-desa", "perangkat-desa", "non-asn"]
    assert database.session.scalar(sa.select(sa.func.count(Person.id))) > 3
