"""The quiz, as a browser without JavaScript sees it, and the JSON that autosave.js sends."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.quizzes import queries
from app.quizzes.models import Attempt
from app.quizzes.paper import thaw
from tests import learners

COURSE = f"/kursus/{learners.SLUG}"
QUIZ = f"{COURSE}/kuis"
JSON = {"Accept": "application/json"}


@pytest.fixture
def browser(app, db, cast, sign_in):
    """Sari, who has finished the lessons."""
    learners.learned(app, cast.sari)
    db.commit()
    return sign_in(cast.sari)


@pytest.fixture
def attempt(db, browser):
    """The one attempt, as plain values; there has been the time to read it."""
    browser.post(QUIZ)
    clock.shift(timedelta(minutes=1))
    row = db.scalars(sa.select(Attempt)).one()
    found = {"id": row.id, "url": f"/percobaan/{row.id}", "keys": learners.choices(row)}
    db.rollback()
    return found


def sit(browser, attempt, choices) -> None:
    for number, choice in enumerate(choices, start=1):
        browser.post(f"{attempt['url']}/soal/{number}", data={"choice": choice, "arah": "lanjut"})


def spoiled(keys, count=12) -> list[str]:
    return ["disiplin" if key == "boleh" else "boleh" for key in keys[:count]] + keys[count:]


def saved(db, attempt) -> list[str | None]:
    slots = queries.slots_of(db.get(Attempt, attempt["id"]))
    db.rollback()
    return [slot.choice for slot in slots]


def row(db, attempt) -> Attempt:
    db.expire_all()
    return db.get(Attempt, attempt["id"])


def test_the_start_page_explains_before_it_asks(browser):
    page = browser.get(QUIZ).text
    for words in ("12 soal", "80 atau lebih", "3 dari 3", "Tidak ada batas waktu", "jeda 60 menit"):
        assert words in page
    assert "Mulai kuis" in page


def test_the_quiz_starts_by_post_and_goes_to_the_first_question(db, browser):
    assert db.scalar(sa.select(sa.func.count(Attempt.id))) == 0
    started = browser.post(QUIZ)
    assert started.status_code == 303
    first = browser.get(started.location)
    assert first.location == f"{started.location}/soal/1"
    assert "Soal 1 dari 12" in browser.get(first.location).text


def test_without_the_lessons_the_quiz_stays_shut(app, db, cast, sign_in):
    learners.enrolled(app, cast.budi)
    db.commit()
    browser = sign_in(cast.budi)
    assert browser.post(QUIZ).location == QUIZ
    page = browser.get(QUIZ).text
    assert "Kuis terbuka sesudah semua pelajaran selesai" in page
    assert "Mulai kuis" not in page


def test_a_question_shows_four_options_and_keeps_what_was_chosen(db, browser, attempt):
    question = f"{attempt['url']}/soal/1"
    assert browser.get(question).text.count('type="radio"') == 5
    answer = browser.post(question, data={"choice": "disiplin", "arah": "lanjut"})
    assert answer.location == f"{attempt['url']}/soal/2"
    assert 'value="disiplin" checked' in browser.get(question).text


def test_one_may_walk_back_and_skip(db, browser, attempt):
    url = attempt["url"]
    back = browser.post(f"{url}/soal/3", data={"choice": "boleh", "arah": "kembali"})
    assert back.location == f"{url}/soal/2"
    assert browser.post(f"{url}/soal/2", data={"arah": "lanjut"}).location == f"{url}/soal/3"
    assert browser.post(f"{url}/soal/12", data={"arah": "lanjut"}).location == f"{url}/tinjau"
    assert saved(db, attempt) == [None, None, "boleh", *[None] * 9]


def test_the_attempt_opens_where_one_left_off(browser, attempt):
    sit(browser, attempt, attempt["keys"][:4])
    assert browser.get(attempt["url"]).location == f"{attempt['url']}/soal/5"
    sit(browser, attempt, attempt["keys"])
    assert browser.get(attempt["url"]).location == f"{attempt['url']}/tinjau"


def test_the_review_lists_what_is_blank_and_asks_before_sending_it(db, browser, attempt):
    sit(browser, attempt, attempt["keys"][:10])
    page = browser.get(f"{attempt['url']}/tinjau").text
    assert page.count("Belum dijawab") == 2
    assert f"{attempt['url']}/soal/11" in page
    refused = browser.post(f"{attempt['url']}/kirim")
    assert refused.location == f"{attempt['url']}/tinjau"
    assert "Masih ada 2 soal tanpa jawaban" in browser.get(refused.location).text
    assert row(db, attempt).is_open
    db.rollback()
    sent = browser.post(f"{attempt['url']}/kirim", data={"kosong": "1"})
    assert sent.location == f"{attempt['url']}/hasil"
    assert row(db, attempt).score_percent == 83


def test_a_paper_sent_too_fast_says_when_and_keeps_the_tick(db, browser, attempt):
    clock.shift(-timedelta(seconds=50))
    sit(browser, attempt, attempt["keys"][:10])
    refused = browser.post(f"{attempt['url']}/kirim", data={"kosong": "1"})
    assert refused.status_code == 422
    assert re.search(r"lalu kirim (pukul|pada) .*\d\d\.\d\d WIB", refused.text)
    assert 'value="1" checked' in refused.text
    assert "checked" not in browser.get(f"{attempt['url']}/tinjau").text
    assert row(db, attempt).is_open
    assert saved(db, attempt)[:10] == attempt["keys"][:10]
    clock.shift(timedelta(seconds=50))
    browser.post(f"{attempt['url']}/kirim", data={"kosong": "1"})
    assert row(db, attempt).score_percent == 83


def test_a_pass_leads_to_the_pledge(browser, attempt):
    sit(browser, attempt, attempt["keys"])
    browser.post(f"{attempt['url']}/kirim")
    page = browser.get(f"{attempt['url']}/hasil").text
    for words in ("Anda lulus", "Nilai 100", "12 dari 12", "Tandatangani pakta", f"{COURSE}/pakta"):
        assert words in page


def test_the_result_teaches_every_wrong_answer_first(app, db, browser, attempt):
    sit(browser, attempt, spoiled(attempt["keys"], 5))
    browser.post(f"{attempt['url']}/kirim")
    page = browser.get(f"{attempt['url']}/hasil").text
    paper = thaw(row(db, attempt).paper)
    wrong, right = page.split("Yang sudah tepat (7)")
    assert "Belum lulus" in wrong
    assert "Yang perlu dipelajari lagi (5)" in wrong
    for question in paper.questions[:5]:
        assert question.reason_html in wrong
        assert question.safe_act_html in wrong
        assert all(f'href="{law.url}"' in wrong for law in question.cites)
    for question in paper.questions[5:]:
        assert question.reason_html in right
    assert "Anda dapat mencoba lagi" in wrong
    assert f"{COURSE}/pelajaran/" in wrong


def test_after_a_failure_the_quiz_says_when_and_then_opens_again(browser, attempt):
    sit(browser, attempt, spoiled(attempt["keys"]))
    browser.post(f"{attempt['url']}/kirim")
    page = browser.get(QUIZ).text
    assert "Anda dapat mencoba lagi" in page
    assert " WIB" in page
    assert "Mulai kuis" not in page
    assert browser.post(QUIZ).location == QUIZ
    assert "Sambil menunggu" in browser.get(QUIZ).text
    clock.shift(timedelta(minutes=60))
    assert "Mulai kuis" in browser.get(QUIZ).text
    assert browser.post(QUIZ).location == f"/percobaan/{attempt['id'] + 1}"


def test_when_the_chances_are_used_up_the_page_says_who_helps(app, db, browser, attempt):
    for turn in range(3):
        url = {**attempt, "url": f"/percobaan/{attempt['id'] + turn}"}
        for number in range(1, 13):
            browser.post(f"{url['url']}/soal/{number}", data={"choice": "bergantung"})
        browser.post(f"{url['url']}/kirim")
        clock.shift(timedelta(minutes=60))
        browser.post(QUIZ)
        clock.shift(timedelta(minutes=1))
    page = browser.get(QUIZ).text
    assert "Kesempatan kuis sudah habis. Admin unit Anda dapat menambahnya." in page
    assert "admin unit Anda atau BKPSDM" in page  # the sentence that the last POST left


# ---- two tabs, double taps, strangers --------------------------------------------------------


def test_starting_in_two_tabs_opens_one_attempt(db, browser, attempt):
    assert browser.post(QUIZ).location == attempt["url"]
    assert db.scalar(sa.select(sa.func.count(Attempt.id))) == 1


def test_two_tabs_save_into_one_sheet(db, cast, browser, attempt, sign_in):
    other_phone = sign_in(cast.sari)
    browser.post(f"{attempt['url']}/soal/1", data={"choice": "boleh"})
    other_phone.post(f"{attempt['url']}/soal/2", data={"choice": "disiplin"})
    other_phone.post(f"{attempt['url']}/soal/1", data={"choice": "kode-etik"})
    assert saved(db, attempt)[:2] == ["kode-etik", "disiplin"]


def test_a_double_tap_on_send_counts_once(db, browser, attempt):
    sit(browser, attempt, spoiled(attempt["keys"], 2))
    for _ in range(2):
        assert browser.post(f"{attempt['url']}/kirim").location == f"{attempt['url']}/hasil"
    assert row(db, attempt).score_percent == 83


def test_after_sending_nothing_can_be_changed(db, browser, attempt):
    sit(browser, attempt, spoiled(attempt["keys"]))
    before = saved(db, attempt)
    browser.post(f"{attempt['url']}/kirim")
    late = browser.post(f"{attempt['url']}/soal/1", data={"choice": attempt["keys"][0]})
    assert late.location == f"{attempt['url']}/hasil"
    assert "sudah dikirim" in browser.get(late.location).text
    as_json = browser.post(f"{attempt['url']}/soal/1", json={"choice": "boleh"}, headers=JSON)
    assert as_json.status_code == 409
    assert "sudah dikirim" in as_json.json["error"]
    assert saved(db, attempt) == before
    for page in ("", "/soal/1", "/tinjau"):
        assert browser.get(attempt["url"] + page).location == f"{attempt['url']}/hasil"


def test_a_strangers_attempt_does_not_exist(cast, attempt, sign_in):
    for person in (cast.budi, cast.rina, cast.dewi, cast.stranger):
        browser = sign_in(person)
        for page in ("", "/soal/1", "/tinjau", "/hasil"):
            assert browser.get(attempt["url"] + page).status_code == 404
        assert browser.post(f"{attempt['url']}/soal/1", json={"choice": "boleh"}).status_code == 404
        assert browser.post(f"{attempt['url']}/kirim", data={"kosong": "1"}).status_code == 404


@pytest.mark.parametrize("page", ["/soal/0", "/soal/13", "/soal/99999999"])
def test_a_question_that_is_not_there_is_not_found(browser, attempt, page):
    assert browser.get(attempt["url"] + page).status_code == 404
    assert browser.post(attempt["url"] + page, json={"choice": "boleh"}).status_code == 404


def test_an_unknown_option_is_refused_with_a_sentence(db, browser, attempt):
    answer = browser.post(f"{attempt['url']}/soal/1", data={"choice": "mungkin"})
    assert answer.status_code == 422
    assert "Pilihan itu tidak ada" in answer.text
    assert saved(db, attempt)[0] is None


# ---- autosave --------------------------------------------------------------------------------


def test_autosave_tells_what_is_saved(db, browser, attempt):
    answer = browser.post(f"{attempt['url']}/soal/4", json={"choice": "boleh"}, headers=JSON)
    assert answer.json == {"saved": True, "choice": "boleh", "revision": 1}
    assert saved(db, attempt)[3] == "boleh"


def test_a_replay_of_the_same_answer_is_welcome_and_an_outdated_one_is_not(db, browser, attempt):
    question = f"{attempt['url']}/soal/4"
    browser.post(question, json={"choice": "boleh"}, headers=JSON)
    again = browser.post(question, json={"choice": "boleh", "seen": 0}, headers=JSON)
    assert again.json["saved"] is True
    stale = browser.post(question, json={"choice": "disiplin", "seen": 0}, headers=JSON)
    assert stale.status_code == 409
    assert "perangkat lain" in stale.json["error"]
    assert saved(db, attempt)[3] == "boleh"


@pytest.mark.parametrize(
    "sent", [{}, [], "boleh", {"choice": 3}, {"choice": None}, {"choice": "boleh", "seen": "x"}]
)
def test_json_of_a_wrong_shape_is_refused_with_a_sentence(db, browser, attempt, sent):
    answer = browser.post(f"{attempt['url']}/soal/1", json=sent, headers=JSON)
    assert answer.status_code == 422
    assert answer.json["error"]
    assert saved(db, attempt)[0] is None


def test_broken_json_is_no_server_error(browser, attempt):
    headers = JSON | {"Content-Type": "application/json"}
    answer = browser.post(f"{attempt['url']}/soal/1", data="{", headers=headers)
    assert answer.status_code == 400
