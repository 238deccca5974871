"""Can the time of an answer tell a known number from an unknown one? 0.5 is pure chance."""

import random
import sqlite3
import time

import requests

from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region, token_in

#: Each of known and unknown numbers. Together below the first wait of the network's brake.
EACH = 70


def run(region: Region) -> list[Figure]:
    known = _known(region)[:EACH]
    unknown = [
        f"19{70 + place % 25}0101{1995 + place % 20}02{1 + place % 2}9{place:02d}"
        for place in range(len(known))
    ]
    tries = [(number, True) for number in known] + [(number, False) for number in unknown]
    random.Random(7).shuffle(tries)
    timed = _timed(region, tries)
    return [
        Figure(
            "known/unknown number, AUC",
            round(auc(timed), 3),
            "of 1",
            len(tries),
            "chance",
            round(auc(timed) / 0.5, 3),
        )
    ]


def _known(region: Region) -> list[str]:
    query = (
        "SELECT number FROM people JOIN accounts ON accounts.person_id = people.id"
        " ORDER BY people.id"
    )
    with sqlite3.connect(f"file:{region.database}?mode=ro", uri=True) as connection:
        return [number for (number,) in connection.execute(query)]


def _timed(region: Region, tries: list[tuple[str, bool]]) -> list[tuple[float, bool]]:
    browser = requests.Session()
    url = f"{region.url}/masuk"
    token = token_in(browser.get(url).text)
    timed = []
    for number, is_known in tries:
        form = {"csrf_token": token, "number": number, "password": "bukan-kata-sandinya"}
        began = time.perf_counter()
        answer = browser.post(url, data=form)
        timed.append((time.perf_counter() - began, is_known))
        if answer.status_code != 422:
            raise RuntimeError(f"a wrong password was answered with {answer.status_code}")
    return timed


def auc(timed: list[tuple[float, bool]]) -> float:
    """How often a known number takes longer than an unknown one; mirrored above one half."""
    known = [seconds for seconds, is_known in timed if is_known]
    unknown = [seconds for seconds, is_known in timed if not is_known]
    longer = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    share = longer / (len(known) * len(unknown))
    return max(share, 1 - share)
