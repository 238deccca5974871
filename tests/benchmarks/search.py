"""Does Bolehkah? open the right case, ask back where it must, and keep still otherwise?

bolehkah.yaml, questions.yaml and the blind files say who wrote the questions, who judged them, and
which were never tuned on. “held out” is a likeness of what is unseen: a part of the phrasings of
each case is left out of the bank, and asked. CONTENT=… measures another bank than ours.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import yaml

from app.asking.search.answers import Finder, Found, Index
from app.catalog.cases import Scenario
from app.catalog.model import Catalog
from app.catalog.terms import Phase, Verdict
from app.reading.loader import load
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region

HERE = Path(__file__).parent
CONTENT = Path(os.environ.get("CONTENT", HERE.parents[1] / "content"))
#: Asked for, as shares; and milliseconds for one question.
GREEN_FOR_RED, ASKED, AT_ONCE, SILENT, LEFT_ALONE = 0.005, 0.35, 0.90, 0.04, 0.95
REACHED = {"long": 0.85, "regional": 0.75}
REACHED_ELSE, MILLISECONDS = 0.88, 10
#: Words of a short question at most, in a set that marks none; characters of a long one at least.
SHORT, LONG = 3, 180
#: The sets of others, by the names that they have in the table.
WRITTEN = {
    "questions": "questions",
    "blind": "blind-2026-11",
    "last": "blind-2026-12",
    "third": "blind-2026-13",
    "fourth": "blind-2026-14",
    "fifth": "blind-2026-15",
    "sixth": "blind-2026-16",
}
PHASES = (Phase.BEFORE, Phase.AFTER)
#: Parts into which the phrasings of a case are dealt; each is held out once.
PARTS = 5

Row = dict
Sets = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One question with what was found. `place` is that of a right case, from 1."""

    row: Row
    found: Found
    place: int | None
    seconds: float

    @property
    def is_silent(self) -> bool:
        return not self.found.answers

    @property
    def is_at_once(self) -> bool:
        return bool(self.found.answers) and not self.found.asks_back

    @property
    def is_reached(self) -> bool:
        """Opened at once, or among those that are asked back."""
        return self.place == 1 or (self.found.asks_back and self.place is not None)


def run(region: Region | None = None) -> list[Figure]:
    began = time.perf_counter()
    catalog = load(CONTENT)
    loaded = time.perf_counter() - began
    began = time.perf_counter()
    finder = Finder(catalog.on_show, Index(catalog.on_show, catalog.lexicon))
    built = time.perf_counter() - began
    covered, uncovered = _questions(catalog)
    ask = partial(_try, finder)
    tried = {name: [ask(row) for row in rows] for name, rows in covered.items()}
    for name, rows in tried.items():
        _list_misses(name, rows, catalog)
    whole = [one for name, rows in tried.items() if ":" not in name for one in rows]
    held_out = [one for part in range(PARTS) for one in _held_out(catalog, part)]
    return [
        *(figure for name, rows in tried.items() for figure in _figures(name, rows, catalog)),
        *_figures("all", whole, catalog),
        *_figures("held out", held_out, catalog),
        *(figure for name, rows in uncovered.items() for figure in _kept_still(name, rows, ask)),
        _speed([one.seconds for one in whole]),
        Figure("content read and checked", round(loaded, 2), "s", 1),
        Figure("index built", round(built, 2), "s", 1),
    ]


def _questions(catalog: Catalog) -> tuple[Sets, Sets]:
    """By set: the questions that the bank has a case for, and the others."""
    ours = _read("bolehkah.yaml")
    written = {name: _read(f"{file}.yaml") for name, file in WRITTEN.items()}
    sets = {name: ours[name] for name in ("seen", "unseen", "fresh")}
    for name, file in written.items():
        sets |= {name: file["questions"], **_by_kind(name, file["questions"])}
    covered = {
        name: [row for row in rows if any(id in catalog.scenarios for id in row["cases"])]
        for name, rows in sets.items()
    }
    without = {"ours": ours, **written}
    return covered, {
        name: [{"ask": ask, "cases": []} for ask in rows["uncovered"]]
        for name, rows in without.items()
    }


def _read(name: str) -> dict:
    """A file of questions, each with the cases that were written for it since."""
    path, since = HERE / name, yaml.safe_load((HERE / "since.yaml").read_text())
    rows = yaml.safe_load(path.read_text()) if path.exists() else {"questions": [], "uncovered": []}
    for row in (row for name, rows in rows.items() if name != "uncovered" for row in rows):
        row["cases"] = [*row["cases"], *since.get(row["ask"], ())]
    return rows


def _by_kind(name: str, rows: list[Row]) -> Sets:
    """A story in a regional language is regional."""
    kinds: Sets = {f"{name}: {kind}": [] for kind in ("plain", "short", "long", "regional")}
    for row in rows:
        kinds[f"{name}: {_kind(row)}"].append(row)
    return kinds


def _kind(row: Row) -> str:
    marked = row.get("kind", "")
    if "R" in marked:
        return "regional"
    if "L" in marked or len(row["ask"]) >= LONG:
        return "long"
    return "short" if marked == "S" or len(row["ask"].split()) <= SHORT else "plain"


