"""Sign-ins a second: argon2id 19 MiB, a session row, an audit entry."""

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from app import demo
from tests.benchmarks.figures import ROUNDS, Figure
from tests.benchmarks.region import Region

PER_ROUND, AT_ONCE = 40, 8


def run(region: Region) -> list[Figure]:
    rates = [_round(region) for _ in range(ROUNDS)]
    return [Figure("sign-ins", round(median(rates), 2), "sign-ins/s", ROUNDS)]


def _round(region: Region) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(region.sign_in, [demo.SARI] * PER_ROUND))
    return PER_ROUND / (time.perf_counter() - began)
