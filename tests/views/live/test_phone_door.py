"""The door of a session: who may come in, when, and whose seat it is on a phone that is shared."""

import gzip
from datetime import timedelta

import pytest

from app.accounts.throttle import TooSoon
from app.core import clock
from app.core.db import db as database
from app.live import joining
from app.live.models import LiveParticipant, LiveSpeaker
from tests.webinars import in_lobby, joined, open_now, order, prepared


def page(browser, session):
    return browser.get(f"/webinar/{session.code}").get_data(as_text=True)


def test_the_landing_says_what_it_is_before_anybody_signs_in(app, db, cast, client):
    session = in_lobby(cast, place="Aula Setda", gives="certificate")
    db.add(LiveSpeaker(session_id=session.id, name="Ratna Dewi", affiliation="Bawaslu"))
    db.commit()
    told = page(client, session)
    title = "Netralitas di gawai"
    assert f'<meta property="og:title" content="{title}">' in told
    description = told.partition('property="og:description" content="')[2].partition('"')[0]
    assert "pukul" in description
    assert "Sertifikat kehadiran" in description
    for words in ("Ratna Dewi, Bawaslu", "Aula Setda", "Pemerintah Kabupaten Arunika"):
        assert words in told
    assert "Masuk untuk ikut" in told
    assert f"/masuk?lanjut=/webinar/{session.code}" in told
    assert "tamu" not in told


def test_who_comes_too_early_too_late_or_from_elsewhere_reads_why(app, db, cast, sign_in, wait):
    session = prepared(cast, starts_at=clock.now() + timedelta(days=3), ends_at=_in(80))
    assert "Check-in dibuka" in page(sign_in(cast.sari), session)
    wait(days=2, hours=1)
    assert "Ikut sesi ini" in page(sign_in(cast.sari), session)
    told = page(sign_in(cast.stranger), session)
    assert joining.OfAnotherAgency.message in told
    assert "Ikut sesi ini" not in told
    order(order(session, "lobby"), "end")
    assert "Sesi ini tidak dapat diikuti lagi" in page(sign_in(cast.sari), session)


def _in(hours: int):
    return clock.now() + timedelta(hours=hours)


def test_on_a_shared_phone_each_has_her_own_seat(app, db, cast, sign_in):
    session = in_lobby(cast)
    phone = sign_in(cast.sari)
    phone.post(f"/webinar/{session.code}/ikut")
    phone.post("/keluar")
    told = page(phone, session)
    assert "Sari Wulandari" in told
    assert "Bukan Anda?" in told
    ticket = phone.get_cookie("rambu-tiket").value
    budi = sign_in(cast.budi)
    budi.set_cookie("rambu-tiket", ticket)
    told = page(budi, session)
    assert "Ikut sesi ini" in told
    assert "Sari" not in told
    budi.post(f"/webinar/{session.code}/ikut")
    told = page(budi, session)
    assert "Budi Hartono" in told
    assert "Bukan Anda?" not in told
    assert budi.get_cookie("rambu-tiket").value != ticket


def test_a_ticket_can_be_given_back_and_the_seat_stays(app, db, cast, client):
    session = in_lobby(cast)
    me = joined(session, cast.sari)
    client.set_cookie("rambu-tiket", joining.ticket_for(me, session))
    assert "Bukan Anda?" in page(client, session)
    given_back = client.post(f"/webinar/{session.code}/lepas")
    assert given_back.headers["Clear-Site-Data"] == '"storage"'
    assert "Masuk untuk ikut" in page(client, session)
    assert database.session.get(LiveParticipant, me.id).person_id == cast.sari.id


def test_who_is_seated_gets_a_ticket_on_a_second_phone(app, db, cast, sign_in):
    session = in_lobby(cast)
    joined(session, cast.sari)
    phone = sign_in(cast.sari)
    page(phone, session)
    assert phone.get_cookie("rambu-tiket") is not None


def test_signing_out_takes_what_waits_on_the_phone_along(app, db, cast, sign_in):
    assert sign_in(cast.sari).post("/keluar").headers["Clear-Site-Data"] == '"storage"'


@pytest.fixture
def hall(app, db, cast):
    session = in_lobby(cast, allows_guests=True)
    joining.hand_out_guests(session, 2)
    db.commit()
    return session


def card(session, number: int) -> str:
    found = database.session.query(LiveParticipant).filter_by(session_id=session.id, guest=number)
    return found.one().guest_code


def enters(browser, session, number: object, code: str):
    address = f"/webinar/{session.code}/tamu"
    return browser.post(address, data={"nomor": str(number), "kode": code})


def test_a_guest_takes_part_under_a_number_and_is_told_that_it_is_counted_apart(hall, client):
    assert "Ikut sebagai tamu" in page(client, hall)
    assert enters(client, hall, 1, card(hall, 1).lower()).status_code == 303
    assert "Tamu nomor 1" in page(client, hall)
    run = open_now(hall)
    client.post(f"/webinar/{hall.code}/jawab/{run.id}", data={"choice": "boleh"})
    order(hall, "end")
    told = page(client, hall)
    assert "Anda menjawab 1 dari 1 pertanyaan" in told
    assert "tidak menerima sertifikat" in told
    assert "Dokumen saya" not in told


def test_a_guests_code_is_braked_by_its_number_and_not_by_the_hall(hall, client):
    for _ in range(joining.GUEST.free):
        assert enters(client, hall, 1, "0000").status_code == 422
    told = enters(client, hall, 1, card(hall, 1))
    assert told.status_code == TooSoon.status
    assert f"Tunggu {told.headers['Retry-After']} detik" in told.get_data(as_text=True)
    assert f'value="{card(hall, 1)}"' in told.get_data(as_text=True)  # nothing is typed again
    assert enters(client, hall, 2, card(hall, 2)).status_code == 303


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 40, "²"])
def test_a_guests_number_that_is_none_is_one_sentence(hall, client, number):
    told = enters(client, hall, number, "AAAA")
    assert told.status_code == 422
    assert joining.WrongGuestCode.message in told.get_data(as_text=True)


def test_where_no_guests_are_allowed_there_is_no_such_page(app, db, cast, client):
    session = in_lobby(cast)
    assert client.get(f"/webinar/{session.code}/tamu").status_code == 404


def test_the_pages_by_which_a_phone_joins_travel_packed_each_for_itself(
    hall, client, sign_in, cast
):
    """A tenth of the weight of joining is one page; nothing of one person's is kept for another."""
    packed = {"Accept-Encoding": "gzip"}
    address = f"/webinar/{hall.code}"
    visitor, sari, budi = client, sign_in(cast.sari), sign_in(cast.budi)
    for browser in (sari, budi):
        browser.post(f"{address}/ikut")
    for browser, own in ((visitor, None), (sari, cast.sari), (budi, cast.budi), (sari, cast.sari)):
        answer = browser.get(address, headers=packed)
        assert answer.headers["Content-Encoding"] == "gzip"
        page = gzip.decompress(answer.data).decode()
        assert 3 * len(answer.data) < len(page) + 1000
        named = [one for one in (cast.sari, cast.budi) if one.full_name in page]
        assert named == ([own] if own else [])
    assert "Content-Encoding" not in visitor.get("/masuk?lanjut=/akun", headers=packed).headers
