"""What a desk asks about the documents of its people: found by what somebody has in hand."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.agencies.models import Person, Unit
from app.agencies.queries import found_by
from app.agencies.scope import Scope
from app.core.db import db
from app.core.errors import NotFound
from app.credentials.models import Credential, CredentialFile, Kind, RevocationRequest
from app.credentials.verification import tidy_code

#: Documents that a search shows.
SHOWN = 50


def _in(scope: Scope) -> sa.Select[tuple[Credential]]:
    return (
        sa.select(Credential)
        .join(Credential.holder)
        .join(Person.unit)
        .where(scope.people())
        .options(
            contains_eager(Credential.holder).contains_eager(Person.unit),
            joinedload(Credential.replaced_by),
        )
    )


def document_in(scope: Scope, code: str) -> Credential:
    """A document of somebody in the scope; any other does not exist."""
    query = _in(scope).where(Credential.code == (tidy_code(code) or ""))
    if (credential := db.session.scalar(query)) is None:
        raise NotFound
    return credential


def documents_found(scope: Scope, typed: str) -> list[Credential]:
    """By code, by number or a part of it, by name or NIP of the holder; the newest first."""
    number = sa.func.lower(Credential.number).contains(typed.lower(), autoescape=True)
    query = _in(scope).where(
        sa.or_(Credential.code == (tidy_code(typed) or ""), number, found_by(typed))
    )
    newest = query.order_by(Credential.issued_at.desc(), Credential.id.desc()).limit(SHOWN + 1)
    return list(db.session.scalars(newest))


def requests_in(scope: Scope) -> list[RevocationRequest]:
    """Revocations that wait for a second person, the oldest first."""
    return list(db.session.scalars(_open(scope).order_by(RevocationRequest.id)))


def request_in(scope: Scope, revocation_id: int) -> RevocationRequest:
    """One of them, decided or not."""
    query = _requests(scope).where(RevocationRequest.id == revocation_id)
    if (asked := db.session.scalar(query)) is None:
        raise NotFound
    return asked


def open_request_of(credential: Credential) -> RevocationRequest | None:
    return db.session.scalar(
        sa.select(RevocationRequest).where(
            RevocationRequest.credential_id == credential.id,
            RevocationRequest.decided_at.is_(None),
        )
    )


def _open(scope: Scope) -> sa.Select[tuple[RevocationRequest]]:
    return _requests(scope).where(RevocationRequest.decided_at.is_(None))


def _requests(scope: Scope) -> sa.Select[tuple[RevocationRequest]]:
    return (
        sa.select(RevocationRequest)
        .join(RevocationRequest.credential)
        .join(Credential.holder)
        .join(Person.unit)
        .where(scope.people())
        .options(
            contains_eager(RevocationRequest.credential)
            .contains_eager(Credential.holder)
            .contains_eager(Person.unit),
            joinedload(RevocationRequest.asked_by),
        )
    )


# ---- all documents of a unit -----------------------------------------------------------------


def standing_ids(scope: Scope, kind: Kind) -> Sequence[int]:
    """Valid documents of the people of a unit and all below it, in the order of their names."""
    query = _of_unit(sa.select(Credential.id), scope, kind)
    return db.session.scalars(query.order_by(Person.sort_key, Credential.id)).all()


def count_made(scope: Scope, kind: Kind) -> tuple[int, int]:
    """How many of these have their file, and how many there are."""
    counted = sa.select(sa.func.count(CredentialFile.credential_id), sa.func.count(Credential.id))
    query = counted.select_from(Credential).outerjoin(
        CredentialFile, CredentialFile.credential_id == Credential.id
    )
    made, all_of_them = db.session.execute(_of_unit(query, scope, kind)).one()
    return made, all_of_them


def unmade_in(scope: Scope, kind: Kind, after: int, count: int) -> list[Credential]:
    """Those without a file, by id from `after`."""
    query = _of_unit(sa.select(Credential), scope, kind).where(
        Credential.id > after,
        ~sa.exists().where(CredentialFile.credential_id == Credential.id),
    )
    return list(db.session.scalars(query.order_by(Credential.id).limit(count)))


def files_of(session: Session, ids: Sequence[int]) -> list[tuple[Credential, CredentialFile]]:
    """Documents with the bytes of their files, in the order of `ids`."""
    query = (
        sa.select(Credential, CredentialFile)
        .join(CredentialFile, CredentialFile.credential_id == Credential.id)
        .where(Credential.id.in_(ids))
    )
    found = {document.id: (document, file) for document, file in session.execute(query)}
    return [found[id] for id in ids if id in found]


def unit_of(subject: str) -> Unit:
    """The unit that a job is about: `units:17`."""
    return db.session.get_one(Unit, int(subject.rpartition(":")[2]))


def _of_unit(query: sa.Select[Any], scope: Scope, kind: Kind) -> sa.Select[Any]:
    return (
        query.join(Person, Person.id == Credential.holder_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(scope.people(), Credential.kind == kind, Credential.stands())
    )
