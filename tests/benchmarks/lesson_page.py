"""A lesson, signed in, against bare Flask "hello" on the same server (prototype 0.23, aim 0.30)."""

from app import demo
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.region import Region, token_in

PATH = "/kursus/netralitas-inti/pelajaran/2"


def enrolled(region: Region):
    """Sari, with the course begun."""
    browser = region.sign_in(demo.SARI)
    page = browser.get(f"{region.url}/kursus/netralitas-inti")
    if "/mulai" in page.text:
        browser.post(f"{page.url}/mulai", data={"csrf_token": token_in(page.text)})
    return browser


def run(region: Region) -> list[Figure]:
    browser = enrolled(region)
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
