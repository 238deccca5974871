"""Brakes under a race, thirty-two sign-ins at once, roles on the tree."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask_migrate import downgrade, upgrade

from app.accounts import (
    activation,
    operations,
    passwords,
    queries,
    retention,
    roles,
    signing_in,
    throttle,
)
from app.accounts.models import Account, Brake, Grant, Role, SignIn
from app.agencies.models import Person
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db as database
from tests.people import PASSWORD, account_with_password, scope_of

NETWORK = "10.1.2.0/24"
LIMIT = throttle.Limit("uji", free=5, forget=600, longest=300)
WIDE = throttle.Limit("uji-lebar", free=50, forget=1, longest=60)


def at_once(app, count: int, act) -> list[str]:
    """What `act(place)` came to in each of `count` threads, by the name of its error."""
    outcomes: list[str] = []
    start = threading.Barrier(count)

    def run(place: int) -> None:
        with app.app_context():
            start.wait()
            try:
                act(place)
                database.session.commit()
                outcomes.append("done")
            except (throttle.TooSoon, signing_in.SignInRefused) as error:
                database.session.rollback()
                outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def enter(number: str, password: str = PASSWORD, network: str = NETWORK):
    return signing_in.sign_in(number, password, device="Uji", network=network)


def remaining() -> int:
    """Seconds of the wait that is running."""
    until = database.session.scalar(sa.select(sa.func.max(Brake.until)))
    database.session.rollback()
    return max(0, round((until - clock.now()).total_seconds()))


def test_waits_grow_to_five_minutes(db):
    patient = throttle.Limit("uji", free=5, forget=10**6, longest=300)
    waits = []
    for _ in range(14):
        throttle.spend((patient, "a"))
        waits.append(remaining())
        clock.shift(timedelta(seconds=waits[-1] + 0.5))
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_attempts_are_forgotten_one_by_one(db, wait):
    for _ in range(4):
        throttle.spend((LIMIT, "a"))
    wait(seconds=601)
    assert throttle.spend((LIMIT, "a")) is False
    assert throttle.spend((LIMIT, "a")) is True


def test_trying_during_a_wait_does_not_lengthen_it(db, wait):
    for _ in range(5):
        throttle.spend((LIMIT, "a"))
    for _ in range(20):
        with pytest.raises(throttle.TooSoon):
            throttle.spend((LIMIT, "a"))
    wait(seconds=3)
    throttle.spend((LIMIT, "a"))


def test_a_check_counts_nothing(db):
    for _ in range(20):
        throttle.check((LIMIT, "a"))
    for _ in range(5):
        throttle.spend((LIMIT, "a"))
    with pytest.raises(throttle.TooSoon) as refusal:
        throttle.check((LIMIT, "a"))
    assert refusal.value.seconds in (1, 2)
    throttle.check((LIMIT, "b"))


def test_being_right_clears_ones_own_key_and_returns_ones_own_to_the_shared(db):
    for _ in range(3):
        throttle.spend((LIMIT, "a"), (WIDE, "net"))
        throttle.spend((LIMIT, "b"), (WIDE, "net"))
    throttle.forgive((LIMIT, "a"), (WIDE, "net"))
    assert sorted(db.scalars(sa.select(Brake.failures))) == [0, 3, 3]


def test_a_hundred_behind_one_address_mistype_and_get_in(db, wait):
    """A webinar begins, and one in five mistypes once (`make bench NAME=check-in` has a thousand).
    What was theirs is theirs: it does not add up to a wait for the office."""
    narrow = throttle.Limit("sempit", free=15, forget=3, longest=60)
    for number in range(100):
        keys = (throttle.SIGN_IN, number, NETWORK), (narrow, NETWORK)
        for _ in range(2 if number % 5 == 0 else 1):
            throttle.spend(*keys)
        throttle.forgive(*keys)
        wait(milliseconds=60)


def test_whoever_guesses_at_others_spends_what_the_address_has(db):
    """Control: only mistakes on the number that was right come back."""
    narrow = throttle.Limit("sempit", free=15, forget=3, longest=60)
    own = (throttle.SIGN_IN, "own", NETWORK), (narrow, NETWORK)
    for number in range(13):
        throttle.spend((throttle.SIGN_IN, number, NETWORK), (narrow, NETWORK))
        throttle.spend(*own)
        throttle.forgive(*own)
    for number in (13, 14):
        throttle.spend((throttle.SIGN_IN, number, NETWORK), (narrow, NETWORK))
    with pytest.raises(throttle.TooSoon):
        throttle.spend(*own)


def test_a_wait_on_one_key_counts_on_none(db):
    for _ in range(5):
        throttle.spend((LIMIT, "a"))
    with pytest.raises(throttle.TooSoon):
        throttle.spend((LIMIT, "a"), (WIDE, "net"))
    assert sorted(db.scalars(sa.select(Brake.failures))) in ([5], [0, 5])


def test_the_table_tells_nobody_which_number_was_tried(db):
    throttle.spend((throttle.SIGN_IN, "199001012015032001", NETWORK))
    (row,) = db.execute(sa.select(Brake.__table__))
    assert "19900101" not in repr(row)


def test_counting_outlives_a_request_that_is_undone(db):
    throttle.spend((LIMIT, "a"))
    db.rollback()
    assert db.scalar(sa.select(Brake.failures)) == 1


def test_thirty_two_guesses_at_once_are_counted_one_by_one(app, db, cast, monkeypatch):
    account_with_password(db, cast.sari.id)
    number = cast.sari.number
    db.commit()
    hashed = []
    monkeypatch.setattr(passwords, "matches", lambda *_: hashed.append(1) and False)
    outcomes = at_once(app, 32, lambda _: enter(number, "salah-sama-sekali"))
    assert outcomes == [*["SignInRefused"] * 5, *["TooSoon"] * 27]
    assert len(hashed) == 5


def test_thirty_two_people_of_one_office_enter_at_once(app, db, cast):
    numbers = [f"{2026000001 + place}" for place in range(32)]
    for number in numbers:
        person = Person(
            agency_id=cast.agency.id,
            unit_id=cast.clinic.id,
            number=number,
            name="Peserta",
            status=cast.sari.status,
        )
        db.add(person)
        db.flush()
        account_with_password(db, person.id)
    db.commit()
    outcomes = at_once(app, 32, lambda place: enter(numbers[place]))
    assert outcomes == ["done"] * 32
    assert len(set(db.scalars(sa.select(SignIn.token_hash)))) == 32
    assert set(db.scalars(sa.select(Brake.failures))) == {0}


def test_one_person_entering_thirty_two_times_at_once_never_fails_otherwise(app, db, cast):
    account_with_password(db, cast.sari.id)
    number = cast.sari.number
    db.commit()
    outcomes = at_once(app, 32, lambda _: enter(number))
    assert set(outcomes) <= {"done", "TooSoon"}
    assert outcomes.count("done") >= 4
    assert db.scalar(sa.select(sa.func.count(SignIn.id))) == outcomes.count("done")


def test_an_old_hash_is_renewed_at_sign_in(db, cast):
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    account = account_with_password(db, cast.sari.id)
    account.password_hash = weak.hash(PASSWORD)
    number = cast.sari.number
    db.commit()
    enter(number)
    db.commit()
    renewed = db.scalar(sa.select(Account.password_hash))
    assert not passwords.is_outdated(renewed)
    assert passwords.matches(renewed, PASSWORD)


def test_a_former_number_still_opens_the_door(db, cast):
    """A NI PPPK changes with the contract; the person stays, and may not know it yet."""
    account_with_password(db, cast.sari.id)
    former = cast.sari.number
    db.get(Person, cast.sari.id).number = "199001012026212001"
    db.commit()
    assert enter(former)
    db.commit()


def test_a_password_changed_meanwhile_refuses_the_old_one(db, cast, monkeypatch):
    account = account_with_password(db, cast.sari.id)
    number = cast.sari.number
    db.commit()
    account_id = account.id
    db.rollback()

    def right_but_late(*_):
        db.get(Account, account_id).password_hash = "lain"
        db.commit()
        return True

    monkeypatch.setattr(passwords, "matches", right_but_late)
    monkeypatch.setattr(passwords, "is_outdated", lambda _: False)
    with pytest.raises(signing_in.SignInRefused):
        enter(number)
    db.rollback()


def test_a_password_is_not_checked_after_changes_were_made(db, cast):
    cast.sari.position = "Kepala"
    with pytest.raises(RuntimeError, match="before anything is changed"):
        operations.let_go()
    db.rollback()


def test_signing_in_leaves_one_entry_without_secrets(db, cast):
    account_with_password(db, cast.sari.id)
    number = cast.sari.number
    db.commit()
    _, token = enter(number)
    db.commit()
    entry = db.scalars(sa.select(AuditEntry)).one()
    assert entry.action == "account.signed_in"
    assert PASSWORD not in entry.data
    assert token not in entry.data


def test_sessions_are_forgotten_after_ninety_days(db, cast, wait):
    account_with_password(db, cast.sari.id)
    number = cast.sari.number
    db.commit()
    for days in (60, 60, 0):
        enter(number)
        db.commit()
        wait(days=days)
    retention.forget_sessions(clock.now() - timedelta(days=90), None)
    assert db.scalar(sa.select(sa.func.count(SignIn.id))) == 2


def test_a_role_may_be_given_before_the_first_entry(db, cast):
    held = roles.grant(cast.budi, Role.UNIT_ADMIN, cast.education, cast.dewi, reason="Surat tugas")
    db.commit()
    account_with_password(db, cast.budi.id)
    db.commit()
    assert queries.grants_of(cast.budi) == [held]
    assert scope_of(cast.budi, Role.UNIT_ADMIN).covers(cast.education)
    assert not scope_of(cast.budi, Role.UNIT_ADMIN).covers(cast.health)
    assert not scope_of(cast.budi, Role.HR_ADMIN).covers(cast.education)


def test_a_scope_holds_the_whole_subtree_and_no_sibling_with_a_longer_id(db, cast):
    scope = scope_of(cast.rina, Role.UNIT_ADMIN)
    assert [scope.covers(unit) for unit in (cast.health, cast.clinic)] == [True, True]
    assert [scope.covers(unit) for unit in (cast.root, cast.education)] == [False, False]
    cast.education.path = cast.health.path[:-1] + "9/"
    assert not scope.covers(cast.education)
    db.rollback()


def test_a_role_is_held_once_and_withdrawn_once(db, cast):
    with pytest.raises(roles.RoleHeldAlready):
        roles.grant(cast.rina, Role.UNIT_ADMIN, cast.health, cast.dewi, reason="Lagi")
    assert roles.withdraw(cast.rina, Role.UNIT_ADMIN, cast.health, cast.dewi)
    assert not roles.withdraw(cast.rina, Role.UNIT_ADMIN, cast.health, cast.dewi)
    db.commit()
    actions = db.scalars(sa.select(AuditEntry.action)).all()
    assert actions == ["role.withdrawn"]


@pytest.mark.parametrize("role", [Role.LEARNER, Role.HOST])
def test_roles_stay_inside_the_agency_and_learning_is_not_granted(db, cast, role):
    unit = cast.root if role is Role.LEARNER else cast.stranger.unit
    with pytest.raises(roles.RoleNotPossible):
        roles.grant(cast.budi, role, unit, cast.dewi, reason="Surat tugas")


def test_a_withdrawn_role_ends_with_the_next_request(db, cast, sign_in):
    browser = sign_in(cast.rina)
    assert browser.get("/akun").status_code == 200
    db.execute(sa.delete(Grant).where(Grant.person_id == cast.rina.id))
    db.commit()
    assert queries.grants_of(cast.rina) == []


def test_a_slip_handed_out_before_somebody_left_opens_nothing_when_she_is_back(db, cast):
    (code,) = activation.issue_codes([cast.sari], cast.rina)
    slip = cast.sari.number, activation.code_text(code)
    operations.let_leave(cast.sari, "Pindah", cast.rina)
    operations.let_return(cast.sari, cast.rina)
    (fresh,) = activation.issue_codes([cast.budi], None)  # control: a new one opens
    control = cast.budi.number, activation.code_text(fresh)
    db.commit()
    new = "kuda-lumping-makan-tahu"
    with pytest.raises(activation.ActivationRefused):
        activation.activate(*slip, new, network=NETWORK)
    db.rollback()
    assert activation.activate(*control, new, network=NETWORK)
    db.commit()


def test_who_signed_in_at_the_moment_of_leaving_is_out_when_she_is_back(db, cast):
    """A sign-in may commit just after the deactivation: its session ends with the return."""
    account = account_with_password(db, cast.sari.id)
    operations.let_leave(cast.sari, "Pindah", cast.rina)
    late, _ = operations.open_session(account, device="Chrome di Android", network=NETWORK)
    operations.let_return(cast.sari, cast.rina)
    db.commit()
    assert late.ended_at is not None
    again, _ = operations.open_session(account, device="Chrome di Android", network=NETWORK)
    assert again.ended_at is None
    db.commit()


def test_an_account_that_was_closed_by_hand_stays_closed_without_its_column(app, db, cast):
    """Before 0008 only somebody with a database shell could set `is_disabled`."""
    closed, control = (account_with_password(db, one.id) for one in (cast.sari, cast.budi))
    for account in (closed, control):
        operations.open_session(account, device="Chrome di Android", network=NETWORK)
    numbers = {closed.id: cast.sari.number, control.id: cast.budi.number}
    closed_id = closed.id
    db.commit()
    db.remove()
    downgrade(revision="0007")
    database.session.execute(
        sa.text("UPDATE accounts SET is_disabled = true WHERE id = :id"), {"id": closed_id}
    )
    database.session.commit()
    upgrade()
    outcomes = {}
    for account_id, number in numbers.items():
        left = queries.sign_ins_of(database.session.get(Account, account_id))
        database.session.rollback()
        try:
            signing_in.sign_in(number, PASSWORD, device="", network=NETWORK)
        except signing_in.SignInRefused:
            outcomes[account_id == closed_id] = ("refused", len(left))
        else:
            outcomes[account_id == closed_id] = ("entered", len(left))
        database.session.commit()
    assert outcomes == {True: ("refused", 0), False: ("entered", 1)}


def test_an_attempt_now_and_then_forgets_what_says_nothing_any_more(db, wait, monkeypatch):
    throttle.spend((LIMIT, "old"))
    wait(days=400)
    throttle.spend((LIMIT, "new"))
    assert db.scalar(sa.select(sa.func.count(Brake.id))) == 2
    db.rollback()  # an attempt is counted in a transaction of its own
    monkeypatch.setattr(throttle, "SWEEPS", 1)
    throttle.spend((LIMIT, "newest"))
    assert db.scalar(sa.select(sa.func.count(Brake.id))) == 2
