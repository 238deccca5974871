"""Does Bolehkah? find the right case for questions as people type them, and keep still otherwise?

bolehkah.yaml says who wrote the questions, who judged them, and which were never tuned on.
"""

import statistics
import sys
import time
from pathlib import Path

import yaml

from app.asking.search.answers import Finder, Index
from app.reading.loader import load
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region

ROOT = Path(__file__).resolve().parents[2]
#: Asked for: the right case first, within three, and silence where the bank has none.
FIRST, WITHIN_THREE, MILLISECONDS = 0.80, 0.95, 10


SETS = ("seen", "unseen", "fresh")


def run(region: Region | None = None) -> list[Figure]:
    questions = yaml.safe_load((Path(__file__).parent / "bolehkah.yaml").read_text())
    began = time.perf_counter()
    catalog = load(ROOT / "content")
    loaded = time.perf_counter() - began
    began = time.perf_counter()
    finder = Finder(catalog.on_show, Index(catalog.on_show, catalog.lexicon))
    built = time.perf_counter() - began
    sets = {name: [_asked(finder, row) for row in questions[name]] for name in SETS}
    for name, rows in sets.items():
        _list_misses(name, rows)
    silent = [not finder.ask(question) for question in questions["uncovered"]]
    for question, kept_still in zip(questions["uncovered"], silent, strict=True):
        if not kept_still:
            print(f"  answered, though not covered: {question}", file=sys.stderr)
    together = [row for rows in sets.values() for row in rows]
    return [
        *(figure for name, rows in sets.items() for figure in _shares(name, rows)),
        *_shares("all", together),
        Figure("uncovered left alone", sum(silent), f"of {len(silent)}", len(silent)),
        _speed(finder, [row["ask"] for row in together]),
        Figure("content read and checked", round(loaded, 2), "s", 1),
        Figure("index built", round(built, 2), "s", 1),
    ]


def _asked(finder: Finder, row: dict) -> dict:
    found = [answer.scenario.id for answer in finder.ask(row["ask"])]
    place = next((n for n, id in enumerate(found, start=1) if id in row["cases"]), None)
    return {**row, "found": found, "place": place}


def _shares(name: str, rows: list[dict]) -> list[Figure]:
    rows = [row for row in rows if row["cases"]]
    first = sum(row["place"] == 1 for row in rows)
    three = sum(row["place"] in (1, 2, 3) for row in rows)
    return [
        Figure(
            f"right case first ({name})", first, f"of {len(rows)}", len(rows),
            f"aim {FIRST:.0%}", round(first / len(rows), 3),
        ),
        Figure(
            f"right case within three ({name})", three, f"of {len(rows)}", len(rows),
            f"aim {WITHIN_THREE:.0%}", round(three / len(rows), 3),
        ),
    ]  # fmt: skip


def _speed(finder: Finder, questions: list[str]) -> Figure:
    taken = []
    for question in questions:
        began = time.perf_counter()
        finder.ask(question)
        taken.append((time.perf_counter() - began) * 1000)
    median, worst = statistics.median(taken), max(taken)
    return Figure(
        "one question (median; baseline column: slowest)", round(median, 2), "ms", len(taken),
        f"{worst:.2f} ms", round(median / MILLISECONDS, 3),
    )  # fmt: skip


def _list_misses(name: str, rows: list[dict]) -> None:
    for row in rows:
        if row["cases"] and row["place"] != 1:
            place = f"place {row['place']}" if row["place"] else "not found"
            print(f"  {name}, {place}: {row['ask']}", file=sys.stderr)
            print(f"      wanted {row['cases']}, found {row['found'][:3]}", file=sys.stderr)
