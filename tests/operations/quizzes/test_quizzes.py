"""Sitting the quiz: frozen papers, guarded saves, one score, limits and pauses."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core import clock
from app.core.errors import NotFound
from app.quizzes import operations, queries
from app.quizzes.models import Attempt, AttemptAnswer, ExtraChance
from app.quizzes.paper import thaw
from tests import learners


@pytest.fixture
def course(app):
    return learners.course_of(app)


@pytest.fixture
def start(app, course):
    return lambda enrolment: operations.start_attempt(enrolment, course, learners.catalog_of(app))


@pytest.fixture
def attempt(app, db, cast):
    return learners.sitting(app, cast.sari)


def count(db, model) -> int:
    return db.scalar(sa.select(sa.func.count(model.id)))


def rest(course) -> None:
    clock.shift(timedelta(minutes=course.cool_down_minutes))


# ---- start -----------------------------------------------------------------------------------


def test_the_quiz_waits_for_the_lessons(app, db, cast, start):
    with pytest.raises(operations.LessonsFirst):
        start(learners.enrolled(app, cast.sari))


def test_an_attempt_is_born_with_its_whole_paper_and_an_empty_place_for_every_answer(
    db, attempt, course
):
    paper = thaw(attempt.paper)
    assert len(paper.questions) == course.blueprint.questions
    assert paper.edition == course.edition
    slots = queries.slots_of(attempt)
    assert [slot.position for slot in slots] == list(range(1, 13))
    assert not any(slot.is_answered for slot in slots)
    assert queries.answers_of(attempt).keys() == {question.id for question in paper.questions}


def test_the_paper_follows_the_blueprint(app, attempt, course):
    topics = [question.topic for question in thaw(attempt.paper).questions]
    for group in {line.topics for line in course.blueprint.draws}:
        wanted = sum(line.count for line in course.blueprint.draws if line.topics == group)
        assert sum(topic in group for topic in topics) == wanted


def test_starting_again_goes_on_with_the_open_attempt(db, attempt, start):
    assert start(attempt.enrolment) is attempt
    assert count(db, Attempt) == 1


def test_a_second_paper_asks_other_cases(app, db, cast, course, start):
    first = learners.failed(app, cast.sari)
    rest(course)
    second = start(first.enrolment)
    old = {question.case for question in thaw(first.paper).questions}
    assert old.isdisjoint(question.case for question in thaw(second.paper).questions)
    assert second.number == 2


def test_after_a_pass_there_is_no_further_attempt(app, db, cast, start):
    with pytest.raises(operations.PassedAlready):
        start(learners.passed(app, cast.sari))


def test_a_failure_is_followed_by_a_pause_that_names_its_end(app, db, cast, course, start):
    first = learners.failed(app, cast.sari)
    with pytest.raises(operations.CoolingDown, match=r"mencoba lagi p\w+ .*\d\d\.\d\d WIB"):
        start(first.enrolment)
    clock.shift(timedelta(minutes=course.cool_down_minutes - 1))
    with pytest.raises(operations.CoolingDown):
        start(first.enrolment)
    clock.shift(timedelta(minutes=1))
    assert start(first.enrolment).number == 2


def use_up(app, course, start, person) -> Attempt:
    last = learners.failed(app, person)
    for _ in range(course.max_attempts - 1):
        rest(course)
        last = learners.answered(start(last.enrolment), wrong=12)
        operations.submit_attempt(last)
    rest(course)
    return last


def test_when_every_chance_is_used_the_sentence_names_who_can_help(app, db, cast, course, start):
    last = use_up(app, course, start, cast.sari)
    with pytest.raises(operations.AttemptsExhausted, match=r"admin unit Anda atau BKPSDM"):
        start(last.enrolment)
    assert count(db, Attempt) == course.max_attempts


# ---- extra chances ---------------------------------------------------------------------------


def test_rina_grants_sari_one_more_chance(app, db, cast, course, start):
    enrolment = use_up(app, course, start, cast.sari).enrolment
    operations.grant_extra(enrolment, course, cast.rina, "Sakit saat percobaan ketiga")
    assert start(enrolment).number == course.max_attempts + 1
    db.commit()
    assert "attempt.extra_granted" in db.scalars(sa.select(AuditEntry.action))


def test_asking_twice_grants_once(app, db, cast, course, start):
    enrolment = use_up(app, course, start, cast.sari).enrolment
    operations.grant_extra(enrolment, course, cast.dewi, "Jaringan putus")
    with pytest.raises(operations.ChanceNotNeeded):
        operations.grant_extra(enrolment, course, cast.dewi, "Jaringan putus")
    assert count(db, ExtraChance) == 1


def test_an_admin_of_another_unit_cannot_grant(app, db, cast, course, start):
    enrolment = use_up(app, course, start, cast.budi).enrolment  # Budi is not in Rina's OPD
    for outsider in (cast.rina, cast.stranger_admin, cast.auditor, cast.yusuf, cast.budi):
        with pytest.raises(NotFound):
            operations.grant_extra(enrolment, course, outsider, "Alasan yang cukup")
    assert count(db, ExtraChance) == 0


@pytest.mark.parametrize("reason", ["", "  a  ", "x" * 201])
def test_a_chance_needs_a_reason(app, db, cast, course, reason):
    enrolment = learners.enrolled(app, cast.sari)
    with pytest.raises(operations.ReasonUnclear):
        operations.grant_extra(enrolment, course, cast.rina, reason)


def test_who_still_has_a_chance_needs_none(app, db, cast, course):
    enrolment = learners.failed(app, cast.sari).enrolment
    with pytest.raises(operations.ChanceNotNeeded):
        operations.grant_extra(enrolment, course, cast.rina, "Kasihan sekali")


# ---- save ------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_may_be_changed_until_the_end(db, cast, attempt):
    assert operations.save_answer(cast.sari, attempt.id, 3, "boleh").revision == 1
    assert operations.save_answer(cast.sari, attempt.id, 3, "disiplin").revision == 2
    slot = queries.slots_of(attempt)[2]
    assert (slot.choice, slot.revision) == ("disiplin", 2)


def test_a_lost_reply_may_be_sent_again(db, cast, attempt):
    operations.save_answer(cast.sari, attempt.id, 1, "boleh", seen=0)
    again = operations.save_answer(cast.sari, attempt.id, 1, "boleh", seen=0)
    assert again == operations.Saved("boleh", 1)


def test_a_late_answer_from_an_offline_phone_never_beats_a_newer_one(db, cast, attempt):
    operations.save_answer(cast.sari, attempt.id, 1, "disiplin")
    with pytest.raises(operations.ChangedElsewhere):
        operations.save_answer(cast.sari, attempt.id, 1, "boleh", seen=0)
    assert queries.slots_of(attempt)[0].choice == "disiplin"


@pytest.mark.parametrize("choice", ["", "tidak-boleh", "Boleh", "semua", "x" * 500])
def test_an_option_that_is_not_on_the_paper_is_refused(db, cast, attempt, choice):
    with pytest.raises(operations.UnknownOption):
        operations.save_answer(cast.sari, attempt.id, 1, choice)
    assert not queries.slots_of(attempt)[0].is_answered


@pytest.mark.parametrize("position", [0, 13, 999999])
def test_a_question_that_is_not_on_the_paper_does_not_exist(db, cast, attempt, position):
    with pytest.raises(NotFound):
        operations.save_answer(cast.sari, attempt.id, position, "boleh")


def test_budi_cannot_save_into_saris_attempt(db, cast, attempt):
    with pytest.raises(NotFound):
        operations.save_answer(cast.budi, attempt.id, 1, "boleh")
    with pytest.raises(NotFound):
        queries.attempt_of(cast.budi, attempt.id)
    assert not queries.slots_of(attempt)[0].is_answered


def test_after_submission_nothing_is_accepted(db, cast, attempt):
    operations.submit_attempt(learners.answered(attempt, wrong=12))
    held = queries.answers_of(attempt)
    with pytest.raises(operations.AlreadySubmitted):
        operations.save_answer(cast.sari, attempt.id, 1, "boleh")
    assert queries.answers_of(attempt) == held


# ---- submit ----------------------------------------------------------------------------------


def test_all_right_passes_and_the_course_knows(db, attempt):
    marked = operations.submit_attempt(learners.answered(attempt))
    assert marked.passed
    assert (attempt.score_percent, attempt.passed) == (100, True)
    assert attempt.enrolment.score_percent == 100
    assert attempt.enrolment.passed_at == pytest.approx(clock.now(), abs=timedelta(minutes=1))


@pytest.mark.parametrize(("wrong", "score", "passes"), [(2, 83, True), (3, 75, False)])
def test_ten_of_twelve_pass_and_nine_do_not(db, attempt, wrong, score, passes):
    operations.submit_attempt(learners.answered(attempt, wrong=wrong))
    assert (attempt.score_percent, attempt.passed) == (score, passes)
    assert attempt.enrolment.has_passed is passes


def test_blanks_are_sent_only_when_they_are_meant(db, cast, attempt):
    operations.save_answer(cast.sari, attempt.id, 1, learners.choices(attempt)[0])
    with pytest.raises(operations.BlanksUnconfirmed, match="11 soal"):
        operations.submit_attempt(attempt)
    assert attempt.is_open
    assert operations.submit_attempt(attempt, with_blanks=True).score_percent == 8


def test_the_score_comes_from_the_paper_of_that_day(db, attempt):
    """Content may change after the draw; the attempt does not."""
    keys = learners.choices(attempt)
    frozen = dict(attempt.paper)
    operations.submit_attempt(learners.answered(attempt))
    assert attempt.paper == frozen
    assert [question["key"] for question in frozen["questions"]] == keys


def test_a_second_submission_changes_nothing(db, attempt):
    operations.submit_attempt(learners.answered(attempt, wrong=12))
    sent_at = attempt.submitted_at
    with pytest.raises(operations.AlreadySubmitted):
        operations.submit_attempt(attempt)
    assert (attempt.submitted_at, attempt.score_percent) == (sent_at, 0)


def test_the_deeds_are_on_the_trail(app, db, cast, attempt):
    operations.submit_attempt(learners.answered(attempt))
    db.commit()
    deeds = list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))
    assert deeds[-3:] == ["attempt.started", "attempt.submitted", "course.passed"]


def test_the_database_allows_one_open_attempt_and_one_row_a_question(db, attempt):
    second = {"enrolment_id": attempt.enrolment_id, "number": 2, "paper": {}}
    double = {"attempt_id": attempt.id, "question": "baru", "position": 1}
    assert is_refused(db, sa.insert(Attempt).values(second))
    assert is_refused(db, sa.insert(AttemptAnswer).values(double))
    assert not is_refused(db, sa.insert(AttemptAnswer).values(double | {"position": 13}))


def is_refused(db, statement) -> bool:
    try:
        with db.begin_nested():
            db.execute(statement)
    except sa.exc.IntegrityError:
        return True
    return False
