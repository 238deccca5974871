"""Two steps at the door, setting them up, the grace of a desk, proof before what reaches far."""

import re

import pytest
import sqlalchemy as sa

from app.accounts import activation, second_factor, totp
from app.accounts.models import Account, SecondFactor, SignIn
from app.core import clock
from tests.people import PASSWORD, account_with_password, browser_of, code_now, give_factor

NEW = "kuda-lumping-makan-tahu"
ASKED = re.compile(r"/masuk/kode")


@pytest.fixture
def dewi(db, cast):
    """Dewi's number; she has a password and an authenticator app."""
    give_factor(db, account_with_password(db, cast.dewi.id))
    db.commit()
    return cast.dewi.number


@pytest.fixture
def bare(app, db, cast, sign_in):
    """`bare(cast.dewi)`: a browser of hers that entered by password alone, and no second factor."""

    def enter(person):
        browser = browser_of(app, person)
        db.execute(sa.delete(SecondFactor))
        db.execute(sa.update(SignIn).values(code_at=None))
        db.commit()
        return browser

    return enter


def door(client, number, password=PASSWORD, **more):
    return client.post("/masuk", data={"number": number, "password": password, **more})


def give(client, code, where="/masuk/kode"):
    return client.post(where, data={"code": code})


def main(answer) -> str:
    return answer.text.split("<main", 1)[1].split("</main>", 1)[0]


def sessions(db) -> int:
    count = db.scalar(sa.select(sa.func.count(SignIn.id)))
    db.rollback()
    return count


# At the door -------------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing_and_the_code_opens_what_was_wanted(db, client, dewi):
    answer = door(client, dewi, lanjut="/laporan")
    assert answer.location == "/masuk/kode?lanjut=/laporan"
    assert client.get("/akun").location.startswith("/masuk")
    assert "Welcome" not in client.get("/").text
    assert sessions(db) == 0
    page = client.get(answer.location)
    assert 'value="/laporan"' in page.text
    answer = client.post("/masuk/kode", data={"code": code_now(), "lanjut": "/laporan"})
    assert (answer.status_code, answer.location) == (303, "/laporan")
    assert client.get("/laporan").status_code == 200


def test_a_code_opens_one_session(app, db, client, dewi):
    code, thief = code_now(), app.test_client()
    for browser in (client, thief):
        door(browser, dewi)
    assert give(client, code).status_code == 303
    answer = give(thief, code)
    assert answer.status_code == 422
    assert "sudah dipakai" in main(answer)
    assert sessions(db) == 1


def test_a_wrong_code_is_told_the_servers_time(db, client, dewi):
    door(client, dewi)
    answer = give(client, code_now(2880))
    assert answer.status_code == 422
    assert "Jam server sekarang" in main(answer)
    assert sessions(db) == 0


def test_a_code_on_paper_opens_once_and_says_how_many_are_left(app, db, client, dewi):
    account = db.scalars(sa.select(Account)).one()
    code = second_factor.new_paper(account)[0]
    db.commit()
    door(client, dewi)
    assert give(client, code).status_code == 303
    assert "tersisa 9" in client.get("/").text
    again = app.test_client()
    door(again, dewi)
    assert "sudah dipakai" in main(give(again, code))


def test_the_second_step_waits_ten_minutes_and_not_for_a_changed_password(
    app, db, client, dewi, wait
):
    door(client, dewi)
    wait(minutes=11)
    assert give(client, code_now()).location.startswith("/masuk?")
    door(client, dewi)
    db.execute(sa.update(Account).values(password_hash="changed"))
    db.commit()
    assert give(client, code_now()).location.startswith("/masuk?")
    assert client.get("/masuk/kode").location.startswith("/masuk?")
    assert sessions(db) == 0


def test_somebody_who_left_between_the_steps_stays_out(db, client, cast, dewi):
    door(client, dewi)
    cast.dewi.is_active = False
    db.commit()
    assert give(client, code_now()).location.startswith("/masuk?")


def test_a_reset_code_replaces_the_password_alone(db, client, cast, dewi):
    code = activation.code_text(activation.issue_reset(cast.dewi, None))
    db.commit()
    data = {"number": dewi, "code": code, "new": NEW, "repeat": NEW}
    assert ASKED.match(client.post("/aktivasi", data=data).location)
    assert sessions(db) == 0
    assert give(client, code_now()).status_code == 303
    assert client.get("/akun").status_code == 200


