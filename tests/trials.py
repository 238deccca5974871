"""A deed, and everything that can go wrong under it in turn: each trial gives how often it did.

After each fault the database is exactly as before, or the deed is done whole; whoever was told that
it is done finds it done. The tests try a few deeds, `make bench NAME=faults` tries all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Brake
from app.core.db import db
from app.learning import operations as learning
from tests import disk, whole
from tests.deeds import Deed
from tests.disk import BROKEN, FULL, OK, Files, Step
from tests.failing import failing, killing, rows

#: Not now; or a form that comes back with everything typed, and the sentence on it.
REFUSED = (503, 422)
#: Pages after which SQLite moves them from its journal into its file: soon, so that it happens.
CHECKPOINT = 40


@contextmanager
def synced(how: str = "FULL") -> Iterator[None]:
    """New connections keep what production promises, or with OFF do not."""

    def on_connect(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA synchronous={how}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT}")

    engine = db.engine
    engine.dispose()  # the last connection leaves no journal behind
    sa.event.listen(engine, "connect", on_connect)
    try:
        yield
    finally:
        engine.dispose()
        sa.event.remove(engine, "connect", on_connect)


def commits_amid_a_signature(monkeypatch: Any) -> None:
    """Control: in two transactions, so that a fault between them leaves half of it."""
    issue = learning.credentials.issue

    def hasty(*arguments: Any, **more: Any) -> Any:
        db.session.commit()
        return issue(*arguments, **more)

    monkeypatch.setattr(learning.credentials, "issue", hasty)


def takes_any_answer_for_a_yes(monkeypatch: Any) -> None:
    """Control: whatever the database says to a commit, people are told that it is done."""
    commit = db.session.commit

    def hopeful() -> None:
        try:
            commit()
        except sa.exc.DBAPIError:
            db.session.rollback()

    monkeypatch.setattr(db.session, "commit", hopeful)


def every_call_fails(deed: Deed, sender: Any, *, too_late: bool = False) -> int:
    """Each statement and each commit; `too_late` is a reply that is lost after the work."""
    return _each(deed, sender, lambda at: failing(at, too_late=too_late))


def the_database_dies(deed: Deed, sender: Any, *, first: int = 1) -> int:
    """The process of PostgreSQL that serves us, before each statement from the first on."""
    return _each(deed, sender, killing, first)


def _each(deed: Deed, sender: Any, fault_at: Callable[[int], Any], first: int = 1) -> int:
    for at in count(first):
        _rest()
        before = rows()
        with fault_at(at) as fault:
            answer = deed.sent_by(sender)
        if deed.is_done:
            break
        assert fault.met is not None, f"told {answer.status_code}, and nothing was done"
        assert answer.status_code in REFUSED, (at, answer.status_code)
        assert rows() == before, at
    if fault.met is not None:
        # Whoever was not told sends it again, and finds it done, or hears that it was.
        assert deed.sent_by(sender).status_code in (200, 303, 422)
    assert whole.faults() == []
    return at - 1


def every_step_is_refused(deed: Deed, sender: Any) -> int:
    """Each read, write and sync of SQLite's, by an error of the disk."""
    with synced():
        for at in count(1):
            _rest()
            before, left = rows(), [at]
            db.engine.dispose()  # nothing is remembered: the file is read anew
            with disk.watched(lambda step, left=left: _broken(step, left)):
                answer = deed.sent_by(sender)
                db.engine.dispose()
            if answer.status_code < 400:
                break
            assert answer.status_code in REFUSED, (at, answer.status_code)
            assert rows() == before, at
    assert deed.is_done
    assert whole.faults() == []
    return at - 1


def _rest() -> None:
    """Nobody sends fifty times a second: what was counted is forgotten."""
    db.session.execute(sa.delete(Brake))
    db.session.commit()


def _broken(step: Step, left: list[int]) -> int:
    left[0] -= 1
    return OK if left[0] else BROKEN[step.kind]


def disk_is_full(deed: Deed, sender: Any) -> None:
    """No byte can be written, until there is room again. Pages can be read meanwhile."""
    with synced():
        before = rows()
        db.engine.dispose()
        with disk.watched(lambda step: FULL if step.kind == "write" else OK):
            assert deed.sent_by(sender).status_code in REFUSED
            assert sender.get("/sehat").status_code == 200
            assert sender.get("/bantuan").status_code == 200
            db.engine.dispose()
        assert rows() == before
        assert deed.sent_by(sender).status_code < 400
    assert deed.is_done
    assert whole.faults() == []


def killed_after_every_step(deed: Deed, sender: Any, file: Path, folder: Path) -> int:
    """What a process that dies leaves behind, after each step that it takes: as before, up to some
    step, and from there on as after."""
    before = rows()
    with synced():
        start, steps = _steps(deed, sender, file)
    steps = [step for step in steps if step.kind != "sync"]
    outcomes = {"before": before, "done": rows()}
    found = []
    for at in range(len(steps) + 1):
        disk.put(disk.after_kill(start, steps[:at]), folder)
        with whole.bound_to(folder / file.name):
            now = rows()
        found += [name for name, known in outcomes.items() if known == now]
        assert len(found) == at + 1, f"between after step {at}"
    assert found == sorted(found)
    assert set(found) == {"before", "done"}
    return len(steps)


def _steps(deed: Deed, sender: Any, file: Path) -> tuple[Files, list[Step]]:
    steps: list[Step] = []
    with disk.watched(lambda step: _noted(step, steps)):
        start = disk.files_of(file)
        assert deed.sent_by(sender).status_code < 400
        db.engine.dispose()
    return start, steps


def _noted(step: Step, log: list[Any]) -> int:
    if step.kind != "read":
        log.append(step)
    return OK


@contextmanager
def story_on(file: Path, how: str) -> Iterator[tuple[Files, list[Any]]]:
    """What was on the disk before, and a log of its steps, to which whoever tells her story adds
    what was told as done (`told`)."""
    log: list[Any] = []
    with synced(how), disk.watched(lambda step: _noted(step, log)):
        yield disk.files_of(file), log


def told(deed: Deed) -> Step:
    return Step("told", data=deed)


def lost(files: Files, steps: list[Any], file: Path, folder: Path) -> int:
    """How many deeds were told as done, and are not there. What is there must be whole."""
    disk.put(files, folder)
    with whole.bound_to(folder / file.name):
        broken = whole.faults()
        assert not broken, broken
        return sum(not step.data.is_done for step in steps if step.kind == "told")
