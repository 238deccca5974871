"""A way through the course: started once, judged once, finished once, signed once."""

import dataclasses

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound
from app.credentials.models import Credential, Kind
from app.learning import operations, queries
from app.learning.models import CaseAnswer, Enrolment, LessonDone
from app.printing.facts import text_digest
from tests import learners


@pytest.fixture
def catalog(app):
    return learners.catalog_of(app)


@pytest.fixture
def course(app):
    return learners.course_of(app)


@pytest.fixture
def enrolment(app, db, cast):
    return learners.enrolled(app, cast.sari)


def count(db, model) -> int:
    return db.scalar(sa.select(sa.func.count(model.id)))


def deeds(db) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_starting_twice_is_starting_once(app, db, cast):
    first = learners.enrolled(app, cast.sari)
    assert learners.enrolled(app, cast.sari) is first
    db.commit()
    assert count(db, Enrolment) == 1
    assert deeds(db) == ["course.started"]


def test_a_course_for_others_cannot_be_started(db, cast, course):
    for_villages = dataclasses.replace(course, audience=())
    with pytest.raises(NotFound):
        operations.enrol(cast.sari, for_villages)


def test_the_first_answer_to_an_inline_case_stays(db, course, catalog, enrolment):
    lesson = course.lessons[0]
    case = queries.cases_of(lesson, catalog)[0]
    wrong = "boleh" if case.ruling.verdict != "boleh" else "tidak-boleh"
    first = operations.answer_case(enrolment, lesson, case, wrong)
    again = operations.answer_case(enrolment, lesson, case, case.ruling.verdict.value)
    assert again is first
    assert again.choice == wrong
    assert again.is_right is False
    assert count(db, CaseAnswer) == 1


@pytest.mark.parametrize("choice", ["", "disiplin", "BOLEH", "boleh "])
def test_a_choice_that_is_not_offered_is_refused(db, course, catalog, enrolment, choice):
    lesson = course.lessons[0]
    case = queries.cases_of(lesson, catalog)[0]
    with pytest.raises(operations.UnknownChoice):
        operations.answer_case(enrolment, lesson, case, choice)
    assert count(db, CaseAnswer) == 0


def test_a_lesson_is_finished_only_when_its_cases_are_answered(db, course, catalog, enrolment):
    lesson = course.lessons[0]
    with pytest.raises(operations.CasesUnanswered) as refusal:
        operations.finish_lesson(enrolment, course, lesson, catalog)
    assert refusal.value.missing == queries.cases_of(lesson, catalog)
    assert count(db, LessonDone) == 0


def test_twins_of_one_scenario_are_two_cases(course, catalog):
    keys = [case.key for case in queries.cases_of(course.lessons[1], catalog)]
    assert "suka-unggahan-akun-pemenangan@sebelum-penetapan" in keys
    assert "suka-unggahan-akun-pemenangan@sesudah-penetapan" in keys


def test_the_last_lesson_completes_the_lessons_once(app, db, cast, course, catalog):
    enrolment = learners.learned(app, cast.sari)
    moment = enrolment.lessons_completed_at
    operations.finish_lesson(enrolment, course, course.lessons[0], catalog)
    db.commit()
    assert enrolment.lessons_completed_at == moment
    assert count(db, LessonDone) == len(course.lessons)
    assert deeds(db).count("lessons.completed") == 1
    assert deeds(db).count("lesson.finished") == len(course.lessons)


def test_progress_tells_status_only(app, db, cast, course):
    def now():
        way = queries.progress_of(cast.sari, course)
        return way.label, way.percent

    assert now() == ("Belum mulai", 0)
    learners.enrolled(app, cast.sari)
    assert now() == ("Sedang belajar", 0)
    learners.learned(app, cast.sari)
    assert now() == ("Selesai belajar, belum lulus", 80)
    enrolment = learners.passed(app, cast.sari)
    assert now() == ("Lulus, belum menandatangani", 90)
    operations.sign_pledge(enrolment, learners.catalog_of(app), learners.evidence())
    assert now() == ("Sudah menandatangani", 100)


def test_practice_waits_for_the_open_case(db, course, catalog, enrolment):
    first = operations.draw_turn(enrolment, course, catalog)
    assert operations.draw_turn(enrolment, course, catalog) is first
    assert first.choice is None
    case = catalog.case(first.scenario, first.phase)
    operations.answer_turn(first, case, case.ruling.verdict.value)
    second = operations.draw_turn(enrolment, course, catalog)
    assert second.place == "latihan-0002"
    assert queries.practice_score(enrolment) == queries.Score(right=1, answered=1)


