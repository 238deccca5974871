"""What a stranger may send: the longest text, pastes that made patterns walk, spreadsheets that
explode, PDFs that cost who reads them. Each is refused or answered; this says in how long, and
what it leaves behind."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from app.asking.linting import LONGEST, MOST_READ
from app.credentials import samples
from app.credentials.press import Press
from app.rosters.cells import UnreadableFile
from app.rosters.tables import read_tables
from app.stale import reading_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region, token_in
from tests.hostile_files import HOSTILE
from tests.hostile_texts import hostile_texts
from tests.rules.rosters.test_files import BOMBS
from tests.stale import our_rules, stale_claims
from tests.views.asking.test_pastes import PAGE, PIECES

#: Hostile files that strangers drop, so many at once, and documents of ours before and meanwhile.
FILES, STRANGERS, OURS = 100, 4, 20


def run(region: Region) -> list[Figure]:
    return [*_texts_and_tables(), *_files(region)]


def _texts_and_tables() -> list[Figure]:
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


def _files(region: Region) -> list[Figure]:
    sealer = Press(region.folder / "instance", region.url).sealer()
    spent = {name: _seconds(sealer.examine, file) for name, (file, _) in HOSTILE.items()}
    dearest = max(spent, key=lambda name: spent[name])
    _, sealed = next(samples.sealed_samples(Press(region.folder / "instance", region.url)))
    _dropped(region, sealed)  # the examiner is warm
    before, quiet = _memory(region), median(_dropped(region, sealed) for _ in range(OURS))
    with ThreadPoolExecutor(STRANGERS + 1) as crowd:
        files = [file for file, _ in HOSTILE.values()] * FILES
        flood = [crowd.submit(_dropped, region, file) for file in files[:FILES]]
        meanwhile = median(_dropped(region, sealed) for _ in range(OURS))
        slowest = max(one.result() for one in flood)
    after = _memory(region)
    return [
        Figure(f"dearest file: {dearest}", round(spent[dearest], 3), "s CPU", len(spent)),
        Figure("slowest hostile file, answered", round(slowest, 3), "s", FILES),
        Figure("document of ours, quiet", round(quiet, 3), "s", OURS),
        Figure("document of ours, in the flood", round(meanwhile, 3), "s", OURS),
        Figure(
            "memory of the workers after the flood",
            round(after, 1),
            "MB",
            FILES,
            "before",
            round(after / before, 3),
        ),
    ]


def _dropped(region: Region, file: bytes) -> float:
    """Seconds until a stranger has the answer about her file. The form is fetched before."""
    browser = region.stranger()
    form = {"csrf_token": token_in(browser.get(f"{region.url}/verifikasi").text)}
    began = time.perf_counter()
    answer = browser.post(
        f"{region.url}/verifikasi/berkas", form, files={"file": ("dokumen.pdf", file)}
    )
    if answer.status_code not in (404, 413, 422):
        raise RuntimeError(f"{answer.status_code} for a file of {len(file)} bytes")
    return time.perf_counter() - began


def _memory(region: Region) -> float:
    """Resident megabytes of the server's workers, the examiner and others beside them left out."""
    server = region.servers[0].pid
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    processes = [Path("/proc", pid) for pid in children]
    workers = [one for one in processes if b"serve" in (one / "cmdline").read_bytes()]
    pages = [int((one / "statm").read_text().split()[1]) for one in workers]
    return sum(pages) * 4096 / 1e6


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
