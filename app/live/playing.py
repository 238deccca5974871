"""A session that plays by itself, so that somebody can watch a projector without a hall: invented
phones join, answer, hesitate and change their minds. Real rows, by the same operations.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from app.agencies.models import Person
from app.catalog.terms import Phase, Verdict
from app.core import clock
from app.core.db import db, start_writing
from app.live import answering, operations, queries
from app.live.answering import Sent, milliseconds
from app.live.models import LiveParticipant, LiveSession
from app.live.operations import Orders
from app.live.paper import thaw
from app.live.timeline import LEAD

#: A story, not a secret.
CHANCE = random.Random()  # noqa: S311
#: Seconds between two looks of the hall at itself.
STEP = 0.5
#: Share of the hall that knows the answer, at the first question and at the last.
FIRST, LAST = 0.35, 0.75


@dataclass
class Play:
    """A session with its host and its hall, step by step. `say` is told what happens."""

    session_id: int
    host_id: int
    seconds: int
    say: Callable[[str], object]
    wait: Callable[[float], None] = time.sleep

    def whole(self, people: Sequence[int], questions: int) -> None:
        """Lobby, every question with its discussion, the end."""
        self.order("lobby")
        self.say("Lobi dibuka; peserta masuk …")
        self._join(people)
        for number in range(questions):
            self.order("open", seconds=self.seconds)
            self.say(f"Pertanyaan {number + 1} dari {questions} dibuka.")
            self._answer(FIRST + (LAST - FIRST) * number / max(1, questions - 1))
            self.order("reveal", is_meant=True)
            self.say("Dibahas.")
            self.wait(self.seconds / 2)
        self.order("end")
        self.say("Sesi selesai.")

    def order(self, name: str, **said: object) -> None:
        start_writing()
        session = db.session.get_one(LiveSession, self.session_id)
        host = db.session.get_one(Person, self.host_id)
        orders = replace(Orders(today=Phase.BEFORE), **said)  # type: ignore[arg-type]
        operations.command(session, name, session.version, host, orders)
        db.session.commit()

    def _join(self, people: Sequence[int]) -> None:
        waiting = list(people)
        while waiting:
            batch, waiting = waiting[: len(people) // 8 + 1], waiting[len(people) // 8 + 1 :]
            now = clock.now()
            rows = [
                {"session_id": self.session_id, "person_id": one, "joined_at": now} for one in batch
            ]
            start_writing()
            db.session.execute(sa.insert(LiveParticipant), rows)
            db.session.commit()
            self.wait(STEP)

    def _answer(self, share_right: float) -> None:
        """Each of the hall answers at a moment of its own, and one in ten thinks again."""
        run, right, hall = self._opened()
        moments = sorted(
            (CHANCE.triangular(1, self.seconds - 1, self.seconds / 3), one)
            for one in (*hall, *hall[::10])
        )
        self.wait(LEAD.total_seconds())
        begun = clock.now()
        while moments:
            passed = (clock.now() - begun).total_seconds()
            due = [one for at, one in moments if at <= passed]
            moments = moments[len(due) :]
            self._keep(run, due, right, share_right)
            self.wait(STEP)
        self.wait(max(0.0, self.seconds + 1 - (clock.now() - begun).total_seconds()))

    def _opened(self) -> tuple[int, str, list[int]]:
        run = queries.latest_run(self.session_id)
        assert run is not None, "it was just opened"
        query = sa.select(LiveParticipant.id).where(
            LiveParticipant.session_id == self.session_id, LiveParticipant.joined_at.is_not(None)
        )
        hall = list(db.session.scalars(query))
        found = run.id, thaw(run.question.paper).key(run.phase).verdict, hall
        db.session.rollback()
        return found

    def _keep(self, run_id: int, hall: Sequence[int], right: str, share_right: float) -> None:
        if not hall:
            return
        others = [verdict.value for verdict in Verdict if verdict.value != right]
        now = clock.now()
        start_writing()
        answering.keep(
            [
                Sent(
                    session_id=self.session_id,
                    participant_id=one,
                    run_id=run_id,
                    choice=right if CHANCE.random() < share_right else CHANCE.choice(others),
                    is_sure=None,
                    seq=milliseconds(now),
                    claimed_at=now,
                )
                for one in hall
            ]
        )
        db.session.commit()
