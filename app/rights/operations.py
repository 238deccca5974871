"""Ask, answer, end a restriction. Whoever calls has checked whose scope it is."""

from app.agencies import operations as roster
from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import at_most_one, db, update_if
from app.core.errors import DomainError
from app.rights import letting_go
from app.rights.models import DataRequest, Outcome, Wish


class AlreadyAsked(DomainError):
    message = (
        "Permintaan Anda yang sejenis masih menunggu jawaban. Tidak ada yang berubah. Tunggu "
        "jawabannya dahulu; permintaan jenis lain dapat Anda kirim sekarang."
    )


class AlreadyAnswered(DomainError):
    message = "Permintaan ini sudah dijawab. Tidak ada yang berubah."


class YourOwn(DomainError):
    message = (
        "Permintaan Anda sendiri dijawab oleh admin kepegawaian lain, atau oleh pengelola server. "
        "Tidak ada yang berubah."
    )


def ask(person: Person, wish: Wish, text: str) -> DataRequest:
    """Send a request to whoever administers this person's data. Raises AlreadyAsked."""
    request = DataRequest(person_id=person.id, wish=wish, text=text)
    with at_most_one(AlreadyAsked()):
        db.session.add(request)
    # Not its words: they would stay in the trail for ever.
    trail.record(Action.DATA_REQUESTED, request, actor=person, wish=wish.value)
    return request


def answer(request: DataRequest, outcome: Outcome, text: str, by: Person | None) -> None:
    """Answer once; what is granted is done in the same transaction, but for a correction, which is
    made on the person's page. `by` None is the operator. Raises AlreadyAnswered, YourOwn."""
    if by is not None and by.id == request.person_id:
        raise YourOwn
    answered = {
        "outcome": outcome,
        "answer": text,
        "answered_at": clock.now(),
        "answered_by_id": by.id if by else None,
    }
    if not update_if(request, DataRequest.answered_at.is_(None), **answered):
        raise AlreadyAnswered
    facts = {"wish": request.wish.value, "outcome": outcome.value}
    trail.record(Action.DATA_ANSWERED, request, actor=by, **facts)
    if outcome is Outcome.GRANTED:
        _grant(request.wish, request.person, by)


def _grant(wish: Wish, person: Person, by: Person | None) -> None:
    match wish:
        case Wish.ERASURE:
            letting_go.erase(person, by)
        case Wish.RESTRICTION:
            roster.restrict(person, by)
        case Wish.CORRECTION:
            pass


def end_restriction(person: Person) -> bool:
    """Its owner wants it no more. False when there was none."""
    return roster.end_restriction(person, person)
