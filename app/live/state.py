"""The one small document that every phone in a session reads, again and again.

It is the same for everybody, holds no person and no key before the reveal, and is made from one
row at most twice a second in each worker, however many ask.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from app.core import clock
from app.core.db import db
from app.live import addresses
from app.live.answering import milliseconds
from app.live.models import LiveQuestion, LiveRun, LiveSession
from app.live.paper import mark_of
from app.live.timeline import RunTimes, Scene, SessionTimes, next_turn, scene_of

#: Seconds for which a document is given as it is.
FRESH = 0.5
#: Codes remembered at most; whoever tries codes meets an empty shelf, and no more memory.
SHELF = 1_000
#: Milliseconds after which a phone asks again, by scene. Phones spread them by half.
POLLS = {
    Scene.DRAFT: 10_000,
    Scene.LOBBY: 5_000,
    Scene.READY: 2_000,
    Scene.OPEN: 3_000,
    Scene.CLOSED: 3_000,
    Scene.REVEALED: 3_000,
    Scene.PAUSED: 5_000,
    Scene.ENDED: 15_000,
}
_session, _run, _question = LiveSession.__table__, LiveRun.__table__, LiveQuestion.__table__


@dataclass(frozen=True, slots=True)
class Document:
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class _Kept:
    document: Document | None
    #: By the monotonic clock.
    until: float


def document_of(code: str) -> Document | None:
    """The document of a session as it stands now; None where there is no such session."""
    row = db.session.execute(_state(), {"code": code}).one_or_none()
    if row is None:
        return None
    now = clock.now()
    run = None
    if row.run is not None:
        run = RunTimes(row.opens_at, row.closes_at, row.revealed_at, row.voided_at)
    scene = scene_of(SessionTimes(row.lobby_at, row.paused_at, row.ended_at), run, now)
    told = {
        "v": row.version,
        "phase": scene.value,
        "run": None,
        "n": None,
        "of": row.of,
        "opens": None,
        "closes": None,
        "q": None,
        "res": None,
        "poll": POLLS[scene],
        "sign": row.signing_at is not None,
    }
    if run is not None and run.voided_at is None:
        told |= {"run": row.run, "n": row.place}
        told |= {"opens": milliseconds(run.opens_at), "closes": milliseconds(run.closes_at)}
        mark = question_mark(row.run, row.paper, row.phase)
        told["q"] = addresses.question(code, row.run, mark)
        if run.revealed_at is not None:
            mark = result_mark(row.run, row.paper, row.tally)
            told["res"] = addresses.result(code, row.run, mark)
    if (turn := next_turn(run, now)) is not None and scene in (Scene.READY, Scene.OPEN):
        told["poll"] = max(1_000, min(POLLS[scene], milliseconds(turn) - milliseconds(now)))
    body = json.dumps(told, separators=(",", ":")).encode()
    return Document(body, sha256(body).hexdigest()[:16])


def question_mark(run_id: int, paper: object, phase: str) -> str:
    return mark_of("q", run_id, paper, str(phase))


def result_mark(run_id: int, paper: object, tally: object) -> str:
    return mark_of("res", run_id, paper, tally)


class States:
    """The documents of all sessions, in one worker: asked of the database at most every FRESH
    seconds each, by one thread, while the others are given what there was."""

    def __init__(self, make: Callable[[str], Document | None]) -> None:
        self._make = make
        self._shelf: dict[str, _Kept] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, code: str) -> Document | None:
        """The document, at most FRESH seconds old (and as old as its making takes)."""
        kept = self._shelf.get(code)
        if kept is not None and time.monotonic() < kept.until:
            return kept.document
        lock = self._lock_of(code)
        if not lock.acquire(blocking=kept is None):
            assert kept is not None, "who has nothing waits"
            return kept.document
        try:
            again = self._shelf.get(code)
            if again is not None and time.monotonic() < again.until:
                return again.document
            document = self._make(code)
            self._shelf[code] = _Kept(document, time.monotonic() + FRESH)
            return document
        finally:
            lock.release()

    def forget(self) -> None:
        """For a command: whoever gave it wants to see it."""
        with self._guard:
            self._shelf.clear()

    def _lock_of(self, code: str) -> threading.Lock:
        with self._guard:
            if len(self._locks) >= SHELF:
                self._shelf.clear()
                self._locks.clear()
            return self._locks.setdefault(code, threading.Lock())


def _state() -> sa.Select:  # type: ignore[type-arg]  # columns of four tables
    latest = (
        sa.select(sa.func.max(_run.c.id))
        .where(_run.c.session_id == _session.c.id)
        .correlate(_session)
        .scalar_subquery()
    )
    count = (
        sa.select(sa.func.count())
        .where(_question.c.session_id == _session.c.id, _question.c.skipped_at.is_(None))
        .correlate(_session)
        .scalar_subquery()
    )
    asked = _question.alias()
    times = ("opens_at", "closes_at", "revealed_at", "voided_at", "phase", "tally")
    return (
        sa.select(
            *(_session.c[name] for name in ("version", "lobby_at", "paused_at", "ended_at")),
            _session.c.signing_at,
            _run.c.id.label("run"),
            *(_run.c[name] for name in times),
            asked.c.place,
            asked.c.paper,
            count.label("of"),
        )
        .select_from(_session)
        .outerjoin(_run, _run.c.id == latest)
        .outerjoin(asked, asked.c.id == _run.c.question_id)
        .where(_session.c.code == sa.bindparam("code"))
    )
