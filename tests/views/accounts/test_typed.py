"""A form that is sent after its session has ended: what was typed is there again, for its owner."""

import random
import re
from pathlib import Path

import pytest
from wtforms import PasswordField

from app.accounts import typed
from app.core import ids
from app.core.db import db as database
from app.core.forms import Form
from app.rights.models import DataRequest
from tests import learners, people
from tests.browser import let_go
from tests.operations.test_races import count

PAGE = "/akun/data"
TEXT = "Gelar saya kurang satu: “S.Kep.” & <M.Kes.>"
ASKED = {"wish": "correction", "text": TEXT}


@pytest.fixture
def late(sign_in, cast, wait):
    """Sari's browser: her session has ended, and she has just sent what she had typed."""
    browser = sign_in(cast.sari)
    wait(hours=3)
    answer = browser.post(PAGE, data=ASKED)
    assert answer.location == f"/masuk?lanjut={PAGE}"
    return browser


def enter(browser, person):
    person_id, number = person.id, person.number
    let_go()
    with browser.application.app_context():
        people.account_with_password(database.session, person_id)
        database.session.commit()
    form = {"number": number, "password": people.PASSWORD, "lanjut": PAGE}
    return browser.post("/masuk", data=form)


def typed_in(page: str) -> bool:
    return "S.Kep.” &amp; &lt;M.Kes.&gt;</textarea>" in page


def test_the_sign_in_page_says_that_it_waits_and_only_then(late, sign_in, cast, wait):
    assert typed.WAITS in late.get(f"/masuk?lanjut={PAGE}").text
    assert typed.WAITS not in late.get(f"/masuk?lanjut={PAGE}").text  # once
    budi = sign_in(cast.budi)
    wait(hours=3)
    assert typed.WAITS not in budi.get(PAGE, follow_redirects=True).text


def test_the_longest_that_any_form_takes_is_kept(app, sign_in, cast, wait):
    """Nothing of it compresses: letters of a hundred alphabets by chance."""
    longest = max(int(length) for length in _lengths_that_pages_name(app))
    assert longest >= 500
    chance, sari = random.Random(1), sign_in(cast.sari)
    wait(hours=3)
    text = "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(longest))
    sari.post(PAGE, data=ASKED | {"text": text})
    with sari.session_transaction() as cookie:
        assert typed.KEPT in cookie
    shown = enter(sari, cast.sari).location
    assert text in sari.get(shown).text


def _lengths_that_pages_name(app) -> list[str]:
    """Of every field in a template of somebody who has signed in."""
    folder = Path(app.root_path) / "templates"
    rooms = [path for path in folder.rglob("*.html") if path.parent.name not in ("asking",)]
    return [found for path in rooms for found in re.findall(r"maxlength=(\d+)", path.read_text())]


def test_it_is_there_again_after_signing_in_and_nothing_was_saved(db, cast, late):
    assert enter(late, cast.sari).location == PAGE
    page = late.get(PAGE).text
    assert typed_in(page)
    assert "belum ada yang tersimpan" in page
    assert "Isian Anda masih ada" in page
    assert 'value="correction" checked' in page or "checked" in page
    assert count(db, DataRequest) == 0
    late.post(PAGE, data=ASKED)
    assert count(db, DataRequest) == 1
    again = late.get(PAGE).text
    assert not typed_in(again.partition("<form")[2])
    assert "belum ada yang tersimpan" not in again


def test_nobody_else_who_signs_in_there_sees_it_then_or_later(cast, late):
    enter(late, cast.budi)
    assert not typed_in(late.get(PAGE).text)
    with late.session_transaction() as cookie:
        assert typed.KEPT not in cookie
    late.post("/keluar")
    enter(late, cast.sari)
    assert not typed_in(late.get(PAGE).text)


def test_control_where_nobody_keeps_it_it_is_gone(sign_in, cast, wait, monkeypatch):
    monkeypatch.setattr(typed, "keep", lambda _page: None)
    sari = sign_in(cast.sari)
    wait(hours=3)
    sari.post(PAGE, data=ASKED)
    enter(sari, cast.sari)
    assert not typed_in(sari.get(PAGE).text)


def test_another_page_shows_nothing_of_it(cast, late):
    enter(late, cast.sari)
    assert "S.Kep" not in late.get("/akun/sandi").text
    assert typed_in(late.get(PAGE).text)


def test_a_page_without_a_form_of_ours_does_not_say_that_it_is_there(app, db, sign_in, cast, wait):
    attempt_id = learners.sitting(app, cast.sari).id
    db.commit()
    sari, page = sign_in(cast.sari), f"/percobaan/{attempt_id}/soal/1"
    wait(hours=3)
    sari.post(page, data={"choice": "boleh"}, headers={"Referer": f"http://localhost{page}"})
    enter(sari, cast.sari)
    shown = sari.get(page).text
    assert "belum ada yang tersimpan" in shown
    assert "Isian Anda masih ada" not in shown


def test_after_an_hour_it_is_gone(cast, late, wait):
    wait(minutes=61)
    enter(late, cast.sari)
    assert not typed_in(late.get(PAGE).text)


def test_a_second_step_does_not_lose_it(sign_in, cast, wait):
    dewi, path = sign_in(cast.dewi), f"/pegawai/{cast.sari.id}/ubah"
    wait(hours=3)
    dewi.post(path, data={"name": "Sari Wulandari Baru", "position": "Perawat Ahli"})
    form = {"number": cast.dewi.number, "password": people.PASSWORD, "lanjut": path}
    step = dewi.post("/masuk", data=form)
    assert dewi.post(step.location, data={"code": people.code_now()}).location == path
    assert "Sari Wulandari Baru" in dewi.get(path).text


def test_neither_proofs_nor_strangers_words_are_kept(app, sign_in, cast, wait):
    sari, stranger = sign_in(cast.sari), app.test_client()
    wait(hours=3)
    sari.post("/akun/sandi", data={"old": "a", "new": "b", "repeat": "b"})
    stranger.post(PAGE, data=ASKED)
    for browser in (sari, stranger):
        with browser.session_transaction() as cookie:
            assert typed.KEPT not in cookie


def test_what_is_too_long_for_a_cookie_is_not_kept(sign_in, cast, wait):
    sari = sign_in(cast.sari)
    wait(hours=3)
    noise = "".join(ids.url_token() for _ in range(90))
    answer = sari.post(PAGE, data=ASKED | {"text": noise})
    assert answer.status_code == 303
    with sari.session_transaction() as cookie:
        assert typed.KEPT not in cookie
    page = sari.get(answer.location).text
    assert typed.TOO_LONG in page
    assert typed.WAITS not in page


def all_below(kind: type) -> set[type]:
    return {kind} | {found for below in kind.__subclasses__() for found in all_below(below)}


def test_every_field_that_proves_something_is_known(app):
    """A form with a password or a code under another name is found here."""
    names = {
        name
        for form in all_below(Form)
        for name in dir(form)
        if getattr(getattr(form, name), "field_class", None) is PasswordField or name == "code"
    }
    assert names
    assert names <= typed.SECRET
