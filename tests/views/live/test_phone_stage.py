"""Every scene on the phone of somebody who takes part, as a page and forms."""

import gzip
import re

import pytest

from app.config import PROJECT
from app.core.db import db as database
from app.live import joining
from app.live.models import LiveAnswer, LiveParticipant
from app.live.timeline import Timing
from tests import learners
from tests.webinars import RIGHT, WRONG, in_lobby, joined, open_now, order, prepared


@pytest.fixture
def seated(cast, client):
    """`seated(session)` is Sari's phone with her ticket, and nobody signed in."""

    def sit(session, **other):
        me = joined(session, cast.sari, **other)
        client.set_cookie("rambu-tiket", joining.ticket_for(me, session))
        return client

    return sit


def page(browser, session):
    return browser.get(f"/webinar/{session.code}").get_data(as_text=True)


def scene(told: str) -> str:
    return re.search(r'data-scene="(\w+)"', told)[1]


def panels(told: str) -> list[str]:
    """The panels that are to be seen."""
    return re.findall(r'data-panel="([\w ]+)">', told)


def test_every_scene_shows_its_own_panel_and_no_other(app, db, cast, seated, wait):
    session = prepared(cast)
    phone = seated(session)
    seen = []

    def look():
        told = page(phone, session)
        seen.append((scene(told), *panels(told)))

    look()
    order(session, "lobby")
    look()
    order(session, "open")
    look()
    wait(seconds=6)
    look()
    order(session, "pause")
    look()
    order(session, "resume")
    wait(seconds=70)
    look()
    order(session, "reveal")
    look()
    order(session, "end")
    look()
    names = ("draft", "lobby", "ready", "open", "paused", "closed", "revealed")
    shared = {"open": "open closed", "closed": "open closed"}
    assert seen == [*((name, shared.get(name, name)) for name in names), ("ended",)]


def test_a_question_opened_by_mistake_is_said_to_count_for_nothing(app, db, cast, seated):
    session = in_lobby(cast)
    phone = seated(session)
    open_now(session)
    order(session, "void")
    assert "dibatalkan pemandu" in page(phone, session)


def test_an_answer_can_be_changed_until_the_close_and_stands_after_it(app, db, cast, seated, wait):
    session = in_lobby(cast)
    phone, run = seated(session), open_now(session)
    for choice in (WRONG, RIGHT):
        phone.post(f"/webinar/{session.code}/jawab/{run.id}", data={"choice": choice})
    assert pressed(page(phone, session)) == [RIGHT]
    wait(seconds=61)
    told = page(phone, session)
    assert pressed(told) == [RIGHT]
    assert told.count("disabled>") == 3
    order(session, "reveal")
    assert "Jawaban Anda: <strong>Tidak boleh</strong>. Tepat." in page(phone, session)


def pressed(told: str) -> list[str]:
    return re.findall(r'name="(?:choice|yakin)" value="([\w-]+)" aria-pressed="true"', told)


def test_how_sure_she_is_is_asked_after_the_answer_and_only_where_wanted(app, db, cast, seated):
    session = in_lobby(cast, asks_sure=True)
    phone, run = seated(session), open_now(session)
    address = f"/webinar/{session.code}/jawab/{run.id}"
    assert "data-sure hidden" in page(phone, session)
    phone.post(address, data={"choice": RIGHT})
    assert "data-sure hidden" not in page(phone, session)
    phone.post(address, data={"choice": RIGHT, "yakin": "tidak"})
    assert pressed(page(phone, session)) == [RIGHT, "tidak"]
    other = in_lobby(cast)
    open_now(other)
    assert "Seberapa yakin" not in page(seated(other), other)


def test_more_time_is_hers_alone_and_lasts_past_the_close_of_the_others(
    app, db, cast, seated, sign_in, wait
):
    session = in_lobby(cast)
    phone = seated(session)
    budi = sign_in(cast.budi)
    budi.post(f"/webinar/{session.code}/ikut")
    for percent in ("150", "400", "x"):
        phone.post(f"/webinar/{session.code}/waktu", data={"persen": percent})
    assert "150" not in page(budi, session).partition("data-extra=")[2][:5]
    run = open_now(session)
    wait(seconds=75)
    assert scene(page(phone, session)) == "open"
    assert scene(page(budi, session)) == "closed"
    phone.post(f"/webinar/{session.code}/jawab/{run.id}", data={"choice": RIGHT})
    assert database.session.query(LiveAnswer).one().timing is Timing.ON_TIME
    wait(seconds=20)
    assert scene(page(phone, session)) == "closed"


def test_time_without_a_seat_is_nobodys(app, db, cast, client):
    session = in_lobby(cast)
    joined(session, cast.budi)
    answer = client.post(f"/webinar/{session.code}/waktu", data={"persen": "200"})
    assert answer.status_code == 303
    assert database.session.query(LiveParticipant).one().extra_percent == 100


def test_after_the_end_she_reads_what_is_recorded_of_her(app, db, cast, seated, wait):
    session = in_lobby(cast, needed=1)
    phone = seated(session)
    for number in range(2):
        run = open_now(session)
        if number:
            phone.post(f"/webinar/{session.code}/jawab/{run.id}", data={"choice": WRONG})
        wait(seconds=61)
        order(session, "reveal")
    order(session, "end")
    told = page(phone, session)
    assert "Kehadiran Anda tercatat." in told
    assert "Anda menjawab 1 dari 2 pertanyaan" in told
    other = in_lobby(cast, needed=1)
    open_now(other)
    order(other, "end")
    assert "Kehadiran Anda belum cukup." in page(seated(other), other)


def test_when_signing_opens_it_leads_to_the_pledge_or_says_what_is_missing(app, db, cast, sign_in):
    session = in_lobby(cast)
    joined(session, cast.sari)
    joined(session, cast.budi)
    address = f"/webinar/{session.code}/pakta"
    course = learners.course_of(app)
    learners.passed(app, cast.sari)
    order(session, "signing")
    sari, budi = sign_in(cast.sari), sign_in(cast.budi)
    assert "Buka pakta saya" in page(sari, session)
    assert sari.get(address).location == f"/kursus/{course.slug}/pakta"
    told = budi.get(address).get_data(as_text=True)
    assert "Kursusnya belum Anda mulai." in told


def test_no_byte_that_a_phone_gets_before_the_reveal_tells_key_reason_or_count(
    app, db, cast, seated, wait
):
    session = in_lobby(cast, asks_sure=True, allows_guests=True)
    phone = seated(session)
    bodies = []

    def look(*more: str):
        state = phone.get(f"/webinar/{session.code}/keadaan")
        here = f"/webinar/{session.code}"
        for address in (here, f"{here}/tamu", f"{here}/ulang", *more):
            bodies.append(phone.get(address, follow_redirects=True).data)
        bodies.append(state.data)

    look()
    run = open_now(session)
    app.extensions["live.states"].forget()
    look(phone.get(f"/webinar/{session.code}/keadaan").json["q"])
    phone.post(f"/webinar/{session.code}/jawab/{run.id}", data={"choice": RIGHT})
    look()
    wait(seconds=61)
    look()
    assert len(bodies) == 17
    for body in bodies:
        assert b"KENARI" not in body
        assert b"data-verdict" not in body
        assert b"<progress" not in body
    order(session, "reveal")
    assert b"KENARI-ALASAN" in phone.get(f"/webinar/{session.code}").data, "the control"


def test_the_script_weighs_little():
    script = PROJECT / "app" / "static" / "live" / "phone.js"
    assert len(gzip.compress(script.read_bytes())) <= 4_600, "as it travels"
