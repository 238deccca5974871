"""A host at a laptop or a phone, with plain forms: prepare, arrange, command, and hand out."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.dates import local
from app.live import arranging, queries
from app.live.answering import keep
from app.live.models import Gives, LiveHost, LiveParticipant, LiveQuestion, LiveSession
from tests.webinars import RIGHT, in_lobby, joined, open_now, order, prepared, sent


@pytest.fixture
def yusuf(cast, sign_in):
    return sign_in(cast.yusuf)


def filled(cast, **other) -> dict:
    """A form for tomorrow morning, as a browser sends it."""
    day = local(clock.now() + timedelta(days=1), "Asia/Jakarta").date()
    given = {"title": "Netralitas di gawai", "kind": "seminar", "unit_id": cast.root.id}
    given |= {"day": day.isoformat(), "starts": "09:00", "ends": "11.30", "seconds": "60"}
    given |= {"gives": "certificate", "needed": "3", "source": "topik", "count": "4"}
    return given | other


def newest(db) -> LiveSession:
    return db.scalars(sa.select(LiveSession).order_by(LiveSession.id.desc())).first()


def text(answer) -> str:
    return answer.get_data(as_text=True)


def press(browser, session, name, expect=None, **other):
    data = {"command": name, "expect": session.version if expect is None else expect, **other}
    return browser.post(f"/pandu/{session.id}/perintah", data=data)


def test_yusuf_prepares_a_session_and_sees_its_questions(db, cast, yusuf):
    speakers = "Dra. Ratna Sari, M.Si.; Bawaslu\nBudi"
    answer = yusuf.post("/pandu/baru", data=filled(cast, topics="media-sosial", speakers=speakers))
    session = newest(db)
    assert answer.location.endswith(f"/pandu/{session.id}/soal")
    zone_time = local(session.ends_at, "Asia/Jakarta")
    assert (session.gives, session.needed, f"{zone_time:%H.%M}") == (Gives.CERTIFICATE, 3, "11.30")
    assert {one.paper["topic"] for one in queries.questions_of(session.id)} == {"media-sosial"}
    found = [(one.name, one.affiliation) for one in queries.speakers_of(session.id)]
    assert found == [("Dra. Ratna Sari, M.Si.", "Bawaslu"), ("Budi", "")]
    page = text(yusuf.get(answer.location))
    for one in queries.questions_of(session.id):
        assert f'id="soal-{one.place}"' in page
    assert session.title in text(yusuf.get("/pandu"))


def test_a_session_may_last_beyond_midnight(db, cast, yusuf):
    """A briefing on the night before the quiet days, and its page to change it says the same."""
    yusuf.post("/pandu/baru", data=filled(cast, starts="22:00", ends="01.00"))
    session = newest(db)
    begins, ends = (local(one, "Asia/Jakarta") for one in (session.starts_at, session.ends_at))
    assert (f"{begins:%H.%M}", f"{ends:%H.%M}") == ("22.00", "01.00")
    assert ends - begins == timedelta(hours=3)
    assert (ends.date() - begins.date()).days == 1
    page = text(yusuf.get(f"/pandu/{session.id}/ubah"))
    assert f'value="{begins:%Y-%m-%d}"' in page
    assert 'value="01:00"' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Isi judulnya."),
        ({"day": "2001-02-03"}, "Waktu itu sudah lewat."),
        ({"day": "31-02-2027"}, "Tulis tanggal yang ada di kalender"),
        ({"ends": "08:00"}, "satu sesi paling lama dua belas jam"),
        ({"starts": "jam sembilan"}, "Tulis jam dan menitnya"),
        ({"needed": "5"}, "Pertanyaannya hanya 4"),
        ({"seconds": "3"}, "Tulis angka 10 sampai 600."),
        ({"gives": "lessons"}, "Pilih kursusnya."),
        ({"gives": "lessons", "course": "pendamping-webinar"}, "Pilih salah satu."),
        ({"unit_id": "999999"}, "Pilih salah satu."),
        ({"speakers": "; Bawaslu"}, "Tulis nama narasumber"),
        ({"replay_until": "2001-02-03"}, "Pilih hari sesi itu atau sesudahnya."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(db, cast, yusuf, wrong, sentence):
    sent = filled(cast, place="Balai Kota Lantai 2", **wrong)
    answer = yusuf.post("/pandu/baru", data=sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Balai Kota Lantai 2" in text(answer)
    assert newest(db) is None


def test_the_twelve_of_the_hosts_own_course_are_asked_in_its_order(db, cast, yusuf, catalog):
    yusuf.post("/pandu/baru", data=filled(cast, source="pendamping", needed="12"))
    lessons = catalog.course("pendamping-webinar").lessons
    wanted = [case.scenario_id for lesson in lessons for case in lesson.cases]
    assert [one.scenario for one in queries.questions_of(newest(db).id)] == wanted


def test_where_nobody_has_judged_yet_the_page_says_so(db, cast, yusuf):
    yusuf.post("/pandu/baru", data=filled(cast, source="keliru"))
    page = text(yusuf.get(f"/pandu/{newest(db).id}/soal"))
    assert "0 dari 4 pertanyaan ialah yang paling sering keliru" in page


def arrange(browser, session, **data):
    return browser.post(f"/pandu/{session.id}/soal", data=data, follow_redirects=True)


def test_questions_go_up_out_and_in_and_get_notes(db, cast, yusuf):
    session = prepared(cast)
    first, second, third = queries.questions_of(session.id)
    arrange(yusuf, session, act="naik", question=third.id)
    arrange(yusuf, session, act="keluarkan", question=first.id)
    arrange(yusuf, session, act="catat", question=second.id, notes=" Siapa  pernah?\nDiam dulu. ")
    page = arrange(yusuf, session, act="tambah", scenario="hadir-diam-mendengar")
    assert "Ditambahkan sebagai pertanyaan 3" in text(page)
    again = arrange(yusuf, session, act="tambah", scenario="hadir-diam-mendengar")
    assert "Kasus itu sudah ada" in text(again)
    db.expire_all()
    places = [(one.scenario, one.notes) for one in queries.questions_of(session.id)]
    assert places == [
        ("kasus-2", ""),
        ("kasus-1", "Siapa pernah?\nDiam dulu."),
        ("hadir-diam-mendengar", ""),
    ]


def test_a_case_is_found_by_words_and_by_topic(db, cast, yusuf):
    session = prepared(cast)
    for asked in ("cari=foto+bareng+calon", "topik=foto-simbol"):
        page = text(yusuf.get(f"/pandu/{session.id}/soal?{asked}"))
        assert page.count('name="scenario"') > 1
    assert "Tidak ada kasus lain" in text(yusuf.get(f"/pandu/{session.id}/soal?cari=rendang"))


def test_nothing_is_arranged_once_the_first_question_has_been_opened(db, cast, yusuf):
    session = in_lobby(cast)
    open_now(session)
    question = queries.questions_of(session.id)[0]
    for act in ("naik", "turun", "keluarkan"):
        assert "sudah dibuka" in text(arrange(yusuf, session, act=act, question=question.id))
    assert "sudah dibuka" in text(yusuf.post(f"/pandu/{session.id}/ubah", data=filled(cast)))
    assert "tersimpan" in text(arrange(yusuf, session, act="catat", question=question.id))
    assert db.scalar(sa.select(sa.func.count(LiveQuestion.id))) == 3


def test_a_session_is_changed_and_speakers_who_stay_keep_their_links(db, cast, yusuf):
    session = prepared(cast, speakers=(("Ratna", "KPU"), ("Budi", "")))
    ratna = queries.speakers_of(session.id)[0]
    arranging.make_link(ratna, clock.now() + timedelta(days=1))
    db.commit()
    page = text(yusuf.get(f"/pandu/{session.id}/ubah"))
    assert "Ratna; KPU" in page
    changed = filled(cast, title="Judul baru", speakers="Ratna; KPU\nSiti; Bawaslu")
    assert yusuf.post(f"/pandu/{session.id}/ubah", data=changed).status_code == 303
    db.expire_all()
    names = {one.name: one.link_until for one in queries.speakers_of(session.id)}
    assert (session.title, set(names)) == ("Judul baru", {"Ratna", "Siti"})
    assert names["Ratna"] is not None


def test_a_session_from_its_lobby_to_its_end_by_plain_forms(db, cast, yusuf, wait):
    session = prepared(cast, count=1)
    assert "Buka lobi" in text(yusuf.get(f"/pandu/{session.id}"))
    for name, seen, seconds in (
        ("lobby", "Buka pertanyaan 1", 0),
        ("open", "Bersiap", 6),
        ("extend", "Tutup jawaban", 0),
        ("close", "Bahas jawabannya", 0),
        ("reveal", "Buka penandatanganan", 0),
        ("signing", "Menandatangani", 0),
        ("end", "Sesi selesai", 0),
    ):
        assert press(yusuf, session, name).status_code == 303
        db.refresh(session)
        assert seen in text(yusuf.get(f"/pandu/{session.id}"))
        wait(seconds=seconds)
    assert session.digest


def test_the_host_chooses_the_seconds_and_the_question(db, cast, yusuf):
    session = in_lobby(cast)
    last = queries.questions_of(session.id)[-1]
    press(yusuf, session, "open", seconds="120", question=last.id)
    run = queries.latest_run(session.id)
    assert (run.question_id, run.closes_at - run.opens_at) == (last.id, timedelta(seconds=120))


@pytest.mark.parametrize("number", ["x", "-1", "99999999999999999999"])
def test_a_number_that_is_none_of_ours_is_no_fault(db, cast, yusuf, number):
    session = in_lobby(cast)
    assert press(yusuf, session, "open", expect=number).status_code in (409, 422)
    assert press(yusuf, session, "open", seconds=number, question=number).status_code < 500
    assert (
        yusuf.post(
            f"/pandu/{session.id}/soal", data={"act": "naik", "question": number}
        ).status_code
        == 404
    )
    assert (
        yusuf.post(
            f"/pandu/{session.id}/orang", data={"act": "cabut", "speaker": number}
        ).status_code
        == 404
    )


def test_a_command_that_lost_says_so_and_shows_the_newest_state(db, cast, yusuf):
    session = in_lobby(cast)
    page = session.version
    order(session, "open")
    for headers in ({}, {"X-Requested-With": "fetch"}):
        data = {"command": "open", "expect": page}
        answer = yusuf.post(f"/pandu/{session.id}/perintah", data=data, headers=headers)
        assert answer.status_code == 409
        assert "keadaan sesi sudah berubah" in text(answer)
        assert "Bersiap" in text(answer)
    assert ("<html" in text(answer)) is False


def test_who_is_still_within_extra_time_is_waited_for_unless_the_host_means_it(
    db, cast, yusuf, wait
):
    session = in_lobby(cast)
    joined(session, cast.sari, extra_percent=200)
    open_now(session)
    wait(seconds=61)
    page = text(yusuf.get(f"/pandu/{session.id}"))
    assert "Bahas sekarang juga" in page
    assert "Bahas jawabannya" not in page
    assert press(yusuf, session, "reveal").status_code == 409
    assert press(yusuf, session, "reveal", is_meant="1").status_code == 303


def test_the_page_asks_for_itself_only_when_something_changed(db, cast, yusuf):
    session = in_lobby(cast)
    told = yusuf.get(f"/pandu/{session.id}/keadaan").json
    assert "Buka pertanyaan 1" in told["html"]
    joined(session, cast.sari)
    again = yusuf.get(f"/pandu/{session.id}/keadaan?m={told['mark']}").json
    assert (again["html"], again["counts"]["joined"]) == (None, "1")
    open_now(session)
    assert yusuf.get(f"/pandu/{session.id}/keadaan?m={told['mark']}").json["html"]


def test_an_end_is_asked_about_first(db, cast, yusuf):
    session = in_lobby(cast)
    page = text(yusuf.get(f"/pandu/{session.id}"))
    assert f'href="/pandu/{session.id}/akhiri"' in page
    assert "3 pertanyaan; tidak dihitung" in text(yusuf.get(f"/pandu/{session.id}/akhiri"))
    assert not session.has_ended


def test_a_desk_that_does_not_host_looks_on_until_it_takes_over(db, cast, sign_in):
    session = in_lobby(cast)
    dewi = sign_in(cast.dewi)
    page = text(dewi.get(f"/pandu/{session.id}"))
    assert "Anda hanya melihat" in page
    assert "data-command" not in page
    assert press(dewi, session, "open").status_code == 403
    dewi.post(f"/pandu/{session.id}/ambil-alih")
    db.refresh(session)
    assert press(dewi, session, "open").status_code == 303
    assert f"{cast.dewi.full_name} mengambil alih" in text(dewi.get(f"/pandu/{session.id}"))


def test_every_deed_on_a_session_asks_for_its_host(app, db, cast, sign_in, stranger_session):
    """Whoever only looks after it is told so; for everybody else it does not exist."""
    session = in_lobby(cast)
    paths = [
        rule.rule.replace("<int:session_id>", "{}")
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and rule.endpoint.startswith("live_host.")
        and "session_id" in rule.arguments
    ]
    assert len(paths) == 7
    dewi, yusuf = sign_in(cast.dewi), sign_in(cast.yusuf)
    for path in paths:
        if not path.endswith("ambil-alih"):
            assert dewi.post(path.format(session.id)).status_code == 403, path
        assert yusuf.post(path.format(stranger_session.id)).status_code == 404, path
        assert sign_in(cast.sari).post(path.format(session.id)).status_code == 404, path
    assert db.scalar(sa.select(sa.func.count()).select_from(LiveHost)) == 2


@pytest.fixture
def stranger_session(db, cast):
    """Of another instansi."""
    session = in_lobby(cast, unit=cast.stranger.unit)
    db.execute(
        sa.update(LiveHost)
        .where(LiveHost.session_id == session.id)
        .values(person_id=cast.stranger.id)
    )
    db.commit()
    return session


def test_a_participants_ticket_opens_nothing_of_a_host(db, cast, client, sign_in):
    session = in_lobby(cast)
    browser = sign_in(cast.sari)
    browser.post(f"/webinar/{session.code}/ikut")
    browser.post("/keluar")
    for path in ("", "/soal", "/orang", "/layar", "/keadaan"):
        assert browser.get(f"/pandu/{session.id}{path}").location.startswith("/masuk")
    assert press(browser, session, "open").location.startswith("/masuk")


def test_a_rehearsal_is_a_marked_copy_that_gives_nothing_and_goes(db, cast, yusuf, wait):
    session = prepared(cast, gives=Gives.CERTIFICATE)
    arrange(yusuf, session, act="catat", question=queries.questions_of(session.id)[0].id, notes="x")
    answer = yusuf.post(f"/pandu/{session.id}/gladi")
    copy = newest(db)
    assert (copy.is_rehearsal, copy.gives) == (True, Gives.ATTENDANCE)
    assert [one.notes for one in queries.questions_of(copy.id)] == ["x", "", ""]
    assert "GLADI" in text(yusuf.get(answer.location))
    assert "Gladi" in text(yusuf.get(f"/pandu/{copy.id}/layar"))
    order(copy, "lobby")
    who, run = joined(copy, cast.sari), open_now(copy)
    keep([sent(run, who, RIGHT)])
    db.commit()
    wait(hours=25)
    assert arranging.forget_rehearsals() == 1
    db.commit()
    assert db.scalars(sa.select(LiveSession.id)).all() == [session.id]


def test_a_draft_can_be_deleted_and_what_has_opened_cannot(db, cast, yusuf):
    draft, opened = prepared(cast), in_lobby(cast)
    draft_id = draft.id
    assert "Centang" in text(yusuf.post(f"/pandu/{draft_id}/hapus"))
    yusuf.post(f"/pandu/{draft_id}/hapus", data={"sure": "y"})
    refused = yusuf.post(f"/pandu/{opened.id}/hapus", data={"sure": "y"})
    assert "Akhiri saja" in text(refused)
    assert db.scalars(sa.select(LiveSession.id)).all() == [opened.id]


def helped(browser, session, **data):
    return text(browser.post(f"/pandu/{session.id}/orang", data=data, follow_redirects=True))


def test_a_colleague_hosts_too_if_she_holds_a_role_here(db, cast, yusuf):
    session = prepared(cast)
    for number in (cast.sari.number, cast.stranger_admin.number, "199001012015032999"):
        assert "tidak ada pegawai aktif" in helped(yusuf, session, act="pemandu", number=number)
    assert "angka" in helped(yusuf, session, act="pemandu", number="12")
    typed = f" {cast.rina.number[:8]} {cast.rina.number[8:]}"
    assert "sekarang ikut memandu" in helped(yusuf, session, act="pemandu", number=typed)
    assert queries.is_host(session.id, cast.rina.id)
    gone = helped(yusuf, session, act="lepas", host=str(cast.rina.id))
    assert "tidak lagi memandu" in gone
    assert "Keluarkan" not in gone  # nobody but herself is left
    assert not queries.is_host(session.id, cast.rina.id)
    assert "sedikitnya satu pemandu" in helped(yusuf, session, act="lepas", host=str(cast.yusuf.id))


def test_guests_get_numbers_and_cards(db, cast, yusuf):
    closed = prepared(cast)
    assert "tidak menerima tamu" in helped(yusuf, closed, act="tamu", count="3")
    session = prepared(cast, allows_guests=True)
    for wrong in ("", "dua", "0", "9999"):
        assert "dengan angka" in helped(yusuf, session, act="tamu", count=wrong)
    assert "3 nomor tamu baru" in helped(yusuf, session, act="tamu", count="3")
    page = text(yusuf.get(f"/pandu/{session.id}/tamu"))
    codes = db.scalars(sa.select(LiveParticipant.guest_code)).all()
    assert [code in page for code in codes] == [True] * 3
    assert re.search(r'<svg[^>]* id="qr"', page)
    assert page.count('href="#qr"') == 3
