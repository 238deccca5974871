"""Finding credentials: by their holder, by their code, by the bytes of their file."""

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from app.agencies.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.credentials.models import Credential, CredentialFile, Kind
from app.credentials.verification import tidy_code


def credential_by_code(code: str) -> Credential | None:
    """Whatever the code names, revoked and replaced ones too. Forgives how it was typed."""
    tidy = tidy_code(code)
    if tidy is None:
        return None
    return db.session.scalar(
        sa.select(Credential)
        .where(Credential.code == tidy)
        .options(joinedload(Credential.replaced_by), joinedload(Credential.holder))
    )


def credentials_numbered(number: str) -> list[Credential]:
    """What bears an official number: at most one a kind and agency."""
    query = sa.select(Credential).where(Credential.number == number.strip())
    loaded = query.options(joinedload(Credential.replaced_by), joinedload(Credential.holder))
    return list(db.session.scalars(loaded))


def credential_by_sha256(sha256: str) -> Credential | None:
    """The credential whose issued file has exactly this SHA-256 (hex)."""
    return db.session.scalar(
        sa.select(Credential)
        .join(CredentialFile, CredentialFile.credential_id == Credential.id)
        .where(CredentialFile.sha256 == sha256.lower())
        .options(joinedload(Credential.replaced_by))
    )


def credentials_of(person: Person) -> list[Credential]:
    """A person's own documents, newest first."""
    return list(
        db.session.scalars(
            sa.select(Credential)
            .where(Credential.holder_id == person.id)
            .options(joinedload(Credential.replaced_by))
            .order_by(Credential.issued_at.desc(), Credential.id.desc())
        )
    )


def own_credential(person: Person, code: str) -> Credential:
    """A person's own document. Somebody else's does not exist, as far as they can tell."""
    credential = db.session.scalar(
        sa.select(Credential).where(
            Credential.code == (tidy_code(code) or ""), Credential.holder_id == person.id
        )
    )
    if credential is None:
        raise NotFound
    return credential


def credential_named(name: str) -> Credential:
    """The credential that a job is about: `credentials:17`."""
    return db.session.get_one(Credential, int(name.rpartition(":")[2]))


def standing_credential(person: Person, kind: Kind, source: str) -> Credential | None:
    """The one document of this kind that a person holds for a source, revoked or not."""
    return db.session.scalar(
        sa.select(Credential).where(
            Credential.holder_id == person.id,
            Credential.kind == kind,
            Credential.source == source,
            Credential.replaced_at.is_(None),
        )
    )


def unmade_of(source: str, after: int, count: int) -> list[Credential]:
    """Standing documents that were earned by a source and have no file yet, by id from `after`."""
    query = (
        sa.select(Credential)
        .outerjoin(CredentialFile, CredentialFile.credential_id == Credential.id)
        .where(
            Credential.source == source,
            Credential.id > after,
            Credential.stands(),
            CredentialFile.credential_id.is_(None),
        )
        .order_by(Credential.id)
    )
    return list(db.session.scalars(query.limit(count)))


def sealed_file(credential: Credential) -> CredentialFile | None:
    """The frozen file, if it has been made."""
    return db.session.get(CredentialFile, credential.id)


def seal_of(credential: Credential) -> CredentialFile | None:
    """The same without its content: who sealed it, when, and its SHA-256."""
    return db.session.scalar(
        sa.select(CredentialFile)
        .where(CredentialFile.credential_id == credential.id)
        .options(defer(CredentialFile.content))
    )


def any_sealed() -> bool:
    """Whether a file was ever sealed. A database without tables has sealed nothing."""
    if not sa.inspect(db.session.connection()).has_table(CredentialFile.__tablename__):
        return False
    return bool(db.session.scalar(sa.select(sa.exists().select_from(CredentialFile))))
