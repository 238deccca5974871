"""What pages cost in process, and against bare Flask "hello" on the same server.

`AGAINST=<another checkout with its .venv>` measures that one in turns, in the same run. For a
question to Bolehkah? the share that is search is given as well.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from app import demo
from app.config import PROJECT
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.lesson_page import enrolled
from tests.benchmarks.region import Region

LESSON = "/kursus/netralitas-inti/pelajaran/2"
QUESTION = "like foto calon"
ASKED = f"!/bolehkah?q={QUESTION.replace(' ', '+')}"
ROUNDS, TIMES = 40, 30


def run(region: Region) -> list[Figure]:
    return [*_in_process(region), *_search_share(region), *_served(region)]


def _in_process(region: Region) -> list[Figure]:
    roots = [PROJECT, *([Path(os.environ["AGAINST"])] if "AGAINST" in os.environ else [])]
    figures = []
    with _workers(region, roots) as workers:
        quiz = [worker.opened for worker in workers]
        for name, paths in (
            ("lesson", [LESSON] * len(roots)),
            ("question of a quiz", [f"{opened}/soal/1" for opened in quiz]),
            ("/ of a stranger", ["!/"] * len(roots)),
            ("/bolehkah?q=", [ASKED] * len(roots)),
        ):
            figures += _compare(name, workers, paths)
    return figures


def _compare(name: str, workers: list["Worker"], paths: list[str]) -> list[Figure]:
    """The cost in this tree, and its ratio to the other's: the median of paired rounds."""
    both = list(zip(workers, paths, strict=True))
    for worker, path in both:
        worker.cost(path)  # what is kept is made
    rounds = [[worker.cost(path) for worker, path in both] for _ in range(ROUNDS)]
    ours = round(median(costs[0] for costs in rounds), 1)
    if len(workers) == 1:
        return [Figure(f"{name}, in process", ours, "µs CPU", ROUNDS)]
    ratio = round(median(costs[0] / costs[1] for costs in rounds), 3)
    theirs = round(median(costs[1] for costs in rounds), 1)
    return [
        Figure(f"{name}, in process", ours, "µs CPU", ROUNDS, "the other checkout", ratio),
        Figure(f"{name}, the other checkout", theirs, "µs CPU", ROUNDS),
    ]


def _search_share(region: Region) -> list[Figure]:
    from app import create_app
    from app.asking.web import finder

    os.environ["RAMBU_INSTANCE"] = str(region.folder / "pages-0")  # prepared by the worker
    app = create_app()
    with app.app_context():
        search, browser = finder(), app.test_client()
        whole = _cpu(lambda: browser.get(ASKED.lstrip("!")))
        part = _cpu(lambda: search.ask(QUESTION))
    return [Figure("search in /bolehkah?q=", round(part * 1e6, 1), "µs CPU", ROUNDS, "its page",
                   round(part / whole, 3))]  # fmt: skip


def _cpu(act) -> float:
    def once() -> float:
        begun = time.process_time()
        act()
        return time.process_time() - begun

    return median([once() for _ in range(ROUNDS + 5)][5:])


def _served(region: Region) -> list[Figure]:
    browser = enrolled(region)
    stranger = region.stranger()
    figures = []
    for name, path, who in (("lesson", LESSON, browser), ("/ of a stranger", "/", stranger)):
        figures += compared(
            f"{name}, served",
            "requests/s",
            f"bare Flask hello ({name})",
            lambda path=path, who=who: region.pages_a_second(path, who),
            region.hellos_a_second,
        )
    return figures


class Worker:
    """A checkout that is asked for pages in a process of its own."""

    def __init__(self, root: Path, instance: Path) -> None:
        python = root / ".venv" / "bin" / "python"
        environ = os.environ | {"RAMBU_INSTANCE": str(instance)}
        prepare = [python, "-m", "flask", "--app", "wsgi", "prepare"]
        subprocess.run(prepare, cwd=root, env=environ, check=True, capture_output=True)
        script = Path(__file__).with_name("pages_worker.py")
        self.process = subprocess.Popen(
            [python, script],
            cwd=root,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            text=True,
        )
        self.opened = self.process.stdout.readline().strip()

    def cost(self, path: str) -> float:
        self.process.stdin.write(f"{path} {TIMES}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def _workers(region: Region, roots: list[Path]) -> Iterator[list[Worker]]:
    made = [Worker(root, region.folder / f"pages-{n}") for n, root in enumerate(roots)]
    try:
        yield made
    finally:
        for worker in made:
            worker.process.kill()
            worker.process.communicate()


assert demo.SARI == "199406172019032004", "pages_worker.py signs her in by her number"
