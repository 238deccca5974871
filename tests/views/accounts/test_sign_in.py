"""The door: who gets in, who does not, and that nobody can tell why."""

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import operations, passwords
from app.accounts.models import Account, Brake, SignIn
from app.agencies.models import Person
from app.audit import refusals
from app.audit.models import AuditEntry
from app.core import clock
from tests.people import PASSWORD, account_with_password

UNKNOWN = "199912312024031999"


@pytest.fixture
def sari(db, cast):
    """Sari's number; she has an account."""
    account_with_password(db, cast.sari.id)
    db.commit()
    return cast.sari.number


def enter(client, number: str, password: str = PASSWORD, **more):
    return client.post("/masuk", data={"number": number, "password": password, **more})


def body(answer) -> str:
    """The page without what is different in every request."""
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_sari_signs_in_by_her_nip_and_goes_where_she_wanted(client, sari):
    answer = enter(client, sari, lanjut="/akun")
    assert (answer.status_code, answer.location) == (303, "/akun")
    assert "Sari Wulandari, A.Md.Kep." in client.get("/akun").text


@pytest.mark.parametrize("written", ["{0} {1} {2} {3}", "{0}.{1}.{2}.{3}", "'{0}{1}{2}{3}\u00a0"])
def test_a_nip_may_be_grouped_as_on_paper(client, sari, written):
    grouped = written.format(sari[:8], sari[8:14], sari[14], sari[15:])
    assert enter(client, grouped).status_code == 303


def test_the_summary_of_mistakes_says_the_name_of_a_field_once(client):
    page = enter(client, "1990").text
    assert '<a href="#number">NIP / NI PPPK terdiri atas 18 angka' in page


def test_who_is_not_signed_in_is_led_to_the_door_and_back(client, sari):
    answer = client.get("/akun?dari=wa")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert 'value="/akun?dari=wa"' in page.text


def test_a_form_sent_too_late_leads_back_to_its_page(client):
    answer = client.post("/akun/perangkat/keluar", headers={"Referer": "http://localhost/akun"})
    assert answer.location == "/masuk?lanjut=/akun"
    answer = client.post("/akun/perangkat/keluar", headers={"Referer": "https://jahat.id/akun"})
    assert answer.location == "/masuk"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://jahat.id",
        "//jahat.id",
        "///jahat.id",
        "/\\jahat.id",
        "\\\\jahat.id",
        "/\t/jahat.id",
        "/\n/jahat.id",
        " //jahat.id",
        "javascript:alert(1)",
        "jahat.id",
        "http:jahat.id",
        "https:///jahat.id",
        "//jahat.id\\@localhost",
        "/%0a/jahat.id\r\nLocation: //jahat.id",
        "//[::1",
    ],
)
def test_the_door_never_leads_to_another_site(client, sari, elsewhere):
    answer = enter(client, sari, lanjut=elsewhere)
    assert (answer.status_code, answer.location) == (303, "/")


def test_every_refusal_looks_the_same(db, client, cast):
    """Wrong password, unknown number, not activated, no longer on the roster."""
    for person in (cast.sari, cast.dewi):
        account_with_password(db, person.id)
    db.get(Person, cast.dewi.id).is_active = False
    db.commit()
    numbers = {name: getattr(cast, name).number for name in ("sari", "budi", "dewi")}
    answers = [
        enter(client, numbers["sari"], "salah-sama-sekali"),
        enter(client, UNKNOWN, "salah-sama-sekali"),
        enter(client, numbers["budi"]),
        enter(client, numbers["dewi"]),
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({len(answer.data) for answer in answers}) == 1
    assert len({body(answer) for answer in answers}) == 1
    assert "NIP atau kata sandi tidak cocok" in answers[0].text
    assert "Aktifkan akun" in answers[0].text
    assert db.scalar(sa.select(sa.func.count(SignIn.id))) == 0


def test_two_hundred_known_and_unknown_numbers_cannot_be_told_apart(db, client, cast, monkeypatch):
    """Same status, same length, one hash each. How long it takes is measured in benchmarks."""
    known = [
        f"19900101{2000 + place // 12:04d}{place % 12 + 1:02d}1{place:03d}"
        for place in range(1, 201)
    ]
    unknown = [
        f"19910202{2000 + place // 12:04d}{place % 12 + 1:02d}2{place:03d}"
        for place in range(1, 201)
    ]
    stored = passwords.hashed(PASSWORD)
    for number in known:
        person = Person(
            agency_id=cast.agency.id,
            unit_id=cast.clinic.id,
            number=number,
            name="Peserta Uji",
            status=cast.sari.status,
        )
        db.add(person)
        db.flush()
        db.add(Account(person_id=person.id, password_hash=stored))
    db.commit()
    checked = []
    monkeypatch.setattr(
        passwords, "matches", lambda stored, _password: checked.append(stored) and False
    )
    seen = {
        (answer.status_code, len(answer.data))
        for place, number in enumerate(known + unknown)
        for answer in [
            client.post(
                "/masuk",
                data={"number": number, "password": "salah-sama-sekali"},
                environ_base={"REMOTE_ADDR": f"10.{place % 250}.0.1"},
            )
        ]
    }
    assert len(seen) == 1
    assert len(checked) == 400


def test_a_session_that_came_with_the_browser_is_thrown_away(client, sari):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "dipilih-penyerang"
        cookie["csrf_token"] = "dipilih-penyerang"
    enter(client, sari)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "dipilih-penyerang"
        assert cookie.get("csrf_token") != "dipilih-penyerang"


def test_only_the_hash_of_the_token_is_stored(db, client, sari):
    enter(client, sari)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    stored = db.scalars(sa.select(SignIn.token_hash)).one()
    assert stored == operations.digest(token)
    assert len(token) >= 43


def test_five_wrong_passwords_begin_a_wait_that_names_its_seconds(db, client, sari):
    for _ in range(5):
        assert enter(client, sari, "salah-sama-sekali").status_code == 422
    answer = enter(client, sari)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] in ("1", "2")
    assert re.search(r"Tunggu [12] detik", answer.text)
    said = refusals_recorded(db)
    assert said["counts"] == {"sign_in": 5, "brake": 1}
    assert list(said["accounts"].values()) == [5]


