"""The way through a course: after every deed it names the one next thing to do."""

from datetime import timedelta

from app.core import clock
from app.courses import queries
from app.quizzes import operations
from tests import learners


def test_the_next_thing_to_do_follows_every_step(app, db, cast):
    course = learners.course_of(app)

    def following():
        return queries.journey_of(cast.sari, course).next.label

    assert following() == "Mulai belajar"
    learners.enrolled(app, cast.sari)
    assert following() == "Lanjut ke pelajaran 1"
    learners.learned(app, cast.sari)
    assert following() == "Kerjakan kuis akhir"
    attempt = learners.sitting(app, cast.sari)
    assert following() == "Lanjutkan kuis"
    operations.submit_attempt(learners.answered(attempt, wrong=12))
    assert following() == "Berlatih sambil menunggu"
    clock.shift(timedelta(minutes=course.cool_down_minutes))
    assert following() == "Kerjakan kuis akhir"
    operations.submit_attempt(
        learners.answered(
            operations.start_attempt(attempt.enrolment, course, learners.catalog_of(app))
        )
    )
    assert following() == "Tandatangani pakta"
    learners.learning.sign_pledge(attempt.enrolment, learners.catalog_of(app), learners.evidence())
    assert following() == "Buka dokumen saya"
    states = [step.state for step in queries.journey_of(cast.sari, course).steps]
    assert states == ["done"] * 5
