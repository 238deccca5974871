"""Ten thousand anonymous refusals from one network: how many entries, and what a learner's save
costs meanwhile. The saves before the flood are the peer; the control is a flood of pages that
refuse nobody, since any flood takes processors away.
"""

import sqlite3
import threading
import time
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import urlsplit

from tests.benchmarks.answer_saved import SLUG, _let_her_start
from tests.benchmarks.figures import Figure
from tests.benchmarks.lesson_page import enrolled
from tests.benchmarks.region import Region, token_in

REFUSALS, AT_ONCE, PAUSE = 10_000, 2, 0.02
FLUSHED = 8


def run(region: Region) -> list[Figure]:
    save = _saver(region)
    quiet = [save() for _ in range(200)]
    plain = _during(region, save, "GET", "/sehat")
    before = _entries(region)
    refused = _during(region, save, "POST", "/masuk")
    time.sleep(FLUSHED)
    counted = _one(region, "SELECT coalesce(sum(count), 0) FROM refusals")
    rows = _one(region, "SELECT count(DISTINCT network || quarter_at) FROM refusals")
    return [
        Figure("save, nobody else, p50", round(median(quiet), 2), "ms", len(quiet)),
        *_figures("save, flood of /sehat", plain, median(quiet)),
        *_figures("save, flood of refusals", refused, median(plain)),
        Figure("refusals counted", counted, "of 10,000", REFUSALS),
        Figure("entries during the flood", _entries(region) - before, "entries", REFUSALS),
        Figure("entries when it is closed", rows, "entries", REFUSALS),
    ]


def _figures(name: str, found: list[float], peer: float) -> list[Figure]:
    middle, worst = median(found), quantiles(found, n=100)[98]
    return [
        Figure(f"{name}, p50", round(middle, 2), "ms", len(found), "p50", round(middle / peer, 3)),
        Figure(f"{name}, p99", round(worst, 2), "ms", len(found)),
    ]


def _saver(region: Region):
    """A quiz that Sari has open; each call saves one answer, and gives its milliseconds."""
    browser = enrolled(region)
    _let_her_start(region)
    page = browser.get(f"{region.url}/kursus/{SLUG}/kuis")
    opened = browser.post(page.url, data={"csrf_token": token_in(page.text)})
    path = opened.url.split("/soal")[0]
    token = token_in(browser.get(f"{path}/soal/1").text)
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    turn = iter(range(10**9))

    def save() -> float:
        number = next(turn)
        body = {"choice": ("boleh", "kode-etik", "disiplin", "bergantung")[number % 4]}
        began = time.perf_counter()
        answer = browser.post(f"{path}/soal/{number % 12 + 1}", json=body, headers=headers)
        assert answer.status_code < 300, answer.status_code
        return (time.perf_counter() - began) * 1000

    return save


def _during(region: Region, save, method: str, path: str) -> list[float]:
    """What saves cost while 10,000 requests of one kind come in."""
    each = REFUSALS // AT_ONCE
    flood = [
        threading.Thread(target=_flood, args=(region.url, method, path, each))
        for _ in range(AT_ONCE)
    ]
    found: list[float] = []
    for thread in flood:
        thread.start()
    while any(thread.is_alive() for thread in flood):
        found.append(save())
        time.sleep(PAUSE)
    return found


def _flood(url: str, method: str, path: str, number: int) -> None:
    connection = HTTPConnection(urlsplit(url).netloc)
    for _ in range(number):
        connection.request(method, path, headers={"Content-Length": "0"})
        connection.getresponse().read()
    connection.close()


def _entries(region: Region) -> int:
    return _one(region, "SELECT count(*) FROM audit_entries")


def _one(region: Region, query: str) -> int:
    with sqlite3.connect(region.database) as connection:
        return connection.execute(query).fetchone()[0]