def refusals_recorded(db) -> dict:
    """What the only entry says, once the quarter of an hour is over."""
    refusals.flush()
    clock.shift(timedelta(minutes=16))
    assert refusals.close() == 1
    db.commit()
    entry = db.scalars(sa.select(AuditEntry)).one()
    assert entry.action == "network.refused"
    return json.loads(entry.data)


def test_an_unknown_number_is_braked_and_counted_like_a_known_one(db, client, cast):
    for _ in range(5):
        enter(client, UNKNOWN, "salah-sama-sekali")
    assert enter(client, UNKNOWN).status_code == 429
    said = refusals_recorded(db)
    assert said["counts"] == {"sign_in": 5, "brake": 1}
    assert said["accounts"] == {}
    assert UNKNOWN not in json.dumps(said)


def test_the_owner_still_enters_from_another_network(client, sari):
    for _ in range(5):
        enter(client, sari, "salah-sama-sekali")
    answer = client.post(
        "/masuk",
        data={"number": sari, "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert answer.status_code == 303


def test_a_claimed_address_does_not_pass_the_brake(client, sari):
    for place in range(5):
        client.post(
            "/masuk",
            data={"number": sari, "password": "salah-sama-sekali"},
            headers={"X-Forwarded-For": f"198.51.100.{place}"},
        )
    answer = client.post(
        "/masuk",
        data={"number": sari, "password": PASSWORD},
        headers={"X-Forwarded-For": "198.51.100.77"},
    )
    assert answer.status_code == 429


def test_after_the_wait_the_right_password_clears_the_brake(db, client, sari, wait):
    for _ in range(5):
        enter(client, sari, "salah-sama-sekali")
    wait(seconds=3)
    assert enter(client, sari).status_code == 303
    assert db.scalar(sa.select(sa.func.max(Brake.until))) <= clock.now()
    assert enter(client.application.test_client(), sari, "salah").status_code == 422


def test_nobody_enters_while_guesses_cannot_be_counted(db, client, sari):
    db.execute(sa.text("ALTER TABLE brakes RENAME TO brakes_gone"))
    db.commit()
    try:
        assert enter(client, sari).status_code == 503
        assert client.get("/masuk").status_code == 200
    finally:
        db.execute(sa.text("ALTER TABLE brakes_gone RENAME TO brakes"))
        db.commit()


@pytest.mark.parametrize("number", ["", "12345", "bukan nomor", "1,99001E+17", "9" * 5000, "\x00"])
def test_what_is_no_number_gets_a_sentence(client, cast, number):
    answer = enter(client, number)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_password_of_a_megabyte_is_not_hashed(client, sari, monkeypatch):
    monkeypatch.setattr(passwords, "matches", None)
    assert enter(client, sari, "x" * 5000).status_code == 422


def test_the_page_of_the_door_needs_no_database_write(db, client, cast):
    client.get("/masuk")
    assert db.scalar(sa.select(sa.func.count(Brake.id))) == 0