# Setting up --------------------------------------------------------------------------------------


def secret_on(page) -> str:
    return re.search(r'<p class="code">([A-Z2-7 ]+)</p>', page.text)[1].replace(" ", "")


def test_a_learner_sets_it_up_and_takes_it_off_again(app, db, sign_in, cast):
    sari, number = sign_in(cast.sari), cast.sari.number
    other = sign_in(cast.sari)
    assert sari.post("/akun/dua-langkah/mulai").location == "/akun/dua-langkah/pasang"
    page = sari.get("/akun/dua-langkah/pasang")
    assert "<svg" in page.text
    secret = secret_on(page)
    assert secret_on(sari.get("/akun/dua-langkah/pasang")) == secret  # a phone reloads the page
    wrong = give(sari, "000000", "/akun/dua-langkah/pasang")
    assert (wrong.status_code, secret_on(wrong)) == (422, secret)
    done = give(sari, totp.code_at(secret, clock.now()), "/akun/dua-langkah/pasang")
    codes = re.findall(r"<li>(\w{4}-\w{4}-\w{2})</li>", done.text)
    assert (done.status_code, len(codes)) == (200, 10)
    assert other.get("/akun").status_code == 303
    assert sari.get("/akun").status_code == 200
    assert codes[0] not in sari.get("/akun/dua-langkah").text
    visitor = app.test_client()
    assert ASKED.match(door(visitor, number).location)
    assert give(visitor, codes[0]).status_code == 303
    assert sari.post("/akun/dua-langkah/lepas").status_code == 303
    assert door(app.test_client(), number).location == "/"


def test_starting_wants_proof_once_the_entry_is_some_time_ago(sign_in, cast, wait):
    sari = sign_in(cast.sari)
    wait(minutes=11)
    asked = sari.post("/akun/dua-langkah/mulai")
    assert asked.location.startswith("/akun/kode")
    assert "Kata sandi Anda" in main(sari.get(asked.location))
    assert "tidak cocok" in main(sari.post(asked.location, data={"password": "salah-sekali"}))
    assert sari.post(asked.location, data={"password": PASSWORD}).status_code == 303
    assert sari.post("/akun/dua-langkah/mulai").location == "/akun/dua-langkah/pasang"


def test_a_desk_cannot_do_without(sign_in, cast):
    dewi = sign_in(cast.dewi)
    page = dewi.post("/akun/dua-langkah/lepas", follow_redirects=True)
    assert "tidak dapat dilepas" in main(page)
    assert dewi.post("/akun/dua-langkah/cadangan").text.count("<li>") >= 10


def test_a_set_up_that_was_never_begun_leads_back(sign_in, cast):
    sari = sign_in(cast.sari)
    page = sari.get("/akun/dua-langkah/pasang", follow_redirects=True)
    assert "Mulai lagi" in main(page)


# The grace of a desk -----------------------------------------------------------------------------


def test_the_first_use_of_a_desk_leads_to_setting_up_and_begins_a_week(db, bare, cast, wait):
    dewi = bare(cast.dewi)
    assert dewi.get("/kursus").status_code == 200
    asked = dewi.get("/laporan")
    assert asked.location == "/akun/dua-langkah?lanjut=/laporan"
    assert 'href="/laporan">Nanti saja' in dewi.get(asked.location).text
    assert dewi.get("/laporan").status_code == 200
    assert "Pasang verifikasi dua langkah" in main(dewi.get("/"))


def test_after_the_week_the_desk_is_closed_and_learning_is_not(db, bare, cast):
    dewi = bare(cast.dewi)
    dewi.get("/laporan")
    account = db.scalars(sa.select(Account)).one()
    account.factor_due_at = clock.now()
    db.commit()
    for answer in (dewi.get("/laporan"), dewi.post(f"/pegawai/{cast.sari.id}/kode")):
        assert answer.location.startswith("/akun/dua-langkah")
    page = dewi.get("/akun/dua-langkah?lanjut=/laporan")
    assert "tertutup" in main(page)
    assert "Nanti saja" not in page.text
    assert dewi.get("/kursus").status_code == 200
    second_factor.extend_grace(db.scalars(sa.select(Account)).one(), 7)
    db.commit()
    assert dewi.get("/laporan").status_code == 200


