"""Issue, seal, revoke and replace. Each happens once; the database settles who came first."""

import hashlib

import sqlalchemy as sa

from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.dates import local
from app.core.db import at_most_one, db, start_writing, update_if
from app.core.errors import DomainError
from app.credentials import queries
from app.credentials.models import Credential, CredentialFile
from app.credentials.numbering import PATTERNS, official_number
from app.credentials.press import Press
from app.printing.facts import Facts, Kind, to_json

#: Longest reason that the public page shows.
REASON_LENGTH = 200


class AlreadyIssued(DomainError):
    message = "Dokumen ini sudah diterbitkan untuk Anda. Buka halaman Dokumen untuk mengunduhnya."


class AlreadySealed(DomainError):
    message = "Berkas dokumen ini baru saja disiapkan. Muat ulang halaman untuk mengunduhnya."


class AlreadyWithdrawn(DomainError):
    message = "Dokumen ini sudah dicabut atau diganti sebelumnya. Tidak ada yang berubah."


class ReasonMissing(DomainError):
    message = f"Alasan wajib diisi, paling panjang {REASON_LENGTH} huruf. Tidak ada yang berubah."


class NeverSealed(DomainError):
    message = (
        "Dokumen ini dicabut atau diganti sebelum berkasnya dibuat, sehingga tidak ada berkas "
        "yang dapat diunduh. Keterangannya tetap terbaca di laman verifikasi."
    )


def issue(holder: Person, source: str, facts: Facts, actor: Person | None = None) -> Credential:
    """Number and freeze a document, once per holder, kind and source. Raises AlreadyIssued.

    The file is made later, when it is first asked for: see `deeds`.
    """
    if queries.standing_credential(holder, facts.kind, source) is not None:
        raise AlreadyIssued
    with at_most_one(AlreadyIssued()):
        credential = _numbered(holder, source, facts)
        db.session.add(credential)
    trail.record(
        Action.CREDENTIAL_ISSUED,
        credential,
        actor=actor,
        kind=credential.kind.value,
        number=credential.number,
        source=source,
        holder=holder.id,
    )
    return credential


def file_of(credential: Credential, press: Press) -> CredentialFile:
    """The sealed file: made once, the same bytes ever after. Of racing makers one is kept."""
    if made := queries.sealed_file(credential):
        return made
    check_sealable(credential)
    sealed = press.produce(credential)
    file = CredentialFile(
        credential_id=credential.id,
        content=sealed.content,
        sha256=hashlib.sha256(sealed.content).hexdigest(),
        size=len(sealed.content),
        seal_serial=sealed.serial,
        sealed_at=sealed.at,
    )
    start_writing()
    try:
        with at_most_one(AlreadySealed()):
            db.session.add(file)
    except AlreadySealed:
        kept = queries.sealed_file(credential)
        assert kept is not None, "the winner of the race has committed it"
        return kept
    trail.record(
        Action.CREDENTIAL_SEALED, credential, sha256=file.sha256, seal_serial=file.seal_serial
    )
    return file


def check_sealable(credential: Credential) -> None:
    """A document that was withdrawn before it had a file gets none. Raises NeverSealed."""
    if credential.is_revoked or credential.is_replaced:
        raise NeverSealed


def revoke(credential: Credential, reason: str, actor: Person) -> None:
    """Withdraw a document for good. It stays visible, with the reason."""
    reason = checked(reason)
    withdrawn = update_if(
        credential,
        Credential.stands(),
        revoked_at=clock.now(),
        revoked_reason=reason,
        revoked_by_id=actor.id,
    )
    if not withdrawn:
        raise AlreadyWithdrawn
    trail.record(
        Action.CREDENTIAL_REVOKED, credential, actor, number=credential.number, reason=reason
    )


def replace(credential: Credential, facts: Facts, actor: Person, reason: str) -> Credential:
    """Issue anew with other facts, a new number and a new code; the old one says by which."""
    reason = checked(reason)
    retired = update_if(
        credential,
        Credential.stands(),
        replaced_at=clock.now(),
    )
    if not retired:
        raise AlreadyWithdrawn
    successor = _numbered(credential.holder, credential.source, facts)
    db.session.add(successor)
    db.session.flush()
    credential.replaced_by = successor
    db.session.flush()
    trail.record(
        Action.CREDENTIAL_REPLACED,
        credential,
        actor,
        number=credential.number,
        by=successor.number,
        reason=reason,
    )
    return successor


def _numbered(holder: Person, source: str, facts: Facts) -> Credential:
    now = clock.now()
    day = local(now, facts.issuer.zone).date()
    sequence = _next_sequence(holder.agency_id, facts.kind, day.year)
    return Credential(
        kind=facts.kind,
        holder_id=holder.id,
        agency_id=holder.agency_id,
        source=source,
        number=official_number(
            PATTERNS[facts.kind], sequence=sequence, office=facts.issuer.office_short, day=day
        ),
        sequence=sequence,
        year=day.year,
        facts=to_json(facts),
        issued_at=now,
    )


def _next_sequence(agency_id: int, kind: Kind, year: int) -> int:
    """Take the next number. Its counter row is held until the caller's transaction ends, so a
    number that was rolled back is given again: no gaps, no doubles."""
    number: int = db.session.scalar(
        sa.text(
            "INSERT INTO credential_counters (agency_id, kind, year, last) "
            "VALUES (:agency_id, :kind, :year, 1) "
            "ON CONFLICT (agency_id, kind, year) "
            "DO UPDATE SET last = credential_counters.last + 1 RETURNING last"
        ),
        {"agency_id": agency_id, "kind": kind.value, "year": year},
    )
    return number


def checked(reason: str) -> str:
    """Raises ReasonMissing."""
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= REASON_LENGTH:
        raise ReasonMissing
    return reason
