"""Lessons, inline cases and practice, as a browser without JavaScript sees them."""

import re

import pytest
import sqlalchemy as sa

from app.core import clock
from app.learning import queries
from app.learning.models import CaseAnswer, Enrolment, LessonReading
from app.learning.pace import least
from tests import learners

COURSE = f"/kursus/{learners.SLUG}"
TWIN = "suka-unggahan-akun-pemenangan"


@pytest.fixture
def course(app):
    return learners.course_of(app)


@pytest.fixture
def browser(app, db, cast, sign_in):
    """Sari, enrolled."""
    learners.enrolled(app, cast.sari)
    db.commit()
    return sign_in(cast.sari)


def first_case(app, course, number=1):
    return queries.cases_of(course.lesson(number), learners.catalog_of(app))[0]


def test_a_course_is_started_by_a_button_and_never_by_a_link(db, cast, sign_in):
    browser = sign_in(cast.sari)
    for path in ("/kursus", COURSE):
        assert "Mulai belajar" in browser.get(path).text
    assert browser.get(f"{COURSE}/mulai").status_code == 405
    assert db.scalar(sa.select(sa.func.count(Enrolment.id))) == 0
    started = browser.post(f"{COURSE}/mulai")
    assert (started.status_code, started.location) == (303, f"{COURSE}/pelajaran/1")
    assert db.scalar(sa.select(sa.func.count(Enrolment.id))) == 1


def test_the_course_page_says_what_it_takes_and_what_it_rests_on(browser, course):
    page = browser.get(COURSE).text
    for lesson in course.lessons:
        assert lesson.title in page
    for words in ("90 menit, setara 2 JP", "PP 94/2021", "Lanjut ke pelajaran 1", "12 kasus"):
        assert words in page


@pytest.mark.parametrize("path", ["/pelajaran/1", "/latihan", "/latihan/1", "/kuis", "/pakta"])
def test_without_an_enrolment_every_step_leads_back_to_the_start(cast, sign_in, path):
    browser = sign_in(cast.sari)
    answer = browser.get(COURSE + path)
    assert (answer.status_code, answer.location) == (303, COURSE)
    assert "Tekan “Mulai belajar” dahulu" in browser.get(COURSE).text


@pytest.mark.parametrize("path", ["/kursus/tidak-ada", f"{COURSE}/pelajaran/99"])
def test_what_does_not_exist_is_not_found(browser, path):
    assert browser.get(path).status_code == 404


def test_an_inline_case_answers_on_the_spot(app, db, browser, course):
    case = first_case(app, course)
    address = f"{COURSE}/pelajaran/1/kasus/{case.scenario.id}"
    before = browser.get(f"{COURSE}/pelajaran/1").text
    assert case.scenario.reason_html not in before
    right = case.ruling.verdict.value
    answer = browser.post(address, data={"answer": right, "phase": case.phase.value})
    anchor = f"kasus-{case.scenario.id}-{case.phase}"
    assert (answer.status_code, answer.location) == (303, f"{COURSE}/pelajaran/1#{anchor}")
    after = browser.get(f"{COURSE}/pelajaran/1").text
    assert f'id="{anchor}"' in after
    for lesson in (case.scenario.reason_html, case.scenario.safe_act_html, "Jawaban Anda tepat"):
        assert lesson in after
    assert all(cite.label in after for cite in case.ruling.cites)


def test_a_second_answer_changes_nothing(app, db, browser, course):
    case = first_case(app, course)
    address = f"{COURSE}/pelajaran/1/kasus/{case.scenario.id}"
    for choice in ("bergantung", "boleh", "tidak-boleh"):
        browser.post(address, data={"answer": choice, "phase": case.phase.value})
    assert db.scalars(sa.select(CaseAnswer.choice)).all() == ["bergantung"]


def test_javascript_gets_the_same_piece_alone(app, browser, course):
    case = first_case(app, course)
    answer = browser.post(
        f"{COURSE}/pelajaran/1/kasus/{case.scenario.id}",
        data={"answer": "boleh", "phase": case.phase.value},
        headers={"X-Requested-With": "fetch"},
    )
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert answer.text.count('<section class="case"') == 1
    assert answer.text.strip() in browser.get(f"{COURSE}/pelajaran/1").text


@pytest.mark.parametrize("choice", [None, "disiplin", "<b>"])
def test_no_choice_is_answered_by_a_sentence_and_nothing_is_locked(
    app, db, browser, course, choice
):
    case = first_case(app, course)
    sent = {"phase": case.phase.value} | ({"answer": choice} if choice else {})
    answer = browser.post(f"{COURSE}/pelajaran/1/kasus/{case.scenario.id}", data=sent)
    assert answer.status_code == 303
    assert "Pilih satu jawaban" in browser.get(f"{COURSE}/pelajaran/1").text
    assert db.scalar(sa.select(sa.func.count(CaseAnswer.id))) == 0


def test_a_case_of_another_lesson_is_not_found(app, browser, course):
    case = first_case(app, course, number=2)
    address = f"{COURSE}/pelajaran/1/kasus/{case.scenario.id}"
    assert browser.post(address, data={"answer": "boleh"}).status_code == 404


def test_the_reason_waits_while_the_same_case_is_open_in_the_other_phase(app, browser):
    scenario = learners.catalog_of(app).scenario(TWIN)
    address = f"{COURSE}/pelajaran/2/kasus/{TWIN}"
    browser.post(address, data={"answer": "tidak-boleh", "phase": "sebelum-penetapan"})
    page = browser.get(f"{COURSE}/pelajaran/2").text
    assert "Alasannya tampil pada kasus yang sama" in page
    assert scenario.reason_html not in page
    assert scenario.safe_act_html not in page
    browser.post(address, data={"answer": "tidak-boleh", "phase": "sesudah-penetapan"})
    assert scenario.reason_html in browser.get(f"{COURSE}/pelajaran/2").text


