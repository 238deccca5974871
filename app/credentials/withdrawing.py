"""A revocation that needs two persons: one asks, another confirms or declines, each once."""

from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import at_most_one, db, update_if
from app.core.errors import DomainError
from app.credentials import operations
from app.credentials.models import Credential, RevocationRequest


class AlreadyAsked(DomainError):
    message = "Pencabutan dokumen ini sudah diminta dan menunggu admin kepegawaian lain."


class AlreadyDecided(DomainError):
    message = "Permintaan pencabutan ini sudah diputuskan. Tidak ada yang berubah."


class SamePerson(DomainError):
    message = (
        "Pencabutan ini Anda sendiri yang meminta, jadi admin kepegawaian lain yang memutuskannya. "
        "Tidak ada yang berubah."
    )


def ask_to_revoke(credential: Credential, reason: str, by: Person) -> RevocationRequest:
    """Ask for a document to be withdrawn. Until somebody else confirms it stays valid."""
    if credential.is_revoked or credential.is_replaced:
        raise operations.AlreadyWithdrawn
    asked = RevocationRequest(
        credential_id=credential.id, reason=operations.checked(reason), asked_by_id=by.id
    )
    with at_most_one(AlreadyAsked()):
        db.session.add(asked)
    trail.record(
        Action.REVOCATION_ASKED, credential, by, number=credential.number, reason=asked.reason
    )
    return asked


def confirm(asked: RevocationRequest, by: Person) -> None:
    """Withdraw what somebody else asked for. Raises SamePerson and the two Already…"""
    _decide(asked, by, is_granted=True)
    operations.revoke(asked.credential, asked.reason, by)


def decline(asked: RevocationRequest, by: Person) -> None:
    """Leave the document as it is. Whoever asked may decline, too: it is then taken back."""
    _decide(asked, by, is_granted=False)
    trail.record(Action.REVOCATION_DECLINED, asked.credential, by, number=asked.credential.number)


def _decide(asked: RevocationRequest, by: Person, *, is_granted: bool) -> None:
    if is_granted and asked.asked_by_id == by.id:
        raise SamePerson
    values = {"decided_at": clock.now(), "decided_by_id": by.id, "is_granted": is_granted}
    if not update_if(asked, RevocationRequest.decided_at.is_(None), **values):
        raise AlreadyDecided
