"""A host's commands: one a version, whoever presses, however often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.catalog.terms import Phase
from app.core import clock
from app.core.db import Json, at_most_one, db, hold
from app.core.errors import DomainError
from app.live import deeds, queries, tallies
from app.live.models import (
    LiveEvent,
    LiveQuestion,
    LiveRun,
    LiveSession,
)
from app.live.paper import thaw
from app.live.timeline import LEAD, Scene, scene_of

#: Seconds that a question may be open, and that an extension adds.
SECONDS = range(10, 601)
EXTENSION = timedelta(seconds=30)
#: How long after its end a session that nobody has ended counts as forgotten.
LEFT_OPEN = timedelta(hours=6)


class Moved(DomainError):
    """Somebody else, or the same finger, was first: the page showed an older version."""

    message = (
        "Perintah ini tidak dijalankan karena keadaan sesi sudah berubah: pemandu lain, atau Anda "
        "sendiri, baru saja menekan tombol. Yang tampil sekarang adalah keadaan terbaru."
    )
    status = 409


class NotNow(DomainError):
    message = "Perintah ini tidak dapat dijalankan pada keadaan sekarang. Tidak ada yang berubah."
    status = 409


class NothingLeft(NotNow):
    message = "Semua pertanyaan sudah dipakai atau dilewati. Akhiri sesi bila sudah selesai."


class StillTime(NotNow):
    message = (
        "Masih ada peserta yang memakai waktu tambahan. Tunggu sampai waktunya habis, atau tekan "
        "“Bahas sekarang juga”."
    )


@dataclass(frozen=True, slots=True)
class Orders:
    """What a command may say besides its name."""

    seconds: int | None = None
    question_id: int | None = None
    #: Phase of today, where the question is judged in both.
    today: Phase | None = None
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command stands before: the session held, its latest run, the moment."""

    session: LiveSession
    run: LiveRun | None
    now: datetime
    #: None is the house itself.
    actor: Person | None
    orders: Orders

    @property
    def scene(self) -> Scene:
        return scene_of(self.session.times, self.run.times if self.run else None, self.now)

    @property
    def on(self) -> LiveRun:
        """The run of a scene that has one."""
        assert self.run is not None, "the scene says that there is one"
        return self.run

    def must_be(self, *scenes: Scene) -> None:
        if self.scene not in scenes:
            raise NotNow


def command(
    session: LiveSession, name: str, expected: int, actor: Person, orders: Orders = Orders()
) -> LiveSession:
    """Do what a host asks, if the session still is what her page showed (`expected`, its version).

    Raises Moved when it is not, NotNow when the scene does not allow it, KeyError for a command
    that does not exist.
    """
    deed = COMMANDS[name]
    hold(session)
    if session.version != expected:
        raise Moved
    _do(deed, session, name, actor, orders)
    return session


def end_forgotten() -> int:
    """End what nobody has ended for LEFT_OPEN since it was planned to end, and since the last
    question closed. Gives how many sessions that were."""
    found = queries.left_open(clock.now() - LEFT_OPEN)
    for session in found:
        hold(session)
        _do(_end, session, "end", None, Orders())
    return len(found)


def _do(
    deed: Callable[[Desk], Json],
    session: LiveSession,
    name: str,
    actor: Person | None,
    orders: Orders,
) -> None:
    """One command on a session that is held, and the version that it makes."""
    run = queries.latest_run(session.id)
    if run is not None:
        hold(run)
    told = deed(Desk(session, run, clock.now(), actor, orders))
    note_event(session, name, actor, told)


def note_event(session: LiveSession, name: str, actor: Person | None, told: Json) -> None:
    """What was done to a session that is held, as the next version of it. Raises Moved."""
    session.version += 1
    event = LiveEvent(
        session_id=session.id,
        version=session.version,
        at=clock.now(),
        actor_id=actor.id if actor else None,
        command=name,
        data=told,
    )
    with at_most_one(Moved()):
        db.session.add(event)


def _lobby(desk: Desk) -> Json:
    desk.must_be(Scene.DRAFT)
    desk.session.lobby_at = desk.now
    trail.record(Action.LIVE_OPENED, desk.session, actor=desk.actor, title=desk.session.title)
    return {}


def _open(desk: Desk) -> Json:
    """The question that is named, or the next one, in today's phase."""
    desk.must_be(Scene.LOBBY, Scene.REVEALED)
    question = queries.question_to_open(desk.session.id, desk.orders.question_id)
    if question is None:
        raise NothingLeft
    phase = thaw(question.paper).asked_in(desk.orders.today)
    return _opened(desk, question, phase)


def _again(desk: Desk) -> Json:
    """A second round of the question that was just discussed."""
    desk.must_be(Scene.CLOSED, Scene.REVEALED)
    if desk.on.revealed_at is None:
        _reveal_now(desk)
    return _opened(desk, desk.on.question, desk.on.phase)


