"""Who is meant follows the roster; cycles open and nothing of the one before is lost."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.agencies import moves
from app.agencies import operations as roster
from app.agencies.models import Person, Placement, Unit
from app.agencies.positions import Level
from app.agencies.scope import Scope
from app.assignments import operations, people, queries
from app.assignments.audience import Audience, Holder, is_meant
from app.assignments.duties import duties_of
from app.assignments.models import Assignment, ExemptionKind, UnitHead
from app.assignments.operations import Excuse, Wish
from app.assignments.people import Part
from app.assignments.renewal import Why
from app.catalog.terms import ASN, PersonStatus, Phase
from app.core import clock
from app.core.db import db as database
from app.credentials import operations as credentials
from app.credentials.queries import credentials_of
from app.learning import operations as learning
from app.learning.queries import enrolment_of
from tests import learners
from tests.people import add_person

EVERYBODY = Audience(frozenset(ASN))


def wish(**changed) -> Wish:
    today = clock.today("Asia/Jakarta")
    plain = {
        "audience": EVERYBODY,
        "opens_on": today,
        "due_on": today + timedelta(days=30),
        "asked_by": "Sekretaris Daerah",
    }
    return Wish(**plain | changed)


def assigned(app, unit, **changed) -> Assignment:
    return operations.assign(learners.course_of(app), unit, wish(**changed), None)


def today() -> date:
    return clock.today("Asia/Jakarta")


def figures(assignment, **of) -> tuple[int, int, int]:
    counts = queries.counts_of(assignment, of.pop("on", today()), **of)
    return counts.people, counts.exempt, counts.signed


def test_new_people_get_it_and_those_who_leave_lose_it_but_not_what_they_did(app, db, cast):
    assignment = assigned(app, cast.health)
    assert figures(assignment) == (2, 0, 0)
    learners.signed(app, cast.sari)
    add_person(db, cast.clinic, "199203032018032009", "Ani Lestari", "A.Md.")
    assert figures(assignment) == (3, 0, 1)
    moves.move_person(cast.sari, cast.education, None)
    assert figures(assignment) == (2, 0, 0)
    assert duties_of(cast.sari, today()) == []
    assert len(credentials_of(cast.sari)) == 2
    moves.move_person(cast.sari, cast.clinic, None)
    assert figures(assignment) == (3, 0, 1)
    assert duties_of(cast.sari, today())[0].is_done


def test_a_past_day_is_counted_with_its_own_people(app, db, cast):
    assignment = assigned(app, cast.health)
    yesterday = today() - timedelta(days=1)
    roster.deactivate(cast.rina, "Pensiun", None)
    assert figures(assignment) == (1, 0, 0)
    assert figures(assignment, on=yesterday) == (2, 0, 0)
    learners.signed(app, cast.sari)
    assert figures(assignment) == (1, 0, 1)
    assert figures(assignment, on=yesterday) == (2, 0, 0)


def test_an_assignment_to_nobody_is_refused(app, db, cast):
    nobody = Audience(frozenset({PersonStatus.PPPK}))
    with pytest.raises(operations.NobodyMeant):
        assigned(app, cast.health, audience=nobody)
    with pytest.raises(operations.NotForThem):
        assigned(app, cast.health, audience=Audience(frozenset({PersonStatus.VILLAGE_HEAD})))
    with pytest.raises(operations.DatesCrossed):
        assigned(app, cast.health, due_on=today() - timedelta(days=1))
    with pytest.raises(operations.StrangeYear):
        assigned(app, cast.health, due_on=date(2206, 1, 1))
    with pytest.raises(operations.LeadersTooLate):
        assigned(app, cast.health, leaders_until=today() + timedelta(days=31))
    assert not db.scalars(sa.select(Assignment)).all()


def test_the_exempt_are_left_out_of_the_denominator_for_as_long_as_it_holds(app, db, cast):
    assignment, other = assigned(app, cast.health), assigned(app, cast.root)
    until = today() + timedelta(days=5)
    leave = Excuse(ExemptionKind.UNPAID_LEAVE, today(), until, assignment=assignment)
    given_one = operations.exempt(cast.sari, leave, None)
    assert figures(assignment) == (1, 1, 0)
    assert figures(other)[1] == 0
    assert figures(assignment, on=until + timedelta(days=1)) == (2, 0, 0)
    assert [one.person.id for one in queries.pending_people(assignment, today())] == [cast.rina.id]
    assert not duties_of(cast.sari, today())[0].is_open or other.unit_id == cast.root.id
    operations.withdraw(given_one, None)
    assert figures(assignment) == (2, 0, 0)
    with pytest.raises(operations.AlreadyWithdrawn):
        operations.withdraw(given_one, None)
    operations.exempt(cast.sari, Excuse(ExemptionKind.STUDY, today()), None)
    assert (figures(assignment)[1], figures(other)[1]) == (1, 1)


def test_another_desk_sees_its_own_part_of_it(app, db, cast):
    assignment = assigned(app, cast.root)
    health = Scope((cast.health.path,))
    assert figures(assignment) == (6, 0, 0)
    assert figures(assignment, scope=health) == (2, 0, 0)
    assert queries.assignments_touching(health) == [assignment]
    assert queries.assignments_in(health) == []
    assert queries.assignments_touching(Scope((cast.stranger.unit.path,))) == []


def test_parts_add_up_to_the_whole_and_the_line_ends_where_the_table_does(app, db, cast):
    assignment = assigned(app, cast.root)
    learners.signed(app, cast.sari)
    learners.signed(app, cast.budi)
    rows = queries.counts_by_unit(assignment, today())
    assert sum(row.people for row in rows.values()) == figures(assignment)[0] == 6
    days = [today() - timedelta(days=1), today()]
    assert queries.signed_until(assignment, today(), days) == [0, 2]
    standing = {one.person.id: one.signed_at for one in queries.standings(assignment, today())}
    assert sum(at is not None for at in standing.values()) == 2


def test_an_earlier_pledge_counts_only_where_the_desk_says_so(app, db, cast):
    learners.signed(app, cast.sari)
    clock.shift(timedelta(days=40))
    lenient = assigned(app, cast.health)
    strict = assigned(app, cast.health, earlier_counts=False)
    assert (figures(lenient)[2], figures(strict)[2]) == (1, 0)
    clock.shift(timedelta(days=400))
    assert figures(assigned(app, cast.health))[2] == 0, "older than the course says it lasts"


def test_a_pledge_that_was_revoked_counts_no_more_and_one_replaced_counts_as_signed(app, db, cast):
    assignment = assigned(app, cast.health, earlier_counts=False)
    learners.signed(app, cast.sari)
    pledge = next(one for one in credentials_of(cast.sari) if one.kind.value == "pledge")
    renamed = credentials.replace(pledge, pledge.stated, cast.dewi, "Gelar keliru.")
    assert figures(assignment)[2] == 1
    credentials.revoke(renamed, "Bukan orangnya.", cast.dewi)
    assert figures(assignment)[2] == 0
    assert not duties_of(cast.sari, today())[0].is_done


def test_a_new_cycle_lets_her_do_it_again_and_the_first_round_stays(app, db, cast):
    course = learners.course_of(app)
    assignment = assigned(app, cast.health, renew_months=1)
    first = learners.signed(app, cast.sari)
    assert operations.begin(cast.sari, course, today()).id == first.id
    first_day = today()
    clock.shift(timedelta(days=40))
    cycle = operations.open_next_cycle(assignment, course, today(), [])
    assert (cycle.number, cycle.why) == (2, Why.EXPIRY)
    assert operations.open_next_cycle(assignment, course, today(), []) is None
    assert figures(assignment)[2] == 0
    assert figures(assignment, on=first_day)[2] == 1
    again = operations.begin(cast.sari, course, today())
    assert (again.round, again.signed_at) == (2, None)
    assert operations.begin(cast.sari, course, today()).id == again.id
    assert learners.signed(app, cast.sari).id == again.id
    assert figures(assignment)[2] == 1
    assert first.signed_at is not None
    assert len(credentials_of(cast.sari)) == 4
    assert enrolment_of(cast.sari, course).id == again.id


def test_a_round_that_is_not_signed_is_not_begun_again(app, db, cast):
    course = learners.course_of(app)
    learners.enrolled(app, cast.sari)
    with pytest.raises(learning.NotSigned):
        learning.begin_again(cast.sari, course)


def test_leader_first_opens_by_the_heads_signature_or_by_the_day(app, db, cast):
    course, until = learners.course_of(app), today() + timedelta(days=10)
    roster.correct_person(cast.rina, _as(cast.rina, "Kepala Dinas Kesehatan"), None)
    assignment = assigned(app, cast.root, leaders_until=until)
    (duty,) = duties_of(cast.sari, today())
    assert duty.waiting.heads == (cast.rina.full_name,)
    assert duties_of(cast.rina, today())[0].waiting is None, "a head waits for nobody"
    assert duties_of(cast.budi, today())[0].waiting is None, "nobody leads his office"
    with pytest.raises(operations.NotOpenYet, match="Rina Kusuma"):
        operations.begin(cast.sari, course, today())
    assert duties_of(cast.sari, until)[0].waiting is None
    unsigned = [head.person_id for head in queries.heads_of(assignment, today())]
    assert unsigned == [cast.rina.id]
    learners.signed(app, cast.rina)
    assert duties_of(cast.sari, today())[0].waiting is None
    assert operations.begin(cast.sari, course, today()).person_id == cast.sari.id


def test_a_desk_names_a_head_where_no_position_tells(app, db, cast):
    assigned(app, cast.root, leaders_until=today() + timedelta(days=10))
    assert duties_of(cast.sari, today())[0].waiting is None
    operations.name_head(cast.health, cast.rina, cast.dewi)
    assert duties_of(cast.sari, today())[0].waiting.heads == (cast.rina.full_name,)
    with pytest.raises(operations.NamedAlready):
        operations.name_head(cast.health, cast.rina, cast.dewi)
    leaders = Audience(frozenset(ASN), leaders_only=True)
    assert queries.how_many(Part(cast.health.path, leaders), today()) == 1


def test_before_the_opening_nobody_begins_but_who_has_begun_goes_on(app, db, cast):
    course, opens = learners.course_of(app), today() + timedelta(days=3)
    begun = learners.enrolled(app, cast.rina)
    assigned(app, cast.health, opens_on=opens)
    with pytest.raises(operations.NotOpenYet, match="Dibuka"):
        operations.begin(cast.sari, course, today())
    assert operations.begin(cast.sari, course, opens)
    assert operations.begin(cast.rina, course, today()).id == begun.id
    assert operations.begin(cast.budi, course, today()), "nobody asks him"


def test_ended_assignments_ask_nobody(app, db, cast):
    assignment = assigned(app, cast.health)
    operations.end(assignment, cast.dewi)
    assert duties_of(cast.sari, today()) == []
    with pytest.raises(operations.AlreadyEnded):
        operations.end(assignment, cast.dewi)
    with pytest.raises(operations.AlreadyEnded):
        operations.change(assignment, learners.course_of(app), wish(), cast.dewi)


def test_what_is_due_soon_or_late_is_named(app, db, cast):
    far = assigned(app, cast.health)
    near = assigned(app, cast.root, due_on=today() + timedelta(days=3))
    coming = assigned(
        app, cast.root, opens_on=today() + timedelta(days=2), due_on=today() + timedelta(days=4)
    )
    assert [one for one, _ in queries.due_soon(cast.agency.id, today())] == [near]
    assert {one for one, _ in queries.running(cast.agency.id, today())} == {far, near}
    late = today() + timedelta(days=40)
    assert {one for one, _ in queries.due_soon(cast.agency.id, late)} == {far, near, coming}
    assert queries.due_soon(cast.elsewhere.id, late) == []


def _as(person, position):
    return roster.Details(
        name=person.name,
        status=person.status,
        front_title=person.front_title,
        back_title=person.back_title,
        rank=person.rank,
        position=position,
    )


POSITIONS = ("Kepala Dinas", "Plt. Camat", "Guru Ahli Muda", "GURU", "Kepala Seksi", "Kepala Desa")
AUDIENCES = st.builds(
    Audience,
    statuses=st.frozensets(st.sampled_from(PersonStatus)),
    levels=st.frozensets(st.sampled_from(Level), max_size=2),
    words=st.sampled_from([(), ("guru",), ("kepala", "camat")]),
    leaders_only=st.booleans(),
)


@pytest.fixture
def crowd(db, cast) -> list[Person]:
    """Somebody of each status in each position, here and there; every third was named a head."""
    found = []
    for number, (status, position) in enumerate(
        (status, position) for status in PersonStatus for position in POSITIONS
    ):
        unit = (cast.clinic, cast.health, cast.education)[number % 3]
        person = add_person(db, unit, f"{number:018d}", f"Orang {number}", "")
        db.execute(
            sa.update(Placement)
            .where(Placement.person_id == person.id)
            .values(status=status, position=position)
        )
        person.status, person.position = status, position
        if number % 3 == 0:
            db.add(UnitHead(unit_id=unit.id, person_id=person.id, since=date(2025, 1, 1)))
        found.append(person)
    db.commit()
    return found


def test_the_condition_means_whom_the_rule_means(app, db, cast, crowd):
    """For any audience, in any part of the tree: the database and the rule agree on everybody."""
    everybody = db.scalars(sa.select(Person).where(Person.agency_id == cast.agency.id)).all()
    heads = {head.person_id for head in db.scalars(sa.select(UnitHead))}

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(AUDIENCES, st.sampled_from([cast.root, cast.health, cast.clinic]))
    def agree(audience, unit):
        query = (
            sa.select(Placement.person_id)
            .join(Unit, Unit.id == Placement.unit_id)
            .where(people.meant(Part(unit.path, audience), today()))
        )
        by_rule = {
            person.id
            for person in everybody
            if person.unit.path.startswith(unit.path)
            and is_meant(Holder(person.status, person.position, person.id in heads), audience)
        }
        assert set(database.session.scalars(query)) == by_rule

    agree()
    assert len(everybody) > 40


def test_a_phase_that_begins_opens_a_cycle_by_itself(app, db, cast):
    from app.assignments.deeds import OPEN_CYCLES
    from app.elections import operations as elections
    from app.elections.calendars import Dates, Election
    from app.elections.operations import Said

    assignment = assigned(app, cast.root, phase=Phase.AFTER)
    fixed = today() + timedelta(days=20)
    days = [fixed + timedelta(days=3 * number) for number in range(5)]
    elections.add_calendar(cast.agency, Said(Election.REGIONAL, "Pilkada", Dates(*days)), None)
    db.commit()
    assert OPEN_CYCLES.run(None) == {"opened": 0}
    clock.shift(timedelta(days=21))
    assert OPEN_CYCLES.run(None) == {"opened": 1}
    assert OPEN_CYCLES.run(None) == {"opened": 0}
    db.refresh(assignment)
    assert [cycle.why for cycle in assignment.cycles] == [Why.FIRST, Why.PHASE]
    assert assignment.cycles[-1].opens_on == fixed