def _try(finder: Finder, row: Row) -> Tried:
    began = time.thread_time()
    found = finder.ask(row["ask"])
    taken = time.thread_time() - began
    ids = [answer.scenario.id for answer in found.answers]
    place = next((n for n, id in enumerate(ids, start=1) if id in row["cases"]), None)
    return Tried(row, found, place, taken)


def _held_out(catalog: Catalog, part: int) -> list[Tried]:
    """Every fifth phrasing of each case, asked of a bank without them."""
    bank = [
        replace(
            case, asked_like=tuple(p for n, p in enumerate(case.asked_like) if n % PARTS != part)
        )
        for case in catalog.on_show
    ]
    finder = Finder(bank, Index(bank, catalog.lexicon))
    return [
        _try(finder, {"ask": phrasing, "cases": [case.id]})
        for case in catalog.on_show
        for phrasing in case.asked_like[part::PARTS]
    ]


def _figures(name: str, rows: list[Tried], catalog: Catalog) -> Iterator[Figure]:
    if not rows:
        return
    at_once = [one for one in rows if one.is_at_once]
    share = partial(_share, name)
    yield share("boleh opened over a no", [_is_green_for_red(one, catalog) for one in rows],
                f"aim ≤ {GREEN_FOR_RED:.1%}")  # fmt: skip
    aim = REACHED.get(name.partition(": ")[2], REACHED_ELSE)
    yield share("right: opened or asked back", [one.is_reached for one in rows], f"aim {aim:.0%}")
    yield share("asked back", [one.found.asks_back for one in rows], f"aim ≤ {ASKED:.0%}")
    yield share("right at once", [one.place == 1 for one in at_once], f"aim {AT_ONCE:.0%}")
    yield share("right or near at once", [_is_harmless(one) for one in at_once], None)
    yield share("silent though covered", [one.is_silent for one in rows], f"aim ≤ {SILENT:.0%}")


def _share(name: str, what: str, hits: list[bool], aim: str | None) -> Figure:
    count = len(hits)
    return Figure(
        f"{what} ({name})", sum(hits), f"of {count}", count, aim, round(sum(hits) / (count or 1), 3)
    )


def _is_harmless(one: Tried) -> bool:
    """A case that answers the question or would not mislead was opened."""
    return one.found.answers[0].scenario.id in (*one.row["cases"], *one.row.get("near", ()))


def _is_green_for_red(one: Tried, catalog: Catalog) -> bool:
    if not one.is_at_once:
        return False
    first = one.found.answers[0].scenario
    right = [catalog.scenarios[id] for id in one.row["cases"] if id in catalog.scenarios]
    return any(
        first.ruling_for(phase).verdict is Verdict.ALLOWED and _is_no(one.row, right, phase)
        for phase in PHASES
    )


def _is_no(row: Row, right: Iterable[Scenario], phase: Phase) -> bool:
    """What the judge expects after the fixing, if he says so; else what every right case says."""
    if phase is Phase.AFTER and row.get("expected"):
        return bool(row["expected"] == Verdict.FORBIDDEN)
    return all(case.ruling_for(phase).verdict is Verdict.FORBIDDEN for case in right)


def _kept_still(name: str, rows: list[Row], ask: partial[Tried]) -> Iterator[Figure]:
    tried = [ask(row) for row in rows]
    for one in tried:
        if not one.is_silent:
            how = "asked back" if one.found.asks_back else "opened"
            print(f"  uncovered, {how}: {one.row['ask']}: {_ids(one)[:1]}", file=sys.stderr)
    silent = [one.is_silent for one in tried]
    yield _share(name, "uncovered left alone", silent, f"aim {LEFT_ALONE:.0%}")
    green = [one.is_at_once and _allows(one.found.answers[0].scenario) for one in tried]
    yield _share(name, "uncovered, opened with a boleh", green, "aim 0")


def _allows(scenario: Scenario) -> bool:
    return any(ruling.verdict is Verdict.ALLOWED for ruling in scenario.rulings)


def _speed(taken: list[float]) -> Figure:
    median, worst = statistics.median(taken) * 1000, max(taken) * 1000
    return Figure(
        "one question, CPU (median; baseline column: slowest)", round(median, 2), "ms", len(taken),
        f"{worst:.2f} ms", round(median / MILLISECONDS, 3),
    )  # fmt: skip


def _list_misses(name: str, rows: list[Tried], catalog: Catalog) -> None:
    for one in rows:
        if ":" in name or one.is_reached:
            continue
        how = "silent" if one.is_silent else "asked" if one.found.asks_back else "opened"
        worse = ", GREEN FOR RED" if _is_green_for_red(one, catalog) else ""
        place = f"place {one.place}" if one.place else "not found"
        print(f"  {name}, {how}, {place}{worse}: {one.row['ask']}", file=sys.stderr)
        print(f"      wanted {one.row['cases']}, found {_ids(one)[:3]}", file=sys.stderr)


def _ids(one: Tried) -> list[str]:
    return [answer.scenario.id for answer in one.found.answers]
