"""A webinar begins: PEOPLE (1,000) sign in within a minute with their passwords, all on new phones
from one address, and join; one in five mistypes once. How long it takes them, whether anybody is
told to wait, and what others' pages take meanwhile.

The control gives back to the network only what a right answer spent, as it was before: some wait.
"""

import os
import random
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import requests
import sqlalchemy as sa

from app.accounts.models import Account
from app.agencies.models import Unit
from app.core.db import db
from tests import databases, people
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region, token_in
from tests.hall import Hall, Serving

PEOPLE = int(os.environ.get("PEOPLE", "1000"))
#: Seconds over which they come; threads that are their phones.
WITHIN, AT_ONCE = 60.0, 120
STRICT = """# in place of flask serve
import sys
import sqlalchemy as sa
from app.accounts import throttle
case = throttle.sa.case
throttle.sa.case = lambda *_, **__: throttle.Brake.failures - 1
from flask.cli import main
sys.argv = ["flask", "--app", "wsgi", "serve"]
main()
"""


@dataclass
class Met:
    """What people and others met."""

    joins: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    #: Answers that told somebody to wait, and right passwords that were refused.
    braked: int = 0
    refused: int = 0


def run(_region: Region) -> list[Figure]:
    return [*_run("check-in", None), *_run("control: what was mistyped stays", STRICT)]


def _run(name: str, program: str | None) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="rambu-check-in-") as folder:
        shared, instance = Path(folder), Path(folder) / "instance"
        instance.mkdir(mode=0o700)
        databases.lend_bank(shared, instance)
        hall = Hall(instance, f"sqlite:///{instance / 'hall.db'}", 1)
        numbers = _enrolled(hall)
        with hall.served(program) as server:
            hall.order("lobby")
            met = _met(server, numbers)
    others, joins = quantiles(met.others, n=100), quantiles(met.joins or [0, 0], n=100)
    return [
        Figure(f"{name}: joined", len(met.joins), "people", len(numbers)),
        Figure(f"{name}: told to wait", met.braked, "answers", len(numbers)),
        Figure(f"{name}: refused though right", met.refused, "answers", len(numbers)),
        Figure(f"{name}: from door to lobby p50", round(1000 * joins[49]), "ms", len(met.joins)),
        Figure(f"{name}: from door to lobby p95", round(1000 * joins[94]), "ms", len(met.joins)),
        Figure(f"{name}: others' pages p95", round(1000 * others[94]), "ms", len(met.others)),
    ]


def _enrolled(hall: Hall) -> list[str]:
    """People with accounts, beside the cast."""
    with hall.app.app_context():
        unit = db.session.scalars(sa.select(Unit).where(Unit.code == "10.1")).one()
        hashed = people.passwords.hashed(people.PASSWORD)
        numbers = [f"19900101201503{1000 + n:04d}" for n in range(PEOPLE)]
        for number in numbers:
            person = people.add_person(db.session, unit, number, f"Sari {number[-4:]}", "S.E.")
            db.session.add(Account(person=person, password_hash=hashed))
        db.session.commit()
        hall._let_go()
    return numbers


def _met(server: Serving, numbers: list[str]) -> Met:
    met, is_over = Met(), threading.Event()
    watching = threading.Thread(target=_look_at_others, args=(server.hall.url, met, is_over))
    watching.start()
    begun = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as phones:
        for place, number in enumerate(numbers):
            due = begun + WITHIN * place / len(numbers)
            time.sleep(max(0.0, due - time.monotonic()))
            phones.submit(_join, server.hall, number, place % 5 == 0, met)
    is_over.set()
    watching.join()
    return met


def _join(hall: Hall, number: str, mistypes: bool, met: Met) -> None:
    """From the link in the chat to the lobby, on a phone that has never been here."""
    phone, session = requests.Session(), f"{hall.url}/webinar/{hall.code}"
    begun = time.perf_counter()
    phone.get(session)
    door = f"{hall.url}/masuk?lanjut=/webinar/{hall.code}"
    token = token_in(phone.get(door).text)
    for password in (["keliru-" + people.PASSWORD] if mistypes else []) + [people.PASSWORD]:
        if password != people.PASSWORD:
            time.sleep(random.uniform(2, 6))  # she looks, and types again
        form = {"csrf_token": token, "number": number, "password": password}
        said = phone.post(door, data=form)
        met.braked += said.status_code == 429 or "Tunggu" in said.text
    if "Ikut sesi ini" not in said.text:
        met.refused += 1
        return
    phone.post(f"{session}/ikut", data={"csrf_token": token_in(said.text)})
    met.joins.append(time.perf_counter() - begun)


def _look_at_others(url: str, met: Met, is_over: threading.Event) -> None:
    browser = requests.Session()
    while not is_over.is_set():
        for path in ("/", "/sehat", "/bolehkah?q=like+foto+calon"):
            begun = time.perf_counter()
            browser.get(url + path)
            met.others.append(time.perf_counter() - begun)
        time.sleep(0.05)
