"""The report of the whole region: what a Sekda waits for at noon."""

from statistics import median

from app import demo
from tests.benchmarks.figures import ROUNDS, Figure
from tests.benchmarks.region import Region


def run(region: Region) -> list[Figure]:
    browser = region.sign_in(demo.DEWI)
    pages = [region.pages_a_second("/laporan", browser) for _ in range(ROUNDS)]
    sheets = [region.pages_a_second("/laporan/unit/1/belum", browser) for _ in range(ROUNDS)]
    return [
        Figure("report table", round(median(pages), 2), "requests/s", ROUNDS),
        Figure("report, list of those pending", round(median(sheets), 2), "requests/s", ROUNDS),
    ]
