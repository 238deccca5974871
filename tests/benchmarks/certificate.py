"""A certificate and a pledge: rendered, sealed, checked. Milliseconds each, warm."""

import re
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from app import demo
from app.credentials import samples
from app.credentials.press import Press
from app.printing.rendering import render
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region

SAMPLES = 20


def run(region: Region) -> list[Figure]:
    press = Press(region.folder / "instance", region.url)
    sealer = press.sealer()
    figures = []
    for kind, facts, stamp in samples.ordinary():
        pdf = render(facts, stamp)
        sealed = sealer.seal(pdf, name="BKPSDM", url=stamp.url)
        figures += [
            _timed(f"{kind}: render", partial(render, facts, stamp)),
            _timed(f"{kind}: seal", partial(sealer.seal, pdf, name="BKPSDM", url=stamp.url)),
            _timed(f"{kind}: examine", partial(sealer.examine, sealed)),
            Figure(f"{kind}: size", round(len(sealed) / 1000, 1), "kB", 1),
        ]
    return [*figures, *_first_downloads(region)]


def _first_downloads(region: Region) -> list[Figure]:
    """From the request for a document that has no file yet to its last byte, by the worker."""
    browser = region.sign_in(demo.DEWI)
    page = browser.get(f"{region.url}/dokumen").text
    seconds = []
    for path in sorted(set(re.findall(r'href="(/dokumen/\w+\.pdf)"', page))):
        began = time.perf_counter()
        while (answer := browser.get(region.url + path)).status_code == 202:
            time.sleep(float(answer.headers["Refresh"]))
        assert answer.content.startswith(b"%PDF-"), answer.status_code
        seconds.append(time.perf_counter() - began)
    return [Figure("first download", round(max(seconds), 2), "s, slowest", len(seconds))]


def _timed(bench: str, deed: Callable[[], object]) -> Figure:
    deed()
    times = []
    for _ in range(SAMPLES):
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return Figure(bench, round(median(times), 1), "ms", SAMPLES)
