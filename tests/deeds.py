"""What people do, one request a deed, each by somebody who is ready for it: for tests of faults.

`ready` makes a newcomer who needs only this request, and says what would show that it was done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn
from app.admin import roster_vault
from app.agencies.models import Person
from app.core.db import db
from app.jobs.models import Job
from app.learning.models import CaseAnswer, Enrolment, LessonDone
from app.quizzes.models import Attempt, AttemptAnswer
from app.rosters import uploading
from tests import learners, people
from tests.people import PASSWORD, Cast

COURSE = f"/kursus/{learners.SLUG}"
HEADER = "NIP;Nama;Gelar Belakang;Status;Pangkat/Golongan;Jabatan;Kode Unit"
_newcomers = count(1)


@dataclass(frozen=True)
class Deed:
    """A request that somebody is about to send. Who is nobody sends it from a strange browser."""

    who: Person | None
    path: str
    #: Rows that are there afterwards and not before.
    shows: sa.Select[Any]
    form: dict[str, Any] = field(default_factory=dict)
    json: dict[str, Any] | None = None

    def sent_by(self, browser: Any) -> Any:
        """The answer. A file is opened anew each time it is sent."""
        if self.json is not None:
            return browser.post(self.path, json=self.json)
        form = {name: value() if callable(value) else value for name, value in self.form.items()}
        return browser.post(self.path, data=form)

    @property
    def is_done(self) -> bool:
        db.session.rollback()
        done = db.session.scalar(sa.select(self.shows.exists()))
        db.session.rollback()
        return bool(done)


def newcomer(cast: Cast) -> Person:
    number = newcomers_number()
    person = people.add_person(db.session, cast.clinic, number, "Orang Baru", "S.Kep.")
    db.session.commit()
    return person


def newcomers_number() -> str:
    """A NIP that nobody has had yet."""
    days, sequence = divmod(next(_newcomers), 900)
    born = date(1991, 1, 1) + timedelta(days=days)
    return f"{born:%Y%m%d}2016011{sequence + 1:03d}"


def answers_a_case(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    enrolment = learners.enrolled(app, person)
    db.session.commit()
    case = learners.course_of(app).lessons[0].cases[0]
    path = f"{COURSE}/pelajaran/1/kasus/{case.scenario_id}"
    answered = sa.select(CaseAnswer.id).filter_by(enrolment_id=enrolment.id)
    return Deed(person, path, answered, {"answer": "boleh", "phase": case.phase.value})


def finishes_a_lesson(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    enrolment = learners.ready_to_finish(app, person)
    db.session.commit()
    done = sa.select(LessonDone.id).filter_by(enrolment_id=enrolment.id)
    return Deed(person, f"{COURSE}/pelajaran/1/selesai", done)


def starts_the_quiz(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    enrolment = learners.learned(app, person)
    db.session.commit()
    return Deed(
        person, f"{COURSE}/kuis", sa.select(Attempt.id).filter_by(enrolment_id=enrolment.id)
    )


def saves_an_answer(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    attempt = learners.sitting(app, person)
    db.session.commit()
    slot = sa.select(AttemptAnswer.id).filter_by(attempt_id=attempt.id, position=1, choice="boleh")
    return Deed(person, f"/percobaan/{attempt.id}/soal/1", slot, json={"choice": "boleh"})


def submits(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    attempt = learners.answered(learners.sitting(app, person))
    db.session.commit()
    sent = sa.select(Attempt.id).where(Attempt.id == attempt.id, Attempt.passed)
    return Deed(person, f"/percobaan/{attempt.id}/kirim", sent)


def signs(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    enrolment = learners.passed(app, person)
    db.session.commit()
    pledge = learners.catalog_of(app).pledge(learners.course_of(app).pledge_edition)
    ticks = {f"point_{number}": "y" for number in range(1, len(pledge.points) + 1)}
    signed = sa.select(Enrolment.id).where(
        Enrolment.id == enrolment.id, Enrolment.completed_at.is_not(None)
    )
    form = {**ticks, "consent": "y", "password": PASSWORD}
    return Deed(person, f"{COURSE}/pakta", signed, form)


def imports(app: Flask, cast: Cast) -> Deed:
    number = newcomers_number()
    rows = [
        f"{number};Ni Putu Ayu;S.Kep.;PNS;III/a;Perawat;10.1",
        f"{newcomers_number()};Made Sudira;S.Kep.;PNS;III/a;Perawat;10.1",
    ]
    content = "\n".join([HEADER, *rows]).encode()
    upload = roster_vault.receive(cast.agency, cast.dewi, "pegawai.csv", content)
    uploading.preview(upload, roster_vault.bytes_of(upload))
    db.session.commit()
    asked = sa.select(Job.id).filter_by(kind="rosters.apply", subject=f"roster_uploads:{upload.id}")
    path = f"/pegawai/impor/{upload.id}/kerjakan"
    return Deed(cast.dewi, path, asked, {"act": "terapkan"})


def lets_somebody_leave(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    gone = sa.select(Person.id).where(Person.id == person.id, Person.is_active.is_(False))
    form = {"reason": "Pensiun", "sure": "y"}
    return Deed(cast.dewi, f"/pegawai/{person.id}/nonaktif", gone, form)


def signs_in(app: Flask, cast: Cast) -> Deed:
    person = newcomer(cast)
    account = people.account_with_password(db.session, person.id)
    db.session.commit()
    form = {"number": person.number, "password": PASSWORD}
    return Deed(None, "/masuk", sa.select(SignIn.id).filter_by(account_id=account.id), form)


DEEDS: dict[str, Callable[[Flask, Cast], Deed]] = {
    deed.__name__: deed
    for deed in (
        answers_a_case,
        finishes_a_lesson,
        starts_the_quiz,
        saves_an_answer,
        submits,
        signs,
        imports,
        lets_somebody_leave,
        signs_in,
    )
}
