"""What one participant sees of a session now: the scene, the question, her answer, the result."""

from dataclasses import dataclass
from math import ceil

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
    run: LiveRun | None = None
    place: int | None = None
    face: Face | None = None
    #: Until it opens, or closes for this participant.
    seconds_left: int = 0
    mine: Stored | None = None
    #: Whether what was opened last was opened by mistake.
    is_voided: bool = False
    #: Only after the reveal.
    paper: Paper | None = None
    key: Key | None = None
    tally: Tally | None = None
    choices: tuple[tuple[str, str], ...] = CHOICES

    @property
    def is_asking(self) -> bool:
        """Whether the question is to be seen: it is open, or closed and not discussed yet."""
        return self.face is not None and self.scene in (Scene.OPEN, Scene.CLOSED)


def scene(session: LiveSession, me: LiveParticipant) -> Shown:
    """The session as it stands, for somebody who takes part."""
    run, now = queries.latest_run(session.id), clock.now()
    seen = scene_of(session.times, run.times if run else None, now)
    if run is None or run.voided_at is not None:
        return Shown(seen, is_voided=bool(run and run.voided_at))
    closes_at = run.times.close_for(me.extra_percent)
    if seen is Scene.CLOSED and now < closes_at:
        seen = Scene.OPEN  # for her
    paper = thaw(run.question.paper)
    is_revealed = run.revealed_at is not None
    turn = run.opens_at if seen is Scene.READY else closes_at
    return Shown(
        scene=seen,
        run=run,
        place=run.question.place,
        face=paper.face(run.phase) if now >= run.opens_at else None,
        seconds_left=max(0, ceil((turn - now).total_seconds())),
        mine=answering.held_by({(run.id, me.id)}).get((run.id, me.id)),
        paper=paper if is_revealed else None,
        key=paper.key(run.phase) if is_revealed else None,
        tally=tally_from(run.tally) if is_revealed else None,
    )
