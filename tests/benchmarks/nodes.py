"""Two nodes behind nginx on one PostgreSQL, killed in turn again and again while people learn, sign
and take lists in: how much of what they were told is kept is not, and what is there twice.

KILLS=12 says how often. Whoever gets a broken answer sends again, as people do. The control spoils
one answer that was acknowledged, and looks again. Beside it: what the brake on costs would cost as
a row of the database, and what it costs in memory.
"""

import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.accounts import throttle
from app.asking.web import finder
from app.audit import verifying
from app.core.db import db
from tests import databases, nodes, people
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region
from tests.nodes import BROKEN, COURSE, Nodes
from tests.test_deployment import Visitor

LEARNERS, LIST, TIMES = 6, 40, 200
#: Seconds between two kills, from when the node before is ready again.
PAUSE = (0.5, 3.0)
#: nginx's own brakes see one network here.
WIDE = (("rate=300r/s", "rate=9000r/s"), ("burst=1000", "burst=9000"))
Told = dict[tuple[int, int], str]


def run(_region: Region) -> list[Figure]:
    kills = int(os.environ.get("KILLS", "12"))
    with tempfile.TemporaryDirectory(prefix="rambu-nodes-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = databases.Postgres(folder)
        try:
            return _run(folder, server, kills)
        finally:
            server.stop()


def _run(folder: Path, server: databases.Postgres, kills: int) -> list[Figure]:
    database = server.new_database("nodes")
    app, numbers = _prepared(folder, database)
    environs = []
    for name in ("one", "two"):
        (folder / name).mkdir(mode=0o700)
        databases.lend_bank(folder, folder / name)
        environs.append({"RAMBU_INSTANCE": str(folder / name)})
    with nodes.nodes(folder, database, environs, *WIDE) as them:
        crowd = _Crowd(them)
        with crowd.at_work(numbers):
            for turn in range(kills):
                _kill(them.all[turn % 2])
        return [*_figures(app, them, crowd, kills), *_ledger(app)]


def _prepared(folder: Path, database: str) -> tuple[Flask, list[tuple[str, int]]]:
    """The cast and more learners, all with a password; their numbers and ids."""
    instance = folder / "looker"
    instance.mkdir(mode=0o700)
    databases.lend_bank(folder, instance)
    app = create_app(databases.config_of(instance, database))
    with app.app_context():
        upgrade()
        cast = people.enter(db.session)
        more = [
            people.add_person(
                db.session, cast.clinic, f"19900101201503{3000 + n}", f"Sari {n}", "S.E."
            )
            for n in range(LEARNERS * 40)
        ]
        for person in (cast.dewi, *more):
            people.account_with_password(db.session, person.id)
        people.give_factor(db.session, people.account_with_password(db.session, cast.dewi.id))
        db.session.commit()
        return app, [(person.number, person.id) for person in more]


def _kill(node: nodes.Node) -> None:
    time.sleep(random.uniform(*PAUSE))
    node.kill()
    node.start()
    node.wait()


@dataclass
class _Crowd:
    """People at work, and what they were told is kept."""

    them: Nodes
    saved: Told = field(default_factory=dict)
    signed: list[int] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    broken: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self, numbers: list[tuple[str, int]]):
        with ThreadPoolExecutor(LEARNERS + 1) as hands:
            work = [hands.submit(self._learn, numbers[n::LEARNERS]) for n in range(LEARNERS)]
            work.append(hands.submit(self._take_in))
            try:
                yield
            finally:
                self._stop.set()
            for one in work:
                one.result()  # whoever fell over something says so

    def _again(self, deed: Callable[[], int]) -> int:
        """Until it is answered; how often it was not is counted."""

        def counted() -> int:
            status = deed()
            self.broken += status == BROKEN
            return status

        return nodes.again(counted)

    def _learn(self, numbers: list[tuple[str, int]]) -> None:
        for number, person_id in numbers:
            if self._stop.is_set():
                return
            self._sit(self._begun(number, person_id), person_id)

    def _begun(self, number: str, person_id: int) -> Visitor:
        """Signed in, with the course begun, and its lessons as if they were read."""
        visitor = self.them.visitor()
        self._again(lambda: _entered(visitor, number))
        self._again(lambda: visitor.send(COURSE, f"{COURSE}/mulai")[0])
        done = "UPDATE enrolments SET lessons_completed_at = now() WHERE person_id = %s"
        self.them.rows(done, person_id)
        return visitor

    def _sit(self, visitor: Visitor, person_id: int) -> None:
        assert self._again(lambda: visitor.send(f"{COURSE}/kuis")[0]) == 303
        mine = (
            "SELECT a.id, paper FROM attempts a JOIN enrolments e ON e.id = enrolment_id"
            " WHERE person_id = %s"
        )
        ((attempt, paper),) = self.them.rows(mine, person_id)
        for number, question in enumerate(paper["questions"], 1):
            choice = question["key"]
            status = self._again(
                lambda number=number, choice=choice: nodes.save(visitor, attempt, number, choice)
            )
            assert status == 303, status
            self.saved[attempt, number] = choice
        earlier = "UPDATE attempts SET started_at = started_at - interval '1 hour' WHERE id = %s"
        self.them.rows(earlier, attempt)
        review, submit = f"/percobaan/{attempt}/tinjau", f"/percobaan/{attempt}/kirim"
        self._again(lambda: _submitted(visitor, review, submit))
        assert self._again(lambda: nodes.sign(visitor)) == 303
        self.signed.append(person_id)

    def _take_in(self) -> None:
        visitor = self.them.visitor()
        self._again(lambda: _officer_entered(visitor))
        for number in range(200):
            if self._stop.is_set():
                return
            roster = nodes.newcomers(LIST, first=1 + number * LIST)
            assert self._again(lambda roster=roster: nodes.take_in(visitor, roster)) == 200
            self.lists.append(roster)