def test_what_was_typed_is_not_thrown_away_when_grace_begins(db, bare, cast):
    dewi = bare(cast.dewi)
    form = {"name": "Sari W.", "status": "pns"}
    answer = dewi.post(f"/pegawai/{cast.sari.id}/ubah", data=form)
    assert answer.location == f"/pegawai/{cast.sari.id}"


# Proof before far-reaching deeds -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/pegawai/dokumen/arsip.zip", "/laporan-pegawai.csv"])
def test_a_list_of_names_wants_a_fresh_code_remembered_for_ten_minutes(sign_in, cast, wait, path):
    dewi = sign_in(cast.dewi)
    assert dewi.get(path).status_code != 303
    wait(minutes=11)
    asked = dewi.get(path, headers={"Referer": "http://localhost/laporan?kursus=x"})
    assert asked.location == "/akun/kode?lanjut=/laporan?kursus%3Dx"
    assert dewi.get("/laporan.csv").status_code == 200  # figures, no names
    code = code_now()
    assert give(dewi, code, asked.location).location == "/laporan?kursus=x"
    assert dewi.get(path).status_code != 303
    wait(minutes=11)
    again = dewi.get(path).location
    assert again.startswith("/akun/kode")
    assert "Jam server" in main(give(dewi, code, again))


def test_a_reset_asks_in_its_own_form_and_spends_the_code_whatever_comes(db, sign_in, cast, wait):
    account_with_password(db, cast.sari.id)
    db.commit()
    dewi, path = sign_in(cast.dewi), f"/pegawai/{cast.sari.id}/kode"
    assert 'name="code"' not in dewi.get(path).text
    wait(minutes=11)
    assert 'name="code"' in dewi.get(path).text
    assert dewi.post(path).status_code == 422
    assert "Jam server" in main(give(dewi, "000000", path))
    assert give(dewi, code_now(), path).status_code == 303
    assert 'name="code"' not in dewi.get(path).text


def test_a_first_code_asks_for_nothing(sign_in, cast, wait):
    dewi, path = sign_in(cast.dewi), f"/pegawai/{cast.sari.id}/kode"
    wait(minutes=11)
    assert dewi.post(path).status_code == 303


def test_a_role_asks_and_keeps_what_was_typed(sign_in, cast, wait):
    dewi, path = sign_in(cast.dewi), f"/pegawai/{cast.budi.id}/peran"
    wait(minutes=11)
    until = clock.today().isoformat()
    form = {"role": "host", "unit_id": cast.education.name, "until": until, "reason": "SK 800/12"}
    answer = dewi.post(path, data={**form, "code": "000000"})
    assert answer.status_code == 422
    assert "SK 800/12" in answer.text
    assert dewi.post(path, data={**form, "code": code_now()}).status_code == 303


def test_in_the_grace_the_password_is_the_proof(db, bare, cast, wait):
    dewi = bare(cast.dewi)
    dewi.get("/laporan")
    wait(minutes=11)
    asked = dewi.get("/laporan-pegawai.csv").location
    assert asked == "/akun/kode?lanjut=/laporan-pegawai.csv"
    assert dewi.post(asked, data={"password": PASSWORD}).status_code == 303
    assert dewi.get("/laporan-pegawai.csv").status_code == 200


# A factor that is lost ---------------------------------------------------------------------------


def test_dewi_takes_away_rinas_lost_factor_and_rina_is_told(app, db, sign_in, cast):
    number, path = cast.rina.number, f"/pegawai/{cast.rina.id}/dua-langkah"
    rina, dewi = sign_in(cast.rina), sign_in(cast.dewi)
    assert path in dewi.get(f"/pegawai/{cast.rina.id}").text
    assert dewi.post(path).status_code == 422
    assert dewi.post(path, data={"sure": "y"}).status_code == 303
    assert rina.get("/akun").status_code == 303
    anew = app.test_client()
    page = door(anew, number, lanjut="/pegawai")
    assert "dilepas" in anew.get("/").text
    assert "oleh Dewi Anggraini" in anew.get("/akun").text
    assert page.location == "/pegawai"
    assert anew.get("/pegawai").location.startswith("/akun/dua-langkah")
    assert dewi.get(f"/pegawai/{cast.dewi.id}/dua-langkah").status_code == 200
    own = dewi.post(f"/pegawai/{cast.dewi.id}/dua-langkah", data={"sure": "y"})
    assert "admin kepegawaian lain" in main(own)
    assert rina.get(path).status_code in (303, 404)
