"""The second factor: sealed, spent once, lost and taken away; grace that the operator extends."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import operations, queries, second_factor, settings
from app.accounts.models import RecoveryCode, SecondFactor, SignIn
from app.accounts.second_factor import CodeRefused, CodeSpent
from app.accounts.throttle import TooSoon
from app.audit.models import AuditEntry
from app.core import clock
from tests.people import FACTOR, account_with_password, code_now, give_factor

NETWORK = "127.0.0.0/24"


@pytest.fixture
def dewi(db, cast):
    """Dewi's account, with an authenticator app."""
    account = account_with_password(db, cast.dewi.id)
    give_factor(db, account)
    db.commit()
    return account


def spend(db, account, text: str) -> int | None:
    left = second_factor.spend(account, text)
    db.commit()
    return left


def paper_of(db, account) -> list[str]:
    codes = second_factor.new_paper(account)
    db.commit()
    return codes


def actions(db) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_code_is_taken_once_and_the_next_one_is(db, dewi, wait):
    code = code_now()
    spend(db, dewi, code)
    for _ in range(3):
        with pytest.raises(CodeSpent):
            spend(db, dewi, code)
        db.rollback()
    wait(seconds=30)
    spend(db, dewi, code_now())


@pytest.mark.parametrize("steps", [-1, 1])
def test_one_step_of_drift_is_taken_and_also_only_once(db, dewi, steps):
    code = code_now(steps)
    spend(db, dewi, code)
    with pytest.raises(CodeSpent):
        spend(db, dewi, code)
    db.rollback()


@pytest.mark.parametrize("steps", [-3, 3, 2 * 60 * 24, -2 * 60 * 24])
def test_a_phone_that_is_a_day_off_is_told_the_servers_time(db, dewi, steps):
    with pytest.raises(CodeRefused, match=r"Jam server sekarang \d+ \w+ \d{4} [\d.]{8} WIB"):
        spend(db, dewi, code_now(steps))
    db.rollback()
    spend(db, dewi, code_now())  # control


def test_a_server_whose_clock_jumped_a_day_locks_nobody_out(db, dewi, wait):
    wait(days=1)
    ahead = code_now()
    spend(db, dewi, ahead)
    wait(days=-1)
    spend(db, dewi, code_now())
    wait(days=1)
    with pytest.raises(CodeSpent):
        spend(db, dewi, ahead)
    db.rollback()


def test_a_code_on_paper_is_taken_once_however_it_is_written(db, dewi):
    codes = paper_of(db, dewi)
    assert len(set(codes)) == second_factor.PAPER
    assert spend(db, dewi, codes[0].lower().replace("-", " ")) == second_factor.PAPER - 1
    with pytest.raises(CodeSpent):
        spend(db, dewi, codes[0])
    db.rollback()
    assert spend(db, dewi, codes[1]) == second_factor.PAPER - 2
    assert actions(db).count("factor.recovery_code_used") == 2


def test_new_paper_voids_the_old(db, dewi):
    old, new = paper_of(db, dewi), paper_of(db, dewi)
    with pytest.raises(CodeRefused):
        spend(db, dewi, old[0])
    db.rollback()
    assert spend(db, dewi, new[0]) is not None


def test_a_code_on_paper_opens_no_other_account(db, cast, dewi):
    codes, rina = paper_of(db, dewi), account_with_password(db, cast.rina.id)
    give_factor(db, rina)
    db.commit()
    with pytest.raises(CodeRefused):
        spend(db, rina, codes[0])
    db.rollback()


