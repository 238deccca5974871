"""A webinar has ended: PEOPLE tap Unduh within a minute, none of their files being there yet.

Each browser does as its page says: it comes again after the seconds of `Refresh`, until it has the
file. Meanwhile a stranger and somebody who learns open pages, as they did before (the control).
"""

import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median, quantiles

import requests
import sqlalchemy as sa

from tests.benchmarks.figures import Figure
from tests.benchmarks.lesson_page import PATH, enrolled
from tests.benchmarks.region import Region

#: The demo has some 620 people.
PEOPLE = int(os.environ.get("PEOPLE", "600"))
#: Seconds within which all have tapped, for which pages are asked before, and between two askings.
WITHIN, BEFORE, BETWEEN = 60, 15, 0.1
THREADS, GIVES_UP = 48, 1200
#: What the page says about a wait of more than some seconds.
SAID = re.compile(r"dalam antrean, kira-kira (\d+) (detik|menit) lagi")


@dataclass
class Holder:
    """Somebody with a document, and the moments that became of it."""

    path: str
    cookie: str
    #: Seconds that each answer took.
    took: list[float] = field(default_factory=list)
    #: Seconds that the first page spoke of, and after which the file was there.
    told_at: float = 0.0
    said: int = 0
    waited: float = 0.0

    def gets(self, url: str, browser: requests.Session) -> int:
        """Asks once. Seconds after which the page wants to be asked again; 0 with the file."""
        began = time.monotonic()
        headers = {"Cookie": f"rambu={self.cookie}"}
        answer = browser.get(url + self.path, headers=headers, timeout=60)
        self.took.append(time.monotonic() - began)
        if answer.status_code == 200:
            self.waited = time.monotonic() - self.told_at
            return 0
        if answer.status_code != 202:
            raise RuntimeError(f"{self.path}: {answer.status_code}")
        if not self.told_at and (told := SAID.search(answer.text)):
            self.said = int(told[1]) * (60 if told[2] == "menit" else 1)
            self.told_at = time.monotonic()
        return int(answer.headers["Refresh"])


def run(region: Region) -> list[Figure]:
    holders = _holders(region)
    pages = {"/ of a stranger": ("/", region.stranger()), "lesson": (PATH, enrolled(region))}
    with Witness(region.url, pages) as before:
        time.sleep(BEFORE)
    with Witness(region.url, pages) as during:
        seconds = _everybody(region.url, holders)
    return [
        *_latencies(pages, before, during),
        Figure("a tap answered, p95", _p95([t for one in holders for t in one.took]), "ms",
               sum(len(one.took) for one in holders)),
        Figure("asked until it was there", median(len(one.took) for one in holders), "times",
               len(holders)),
        *_truth([one for one in holders if one.said]),
        Figure("the last has her file", round(seconds, 1), "s", len(holders)),
    ]  # fmt: skip


def _latencies(pages, before: "Witness", during: "Witness") -> list[Figure]:
    figures = []
    for name in pages:
        calm, busy = before.took[name], during.took[name]
        ratio = round(_p95(busy) / _p95(calm), 3)
        figures += [
            Figure(f"{name}, p95", _p95(busy), "ms", len(busy), "before", ratio),
            Figure(f"{name}, slowest", round(max(busy) * 1000, 1), "ms", len(busy)),
        ]
    return figures


def _truth(told: list[Holder]) -> list[Figure]:
    """What the pages said against what was: 1 where it was true."""
    if not told:
        return []
    ratios = [one.waited / one.said for one in told]
    tenths = quantiles(ratios, n=10) if len(told) > 1 else ratios
    return [
        Figure("waited, of what was said", round(median(ratios), 2), "times", len(told)),
        Figure("nine in ten waited at most", round(tenths[-1], 2), "times", len(told)),
    ]


def _p95(seconds: list[float]) -> float:
    return round(quantiles(seconds, n=20)[-1] * 1000, 1)


class Witness:
    """Opens each page again and again, and notes how long it took."""

    def __init__(self, url: str, pages: dict[str, tuple[str, requests.Session]]) -> None:
        self.took: dict[str, list[float]] = {name: [] for name in pages}
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._watch, args=(url + path, browser, self.took[name]))
            for name, (path, browser) in pages.items()
        ]

    def __enter__(self) -> "Witness":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _watch(self, url: str, browser: requests.Session, took: list[float]) -> None:
        while not self._over.wait(BETWEEN):
            began = time.monotonic()
            browser.get(url, timeout=60).raise_for_status()
            took.append(time.monotonic() - began)


def _everybody(url: str, holders: list[Holder]) -> float:
    """Seconds from the first tap until the last has her file."""
    own = threading.local()
    began = time.monotonic()

    def ask(holder: Holder) -> tuple[Holder, int]:
        if not hasattr(own, "browser"):
            own.browser = requests.Session()
        return holder, holder.gets(url, own.browser)

    due = [(began + WITHIN * place / len(holders), holder) for place, holder in enumerate(holders)]
    with ThreadPoolExecutor(THREADS) as pool:
        asked = set()
        while due or asked:
            now = time.monotonic()
            if now - began > GIVES_UP:
                raise RuntimeError(f"{len(due) + len(asked)} have no file after {GIVES_UP} s")
            asked |= {pool.submit(ask, holder) for at, holder in due if at <= now}
            due = [(at, holder) for at, holder in due if at > now]
            for done in [one for one in asked if one.done()]:
                asked.remove(done)
                holder, again = done.result()
                if again:
                    due.append((time.monotonic() + again, holder))
            time.sleep(0.01)
    return time.monotonic() - began


def _holders(region: Region) -> list[Holder]:
    """People of the demo with a certificate of attendance of which nobody has made the file."""
    os.environ["RAMBU_INSTANCE"] = region.environ["RAMBU_INSTANCE"]
    from app import create_app
    from app.agencies.models import Person
    from app.core.db import db
    from app.credentials import operations
    from app.printing.facts import Kind
    from tests import people
    from tests.operations.credentials.test_credentials import facts_for

    app = create_app()
    with app.app_context():
        query = sa.select(Person).where(Person.is_active).order_by(Person.id).limit(PEOPLE)
        present = db.session.scalars(query).all()
        paths = []
        for person in present:
            issued = operations.issue(person, "webinar", facts_for(person, Kind.ATTENDANCE))
            paths.append(f"/dokumen/{issued.code}.pdf")
        db.session.commit()
        cookies = [people.browser_of(app, one).get_cookie("rambu").value for one in present]
        db.session.remove()
        db.engine.dispose()
    return [Holder(*both) for both in zip(paths, cookies, strict=True)]
