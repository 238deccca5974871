"""Who forgot the password asks with the number alone; nobody learns from it who has an account."""

import html
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import activation, forgotten, throttle
from app.accounts.models import ActivationCode, PasswordRequest, Role
from app.admin import queries as desk
from tests.people import account_with_password, held

DOOR = "/lupa-sandi"
NOBODY = "198501012010011001"


def ask(client, number):
    return client.post(DOOR, data={"number": number}, follow_redirects=True)


def waiting(db):
    db.rollback()
    query = sa.select(PasswordRequest.person_id).where(PasswordRequest.answered_at.is_(None))
    return sorted(db.scalars(query), key=str)


def front(browser) -> str:
    return html.unescape(browser.get("/").text)


def test_every_number_gets_the_same_answer_by_the_same_statements(app, db, cast, client, watched):
    """Sari has an account, Budi has none, Joko has left, and one number is nobody's."""
    account_with_password(db, cast.sari.id)
    cast.yusuf.is_active = False
    db.commit()
    pages, deeds = [], []
    for number in (cast.sari.number, cast.budi.number, cast.yusuf.number, NOBODY):
        watched.clear()
        pages.append(ask(app.test_client(), number).text)
        deeds.append(list(watched))
    assert "Permintaan diterima" in pages[0]
    assert len({len(page) for page in pages}) == 1
    assert deeds[0] == deeds[1] == deeds[2] == deeds[3]
    assert waiting(db) == sorted([cast.sari.id, cast.budi.id, None, None], key=str)


@pytest.fixture
def watched(app):
    """The statements that were sent, without what they were about."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    with app.app_context():
        from app.core.db import db as database

        engine = database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


def test_one_tap_of_the_admin_makes_the_code_and_the_text_to_send(app, db, cast, client, sign_in):
    account_with_password(db, cast.sari.id)
    db.commit()
    ask(client, cast.sari.number)
    rina = sign_in(cast.rina)
    path = f"/pegawai/{cast.sari.id}/kode"
    assert f'action="{path}"' in front(rina)
    page = html.unescape(rina.post(path, follow_redirects=True).text)
    code = activation.code_text(desk.code_of(cast.sari))
    assert f"dan kode {code}" in page
    assert "https://wa.me/?text=Yth." in page
    assert cast.sari.number not in page.split("wa.me/?text=")[1].split('"')[0]
    assert waiting(db) == []
    assert f'action="{path}"' not in front(rina)


def test_who_asks_twice_waits_once_and_again_after_a_week(app, db, cast, client, wait):
    for _ in range(2):
        ask(client, cast.sari.number)
    assert waiting(db) == [cast.sari.id]
    wait(days=8)
    assert forgotten.waiting_in(desk.Scope((cast.root.path,)), cast.dewi) == []
    ask(client, cast.sari.number)
    assert len(forgotten.waiting_in(desk.Scope((cast.root.path,)), cast.dewi)) == 1


def test_it_waits_on_the_desks_above_her_and_on_no_other(db, cast, client, sign_in):
    ask(client, cast.sari.number)
    for admin, sees in ((cast.rina, True), (cast.dewi, True), (cast.stranger_admin, False)):
        assert ("Sari Wulandari" in front(sign_in(admin))) is sees
    other = sign_in(cast.stranger_admin)
    assert other.post(f"/pegawai/{cast.sari.id}/lupa-sandi/tutup").status_code == 404


def test_an_admin_of_the_same_unit_is_not_offered_the_code_of_an_admin(db, cast, client, sign_in):
    db.add(held(cast.sari, Role.UNIT_ADMIN, cast.clinic))
    db.commit()
    ask(client, cast.sari.number)
    assert "Sari Wulandari" not in front(sign_in(cast.rina))
    assert "Sari Wulandari" in front(sign_in(cast.dewi))


def test_it_was_not_her(db, cast, client, sign_in):
    ask(client, cast.sari.number)
    rina = sign_in(cast.rina)
    assert rina.post(f"/pegawai/{cast.sari.id}/lupa-sandi/tutup").status_code == 303
    assert waiting(db) == []
    assert db.scalar(sa.select(sa.func.count(ActivationCode.id))) == 0
    assert rina.post(f"/pegawai/{cast.budi.id}/lupa-sandi/tutup").status_code == 404


def test_asking_is_braked_by_number_and_by_network(db, cast, client):
    answers = [
        ask(client, cast.sari.number).status_code for _ in range(throttle.FORGOTTEN.free + 2)
    ]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert ask(client, cast.budi.number).status_code == 200  # control: another number may


def test_what_is_no_number_is_said_and_not_kept(db, client):
    assert client.post(DOOR, data={"number": "abc"}).status_code == 422
    assert waiting(db) == []
    assert timedelta(days=7) == forgotten.queries.REQUEST_WAITS
