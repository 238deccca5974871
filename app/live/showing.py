"""What one participant sees of a session now: the scene, the question, her answer, the result."""

from dataclasses import dataclass
from datetime import datetime

from app.core import clock
from app.live import answering, queries
from app.live.answering import Stored
from app.live.models import LiveParticipant, LiveRun, LiveSession
from app.live.paper import CHOICES, Face, Key, Paper, thaw
from app.live.tallies import Tally, tally_from
from app.live.timeline import Scene, scene_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A scene as a page shows it; what is None is not to be seen in it."""

    scene: Scene
    participant: LiveParticipant | None
    run: LiveRun | None = None
    place: int | None = None
    total: int = 0
    face: Face | None = None
    #: When it closes for this participant.
    closes_at: datetime | None = None
    mine: Stored | None = None
    #: Only after the reveal.
    paper: Paper | None = None
    key: Key | None = None
    tally: Tally | None = None
    choices: tuple[tuple[str, str], ...] = CHOICES


def scene(session: LiveSession, me: LiveParticipant | None) -> Shown:
    """The session as it stands, for somebody who takes part or who has only come."""
    run = queries.latest_run(session.id)
    now_seen = scene_of(session.times, run.times if run else None, clock.now())
    total = sum(one.skipped_at is None for one in queries.questions_of(session.id))
    if run is None or run.voided_at is not None or me is None:
        return Shown(now_seen, me, total=total)
    paper = thaw(run.question.paper)
    held = answering.held_by({(run.id, me.id)})
    is_revealed = run.revealed_at is not None
    return Shown(
        scene=now_seen,
        participant=me,
        run=run,
        place=run.question.place,
        total=total,
        face=paper.face(run.phase),
        closes_at=run.times.close_for(me.extra_percent),
        mine=held.get((run.id, me.id)),
        paper=paper if is_revealed else None,
        key=paper.key(run.phase) if is_revealed else None,
        tally=tally_from(run.tally) if is_revealed else None,
    )
