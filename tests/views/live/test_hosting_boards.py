"""Pages without a command: a hall's projector and a speaker's notes, and what they hold back."""

import re

import pytest

from app.live import arranging, joining, links, queries
from app.live.answering import keep
from tests.webinars import RIGHT, in_lobby, joined, open_now, order, prepared, sent


@pytest.fixture
def hall(app, db, client):
    """`hall(session)` is what a second laptop, on which nobody is signed in, is shown."""

    def look(session) -> str:
        return client.get(f"/layar/{links.hall_of(session)}").get_data(as_text=True)

    return look


def crowd(db, cast, session, count: int):
    """So many guests who have joined."""
    session.allows_guests = True
    joining.hand_out_guests(session, count)
    guests = queries.guests_of(session.id)
    for guest in guests:
        guest.joined_at = session.created_at
    db.commit()
    return guests


def test_a_hall_sees_code_question_bars_and_reason_in_their_time(db, cast, hall, wait):
    session = in_lobby(cast)
    guests = crowd(db, cast, session, 6)
    lobby = hall(session)
    assert f"{session.code[:3]}-{session.code[3:]}" in lobby
    assert re.search(r'data-count="joined">6<', lobby)
    run = open_now(session)
    asked = hall(session)
    assert "Situasi kasus-0" in asked
    keep([sent(run, guest) for guest in guests])
    db.commit()
    assert "100%" not in hall(session)
    wait(seconds=61)
    closed = hall(session)
    assert "100%" in closed
    for page in (lobby, asked, closed):
        assert "KENARI" not in page
        assert "verdict" not in page
    order(session, "reveal")
    told = hall(session)
    for text in ("KENARI-ALASAN", "KENARI-PASAL", "KENARI-SEBAIKNYA", "tidak boleh"):
        assert text in told


def test_every_byte_for_the_hall_is_without_key_and_names_before_the_reveal(db, cast, client, wait):
    session = in_lobby(cast, speakers=(("Ratna", "KPU"),))
    queries.questions_of(session.id)[0].notes = "KENARI-CATATAN"
    joined(session, cast.sari)
    open_now(session)
    address = f"/layar/{links.hall_of(session)}"
    for seconds in (0, 61):
        wait(seconds=seconds)
        for path in (address, f"{address}/angka"):
            body = client.get(path).get_data(as_text=True)
            assert "KENARI" not in body
            assert cast.sari.name not in body


def test_a_hall_asks_once_a_second_and_is_sent_little(db, cast, client):
    session = in_lobby(cast)
    address = f"/layar/{links.hall_of(session)}/angka"
    told = client.get(address).json
    again = client.get(f"{address}?m={told['mark']}")
    assert (again.json["html"], len(again.data) < 200) == (None, True)


def test_the_signing_is_one_number(db, cast, hall):
    session = in_lobby(cast)
    order(session, "signing")
    page = hall(session)
    assert "Penandatanganan" in page
    assert re.search(r'data-count="signed">0<', page)
    open_now(session)
    assert "Penandatanganan" not in hall(session)


@pytest.mark.parametrize("page", ["layar", "narasumber"])
def test_a_link_that_is_none_says_what_to_do(app, client, page):
    for token in ("x", "WzEsOTk5OTk5OTk5OV0.abc", "a" * 300):
        for path in (f"/{page}/{token}", f"/{page}/{token}/angka"):
            answer = client.get(path)
            assert answer.status_code == 404
    assert "Mintalah yang baru" in client.get(f"/{page}/x").get_data(as_text=True)


def test_a_link_opens_no_other_page_and_ends(db, cast, client, wait):
    session = in_lobby(cast)
    token = links.hall_of(session)
    assert client.get(f"/layar/{token}").status_code == 200
    assert client.post(f"/layar/{token}").status_code == 405
    assert client.get(f"/narasumber/{token}").status_code == 404
    assert client.get(f"/pandu/{session.id}").location.startswith("/masuk")
    wait(days=3)
    assert client.get(f"/layar/{token}").status_code == 404


def test_a_speaker_reads_notes_and_totals_until_her_link_is_withdrawn(db, cast, client, wait):
    session = in_lobby(cast, speakers=(("Ratna", "KPU"),))
    guests, ratna = crowd(db, cast, session, 5), queries.speakers_of(session.id)[0]
    arranging.make_link(ratna, links.until_of(session))
    queries.questions_of(session.id)[0].notes = "Tanyakan dahulu siapa yang pernah."
    db.commit()
    address = f"/narasumber/{links.speaker_of(ratna)}"
    page = client.get(address).get_data(as_text=True)
    for text in ("KENARI-ALASAN", "Tanyakan dahulu", "Ratna"):
        assert text in page
    assert "<form" not in page.split("<main", 1)[1]
    run = open_now(session)
    keep([sent(run, guest, RIGHT) for guest in guests])
    db.commit()
    wait(seconds=61)
    order(session, "reveal")
    assert "5 jawaban" in client.get(f"{address}/angka").json["html"]
    arranging.withdraw_link(ratna)
    db.commit()
    assert client.get(address).status_code == 404


def test_who_looks_after_another_part_of_the_tree_sees_no_hall(db, cast, sign_in):
    session = prepared(cast, unit=cast.education)
    assert sign_in(cast.rina).get(f"/pandu/{session.id}/layar").status_code == 404
    assert sign_in(cast.dewi).get(f"/pandu/{session.id}/layar").status_code == 200
