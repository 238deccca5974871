"""What can go wrong under a deed, in turn, for every deed: power cuts, a process that dies, a disk
that refuses or is full, calls that fail, any order of deeds, and what nobody means.

Each figure's `n` is how often the fault was made; a fault that leaves anything half done, or told
and not done, ends the run.
"""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.core import clock
from app.core.db import db
from tests import databases, disk, fuzz, learners, machine, people, trials, whole
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region
from tests.deeds import DEEDS, Deed
from tests.servers import small_disk

CUTS, STORIES, THREADS = 210, 3, 4
#: Deeds of each kind in one story.
MANY = {"saves_an_answer": 40, "signs": 12, "imports": 12, "submits": 8, "answers_a_case": 8}
ORDERS, STEPS, REQUESTS = 100, 40, 5_000
Ready = tuple[Deed, Any]


def run(_region: Region) -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="rambu-faults-"))
    folder.chmod(0o755)
    postgres = databases.Postgres(folder)
    try:
        with _house(folder, "sqlite", f"sqlite:///{folder / 'sqlite' / 'rambu.db'}") as app:
            figures = [*_cuts(app), *_of_the_disk(app), *_anywhere(app, "SQLite")]
        with _house(folder, "postgres", postgres.new_database("faults")) as app:
            figures += _anywhere(app, "PostgreSQL")
        return figures + _full(folder)
    finally:
        postgres.stop()
        shutil.rmtree(folder)


@contextmanager
def _house(folder: Path, name: str, url: str) -> Iterator[Flask]:
    instance = folder / name if (folder / name) != folder / "postgres" else folder / "beside"
    instance.mkdir(exist_ok=True)
    app = databases.build(instance, url)
    app.logger.setLevel(logging.CRITICAL)  # each of the faults would say so
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _cast() -> people.Cast:
    db.session.rollback()
    databases.empty()
    clock.reset()
    return people.enter(db.session)


def _alone(app: Flask, name: str) -> Ready:
    """In an office where nothing else was ever done."""
    return _ready(app, _cast(), name)


def _ready(app: Flask, cast: people.Cast, name: str) -> Ready:
    deed = DEEDS[name](app, cast)
    return deed, people.browser_of(app, deed.who) if deed.who else app.test_client()


