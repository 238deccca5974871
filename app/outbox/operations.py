"""Queue, take in hand, settle. Each message changes by one statement, and only as it stands."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.db import changed, db, update_if, upsert
from app.core.errors import DomainError
from app.jobs import operations as jobs
from app.outbox import hours, queries
from app.outbox.models import MailAddress, Message, State

KIND = "outbox.send"
#: What most servers take; anything else would need SMTPUTF8, which few speak.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}"
)
#: After so long in the hands of a worker a message is not in them any more.
LOST = timedelta(minutes=10)


class BadAddress(DomainError):
    message = "Alamat surel ini tidak terbaca. Tulis seperti nama@contoh.go.id, atau kosongkan."


@dataclass(frozen=True)
class Letter:
    person_id: int
    subject: str
    occasion: str
    title: str
    body: str
    why: str
    zone: str


def keep_address(person_id: int, address: str, *, refuses: bool) -> None:
    """Where somebody is written to. Raises BadAddress."""
    address = address.strip()
    if address and (len(address) > 254 or not _ADDRESS.fullmatch(address)):
        raise BadAddress
    new = {"address": address, "refuses": refuses, "changed_at": clock.now()}
    insert = upsert(MailAddress).values(person_id=person_id, **new)
    db.session.execute(insert.on_conflict_do_update(index_elements=["person_id"], set_=new))
    if refuses or not address:
        give_up_waiting(person_id)


def give_up_waiting(person_id: int) -> None:
    """What has not gone out to her never does."""
    mine = (Message.person_id == person_id, Message.state == State.WAITING)
    given_up = {"state": State.FAILED, "ended_at": clock.now()}
    db.session.execute(sa.update(Message).where(*mine).values(given_up))


def queue(letters: list[Letter]) -> int:
    """Write to those who can be written to, each once for one thing. Gives how many are new."""
    can, now, new = queries.writable([one.person_id for one in letters]), clock.now(), 0
    for letter in letters:
        if letter.person_id in can:
            due = hours.next_open(now, letter.zone)
            row = upsert(Message).values(
                **vars(letter), state=State.WAITING, attempts=0, made_at=now, due_at=due
            )
            done = db.session.execute(
                row.on_conflict_do_nothing(
                    index_elements=["person_id", "subject", "occasion"]
                ).returning(Message.id)
            )
            new += done.scalar() is not None
    ask_to_send()
    return new


def ask_to_send() -> None:
    """A job for whatever waits, when the first of it is due."""
    first = queries.next_waiting()
    if first is not None:
        jobs.ask(KIND, f"messages:{first.id}:{first.attempts}", due_at=first.due_at)


def open_address(message: Message) -> str | None:
    """Where it may go now. In quiet hours it waits for morning; who wants none is sent none."""
    to, now = queries.address_of(message.person_id), clock.now()
    if to is None or not to.address or to.refuses:
        give_up_waiting(message.person_id)
        return None
    if (opens := hours.next_open(now, message.zone)) > now:
        update_if(message, Message.state == State.WAITING, due_at=opens)
        return None
    return to.address


def take(message: Message) -> bool:
    """Have it in hand. False where another worker has, or it waits again."""
    now = clock.now()
    is_due = sa.and_(Message.state == State.WAITING, Message.due_at <= now)
    in_hand = {"state": State.SENDING, "taken_at": now, "attempts": Message.attempts + 1}
    return update_if(message, is_due, **in_hand)


def end(message: Message, state: State) -> None:
    update_if(message, Message.state == State.SENDING, state=state, ended_at=clock.now())


def put_back(message: Message) -> None:
    """It did not go out: again after a pause, or never."""
    again = hours.again_after(message.attempts, clock.now(), message.zone)
    if again is None:
        end(message, State.FAILED)
    else:
        in_hand = Message.state == State.SENDING
        update_if(message, in_hand, state=State.WAITING, due_at=again, taken_at=None)


def settle_lost() -> int:
    """What a worker had in hand when it died may have gone out, so it is never sent again."""
    lost = (Message.state == State.SENDING, Message.taken_at < clock.now() - LOST)
    values = {"state": State.DOUBTFUL, "ended_at": clock.now()}
    return changed(sa.update(Message).where(*lost).values(values))


def forget(before: datetime) -> int:
    """Forget messages that ended before a moment."""
    return changed(sa.delete(Message).where(Message.ended_at < before))
