"""Sit the quiz: start, save, submit; and grant one more chance."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Role
from app.accounts.queries import grants_of
from app.accounts.reader import Reader
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.audit import trail
from app.audit.actions import Action
from app.catalog.model import Catalog, Course
from app.catalog.quiz_options import QuizOption
from app.core import clock
from app.core.dates import moment
from app.core.db import at_most_one, db, hold, update_if
from app.core.errors import DomainError, NotFound
from app.learning import operations as learning
from app.learning.models import Enrolment
from app.quizzes import queries
from app.quizzes.chances import may_send_at
from app.quizzes.grading import Grade, grade
from app.quizzes.models import Attempt, AttemptAnswer, ExtraChance
from app.quizzes.paper import draw, thaw

#: Who may grant an extra chance, to people in their part of the tree.
GRANTERS = (Role.UNIT_ADMIN, Role.HR_ADMIN)
#: Bounds of the reason for an extra chance, in characters.
REASON_LENGTHS = range(5, 201)


class LessonsFirst(DomainError):
    message = "Kuis terbuka sesudah semua pelajaran selesai. Lanjutkan pelajaran dahulu."


class PassedAlready(DomainError):
    message = "Anda sudah lulus kuis ini. Langkah berikutnya: pakta integritas."


class StartedElsewhere(DomainError):
    message = "Kuis ini baru saja dibuka di jendela lain. Lanjutkan percobaan yang sudah terbuka."


class AttemptsExhausted(DomainError):
    """Every chance is used; the sentence names who can help."""

    def __init__(self, enrolment: Enrolment) -> None:
        super().__init__(
            "Kesempatan mengerjakan kuis ini sudah habis. Nilai dan pelajaran Anda tetap "
            "tersimpan. Hubungi admin unit Anda atau "
            f"{enrolment.person.agency.office_short} untuk meminta kesempatan tambahan."
        )


class CoolingDown(DomainError):
    """The pause after a failed attempt; the sentence says until when."""

    def __init__(self, until: datetime, zone: str) -> None:
        super().__init__(
            f"Anda dapat mencoba lagi {moment(until, clock.now(), zone)}. Sambil menunggu, "
            "baca lagi pembahasan dan pelajaran yang belum kuat."
        )


class UnknownOption(DomainError):
    message = "Pilihan itu tidak ada pada soal ini. Jawaban Anda sebelumnya tidak berubah."


class AlreadySubmitted(DomainError):
    message = "Kuis ini sudah dikirim, jadi jawabannya tidak dapat diubah lagi. Lihat hasilnya."
    status = 409


class ChangedElsewhere(DomainError):
    message = (
        "Soal ini sudah dijawab lagi di perangkat lain. Jawaban yang lebih baru itu yang disimpan."
    )
    status = 409


class BlanksUnconfirmed(DomainError):
    """Some questions have no answer, and nobody said that this is meant so."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Masih ada {count} soal tanpa jawaban, jadi kuis belum dikirim. Jawab dahulu, "
            "atau centang bahwa Anda tetap ingin mengirimnya."
        )


class SentTooFast(DomainError):
    """Less than five seconds a question have passed; the sentence says from when."""

    def __init__(self, until: datetime, zone: str) -> None:
        super().__init__(
            "Kuis ini baru saja Anda mulai, jadi belum dikirim. Baca lagi soal dan jawaban Anda, "
            f"lalu kirim {moment(until, clock.now(), zone)}. Semua jawaban Anda sudah tersimpan."
        )


class ReasonUnclear(DomainError):
    message = "Tulis alasannya dalam 5 sampai 200 huruf. Kesempatan belum ditambah."


