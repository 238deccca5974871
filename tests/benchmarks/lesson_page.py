"""A lesson, signed in, against bare Flask "hello" on the same server (prototype 0.23, aim 0.30)."""

from app import demo
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.region import Region

PATH = "/kursus/netralitas-inti/pelajaran/2"


def run(region: Region) -> list[Figure]:
    browser = region.sign_in(demo.SARI)
    answer = browser.get(region.url + PATH)
    if answer.url != region.url + PATH:
        raise RuntimeError(f"Sari was sent to {answer.url}")
    return compared(
        "lesson page",
        "requests/s",
        "bare Flask hello",
        lambda: region.pages_a_second(PATH, browser),
        region.hellos_a_second,
    )