def test_an_unfinished_lesson_names_what_is_missing_and_links_to_it(app, browser, course):
    answer = browser.post(f"{COURSE}/pelajaran/1/selesai")
    assert answer.status_code == 422
    for case in queries.cases_of(course.lessons[0], learners.catalog_of(app)):
        assert f'href="#kasus-{case.scenario.id}-{case.phase}"' in answer.text
        assert case.scenario.question in answer.text


def test_a_lesson_read_too_fast_says_when_and_keeps_everything(app, db, browser, course):
    page = f"{COURSE}/pelajaran/1"
    browser.get(page)
    for case in queries.cases_of(course.lessons[0], learners.catalog_of(app)):
        sent = {"answer": "boleh", "phase": case.phase.value}
        browser.post(f"{page}/kasus/{case.scenario.id}", data=sent)
    refused = browser.post(f"{page}/selesai", data={"terbuka": "3"})
    assert refused.status_code == 422
    assert re.search(r"lagi (pukul|pada) .*\d\d\.\d\d WIB", refused.text)
    assert "Tetapkan jawaban" not in refused.text, "every answer is still locked"
    clock.shift(least(course.lessons[0].minutes))
    assert browser.post(f"{page}/selesai").location == f"{COURSE}/pelajaran/2"


@pytest.mark.parametrize("said", ["", "-5", "1e9", "9" * 40, "٣٠٠", "<b>"])
def test_what_a_device_says_of_its_clock_may_be_anything(app, browser, course, said):
    for case in queries.cases_of(course.lessons[0], learners.catalog_of(app)):
        sent = {"answer": "boleh", "phase": case.phase.value}
        browser.post(f"{COURSE}/pelajaran/1/kasus/{case.scenario.id}", data=sent)
    answer = browser.post(f"{COURSE}/pelajaran/1/selesai", data={"terbuka": said})
    assert answer.status_code == 422


def test_opening_a_lesson_is_noted_once_and_never_when_it_is_done(app, db, cast, browser):
    for _ in range(2):
        browser.get(f"{COURSE}/pelajaran/1")
        browser.get(f"{COURSE}/pelajaran/2")
    assert db.scalars(sa.select(LessonReading.lesson)).all() == [
        lesson.slug for lesson in learners.course_of(app).lessons[:2]
    ]
    db.rollback()
    learners.learned(app, cast.sari)
    db.commit()
    browser.get(f"{COURSE}/pelajaran/1")
    assert db.scalar(sa.select(sa.func.count(LessonReading.id))) == 0


def test_finished_lessons_lead_from_one_to_the_next_and_then_to_the_quiz(app, browser, course):
    for lesson in course.lessons:
        for case in queries.cases_of(lesson, learners.catalog_of(app)):
            browser.post(
                f"{COURSE}/pelajaran/{lesson.number}/kasus/{case.scenario.id}",
                data={"answer": "boleh", "phase": case.phase.value},
            )
        clock.shift(least(lesson.minutes))
        answer = browser.post(f"{COURSE}/pelajaran/{lesson.number}/selesai")
        last = lesson is course.lessons[-1]
        expected = COURSE if last else f"{COURSE}/pelajaran/{lesson.number + 1}"
        assert (answer.status_code, answer.location) == (303, expected)
    page = browser.get(COURSE).text
    assert "Semua pelajaran selesai" in page
    assert "Kerjakan kuis akhir" in page


def test_practice_draws_by_post_shows_by_get_and_teaches_at_once(app, db, browser):
    assert browser.get(f"{COURSE}/latihan").status_code == 200
    assert db.scalar(sa.select(sa.func.count(CaseAnswer.id))) == 0
    drawn = browser.post(f"{COURSE}/latihan")
    assert drawn.location == f"{COURSE}/latihan/1"
    turn = db.scalars(sa.select(CaseAnswer)).one()
    case = learners.catalog_of(app).case(turn.scenario, turn.phase)
    db.rollback()
    page = browser.get(drawn.location).text
    assert case.scenario.situation_html in page
    assert case.scenario.reason_html not in page
    answer = browser.post(drawn.location, data={"answer": case.ruling.verdict.value})
    assert answer.location == f"{COURSE}/latihan/1#pembahasan"
    page = browser.get(drawn.location).text
    for lesson in (case.scenario.reason_html, case.scenario.safe_act_html, "1 dari 1 jawaban"):
        assert lesson in page
    browser.post(drawn.location, data={"answer": "bergantung"})
    assert db.scalars(sa.select(CaseAnswer.choice)).one() == case.ruling.verdict.value


def test_drawing_again_goes_on_with_the_open_case(db, browser):
    first = browser.post(f"{COURSE}/latihan").location
    assert browser.post(f"{COURSE}/latihan").location == first
    assert first in browser.get(f"{COURSE}/latihan").text


def test_budi_has_no_turn_of_saris(app, db, cast, browser, sign_in):
    learners.enrolled(app, cast.budi)
    db.commit()
    browser.post(f"{COURSE}/latihan")
    assert sign_in(cast.budi).get(f"{COURSE}/latihan/1").status_code == 404


def test_old_editions_are_shown_as_history(app, db, cast, sign_in):
    learners.passed(app, cast.sari).edition = "2025.1"
    db.commit()
    page = sign_in(cast.sari).get("/kursus").text
    assert "edisi 2025.1" in page
    assert "lulus, tidak ditandatangani" in page
    assert "Mulai belajar" in page
