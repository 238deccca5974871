"""What is true of a database whatever happened to it: no deed in it is half done.

`faults()` asks whatever database the session is bound to, and names what is not whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from app.agencies.models import Identifier, Person, Placement
from app.audit import verifying
from app.audit.models import AuditEntry
from app.config import sqlite_module
from app.core.db import db
from app.credentials.models import Credential, CredentialCounter
from app.learning.models import Enrolment
from app.printing.facts import Kind
from app.quizzes import queries as quizzes
from app.quizzes.grading import grade
from app.quizzes.models import Attempt, AttemptAnswer
from app.quizzes.paper import thaw


@contextmanager
def bound_to(file: Path) -> Iterator[None]:
    """The session asks this SQLite file instead, as it is, inside an application context."""
    db.session.remove()
    ordinary = db.engines[None]
    db.engines[None] = sa.create_engine(
        f"sqlite:///{file}", module=sqlite_module(), poolclass=NullPool
    )
    try:
        yield
    finally:
        db.session.remove()
        db.engines[None] = ordinary


def faults() -> list[str]:
    """In one sentence each; none where everything is whole."""
    found = [
        *_of_the_file(),
        *_of_scores(),
        *_of_signatures(),
        *_of_numbers(),
        *_of_people(),
        *_of_the_trail(),
    ]
    db.session.rollback()
    return found


def _of_the_file() -> Iterator[str]:
    if db.session.get_bind().dialect.name != "sqlite":
        return
    for check in ("integrity_check", "foreign_key_check"):
        rows = db.session.execute(sa.text(f"PRAGMA {check}")).all()
        yield from (f"{check}: {row}" for row in rows if tuple(row) != ("ok",))


def _of_scores() -> Iterator[str]:
    """A score is what its paper and its saved answers give, and a pass is one of them."""
    for attempt in db.session.scalars(sa.select(Attempt)):
        slots = db.session.scalars(sa.select(AttemptAnswer).filter_by(attempt_id=attempt.id)).all()
        if len(slots) != len(attempt.paper["questions"]):
            yield f"attempt {attempt.id} has {len(slots)} slots"
        if attempt.is_open:
            continue
        marked = grade(thaw(attempt.paper), quizzes.answers_of(attempt))
        if (marked.score_percent, marked.passed) != (attempt.score_percent, attempt.passed):
            yield f"attempt {attempt.id} is scored {attempt.score_percent}"
    for enrolment in db.session.scalars(sa.select(Enrolment)):
        best = db.session.scalar(
            sa.select(sa.func.max(Attempt.score_percent)).where(
                Attempt.enrolment_id == enrolment.id, Attempt.passed
            )
        )
        if best != enrolment.score_percent:
            yield f"enrolment {enrolment.id} passed with {enrolment.score_percent}, not {best}"


def _of_signatures() -> Iterator[str]:
    """Who signed has both documents, and nobody else has any."""
    for enrolment in db.session.scalars(sa.select(Enrolment)):
        kinds = db.session.scalars(
            sa.select(Credential.kind).where(
                Credential.holder_id == enrolment.person_id,
                Credential.source == enrolment.source,
                Credential.replaced_at.is_(None),
            )
        ).all()
        both = [Kind.CERTIFICATE, Kind.PLEDGE]
        if sorted(kinds) != (both if enrolment.has_signed else []):
            yield f"enrolment {enrolment.id}: signed {enrolment.signed_at}, documents {kinds}"


def _of_numbers() -> Iterator[str]:
    """From 1, without a gap, up to what the counter says."""
    key = (Credential.agency_id, Credential.kind, Credential.year)
    counted = {
        (row.agency_id, row.kind, row.year): row.last
        for row in db.session.scalars(sa.select(CredentialCounter))
    }
    given: dict[tuple, list[int]] = {}
    for *series, number in db.session.execute(sa.select(*key, Credential.sequence)):
        given.setdefault(tuple(series), []).append(number)
    for series in counted.keys() | given.keys():
        numbers = sorted(given.get(series, []))
        if numbers != list(range(1, counted.get(series, 0) + 1)):
            yield f"numbers of {series}: {numbers}, counted {counted.get(series)}"


def _of_people() -> Iterator[str]:
    """Everybody has a number of her own and, while active, one place where she works."""
    places = sa.select(Placement.person_id).where(Placement.until.is_(None))
    present = db.session.scalars(places.order_by(Placement.person_id)).all()
    active = sa.select(Person.id).where(Person.is_active).order_by(Person.id)
    here = db.session.scalars(active).all()
    if present != here:
        yield f"present places of {present}, active people {here}"
    named = sa.select(Identifier.id).where(
        Identifier.person_id == Person.id, Identifier.number == Person.number
    )
    for nobody in db.session.scalars(sa.select(Person.id).where(~named.exists())):
        yield f"the number of person {nobody} is not on record"


def _of_the_trail() -> Iterator[str]:
    """The chain holds, and says of each of these deeds that it was done."""
    if broken := verifying.first_fault():
        yield broken
    counts = {
        "attempt.submitted": sa.select(sa.func.count(Attempt.submitted_at)),
        "pledge.signed": sa.select(sa.func.count(Enrolment.signed_at)),
        "credential.issued": sa.select(sa.func.count(Credential.id)).where(
            Credential.id.not_in(
                sa.select(Credential.replaced_by_id).where(Credential.replaced_by_id.is_not(None))
            )
        ),
        "credential.revoked": sa.select(sa.func.count(Credential.revoked_at)),
        "credential.replaced": sa.select(sa.func.count(Credential.replaced_at)),
    }
    for action, query in counts.items():
        told = sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == action)
        done, said = db.session.scalar(query), db.session.scalar(told)
        if done != said:
            yield f"{action}: {done} times, but {said} entries"