def _entered(visitor: Visitor, number: str) -> int:
    status, _, _ = visitor.send("/masuk", number=number, password=people.PASSWORD)
    assert status in (303, BROKEN), status
    return status


def _officer_entered(visitor: Visitor) -> int:
    """A code is good for one time: one that was spent by a lost answer is followed by the next."""
    _entered(visitor, "198004042005012004")
    status, _, _ = visitor.send("/masuk/kode", code=people.code_now())
    if status not in (303, BROKEN):
        time.sleep(31)
        return BROKEN
    return status


def _submitted(visitor: Visitor, review: str, submit: str) -> int:
    """Whoever was graded by a lost answer is led to the result, which has no such form."""
    status, _, _ = visitor.ask("GET", review)
    return status if status in (303, BROKEN) else visitor.send(review, submit)[0]


def _figures(app: Flask, them: Nodes, crowd: _Crowd, kills: int) -> list[Figure]:
    lost, doubled = _lost(them, crowd), _doubled(them)
    (spoiled, *_) = crowd.saved
    them.rows(
        "UPDATE attempt_answers SET choice = 'x' WHERE attempt_id = %s AND position = %s", *spoiled
    )
    control = _lost(them, crowd) - lost
    with app.app_context():
        fault = verifying.first_fault()
    told = len(crowd.saved) + len(crowd.signed) + len(crowd.lists)
    return [
        Figure("nodes killed", kills, "kills", kills),
        Figure("answers acknowledged", len(crowd.saved), "answers", kills),
        Figure("pledges acknowledged", len(crowd.signed), "pledges", kills),
        Figure("lists taken in", len(crowd.lists), f"× {LIST}", kills),
        Figure("broken answers, sent again", crowd.broken, "requests", kills),
        Figure("acknowledged and lost", lost, "deeds", told),
        Figure("done twice", doubled, "deeds", told),
        Figure("control: one answer spoiled", control, "found", 1),
        Figure("faults of the trail", 0 if fault is None else 1, "faults", 1),
    ]


def _lost(them: Nodes, crowd: _Crowd) -> int:
    """Of what was acknowledged, how much is not there as it was acknowledged."""
    rows = them.rows("SELECT attempt_id, position, choice FROM attempt_answers")
    kept = {(attempt, position): choice for attempt, position, choice in rows}
    answers = sum(kept.get(place) != choice for place, choice in crowd.saved.items())
    holders = [holder for (holder,) in them.rows("SELECT holder_id FROM credentials")]
    pledges = sum(holders.count(person) != 2 for person in crowd.signed)
    numbers = {number for (number,) in them.rows("SELECT number FROM people")}
    wanted = {line[:18] for roster in crowd.lists for line in roster.splitlines()[1:]}
    return answers + pledges + len(wanted - numbers)


def _doubled(them: Nodes) -> int:
    """Documents of a kind of one person, gaps in their numbers, people and days that came twice."""
    queries = (
        "SELECT holder_id FROM credentials GROUP BY holder_id, kind HAVING count(*) > 1",
        "SELECT kind FROM credentials GROUP BY kind HAVING max(sequence) <> count(*)",
        "SELECT subject FROM audit_parts WHERE action = 'person.added'"
        " GROUP BY subject HAVING count(*) > 1",
        "SELECT enrolment_id FROM attempts GROUP BY enrolment_id HAVING count(*) > 1",
        "SELECT subject FROM jobs GROUP BY kind, subject HAVING count(*) > 1",
        "SELECT id FROM job_lease OFFSET 1",
    )
    return sum(len(them.rows(query)) for query in queries)


def _ledger(app: Flask) -> list[Figure]:
    """A question to Bolehkah?, its charge as it is, and as a row of PostgreSQL."""
    with app.app_context():
        search = finder()
        asked = _microseconds(lambda: search.ask("like foto calon"))
        memory = _microseconds(lambda: throttle.LEDGER.charge("bench", 0.0))
        limit = throttle.Limit("bench", free=10**9, forget=1, longest=1)
        row = _microseconds(lambda: throttle.spend((limit, "bench")))
    return [
        Figure("a question, search alone", asked, "µs", TIMES),
        Figure("its charge, in memory", memory, "µs", TIMES, "search", round(memory / asked, 3)),
        Figure("its charge, as a row", row, "µs", TIMES, "search", round(row / asked, 3)),
    ]


def _microseconds(act: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1e6

    return round(median([once() for _ in range(TIMES)]), 1)
