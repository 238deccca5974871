"""Nobody is locked out by a stranger: whoever has signed in on a device gets in there again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import familiar, signing_in, throttle
from app.accounts.models import Brake
from app.core import clock
from app.core.db import db as database
from tests.browser import let_go
from tests.people import PASSWORD, account_with_password, code_now, give_factor

UNKNOWN = "199912312024031999"


@pytest.fixture
def sari(db, cast):
    account_with_password(db, cast.sari.id)
    account_with_password(db, cast.dewi.id)
    db.commit()
    return cast.sari.number


def enter(browser, number: str, password: str = PASSWORD) -> int:
    return browser.post("/masuk", data={"number": number, "password": password}).status_code


def brake(*key: object) -> None:
    """As after a flood of wrong tries; one row says it all."""
    let_go()
    until = clock.now() + timedelta(seconds=50)
    row = {"key": throttle._hashed(key), "failures": 200, "until": until}
    database.session.execute(sa.delete(Brake).where(Brake.key == row["key"]))
    database.session.execute(sa.insert(Brake), row)
    database.session.commit()


def brake_network() -> None:
    brake(throttle.NETWORK, "127.0.0.0/24")


@pytest.fixture
def phone(client, sari):
    """A browser on which Sari has signed in before, and out."""
    assert enter(client, sari) == 303
    client.post("/keluar")
    return client


def test_a_device_that_signed_in_before_passes_while_its_network_is_braked(phone, cast, sari):
    brake_network()
    stranger = phone.application.test_client()
    assert enter(stranger, sari) == 429, "control: any other device waits"
    assert enter(phone, sari) == 303


def test_nor_is_it_kept_out_by_guesses_at_its_owners_number(phone, sari):
    stranger = phone.application.test_client()
    assert [enter(stranger, sari, "salah-sama-sekali") for _ in range(6)][-2:] == [422, 429]
    assert enter(phone, sari, "salah-sama-sekali") == 422
    assert enter(phone, sari) == 303


def test_guesses_on_the_device_itself_are_braked_and_touch_nobody_else(phone, sari):
    tries = [enter(phone, sari, "salah-sama-sekali") for _ in range(6)]
    assert tries == [422] * 5 + [429]
    assert enter(phone.application.test_client(), sari) == 303


def test_it_is_known_for_its_owner_alone(phone, cast, sari, db):
    dewi = cast.dewi.number
    brake_network()
    assert enter(phone, dewi) == 429
    assert enter(phone, UNKNOWN) == 429


def test_two_who_share_a_computer_are_both_known(phone, cast, sari, db):
    dewi = cast.dewi.number
    assert enter(phone, dewi) == 303
    phone.post("/keluar")
    brake_network()
    assert enter(phone, sari) == 303


@pytest.mark.parametrize("cookie", ["", "x", "W10.x.y", "a" * 3900])
def test_a_cookie_of_ones_own_making_is_a_new_device(client, sari, cookie):
    client.set_cookie("rambu-perangkat", cookie)
    brake_network()
    assert enter(client, sari) == 429


def test_the_cookie_names_nobody_and_no_script_reads_it(client, sari):
    answer = client.post("/masuk", data={"number": sari, "password": PASSWORD})
    set_cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "perangkat" in c)
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    device = familiar.device_of(client.get_cookie("rambu-perangkat").value)
    assert device.knows(sari)
    assert sari not in repr(device)


def test_a_wrong_password_makes_no_device_known(client, sari):
    enter(client, sari, "salah-sama-sekali")
    assert client.get_cookie("rambu-perangkat") is None


def test_a_computer_knows_only_so_many_people(app):
    device = familiar.device_of(None)
    for number in range(familiar.MOST_PEOPLE + 1):
        device = device.with_number(str(number))
    assert not device.knows("0")
    assert device.knows("1")
    assert familiar.device_of(device.sealed()) == device


def test_neither_a_flood_at_the_door_nor_one_of_codes_touches_who_signs(db, cast, sari):
    """A pledge is signed with the password, by somebody whom the session knows already."""
    let_go()
    opened, _ = signing_in.sign_in(sari, PASSWORD, device="Uji", network="127.0.0.0/24")
    db.commit()
    brake_network()
    brake(throttle.SIGN_IN, sari, "127.0.0.0/24")
    let_go()
    signing_in.prove_again(opened, PASSWORD)
    db.commit()
    for _ in range(throttle.PROVE.free):
        with pytest.raises(signing_in.WrongPassword):
            signing_in.prove_again(opened, "salah-sama-sekali")
    with pytest.raises(throttle.TooSoon):
        signing_in.prove_again(opened, PASSWORD)


def test_a_flood_of_sign_ins_keeps_no_newcomer_from_activating(client, cast):
    brake_network()
    form = {"number": cast.budi.number, "code": "AAAA-AAAA-AA", "new": PASSWORD, "repeat": PASSWORD}
    assert client.post("/aktivasi", data=form).status_code == 422, "judged, not braked"
    brake(throttle.ACTIVATE_NETWORK, "127.0.0.0/24")
    assert client.post("/aktivasi", data=form).status_code == 429, "control"


def test_who_gives_a_code_is_remembered_after_it_and_not_before(app, db, client, cast, sari):
    give_factor(db, account_with_password(db, cast.dewi.id))
    db.commit()
    dewi = cast.dewi.number
    assert enter(client, dewi) == 303
    assert client.get_cookie("rambu-perangkat") is None
    assert client.post("/masuk/kode", data={"code": code_now()}).status_code == 303
    device = familiar.device_of(client.get_cookie("rambu-perangkat").value)
    assert device.knows(dewi)
