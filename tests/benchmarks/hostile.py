"""What a stranger may send: the longest text, pastes that made patterns walk, spreadsheets that
explode. Each is refused or answered; this says in how long."""

import time
from collections.abc import Callable

from app.asking.linting import LONGEST, MOST_READ
from app.rosters.cells import UnreadableFile
from app.rosters.tables import read_tables
from app.stale import reading_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region
from tests.hostile_texts import hostile_texts
from tests.rules.rosters.test_files import BOMBS
from tests.stale import our_rules, stale_claims
from tests.views.asking.test_pastes import PAGE, PIECES


def run(region: Region | None = None) -> list[Figure]:
    pastes = [_seconds(_read, piece * (LONGEST // len(piece))) for piece in PIECES]
    texts = {name: _seconds(_read, text) for name, text in hostile_texts(LONGEST)}
    slowest = max(texts, key=lambda name: texts[name])
    bombs = [_seconds(_refuse, bomb()) for bomb in BOMBS.values()]
    page, pages = (_seconds(stale_claims, PAGE * count) for count in (500, 2000))
    return [
        Figure("slowest paste of the longest text", round(max(pastes), 2), "s", len(pastes)),
        Figure(f"slowest text: {slowest}", round(texts[slowest], 2), "s", len(texts)),
        Figure("slowest spreadsheet bomb", round(max(bombs), 2), "s", len(bombs)),
        Figure("2,000 pages of text", round(pages, 2), "s", 1, "500 pages", round(pages / page, 3)),
    ]


def _seconds(act: Callable, what) -> float:
    began = time.process_time()
    act(what)
    return time.process_time() - began


def _read(text: str) -> None:
    """As /periksa does."""
    reading_of(text, our_rules(), MOST_READ)


def _refuse(bomb: bytes) -> None:
    try:
        read_tables(bomb, "berkas")
    except UnreadableFile:
        return