class ChanceNotNeeded(DomainError):
    message = (
        "Orang ini masih mempunyai kesempatan atau sudah lulus, jadi kesempatan tidak ditambah."
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """What the server now holds for one question, counting saves."""

    choice: str
    revision: int


def start_attempt(enrolment: Enrolment, course: Course, catalog: Catalog) -> Attempt:
    """Open the next sitting with a frozen paper, or go on with the open one.

    Raises LessonsFirst, PassedAlready, AttemptsExhausted, CoolingDown.
    """
    hold(enrolment)
    if (open_one := queries.open_attempt(enrolment)) is not None:
        return open_one
    _check_may_start(enrolment, course)
    taken = queries.papers_of(enrolment)
    asked = [question["case"] for paper in taken for question in paper["questions"]]
    pools = [catalog.pool(course, line) for line in course.blueprint.draws]
    paper = draw(course, pools, secrets.randbits(64), asked)
    attempt = Attempt(enrolment=enrolment, number=len(taken) + 1, paper=paper.freeze())
    with at_most_one(StartedElsewhere()):
        db.session.add(attempt)
    db.session.execute(
        sa.insert(AttemptAnswer),
        [
            {"attempt_id": attempt.id, "question": question.id, "position": position}
            for position, question in enumerate(paper.questions, start=1)
        ],
    )
    trail.record(Action.ATTEMPT_STARTED, attempt, actor=enrolment.person, number=attempt.number)
    return attempt


def _check_may_start(enrolment: Enrolment, course: Course) -> None:
    if not enrolment.has_learned:
        raise LessonsFirst
    if enrolment.has_passed:
        raise PassedAlready
    now = queries.chances_of(enrolment, course)
    if now.is_exhausted:
        raise AttemptsExhausted(enrolment)
    if now.retry_at is not None:
        raise CoolingDown(now.retry_at, enrolment.person.agency.zone)


def _guarded_save() -> sa.Update:
    """On plain tables and built once: the hottest write there is (house.md)."""
    slot, attempt, enrolment = AttemptAnswer.__table__, Attempt.__table__, Enrolment.__table__
    assert isinstance(slot, sa.Table)
    own_open = (
        sa.select(attempt.c.id)
        .join_from(attempt, enrolment, enrolment.c.id == attempt.c.enrolment_id)
        .where(
            attempt.c.id == sa.bindparam("attempt"),
            attempt.c.submitted_at.is_(None),
            enrolment.c.person_id == sa.bindparam("person"),
        )
        # Shared with other saves; a submission waits for them, and they for it.
        .with_for_update(read=True, of=attempt)
        .scalar_subquery()
    )
    return (
        sa.update(slot)
        .where(slot.c.attempt_id == own_open, slot.c.position == sa.bindparam("place"))
        .values(
            choice=sa.bindparam("choice"),
            saved_at=sa.bindparam("saved_at"),
            revision=slot.c.revision + 1,
        )
        .returning(slot.c.revision)
    )


_SAVE = _guarded_save()
_SAVE_NEWEST = _SAVE.where(AttemptAnswer.__table__.c.revision == sa.bindparam("seen"))


def save_answer(
    person: Person | Reader, attempt_id: int, position: int, choice: str, seen: int | None = None
) -> Saved:
    """Keep the answer to one question: one guarded UPDATE, safe to repeat.

    `seen` is the revision that a phone knew when it went offline: an answer that it sends later
    does not replace a newer one. Raises UnknownOption, AlreadySubmitted, ChangedElsewhere, and
    NotFound for another person's attempt or a question that is not on the paper.
    """
    if choice not in list(QuizOption):
        raise UnknownOption
    asked = {
        "attempt": attempt_id, "person": person.id, "place": position, "seen": seen,
        "choice": choice, "saved_at": clock.now(),
    }  # fmt: skip
    revision = db.session.execute(_SAVE if seen is None else _SAVE_NEWEST, asked).scalar()
    if revision is None:
        return _explain(person, attempt_id, position, choice)
    return Saved(choice, revision)


def _explain(person: Person | Reader, attempt_id: int, position: int, choice: str) -> Saved:
    """Why nothing was saved. An answer that is there already counts as saved."""
    if not queries.attempt_of(person, attempt_id).is_open:
        raise AlreadySubmitted
    held = db.session.scalar(
        sa.select(AttemptAnswer).filter_by(attempt_id=attempt_id, position=position)
    )
    if held is None:
        raise NotFound
    if held.choice != choice:
        raise ChangedElsewhere
    return Saved(held.choice, held.revision)


def submit_attempt(attempt: Attempt, *, with_blanks: bool = False) -> Grade:
    """Grade an attempt once, from its paper and the saved answers; a pass counts at once.

    Raises AlreadySubmitted, BlanksUnconfirmed unless blanks are meant, and SentTooFast.
    """
    enrolment = attempt.enrolment
    hold(enrolment)
    hold(attempt)  # waits for answers that are just being saved, and lets no more in
    if not attempt.is_open:
        raise AlreadySubmitted
    marked = grade(thaw(attempt.paper), queries.answers_of(attempt))
    blanks = sum(line.choice is None for line in marked.lines)
    if blanks and not with_blanks:
        raise BlanksUnconfirmed(blanks)
    if until := may_send_at(attempt.started_at, len(marked.lines), clock.now()):
        raise SentTooFast(until, enrolment.person.agency.zone)
    submitted = update_if(
        attempt,
        Attempt.submitted_at.is_(None),
        submitted_at=clock.now(),
        score_percent=marked.score_percent,
        passed=marked.passed,
    )
    if not submitted:
        raise AlreadySubmitted
    trail.record(
        Action.ATTEMPT_SUBMITTED,
        attempt,
        actor=enrolment.person,
        score=marked.score_percent,
        passed=marked.passed,
    )
    if marked.passed:
        learning.pass_course(enrolment, marked.score_percent)
    return marked


def grant_extra(enrolment: Enrolment, course: Course, by: Person, reason: str) -> ExtraChance:
    """One more attempt for somebody in the admin's part of the tree, who has none left.

    Raises NotFound outside of it, ReasonUnclear, and ChanceNotNeeded: asking twice grants once.
    """
    desks = [grant.unit.path for grant in grants_of(by) if grant.role in GRANTERS]
    if not Scope(tuple(desks)).covers(enrolment.person.unit):
        raise NotFound
    reason = " ".join(reason.split())
    if len(reason) not in REASON_LENGTHS:
        raise ReasonUnclear
    hold(enrolment)
    if enrolment.has_passed or not queries.chances_of(enrolment, course).is_exhausted:
        raise ChanceNotNeeded
    granted = ExtraChance(enrolment_id=enrolment.id, granted_by=by, reason=reason)
    db.session.add(granted)
    db.session.flush()
    trail.record(Action.EXTRA_ATTEMPT_GRANTED, enrolment, actor=by, reason=reason)
    return granted
