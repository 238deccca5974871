"""A session as the people in front of the room see it: its host, its hall, its speakers.

Numbers only. What may not be shown yet, or not at all, is None here, so that no page can show it.
"""

from dataclasses import dataclass
from datetime import datetime

from app.core import clock
from app.live import hosted, queries, tallies
from app.live.models import LiveQuestion, LiveRun, LiveSession
from app.live.paper import CHOICES, Face, Key, Paper, mark_of, thaw
from app.live.steering import Buttons, Desk, buttons
from app.live.tallies import Tally, tally_from
from app.live.timeline import Scene, scene_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer, as the room gave it."""

    value: str
    label: str
    count: int
    percent: int
    #: Of the round before; None for a first.
    percent_before: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What is on now."""

    session: LiveSession
    scene: Scene
    now: datetime
    #: Questions that are not skipped.
    total: int
    joined: int
    #: None where no question is on.
    run: LiveRun | None = None
    paper: Paper | None = None
    face: Face | None = None
    key: Key | None = None
    answered: int = 0
    #: Until when somebody with extra time may answer; None when nobody may any more.
    waits_until: datetime | None = None
    #: None before the close, and where they are too few to be shown.
    bars: tuple[Bar, ...] | None = None
    is_few: bool = False
    #: How many have signed; None while nobody is invited to.
    signed: int | None = None

    @property
    def is_signing(self) -> bool:
        """Whether the invitation to sign is what is on: nothing was opened since."""
        at, run = self.session.signing_at, self.run
        is_calm = self.scene in (Scene.LOBBY, Scene.REVEALED)
        return is_calm and at is not None and (run is None or run.opens_at < at)

    @property
    def mark(self) -> str:
        """Changes when anything does but the two counts and the clock."""
        session = self.session
        return mark_of(
            session.version, self.scene, self.waits_until is None, self.total, self.signed,
            [(bar.count, bar.percent_before) for bar in self.bars or ()], self.is_few,
        )  # fmt: skip


def overview(session: LiveSession) -> Overview:
    """The session as it stands."""
    now, latest = clock.now(), queries.latest_run(session.id)
    scene = scene_of(session.times, latest.times if latest else None, now)
    run = latest if latest is not None and latest.voided_at is None else None
    seen = Overview(
        session=session,
        scene=scene,
        now=now,
        total=queries.questions_count(session.id),
        joined=tallies.joined(session.id),
        signed=tallies.signed(session) if session.signing_at else None,
    )
    return seen if run is None else _with_run(seen, run)


def _with_run(seen: Overview, run: LiveRun) -> Overview:
    paper, waits_until = thaw(run.question.paper), _waits_until(seen, run)
    tally = _tally(seen, run) if waits_until is None else None
    before = hosted.round_before(run) if tally is not None else None
    return Overview(
        session=seen.session,
        scene=seen.scene,
        now=seen.now,
        total=seen.total,
        joined=seen.joined,
        signed=seen.signed,
        run=run,
        paper=paper,
        face=paper.face(run.phase),
        key=paper.key(run.phase),
        answered=tallies.answered(run.id),
        waits_until=waits_until,
        bars=_bars(tally, before) if tally and tally.may_be_shown else None,
        is_few=tally is not None and not tally.may_be_shown,
    )


def _waits_until(seen: Overview, run: LiveRun) -> datetime | None:
    if seen.scene is not Scene.CLOSED:
        return None
    until = run.times.close_for(queries.longest_extra(seen.session.id))
    return until if seen.now < until else None


def _tally(seen: Overview, run: LiveRun) -> Tally | None:
    """Bars would lead those who have not answered yet: there are none before the close."""
    if run.revealed_at is not None:
        return tally_from(run.tally)
    return tallies.of_run(run.id) if seen.scene is Scene.CLOSED else None


def _bars(tally: Tally, before: LiveRun | None) -> tuple[Bar, ...]:
    first = tally_from(before.tally) if before else None
    is_shown = first is not None and first.may_be_shown
    return tuple(
        Bar(
            value=value,
            label=label,
            count=tally.counts.get(value, 0),
            percent=tally.percent(value),
            percent_before=first.percent(value) if first and is_shown else None,
        )
        for value, label in CHOICES
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One question in the list of a host."""

    question: LiveQuestion
    paper: Paper
    runs: tuple[LiveRun, ...]

    @property
    def is_on(self) -> bool:
        return any(run.revealed_at is None for run in self.runs)

    @property
    def state(self) -> str:
        if self.is_on:
            return "sedang ditanyakan"
        if self.runs:
            return "sudah dibahas" if len(self.runs) == 1 else f"dibahas {len(self.runs)} kali"
        return "dilewati" if self.question.skipped_at else "belum"

    @property
    def shown(self) -> list[tuple[LiveRun, Tally]]:
        """Revealed rounds whose counts may be shown."""
        revealed = [(run, tally_from(run.tally)) for run in self.runs if run.revealed_at]
        return [(run, tally) for run, tally in revealed if tally.may_be_shown]


def rows_of(session: LiveSession) -> list[Row]:
    """The questions of a session in their order, with how they fared."""
    runs: dict[int, list[LiveRun]] = {}
    for run in queries.runs_of(session.id):
        runs.setdefault(run.question_id, []).append(run)
    return [
        Row(question, thaw(question.paper), tuple(runs.get(question.id, ())))
        for question in queries.questions_of(session.id)
    ]


def buttons_for(seen: Overview) -> Buttons:
    """What a host may press now."""
    following = queries.question_to_open(seen.session.id)
    run, paper = seen.run, seen.paper
    desk = Desk(
        scene=seen.scene,
        next_place=following.place if following else None,
        other=paper.other_phase(run.phase) if run and paper else None,
        waits=seen.waits_until is not None,
        is_signing=seen.session.signing_at is not None,
    )
    return buttons(desk)
