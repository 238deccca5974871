"""Taking part: once a person, within the check-in, in the session of one's own instansi."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import queries as accounts
from app.accounts.reader import Reader
from app.core import clock
from app.live import joining, tickets
from app.live.joining import NotYet, OfAnotherAgency, Over, WrongGuestCode
from app.live.models import LiveParticipant
from app.live.queries import guests_of, participant
from tests.webinars import in_lobby, joined, order, prepared


@pytest.fixture
def reader(db):
    """`reader(cast.sari)` is who asks, as a page knows her."""
    fields = ("id", "number", "full_name", "status")

    def of(person) -> Reader:
        known = {name: getattr(person, name) for name in fields}
        return Reader(
            sign_in_id=1,
            seen_at=clock.now(),
            has_factor=True,
            factor_due_at=None,
            agency=person.agency,
            workplace=person.unit.name,
            grants=tuple((one.role, one.unit.path) for one in accounts.grants_of(person)),
            lapsed=(),
            **known,
        )

    return of


def test_who_joins_twice_is_one_participant(db, cast, reader):
    session = in_lobby(cast)
    first, again = (joining.join(session, reader(cast.sari)) for _ in range(2))
    assert first.id == again.id
    assert db.scalar(sa.select(sa.func.count(LiveParticipant.id))) == 1


def test_check_in_opens_a_day_early_or_with_the_lobby(db, cast, reader):
    starts = clock.now() + timedelta(days=2)
    session = prepared(cast, starts_at=starts, ends_at=starts + timedelta(hours=1))
    with pytest.raises(NotYet):
        joining.join(session, reader(cast.sari))
    order(session, "lobby")
    assert joining.join(session, reader(cast.sari))


def test_a_day_before_nobody_needs_to_have_opened_it(db, cast, reader):
    starts = clock.now() + timedelta(hours=23)
    session = prepared(cast, starts_at=starts, ends_at=starts + timedelta(hours=1))
    assert joining.join(session, reader(cast.sari))


def test_what_is_over_can_be_joined_by_nobody_new(db, cast, reader):
    session = in_lobby(cast)
    here = joining.join(session, reader(cast.sari))
    order(session, "end")
    assert joining.join(session, reader(cast.sari)).id == here.id
    with pytest.raises(Over):
        joining.join(session, reader(cast.budi))


def test_a_session_is_for_one_instansi(db, cast, reader):
    with pytest.raises(OfAnotherAgency):
        joining.join(in_lobby(cast), reader(cast.stranger))


def test_a_guest_joins_by_the_card_of_the_host(db, cast):
    session = in_lobby(cast, allows_guests=True)
    assert joining.hand_out_guests(session, 3) == 3
    assert joining.hand_out_guests(session, 2) == 0
    card = guests_of(session.id)[1]
    assert joining.join_as_guest(session, 2, card.guest_code.lower()).id == card.id
    assert card.joined_at is not None
    for number, code in ((1, card.guest_code + "X"), (9, card.guest_code), (2, "")):
        with pytest.raises(WrongGuestCode):
            joining.join_as_guest(session, number, code)


def test_a_session_without_guests_lets_none_in(db, cast):
    session = in_lobby(cast)
    joining.hand_out_guests(session, 1)
    with pytest.raises(WrongGuestCode):
        joining.join_as_guest(session, 1, guests_of(session.id)[0].guest_code)


def test_a_ticket_names_one_participant_of_one_session_for_some_time(db, cast, wait):
    session = in_lobby(cast)
    sari = joined(session, cast.sari)
    text = joining.ticket_for(sari, session)
    ticket = tickets.read(text)
    assert (ticket.session_id, ticket.participant_id) == (session.id, sari.id)
    for broken in (None, "", text[:-1], text + "x", "x" * 500, "W10.abc"):
        assert tickets.read(broken) is None
    wait(days=1, hours=4)
    assert tickets.read(text) is None


def test_a_ticket_lasts_as_long_as_the_replay(db, cast, wait):
    session = in_lobby(cast, replay_until=clock.today() + timedelta(days=10))
    text = joining.ticket_for(joined(session, cast.sari), session)
    wait(days=9)
    assert tickets.read(text) is not None


def test_who_has_left_the_roster_takes_part_no_more(db, cast):
    session = in_lobby(cast)
    sari = joined(session, cast.sari)
    assert participant(session.id, sari.id) is not None
    cast.sari.is_active = False
    db.flush()
    assert participant(session.id, sari.id) is None


def test_more_time_is_taken_in_steps(db, cast):
    sari = joined(in_lobby(cast), cast.sari)
    joining.take_time(sari, 150)
    joining.take_time(sari, 1000)
    assert sari.extra_percent == 150
