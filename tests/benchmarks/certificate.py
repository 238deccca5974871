"""A certificate and a pledge: rendered, sealed, checked. Milliseconds each, warm."""

import time
from collections.abc import Callable
from statistics import median

from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region

SAMPLES = 20


def run(region: Region) -> list[Figure]:
    from app.credentials import samples, seal
    from app.credentials.rendering import render

    figures = []
    sealer = seal.load(region.folder / "instance")
    for kind, facts, stamp in samples.ordinary():
        pdf = render(facts, stamp)
        sealed = sealer.seal(pdf)
        figures += [
            _timed(f"{kind}: render", lambda facts=facts, stamp=stamp: render(facts, stamp)),
            _timed(f"{kind}: seal", lambda pdf=pdf: sealer.seal(pdf)),
            _timed(f"{kind}: examine", lambda sealed=sealed: sealer.examine(sealed)),
            Figure(f"{kind}: size", round(len(sealed) / 1000, 1), "kB", 1),
        ]
    return figures


def _timed(bench: str, deed: Callable[[], object]) -> Figure:
    deed()
    times = []
    for _ in range(SAMPLES):
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return Figure(bench, round(median(times), 1), "ms", SAMPLES)
