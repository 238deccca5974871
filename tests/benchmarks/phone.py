"""A weak phone: 360 × 640, a processor six times slower, 1.5 Mbit/s with 300 ms, an empty cache.

Each figure stands against the same page without the brakes: if they braked nothing, it would show.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.benchmarks.answer_saved import opened_quiz
from tests.benchmarks.figures import Figure
from tests.benchmarks.lesson_page import PATH, enrolled
from tests.benchmarks.region import Region
from tests.journeys.conftest import CHROMIUM, PHONE, SWITCHES

ROUNDS = 7
SLOWER = 6
BYTES_A_SECOND = 1_500_000 / 8
LINE = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
#: Milliseconds from the address typed: the first letters, the largest piece, and scripts that run;
#: how long the main thread let nobody in between; bytes of all that was sent.
TIMES = """() => {
  const of = (type) => performance.getEntriesByType(type);
  const [page] = of("navigation");
  return {
    "first paint": of("paint").find((one) => one.name === "first-contentful-paint").startTime,
    "largest paint": window.painted,
    "usable": page.domContentLoadedEventEnd,
    "blocked": window.tasks.reduce((sum, took) => sum + Math.max(0, took - 50), 0),
    "weight": [page, ...of("resource")].reduce((sum, one) => sum + one.transferSize, 0) / 1000,
  };
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length && window.painted"
WATCH = """
  window.painted = 0; window.tasks = [];
  new PerformanceObserver((list) => { window.painted = list.getEntries().at(-1).startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => list.getEntries().forEach((one) => tasks.push(one.duration)))
    .observe({type: "longtask", buffered: true});
"""


def run(region: Region) -> list[Figure]:
    sari = enrolled(region)
    question = f"{opened_quiz(region, sari)}/soal/1"
    with _browser() as chromium:
        rounds = [
            {is_braked: _round(chromium, region, sari, question, is_braked=is_braked)
             for is_braked in (True, False)}
            for _ in range(ROUNDS)
        ]  # fmt: skip
    return [_figure(name, rounds) for name in rounds[0][True]]


def _figure(name: str, rounds: list[dict[bool, dict[str, float]]]) -> Figure:
    weak, free = (median(one[is_braked][name] for one in rounds) for is_braked in (True, False))
    unit = "kB" if name.endswith("weight") else "ms"
    ratio = round(weak / free, 3) if free else None
    return Figure(f"weak phone, {name}", round(weak, 1), unit, ROUNDS, "without brakes", ratio)


def _round(chromium: Browser, region, sari, question: str, *, is_braked: bool) -> dict[str, float]:
    found = {}
    for name, path in (("lesson", PATH), ("question", question)):
        with _tab(chromium, region, sari, is_braked=is_braked) as tab:
            tab.goto(path, wait_until="load")
            while not tab.evaluate(PAINTED):  # the page's policy lets no script of ours poll
                tab.wait_for_timeout(20)
            found |= {f"{name}: {what}": value for what, value in tab.evaluate(TIMES).items()}
            if path == question:
                found["answer saved"] = _saving(tab)
    return found


def _saving(tab: Page) -> float:
    """Milliseconds from the choice until the page says that it is saved."""
    choice = tab.locator("main input[type=radio]:not(:checked)").first
    began = choice.evaluate("(one) => { const now = performance.now(); one.click(); return now; }")
    expect(tab.get_by_text("Tersimpan.")).to_be_visible()
    return tab.evaluate("performance.now()") - began


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@contextmanager
def _tab(chromium: Browser, region, sari, *, is_braked: bool) -> Iterator[Page]:
    """A new phone with an empty cache, in which Sari is signed in."""
    context = chromium.new_context(base_url=region.url, **PHONE)
    context.add_cookies(
        [{"name": name, "value": value, "url": region.url} for name, value in sari.cookies.items()]
    )
    context.add_init_script(WATCH)
    tab = context.new_page()
    if is_braked:
        wire = context.new_cdp_session(tab)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", LINE)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield tab
    context.close()
