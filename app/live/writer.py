"""Where phones' messages arrive: whatever waits is kept in one transaction, then each is told.

A storm of answers is then a few commits, and none is acknowledged before its own. `core.front`
hands over what waits; a single message (a test, a form) takes the same way.
"""

import json
from collections.abc import Mapping, Sequence

from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core import clock
from app.core.db import db, start_writing
from app.core.hosts import Hosts
from app.core.together import Answer, Message
from app.live import answering, letters, tickets
from app.live.addresses import MESSAGES
from app.live.answering import Reply, Stored
from app.live.attendance import slot_of
from app.live.letters import Letter, Unreadable

TICKET = "x-tiket"
#: Seconds after which a phone that could not be served comes again, spread by half.
AGAIN = 3
_HEADERS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]
#: What a message without a good ticket is told.
NO_TICKET = "Tiket sesi ini tidak berlaku lagi. Muat ulang halaman, lalu masuk sekali lagi."
BUSY = "Server sedang penuh. Jawaban Anda aman di ponsel ini dan dikirim lagi sebentar lagi."
UNREADABLE = "Kiriman ini tidak dapat dibaca. Muat ulang halaman."


class Writer:
    """Answers messages for an application; asked by one thread at a time in each worker."""

    def __init__(self, app: Flask, hosts: Hosts) -> None:
        self.app, self.hosts = app, hosts

    def takes(self, method: str, path: str) -> bool:
        """Whether a request is one of ours."""
        return method == "POST" and MESSAGES.fullmatch(path) is not None

    def refused(self) -> Answer:
        """What is said where too many wait already."""
        return _said(503, {"error": BUSY}, ("Retry-After", str(AGAIN)))

    def answer(self, messages: Sequence[Message]) -> list[Answer]:
        """One answer for each message, in their order; all of them after one commit."""
        opened = [self._opened(message) for message in messages]
        wanted = [one for one in opened if isinstance(one, Letter)]
        try:
            kept = iter(self._keep(wanted)) if wanted else iter(())
        except (DBAPIError, PoolTimeout) as error:
            self.app.logger.error("answers not kept: %s", type(error).__name__)
            kept = iter([self.refused()] * len(wanted))
        return [next(kept) if isinstance(one, Letter) else one for one in opened]

    def _opened(self, message: Message) -> Letter | Answer:
        if not self.hosts.is_ours(message.headers.get("host")):
            return _said(421, {"error": UNREADABLE})
        ticket = tickets.read(message.headers.get(TICKET))
        if ticket is None:
            return _said(401, {"error": NO_TICKET})
        try:
            return letters.read(message.body, ticket.session_id, ticket.participant_id)
        except Unreadable:
            return _said(400, {"error": UNREADABLE})

    def _keep(self, wanted: Sequence[Letter]) -> list[Answer]:
        with self.app.app_context():
            try:
                start_writing()
                now = clock.now()
                replies = answering.keep([one for letter in wanted for one in letter.answers])
                answering.note_presence(
                    (letter.participant_id, slot_of(now)) for letter in wanted if letter.is_here
                )
                held = answering.held_by(
                    {(run, letter.participant_id) for letter in wanted for run in letter.asks}
                )
                db.session.commit()
            except BaseException:
                db.session.rollback()
                raise
        given = iter(replies)
        return [_told(letter, [next(given) for _ in letter.answers], held) for letter in wanted]


def _told(letter: Letter, replies: list[Reply], held: Mapping[tuple[int, int], Stored]) -> Answer:
    asked = {(run, letter.participant_id) for run in letter.asks}
    mine = {run: stored for (run, one), stored in held.items() if (run, one) in asked}
    return _said(200, letters.told(clock.now(), replies, mine))


def _said(status: int, body: Mapping[str, object], *more: tuple[str, str]) -> Answer:
    content = json.dumps(body, separators=(",", ":")).encode()
    return Answer(status, [*_HEADERS, *more], content)
