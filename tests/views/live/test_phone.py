"""A session on a phone without JavaScript, and what all phones share."""

import json

from app.core import clock
from app.live import joining
from app.live.answering import milliseconds
from app.live.queries import latest_run
from app.live.web import states
from tests.webinars import RIGHT, in_lobby, joined, open_now, order


def page(browser, session):
    return browser.get(f"/webinar/{session.code}").get_data(as_text=True)


def test_sari_joins_answers_and_reads_why(app, db, cast, sign_in, wait):
    session = in_lobby(cast)
    browser = sign_in(cast.sari)
    assert "Ikut sesi ini" in page(browser, session)
    browser.post(f"/webinar/{session.code}/ikut")
    assert "Menunggu pertanyaan" in page(browser, session)
    run = open_now(session)
    assert run.question.paper["question"] in page(browser, session)
    told = browser.post(
        f"/webinar/{session.code}/jawab/{run.id}", data={"choice": RIGHT}, follow_redirects=True
    )
    assert "Tersimpan ✓" in told.get_data(as_text=True)
    wait(seconds=61)
    order(session, "reveal")
    assert "KENARI-ALASAN" in page(browser, session)


def test_a_ticket_serves_where_the_session_of_the_person_has_ended(app, db, cast, sign_in):
    session = in_lobby(cast)
    browser = sign_in(cast.sari)
    browser.post(f"/webinar/{session.code}/ikut")
    browser.post("/keluar")
    run = open_now(session)
    assert run.question.paper["question"] in page(browser, session)
    assert "Masuk" in browser.get("/kursus", follow_redirects=True).get_data(as_text=True)


def test_a_code_is_found_however_it_is_typed(app, db, cast, client):
    session = in_lobby(cast)
    typed = f"{session.code[:3].lower()}-{session.code[3:].lower()}"
    for address in (f"/w/{typed}", f"/webinar?kode={typed}", f"/webinar/{typed}"):
        answer = client.get(address)
        assert answer.location.endswith(f"/webinar/{session.code}")
    assert client.get("/webinar/ZZZZZZ").status_code == 404


def test_what_all_phones_share_holds_no_key_before_the_reveal(app, db, cast, client, wait):
    session = in_lobby(cast)
    run = open_now(session)
    state = client.get(f"/webinar/{session.code}/keadaan")
    face = client.get(state.json["q"])
    assert face.status_code == 200
    assert "immutable" in face.headers["Cache-Control"]
    for body in (state.data, face.data):
        assert b"KENARI" not in body
    assert client.get(f"/webinar/{session.code}/hasil/{run.id}.0123456789").status_code == 404
    wait(seconds=61)
    order(session, "reveal")
    states_of(app).forget()
    shown = client.get(client.get(f"/webinar/{session.code}/keadaan").json["res"])
    assert b"KENARI-ALASAN" in shown.data
    assert b"terlalu sedikit" in shown.data


def states_of(app):
    with app.app_context():
        return states()


def test_whoever_has_the_document_is_not_sent_it_again(app, db, cast, client):
    session = in_lobby(cast)
    address = f"/webinar/{session.code}/keadaan"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert sum(len(name) + len(value) for name, value in again.headers) < 100
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def message(client, session, ticket, **said):
    return client.post(
        f"/webinar/{session.code}/jawaban", data=json.dumps(said), headers={"X-Tiket": ticket}
    )


def item(run, choice=RIGHT, **other):
    now = milliseconds(clock.now())
    return {"run": run.id, "choice": choice, "sure": None, "seq": now, "at": now} | other


def test_a_message_is_answered_with_what_is_stored(app, db, cast, client):
    session = in_lobby(cast)
    ticket = joining.ticket_for(joined(session, cast.sari), session)
    run = open_now(session)
    told = message(client, session, ticket, items=[item(run)], here=True, ask=[run.id]).json
    assert told["items"][0]["choice"] == RIGHT
    assert told["items"][0]["timing"] == "on_time"
    assert told["mine"][str(run.id)]["choice"] == RIGHT


def test_a_message_without_a_good_ticket_or_shape_is_refused(app, db, cast, client):
    session = in_lobby(cast)
    run = open_now(session)
    ticket = joining.ticket_for(joined(session, cast.sari), session)
    assert message(client, session, ticket + "x", items=[item(run)]).status_code == 401
    assert message(client, session, ticket, items="x").status_code == 400
    told = message(client, session, ticket, items=[item(run, choice="mungkin")]).json
    assert told["items"][0] == {"run": run.id, "why": "bad_choice", "choice": None}


def test_the_question_of_another_session_is_not_found_here(app, db, cast, client):
    session, other = in_lobby(cast), in_lobby(cast)
    open_now(other)
    run = latest_run(other.id)
    mark = client.get(f"/webinar/{other.code}/keadaan").json["q"].rpartition(".")[2]
    assert client.get(f"/webinar/{session.code}/soal/{run.id}.{mark}").status_code == 404