def _other(desk: Desk) -> Json:
    """The same act in the other phase."""
    desk.must_be(Scene.REVEALED)
    other = thaw(desk.on.question.paper).other_phase(desk.on.phase)
    if other is None:
        raise NotNow("Kasus ini berlaku sama sebelum dan sesudah penetapan calon.")
    return _opened(desk, desk.on.question, other)


def _opened(desk: Desk, question: LiveQuestion, phase: Phase) -> Json:
    seconds = desk.orders.seconds or desk.session.seconds
    if seconds not in SECONDS:
        raise NotNow(f"Waktu menjawab {SECONDS[0]} sampai {SECONDS[-1]} detik.")
    opens_at = desk.now + LEAD
    run = LiveRun(
        session_id=desk.session.id,
        question_id=question.id,
        phase=phase,
        round=queries.rounds_of(question.id, phase) + 1,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(seconds=seconds),
    )
    db.session.add(run)
    db.session.flush()
    question.skipped_at = None
    desk.session.started_at = desk.session.started_at or desk.now
    return {"run": run.id, "question": question.place, "phase": phase.value, "seconds": seconds}


def _extend(desk: Desk) -> Json:
    desk.must_be(Scene.READY, Scene.OPEN)
    desk.on.closes_at += EXTENSION
    return {"run": desk.on.id}


def _close(desk: Desk) -> Json:
    desk.must_be(Scene.OPEN)
    desk.on.closes_at = max(desk.now, desk.on.opens_at + timedelta(milliseconds=1))
    return {"run": desk.on.id}


def _reveal(desk: Desk) -> Json:
    desk.must_be(Scene.CLOSED)
    longest = queries.longest_extra(desk.session.id)
    if not desk.orders.is_meant and desk.now < desk.on.times.close_for(longest):
        raise StillTime
    _reveal_now(desk)
    return {"run": desk.on.id}


def _reveal_now(desk: Desk) -> None:
    desk.on.revealed_at = desk.now
    desk.on.tally = tallies.of_run(desk.on.id).as_json()
    db.session.flush()


def _void(desk: Desk) -> Json:
    """The wrong question was opened: it is kept, and counts for nothing."""
    desk.must_be(Scene.READY, Scene.OPEN, Scene.CLOSED, Scene.REVEALED)
    desk.on.voided_at = desk.now
    return {"run": desk.on.id}


def _skip(desk: Desk) -> Json:
    desk.must_be(Scene.LOBBY, Scene.REVEALED)
    question = queries.question_to_open(desk.session.id, desk.orders.question_id)
    if question is None:
        raise NothingLeft
    question.skipped_at = desk.now
    return {"question": question.place}


def _pause(desk: Desk) -> Json:
    desk.must_be(Scene.LOBBY, Scene.READY, Scene.OPEN, Scene.CLOSED, Scene.REVEALED)
    desk.session.paused_at = desk.now
    return {}


def _resume(desk: Desk) -> Json:
    """Whatever time was left when it was paused is left again."""
    desk.must_be(Scene.PAUSED)
    paused_at, run = desk.session.paused_at, desk.run
    assert paused_at is not None, "that is what the scene says"
    desk.session.paused_at = None
    if run is not None and run.revealed_at is None and run.voided_at is None:
        gone = desk.now - paused_at
        if paused_at < run.closes_at:
            run.closes_at += gone
        if paused_at < run.opens_at:
            run.opens_at += gone
    return {}


def _signing(desk: Desk) -> Json:
    """Invite those who have passed to sign, each on her own phone."""
    desk.must_be(Scene.LOBBY, Scene.REVEALED)
    desk.session.signing_at = desk.session.signing_at or desk.now
    return {}


def _end(desk: Desk) -> Json:
    """What is open is closed and counted; what has not opened yet counts for nothing."""
    if desk.scene in (Scene.DRAFT, Scene.ENDED):
        raise NotNow
    run, session = desk.run, desk.session
    if run is not None and run.revealed_at is None and run.voided_at is None:
        if desk.now < run.opens_at:
            run.voided_at = desk.now
        else:
            run.closes_at = min(
                run.closes_at, max(desk.now, run.opens_at + timedelta(milliseconds=1))
            )
            _reveal_now(desk)
    session.paused_at, session.ended_at = None, desk.now
    db.session.flush()
    session.digest = tallies.digest_of(session.id)
    told: dict[str, object] = {"joined": tallies.joined(session.id), "digest": session.digest}
    trail.record(
        Action.LIVE_ENDED,
        session,
        actor=desk.actor,
        runs=tallies.by_run(session.id),
        **told,
    )
    if not session.is_rehearsal:
        deeds.ask_to_give(session)
    return {"joined": told["joined"]}


#: Every command by the name that a page sends.
COMMANDS: Mapping[str, Callable[[Desk], Json]] = {
    "lobby": _lobby,
    "open": _open,
    "again": _again,
    "other": _other,
    "extend": _extend,
    "close": _close,
    "reveal": _reveal,
    "void": _void,
    "skip": _skip,
    "pause": _pause,
    "resume": _resume,
    "signing": _signing,
    "end": _end,
}