def test_whoever_reads_the_database_gets_no_code(db, cast, dewi, monkeypatch):
    """Not from the sealed secret, not moved to another account, not with another key."""
    codes = paper_of(db, dewi)
    sealed = db.scalars(sa.select(SecondFactor.secret)).one()
    assert FACTOR not in sealed
    digests = db.scalars(sa.select(RecoveryCode.digest)).all()
    assert not {code.replace("-", "") for code in codes} & set(digests)
    rina = account_with_password(db, cast.rina.id)
    db.add(SecondFactor(account_id=rina.id, secret=sealed, confirmed_at=clock.now()))
    db.commit()
    with pytest.raises(second_factor.Unreadable):
        spend(db, rina, code_now())
    db.rollback()
    spend(db, dewi, code_now())  # control
    other = settings.Settings(**{**vars(settings.current()), "secret": b"another key" * 4})
    monkeypatch.setattr(settings, "_told", other)
    with pytest.raises(second_factor.Unreadable):
        spend(db, dewi, code_now(1))
    db.rollback()


def test_guessing_is_braked_and_the_trail_says_so_once(db, dewi):
    for _ in range(second_factor.CODES.free):
        with pytest.raises(CodeRefused):
            second_factor.spend(dewi, "000000")
        db.commit()
    for _ in range(3):
        with pytest.raises(TooSoon):
            second_factor.spend(dewi, code_now())
        db.commit()
    assert actions(db) == ["factor.code_refused"]


def test_setting_up_takes_a_code_ends_other_devices_and_gives_paper(db, cast):
    account = account_with_password(db, cast.dewi.id)
    here, _ = operations.open_session(account, device="Firefox di Windows", network=NETWORK)
    there, _ = operations.open_session(account, device="Chrome di Android", network=NETWORK)
    second_factor.begin(account)
    secret = second_factor.candidate_of(account)
    with pytest.raises(CodeRefused):
        second_factor.confirm(here, "000000")
    assert not second_factor.is_on(account)
    code = second_factor.totp.code_at(secret, clock.now())
    codes = second_factor.confirm(here, code)
    db.commit()
    assert second_factor.is_on(account)
    assert (here.ended_at, here.code_at is not None, there.ended_at is not None) == (
        None, True, True,
    )  # fmt: skip
    assert queries.recovery_codes_left(account) == len(codes) == second_factor.PAPER
    with pytest.raises(CodeSpent):
        spend(db, account, code)
    db.rollback()
    with pytest.raises(second_factor.NothingToConfirm):
        second_factor.confirm(here, code)


def test_the_old_app_holds_until_the_new_one_is_proved(db, dewi):
    second_factor.begin(dewi)
    spend(db, dewi, code_now())


def test_a_lost_factor_is_taken_away_by_somebody_else_and_devices_end(db, cast, dewi):
    operations.open_session(dewi, device="Chrome di Android", network=NETWORK)
    paper_of(db, dewi)
    with pytest.raises(second_factor.NotYourOwnFactor):
        second_factor.reset(cast.dewi, cast.dewi)
    second_factor.reset(cast.dewi, None)
    db.commit()
    assert not second_factor.is_on(dewi)
    assert db.scalar(sa.select(SignIn.ended_at)) is not None
    assert queries.recovery_codes_left(dewi) == 0
    with pytest.raises(second_factor.NoFactor):
        second_factor.reset(cast.dewi, None)
    entry = db.scalars(sa.select(AuditEntry).filter_by(action="factor.reset")).one()
    assert (entry.actor_id, entry.subject) == (None, f"accounts:{dewi.id}")


def test_a_role_keeps_its_factor_and_a_learner_may_do_without(db, cast, dewi):
    with pytest.raises(second_factor.NeededForRole):
        second_factor.remove(dewi)
    sari = account_with_password(db, cast.sari.id)
    give_factor(db, sari)
    db.commit()
    second_factor.remove(sari)
    db.commit()
    assert not second_factor.is_on(sari)


def test_grace_begins_once_and_only_the_operator_extends_it(db, cast, wait):
    account = account_with_password(db, cast.dewi.id)
    db.commit()
    due = second_factor.begin_grace(account)
    assert timedelta(days=6) < due - clock.now() <= second_factor.GRACE
    db.commit()
    wait(days=5)
    assert second_factor.begin_grace(account) == due
    assert second_factor.extend_grace(account, 10) > due + timedelta(days=7)
    db.commit()
    assert actions(db) == ["factor.grace_extended"]