def test_a_practice_answer_is_locked_too(db, course, catalog, enrolment):
    turn = operations.draw_turn(enrolment, course, catalog)
    case = catalog.case(turn.scenario, turn.phase)
    wrong = "boleh" if case.ruling.verdict != "boleh" else "tidak-boleh"
    operations.answer_turn(turn, case, wrong)
    operations.answer_turn(turn, case, case.ruling.verdict.value)
    assert turn.choice == wrong
    assert turn.is_right is False


def test_a_case_that_left_the_bank_does_not_block_practice(db, course, catalog, enrolment):
    turn = operations.draw_turn(enrolment, course, catalog)
    turn.scenario = "kasus-yang-dicabut"
    db.flush()
    following = operations.draw_turn(enrolment, course, catalog)
    assert following.scenario in catalog.scenarios
    assert count(db, CaseAnswer) == 1


def test_practice_meets_everything_once_before_anything_twice(db, course, catalog, enrolment):
    met = []
    for _ in range(25):
        turn = operations.draw_turn(enrolment, course, catalog)
        case = catalog.case(turn.scenario, turn.phase)
        operations.answer_turn(turn, case, "boleh")
        met.append(case.key)
    assert len(set(met)) == len(met)


def test_signing_issues_a_pledge_and_a_certificate_in_that_order(app, db, cast, course, catalog):
    enrolment = learners.signed(app, cast.sari)
    db.commit()
    pledge, certificate = db.scalars(sa.select(Credential).order_by(Credential.id))
    assert (pledge.kind, certificate.kind) == (Kind.PLEDGE, Kind.CERTIFICATE)
    assert pledge.source == certificate.source == "netralitas-inti@2026.1"
    assert {pledge.holder_id, certificate.holder_id} == {cast.sari.id}
    assert enrolment.signed_at is not None
    assert enrolment.completed_at == enrolment.signed_at
    assert deeds(db)[-5:] == [
        "course.passed",
        "pledge.signed",
        "credential.issued",
        "credential.issued",
        "course.completed",
    ]


def test_the_pledge_states_its_text_and_how_it_was_signed(app, db, cast, course, catalog):
    learners.signed(app, cast.sari)
    stated = db.scalars(sa.select(Credential).filter_by(kind=Kind.PLEDGE)).one().stated
    text = catalog.pledge(course.pledge_edition)
    assert stated.points == text.points
    assert stated.consent == text.consent
    assert stated.text_sha256 == text_digest(
        text.title, text.opening, text.points, text.closing, text.consent
    )
    assert (stated.device, stated.network) == ("Chrome di Android", "127.0.0.0/24")
    assert stated.holder.name == "Sari Wulandari, A.Md.Kep."
    assert stated.holder.unit == "Puskesmas Melati, Dinas Kesehatan"
    assert stated.holder.number_label == "NIP"


def test_the_certificate_accounts_for_every_minute(app, db, cast, course):
    learners.signed(app, cast.sari)
    stated = db.scalars(sa.select(Credential).filter_by(kind=Kind.CERTIFICATE)).one().stated
    assert stated.minutes == course.minutes
    assert stated.jp == course.jp
    assert stated.score_percent == 100
    assert len(stated.lessons) == len(course.lessons) + 2
    assert stated.started_on == stated.finished_on == clock.today("Asia/Jakarta")
    assert "PP 94/2021" in stated.rests_on


def test_signing_twice_signs_once(app, db, cast, catalog):
    enrolment = learners.signed(app, cast.sari)
    moment = enrolment.signed_at
    assert operations.sign_pledge(enrolment, catalog, learners.evidence()) is False
    assert enrolment.signed_at == moment
    assert count(db, Credential) == 2


def test_nobody_signs_before_passing(app, db, cast, catalog):
    enrolment = learners.learned(app, cast.sari)
    with pytest.raises(operations.NotPassed):
        operations.sign_pledge(enrolment, catalog, learners.evidence())
    assert count(db, Credential) == 0


def test_an_edition_that_ended_is_history_and_cannot_be_signed(app, db, cast, course, catalog):
    enrolment = learners.passed(app, cast.sari)
    newer = dataclasses.replace(course, edition="2027.1")
    later = dataclasses.replace(catalog, courses={course.slug: newer})
    with pytest.raises(operations.EditionEnded):
        operations.sign_pledge(enrolment, later, learners.evidence())
    assert queries.enrolment_of(cast.sari, newer) is None
    assert queries.enrolments_of(cast.sari) == [enrolment]
    assert operations.enrol(cast.sari, newer) is not enrolment


def test_the_database_refuses_a_signature_without_a_pass(db, enrolment):
    enrolment.signed_at = enrolment.completed_at = clock.now()
    with pytest.raises(sa.exc.IntegrityError, match="signed_after_pass"):
        db.flush()
