"""Sessions end when they should, and a copied cookie is worth nothing afterwards."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.accounts import queries, signing_in
from app.accounts.models import SignIn
from app.agencies.models import Person
from app.audit.models import AuditEntry
from tests.people import PASSWORD

NEW = "kuda-lumping-makan-tahu"


def copy_of(browser):
    """Another browser with the same cookie, as a thief would have it."""
    thief = browser.application.test_client()
    with browser.session_transaction() as cookie:
        stolen = dict(cookie)
    with thief.session_transaction() as cookie:
        cookie.update(stolen)
    return thief


def is_in(browser) -> bool:
    return browser.get("/akun").status_code == 200


def test_signing_out_ends_copies_of_the_cookie(db, sign_in, cast):
    browser = sign_in(cast.sari)
    thief = copy_of(browser)
    assert is_in(thief)
    assert browser.post("/keluar").location == "/"
    assert not is_in(browser)
    assert not is_in(thief)
    assert db.scalars(sa.select(AuditEntry.action)).all() == ["account.signed_out"]


def test_a_get_does_not_sign_out(sign_in, cast):
    browser = sign_in(cast.sari)
    assert browser.get("/keluar").status_code == 405
    assert is_in(browser)


def test_a_new_password_ends_the_other_devices_and_old_copies(db, sign_in, cast):
    browser, other = sign_in(cast.sari), sign_in(cast.sari)
    thief = copy_of(browser)
    answer = browser.post("/akun/sandi", data={"old": PASSWORD, "new": NEW, "repeat": NEW})
    assert answer.status_code == 303, answer.text
    assert is_in(browser)
    assert not is_in(other)
    assert not is_in(thief)


def test_who_leaves_is_out_at_once(db, sign_in, cast):
    browser = sign_in(cast.sari)
    assert is_in(browser)
    db.get(Person, cast.sari.id).is_active = False
    db.commit()
    assert not is_in(browser)


def test_who_comes_back_enters_again_and_no_old_cookie_wakes(db, sign_in, cast):
    """Rina takes Sari off the roster and puts her back: every device must sign in once more."""
    browser, other, rina = sign_in(cast.sari), sign_in(cast.sari), sign_in(cast.rina)
    thief = copy_of(browser)
    path = f"/pegawai/{cast.sari.id}"
    assert is_in(browser)
    assert (
        rina.post(
            f"{path}/nonaktif", data={"reason": "Pindah ke instansi lain", "sure": "y"}
        ).status_code
        == 303
    )
    assert rina.post(f"{path}/aktif").status_code == 303
    assert not any(is_in(one) for one in (browser, other, thief))
    assert is_in(rina)
    assert is_in(sign_in(cast.sari))


def test_a_device_left_alone_is_signed_out(sign_in, cast, wait):
    browser = sign_in(cast.sari)
    wait(minutes=119)
    assert is_in(browser)
    wait(minutes=119)
    assert is_in(browser)
    wait(minutes=121)
    assert not is_in(browser)


def test_twelve_hours_end_a_session_however_busy(sign_in, cast, wait):
    browser = sign_in(cast.sari)
    for _ in range(7):
        wait(minutes=100)
        assert is_in(browser)
    wait(minutes=30)
    assert not is_in(browser)


def test_use_is_noted_at_most_every_five_minutes(db, sign_in, cast, wait):
    browser = sign_in(cast.sari)
    began = db.scalar(sa.select(SignIn.seen_at))
    wait(minutes=4)
    assert is_in(browser)
    assert db.scalar(sa.select(SignIn.seen_at)) == began
    wait(minutes=2)
    assert is_in(browser)
    db.rollback()
    assert db.scalar(sa.select(SignIn.seen_at)) > began


def test_a_page_asks_once_who_is_there(db, sign_in, cast, queries_of):
    browser = sign_in(cast.rina)
    with queries_of() as statements:
        browser.get("/akun/sandi")
    assert len([one for one in statements if "FROM sign_ins" in one]) == 1
    assert len(statements) == 1


def test_sari_sees_her_devices_and_ends_one(db, sign_in, cast):
    here, there = sign_in(cast.sari), sign_in(cast.sari)
    budi = sign_in(cast.budi)
    page = here.get("/akun").text
    links = re.findall(r'action="(/akun/perangkat/\d+/keluar)"', page)
    assert len(links) == 2
    mine = re.search(r"perangkat ini.*?action=\"(/akun/perangkat/\d+/keluar)", page, re.S)[1]
    (other,) = {*links} - {mine}
    assert budi.post(other).status_code == 404
    assert is_in(there)
    assert here.post(other).location == "/akun"
    assert is_in(here)
    assert not is_in(there)
    assert is_in(budi)


def test_sari_ends_all_devices_but_this_one(db, sign_in, cast):
    here, *others = [sign_in(cast.sari) for _ in range(3)]
    assert "2 perangkat lain" in here.post("/akun/perangkat/keluar", follow_redirects=True).text
    assert is_in(here)
    assert not any(is_in(other) for other in others)


def test_ending_this_device_from_the_list_signs_out(db, sign_in, cast):
    browser = sign_in(cast.sari)
    sign_in_id = db.scalar(sa.select(SignIn.id))
    assert browser.post(f"/akun/perangkat/{sign_in_id}/keluar").location == "/"
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("old", "new", "repeat", "sentence"),
    [
        ("salah-sama-sekali", NEW, NEW, "Kata sandi tidak cocok"),
        (PASSWORD, NEW, "kuda-lumping-makan-tempe", "tidak sama"),
        (PASSWORD, "pendek", "pendek", "minimal 12"),
        (PASSWORD, "sari-suka-makan-soto", "sari-suka-makan-soto", "memuat nama Anda"),
        (PASSWORD, PASSWORD, PASSWORD, "sama dengan yang lama"),
    ],
)
def test_a_password_that_is_not_taken_says_why(db, sign_in, cast, old, new, repeat, sentence):
    browser, other = sign_in(cast.sari), sign_in(cast.sari)
    answer = browser.post("/akun/sandi", data={"old": old, "new": new, "repeat": repeat})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert is_in(other)


def test_guessing_the_old_password_is_braked(sign_in, cast):
    browser = sign_in(cast.sari)
    for _ in range(5):
        browser.post("/akun/sandi", data={"old": "salah-terus", "new": NEW, "repeat": NEW})
    answer = browser.post("/akun/sandi", data={"old": PASSWORD, "new": NEW, "repeat": NEW})
    assert answer.status_code == 429


def test_proof_of_presence_lasts_two_minutes(db, sign_in, cast, wait):
    sign_in(cast.sari)
    signed_in = db.scalars(sa.select(SignIn)).one()
    assert signing_in.was_proved_within(signed_in)
    wait(minutes=3)
    assert not signing_in.was_proved_within(signed_in)
    with pytest.raises(signing_in.WrongPassword):
        signing_in.prove_again(signed_in, "salah-sama-sekali")
    assert not signing_in.was_proved_within(signed_in)
    signing_in.prove_again(signed_in, PASSWORD)
    db.commit()
    assert signing_in.was_proved_within(signed_in)


def test_while_sessions_cannot_be_read_public_pages_stay_open(sign_in, cast, monkeypatch):
    browser = sign_in(cast.sari)

    def broken(_token_hash):
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(queries, "reader_by", broken)
    assert browser.get("/masuk").status_code == 200
    answer = browser.get("/akun")
    assert answer.status_code == 503
    assert "sedang tidak tersedia" in answer.text
