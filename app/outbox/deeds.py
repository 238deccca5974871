"""The worker's part: send what is due, one after the other, and say what became of each."""

from email.headerregistry import Address
from email.message import EmailMessage

from flask import current_app

from app.core import clock
from app.core.db import Json, start_writing
from app.core.places import place_path
from app.jobs.deeds import Deed, Work
from app.outbox import operations, post, queries
from app.outbox.models import Message, State

#: Messages of one job; the next is asked for, so that nobody's document waits long.
PORTION = 200


def server() -> post.Server | None:
    """The mail server of this installation; None where nothing is sent."""
    config = current_app.config["RAMBU"]
    if not config.SMTP:
        return None
    return post.Server(config.SMTP, config.SMTP_USER, config.SMTP_PASSWORD, config.MAIL_FROM)


def _send(work: Work) -> Json:
    through = server()
    if through is None:
        return {"told": "Tidak ada peladen surel, jadi tidak ada yang dikirim."}
    start_writing()
    operations.settle_lost()
    waiting, sent = queries.due(clock.now(), PORTION), 0
    try:
        with post.connected(through) as client:
            for done, message in enumerate(waiting, start=1):
                sent += _sent(client, through, message, work) is State.SENT
                work.advance(done, len(waiting))
    except post.Unreachable:
        _put_back_due(waiting)
    start_writing()
    operations.ask_to_send()
    return {"told": f"{sent} surel dikirim.", "sent": sent}


def _sent(client: post.Client, through: post.Server, message: Message, work: Work) -> State | None:
    """What became of it; None where it stays. That it is in hand is committed before it leaves,
    so it leaves once at most."""
    start_writing()
    address = operations.open_address(message)
    if address is None or not operations.take(message):
        return None
    written = _written(through, address, message)
    work.advance(0)
    try:
        state = _handed_over(client, through, address, written)
    except post.Unreachable:
        _settle(message, None)
        work.advance(0)
        raise
    _settle(message, state)
    return state


def _handed_over(
    client: post.Client, through: post.Server, to: str, written: EmailMessage
) -> State | None:
    """None where it may be tried again."""
    try:
        post.deliver(client, through, to, written)
    except post.InDoubt:
        return State.DOUBTFUL
    except post.Unsent as refused:
        return State.FAILED if refused.is_final else None
    return State.SENT


def _settle(message: Message, state: State | None) -> None:
    start_writing()
    if state is None:
        operations.put_back(message)
    else:
        operations.end(message, state)


def _put_back_due(waiting: list[Message]) -> None:
    """The server is away: whatever was not tried waits as long as one that was."""
    start_writing()
    for message in waiting:
        if operations.take(message):
            operations.put_back(message)


def _written(through: post.Server, to: str, message: Message) -> EmailMessage:
    """Plain text, with why she gets it and where she ends it."""
    where = f"{current_app.config['RAMBU'].PUBLIC_URL}{place_path('reminders')}"
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = through.sender, to, message.title
    host = Address(addr_spec=through.sender).domain
    written["Message-ID"] = f"<rambu-{message.id}@{host}>"
    written["Date"] = clock.now()
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(f"{message.body}\n\n--\n{message.why}\nAtur pengingat: {where}\n")
    return written


SEND = Deed(operations.KIND, "kirim surel yang menunggu", _send)
