"""A machine of states: one learner and one officer do whatever comes to Hypothesis's mind.

Each rule is one request's work: an operation and a commit, or a refusal and a rollback. A small
model beside it says what must come of it.
"""

from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.accounts import operations as accounts
from app.accounts.models import SignIn
from app.core import clock
from app.core.db import db, start_writing
from app.core.errors import DomainError
from app.credentials import operations as credentials
from app.credentials.models import Credential
from app.learning import operations as learning
from app.learning import queries
from app.learning.pace import least
from app.quizzes import operations as quizzes
from app.quizzes.models import Attempt, AttemptAnswer
from tests import databases, learners, people, whole

choices = some.sampled_from(("boleh", "kode-etik", "disiplin", "bergantung", "tidak ada"))
places = some.integers(0, 14)


class Office(RuleBasedStateMachine):
    def __init__(self, app) -> None:
        super().__init__()
        self.app, self.context = app, app.app_context()
        self.context.push()
        db.session.rollback()
        start_writing()
        databases.empty()
        clock.reset()
        self.cast = people.enter(db.session)
        self.course, self.catalog = learners.course_of(app), learners.catalog_of(app)
        #: What was told as saved, by attempt and place; scores of what was sent; who was withdrawn.
        self.saved: dict[tuple[int, int], tuple[str, int]] = {}
        self.scores: dict[int, int] = {}
        self.revoked: set[int] = set()

    def teardown(self) -> None:
        try:
            broken = whole.faults()
            assert not broken, broken
        finally:
            db.session.remove()
            self.context.pop()
            clock.reset()

    @contextmanager
    def request(self):
        """Commit what is done, undo what is refused."""
        try:
            yield
            db.session.commit()
        except DomainError:
            db.session.rollback()

    @property
    def sari(self):
        return self.cast.sari

    @property
    def enrolment(self):
        return queries.enrolment_of(self.sari, self.course)

    @property
    def open_attempt(self):
        return db.session.scalar(sa.select(Attempt).where(Attempt.submitted_at.is_(None)))

    @property
    def documents(self):
        return db.session.scalars(sa.select(Credential).order_by(Credential.id)).all()

    @initialize(before=some.sampled_from((learners.passed, learners.learned, None)))
    def begins(self, before) -> None:
        """Somewhere on her way."""
        if before is not None:
            before(self.app, self.sari)
        db.session.commit()
        self.scores = dict(db.session.execute(sa.select(Attempt.id, Attempt.score_percent)).all())

    @rule()
    def enrols(self) -> None:
        with self.request():
            learning.enrol(self.sari, self.course)

    @rule(minutes=some.integers(0, 90))
    def waits(self, minutes: int) -> None:
        clock.shift(timedelta(minutes=minutes))

    @precondition(lambda self: self.enrolment)
    @rule(number=places, is_read=some.booleans(), choice=some.sampled_from(("boleh", "bergantung")))
    def studies(self, number: int, is_read: bool, choice: str) -> None:
        lesson = self.course.lessons[number % len(self.course.lessons)]
        with self.request():
            for case in queries.cases_of(lesson, self.catalog):
                learning.answer_case(self.enrolment, lesson, case, choice)
        if is_read:
            clock.shift(least(lesson.minutes))
        with self.request():
            learning.finish_lesson(self.enrolment, self.course, lesson, self.catalog)

    @precondition(lambda self: self.enrolment and not self.enrolment.has_learned)
    @rule()
    def studies_the_rest(self) -> None:
        for number in range(len(self.course.lessons)):
            self.studies(number, True, "boleh")

    @precondition(lambda self: self.enrolment)
    @rule()
    def starts(self) -> None:
        with self.request():
            quizzes.start_attempt(self.enrolment, self.course, self.catalog)

    @precondition(lambda self: self.open_attempt)
    @rule(place=places, choice=choices, seen=some.none() | some.integers(0, 3))
    def saves(self, place: int, choice: str, seen: int | None) -> None:
        attempt = self.open_attempt
        with self.request():
            saved = quizzes.save_answer(self.sari, attempt.id, place, choice, seen)
            self.saved[attempt.id, place] = (saved.choice, saved.revision)

    @precondition(lambda self: self.open_attempt)
    @rule(wrong=some.sampled_from((0, 0, 1, 12)))
    def answers_all(self, wrong: int) -> None:
        attempt = self.open_attempt
        for place, choice in enumerate(learners.choices(attempt, wrong=wrong), start=1):
            self.saves(place, choice, None)

    @precondition(lambda self: self.scores or self.open_attempt)
    @rule(is_read=some.booleans(), with_blanks=some.booleans())
    def submits(self, is_read: bool, with_blanks: bool) -> None:
        """The open one, or one that was sent before."""
        attempt = self.open_attempt or db.session.get(Attempt, max(self.scores))
        if is_read:
            clock.shift(timedelta(minutes=1))
        with self.request():
            marked = quizzes.submit_attempt(attempt, with_blanks=with_blanks)
            self.scores[attempt.id] = marked.score_percent

    @precondition(lambda self: self.enrolment)
    @rule()
    def is_granted_a_chance(self) -> None:
        with self.request():
            quizzes.grant_extra(self.enrolment, self.course, self.cast.rina, "Sakit saat ujian")

    @precondition(lambda self: self.enrolment)
    @rule()
    def signs(self) -> None:
        with self.request():
            learning.sign_pledge(self.enrolment, self.catalog, learners.evidence())

    @precondition(lambda self: self.documents)
    @rule(which=places)
    def is_revoked(self, which: int) -> None:
        document = self.documents[which % len(self.documents)]
        with self.request():
            credentials.revoke(document, "Keliru", self.cast.dewi)
            self.revoked.add(document.id)

    @precondition(lambda self: self.documents)
    @rule(which=places)
    def is_replaced(self, which: int) -> None:
        document = self.documents[which % len(self.documents)]
        with self.request():
            credentials.replace(document, document.stated, self.cast.dewi, "Nama keliru")

    @precondition(lambda self: self.sari.is_active)
    @rule()
    def enters(self) -> None:
        with self.request():
            account = people.account_with_password(db.session, self.sari.id)
            accounts.open_session(account, device="Chrome di Android", network="127.0.0.0/24")

    @rule()
    def leaves(self) -> None:
        with self.request():
            accounts.let_leave(self.sari, "Pensiun", self.cast.dewi)

    @rule()
    def returns(self) -> None:
        with self.request():
            accounts.let_return(self.sari, self.cast.dewi)

    @invariant()
    def what_was_told_stays(self) -> None:
        for (attempt, place), told in self.saved.items():
            slot = db.session.execute(
                sa.select(AttemptAnswer.choice, AttemptAnswer.revision).filter_by(
                    attempt_id=attempt, position=place
                )
            ).one()
            assert tuple(slot) == told
        kept = dict(db.session.execute(sa.select(Attempt.id, Attempt.score_percent)).all())
        assert {attempt: kept[attempt] for attempt in self.scores} == self.scores
        assert all(one.is_revoked for one in self.documents if one.id in self.revoked)

    @invariant()
    def nobody_who_left_is_in(self) -> None:
        still_in = db.session.scalar(
            sa.select(sa.func.count(SignIn.id)).where(SignIn.ended_at.is_(None))
        )
        assert self.sari.is_active or not still_in
        db.session.rollback()
