"""The numbers of a session, of a period and of first judgements: true, and nobody's choice."""

from datetime import timedelta

import pytest

from app.accounts.models import Role
from app.accounts.reader import Office
from app.agencies.models import UnitKind
from app.agencies.scope import Scope
from app.core import clock
from app.live.answering import note_presence
from app.live.attended import present_in
from app.live.judgements import first_judgements, most_misread
from app.live.models import LiveParticipant, LiveSpeaker
from app.live.places import held_in, levels_of
from app.live.summary import NotOver, report_of, who_came
from tests import people, webinars
from tests.webinars import asked, crowd, in_lobby, joined, order


@pytest.fixture
def ended(db, cast):
    """Of ten people of two OPDs, one from elsewhere and a guest: who answered what."""
    session = in_lobby(cast, asks_sure=True, unit=cast.health)
    db.add(LiveSpeaker(session_id=session.id, name="Wati", affiliation="Bawaslu"))
    clinic, health = crowd(session, cast.clinic, 6), crowd(session, cast.health, 3)
    budi = joined(session, cast.budi)
    guest = LiveParticipant(session_id=session.id, guest=1, guest_code="AB", joined_at=clock.now())
    db.add(guest)
    db.commit()
    note_presence((one.id, webinars.slot_now()) for one in clinic)
    asked(session, right=clinic[:2], wrong=[clinic[2], guest], sure_wrong=[*clinic[3:5], budi])
    asked(session, right=[*clinic, *health[:1], budi], name="again")
    asked(session, right=clinic[:3], wrong=[budi])
    return order(session, "end")


def test_the_turnout_adds_up(db, cast, ended):
    report = report_of(ended)
    turnout = report.turnout
    assert (turnout.invited, turnout.joined, turnout.outside) == (11, 10, 1)  # Sari, Rina and nine
    assert (turnout.present, turnout.guests, turnout.guests_present) == (4, 1, 0)
    assert turnout.half_time == 6
    parts = [(part.name, part.invited, part.joined, part.present) for part in turnout.parts]
    assert parts == [("Dinas Kesehatan (langsung)", 4, 3, 0), ("Puskesmas Melati", 7, 6, 3)]
    assert report.settles_at is not None
    clock.shift(timedelta(minutes=12))
    assert report_of(ended).settles_at is None


def test_the_report_says_what_was_misunderstood_and_what_the_talk_did(db, cast, ended):
    report = report_of(ended)
    assert [one.place for one in report.misunderstood] == [1]
    ((_, before, after),) = report.twice
    assert (before.right_percent, after.right_percent, before.sure_wrong) == (29, 100, 3)
    assert [one.place for one in report.asked] == [1, 2]
    assert report.asked[1].first.bars == []  # four answered


def test_there_is_no_report_of_what_goes_on(db, cast):
    with pytest.raises(NotOver):
        report_of(in_lobby(cast))


def test_names_are_those_of_people_whom_the_desk_may_see(db, cast, ended):
    def names(unit):
        return [one.full_name for one in present_in(Scope((unit.path,)), *who_came(ended))]

    assert len(names(cast.root)) == 4
    assert "Budi Hartono, S.Pd." in names(cast.root)
    assert len(names(cast.health)) == 3
    assert names(cast.education) == ["Budi Hartono, S.Pd."]
    assert present_in(Scope(()), *who_came(ended)) == []


def test_first_judgements_are_of_first_rounds_in_time_and_of_people(db, cast, ended):
    judged = first_judgements(cast.agency.id)
    assert sum(one.people for one in judged) == 6 + 4  # the guest has no unit
    by_unit = {one.unit_id for one in judged}
    assert by_unit == {cast.clinic.id, cast.education.id}
    sure_wrong = [one for one in judged if one.is_sure and not one.is_right]
    assert sum(one.people for one in sure_wrong) == 3
    assert {one.scenario for one in judged} == {"kasus-0", "kasus-1"}
    assert first_judgements(cast.elsewhere.id) == []
    inside = first_judgements(cast.agency.id, Scope((cast.education.path,)))
    assert sum(one.people for one in inside) == 2
    assert first_judgements(cast.agency.id, None, clock.now()) == []
    assert most_misread(cast.agency.id, judged, 5) == []  # fewer than ten judged each
    many = [one._replace(people=one.people * 3) for one in judged]
    assert [one.paper.scenario for one in most_misread(cast.agency.id, many, 1)] == ["kasus-0"]


def test_sessions_are_counted_by_place(db, cast, ended):
    cast.health.kind = UnitKind.DISTRICT
    cast.clinic.kind = UnitKind.VILLAGE
    db.commit()
    reader = Desk(cast.dewi)
    span = (clock.now() - timedelta(days=1), clock.now())
    (held,) = held_in(reader, *span)
    assert (held.came.people, held.came.present, held.came.guests) == (10, 4, 1)
    assert held.speakers == ("Wati (Bawaslu)",)
    levels = {level.column: level for level in levels_of(reader, [held])}
    assert [place.name for place in levels["Kecamatan"].busy] == ["Dinas Kesehatan"]
    assert len(levels["Kelurahan atau desa"].places) == 1
    assert levels["Kelurahan atau desa"].busy == ()
    assert [(one.name, one.sessions, one.people) for one in levels["OPD"].busy] == [
        ("Dinas Kesehatan", 1, 10)
    ]
    assert held_in(reader, clock.now(), clock.now() + timedelta(days=9)) == []
    assert held_in(Desk(cast.stranger_admin), *span) == []


class Desk:
    """As much of a reader as a desk's queries ask for."""

    def __init__(self, person):
        self.id, self.person = person.id, person
        agency = person.agency
        self.agency = Office(agency.id, agency.name, agency.office_name, agency.zone)

    def scope(self, *roles: Role) -> Scope:
        return people.scope_of(self.person, *roles)