def _cuts(app: Flask) -> list[Figure]:
    """Of what was told before each cut, how much is gone; and the same where nothing is synced."""
    found = {how: [0, 0, 0] for how in ("FULL", "OFF")}
    chance = Random(1)
    folder = Path(app.instance_path) / "cut"
    folder.mkdir()
    for _ in range(STORIES):
        for how, counts in found.items():
            start, log = _story(app, how)
            for _ in range(CUTS // STORIES if how == "FULL" else 20):
                steps = log[: chance.randrange(len(log) // 10, len(log) + 1)]
                told = sum(step.kind == "told" for step in steps)
                left = disk.after_power_cut(start, steps, chance)
                counts[0] += 1
                counts[1] += told
                counts[2] += _gone(app, left, steps, folder, told, is_control=how == "OFF")
    (cuts, told, lost), (_, would, gone) = found["FULL"], found["OFF"]
    assert lost == 0, f"{lost} of {told} lost"
    assert gone > 0, "the control loses nothing: the run proves nothing"
    return [
        Figure("power cuts", cuts, "cuts", cuts),
        Figure("  told as done before them", told, "deeds", cuts),
        Figure("  of them lost", lost, "deeds", told),
        Figure("  lost with synchronous=OFF", gone, "deeds", would),
    ]


def _story(app: Flask, how: str) -> tuple[disk.Files, list[Any]]:
    """Answers, pledges and imports, by four at once."""
    cast = _cast()
    waiting = [_ready(app, cast, name) for name, times in MANY.items() for _ in range(times)]
    Random(1).shuffle(waiting)
    file = Path(app.instance_path) / "rambu.db"
    with trials.story_on(file, how) as (start, log):
        threads = [
            threading.Thread(target=_send, args=(waiting[number::THREADS], log))
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(step.kind == "told" for step in log) == len(waiting)
    return start, log


def _send(mine: list[Ready], log: list[Any]) -> None:
    for deed, sender in mine:
        while deed.sent_by(sender).status_code >= 400:
            pass
        log.append(trials.told(deed))


def _gone(
    app: Flask, left: disk.Files, steps: list[Any], folder: Path, told: int, *, is_control: bool
) -> int:
    """Without syncs the file may be beyond reading: then all of it is gone."""
    file = Path(app.instance_path) / "rambu.db"
    try:
        return trials.lost(left, steps, file, folder)
    except Exception:
        if is_control:
            db.session.remove()
            return told
        raise


def _of_the_disk(app: Flask) -> list[Figure]:
    file, folder = Path(app.instance_path) / "rambu.db", Path(app.instance_path) / "left"
    folder.mkdir()
    points = refused = 0
    for name in DEEDS:
        points += trials.killed_after_every_step(*_alone(app, name), file, folder)
        refused += trials.every_step_is_refused(*_alone(app, name))
    return [
        Figure("killed at a step, then between", 0, "states", points),
        Figure("steps refused, then half or a lie", 0, "deeds", refused),
    ]


def _anywhere(app: Flask, name: str) -> list[Figure]:
    failed = 0
    for deed in DEEDS:
        failed += trials.every_call_fails(*_alone(app, deed))
        failed += trials.every_call_fails(*_alone(app, deed), too_late=True)
    return [
        Figure(f"{name}: calls failed, then half or a lie", 0, "deeds", failed),
        Figure(f"{name}: orders of {STEPS} deeds, then half", 0, "orders", _orders(app)),
        Figure(f"{name}: hostile requests, then faults", 0, "requests", _hostile(app)),
    ]


def _orders(app: Flask) -> int:
    by_chance = settings(
        max_examples=ORDERS,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: machine.Office(app), settings=by_chance)
    return ORDERS


def _hostile(app: Flask) -> int:
    """By a visitor, a learner who has signed, both kinds of officer, an auditor, an editor."""
    cast, chance = _cast(), Random()
    laras = people.add_editor(db.session, cast)
    learners.signed(app, cast.sari)
    db.session.commit()
    who = [cast.sari, cast.rina, cast.dewi, cast.auditor, laras]
    browsers = [app.test_client(), *(people.browser_of(app, one) for one in who)]
    for asked in islice(fuzz.requests(app, chance), REQUESTS):
        status = asked.sent_by(chance.choice(browsers)).status_code
        assert status < 500 or status == 501, (status, asked)
    return REQUESTS


def _full(folder: Path) -> list[Figure]:
    """A file system without a byte left (a tmpfs, where this is root): deeds are refused, and done
    as soon as there is room."""
    if os.geteuid():
        return []
    place = folder / "full"
    address = f"sqlite:///{place / 'sqlite' / 'rambu.db'}"
    with small_disk(place, "64m"), _house(place, "sqlite", address) as app:
        cast = _cast()
        waiting = [_ready(app, cast, name) for name in DEEDS for _ in range(5)]
        _fill(place / "ballast")
        refused = 0
        for deed, sender in waiting:  # what fits into the journal that there is may be kept
            status = deed.sent_by(sender).status_code
            assert deed.is_done == (status not in trials.REFUSED), (deed.path, status)
            refused += not deed.is_done
        assert refused, "the disk was not full: the run proves nothing"
        (place / "ballast").unlink()
        for deed, sender in waiting:
            assert deed.is_done or deed.sent_by(sender).status_code < 400, deed.path
            assert deed.is_done, deed.path
        assert whole.faults() == []
    return [
        Figure("deeds on a full disk", len(waiting), "deeds", 1),
        Figure("  of them refused", refused, "deeds", len(waiting)),
        Figure("  of the others not kept", 0, "deeds", len(waiting) - refused),
    ]


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (2**20, 4096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
