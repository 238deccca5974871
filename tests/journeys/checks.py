"""What can be wrong with a page that looks right: each check names the culprits, or gives []."""

import os
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

_SHOTS = os.environ.pop("RAMBU_SCREENSHOTS", None)
#: Where to put pictures of every page for people to look at; None takes none.
SCREENSHOTS = Path(_SHOTS) if _SHOTS else None

PHONE_SIZE = {"width": 360, "height": 640}

#: Bytes over the wire, on an empty cache.
HEAVIEST_PAGE, HEAVIEST_SCRIPTS = 100_000, 30_000

#: All rules of axe-core, and the one of WCAG 2.2 that it leaves off.
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}

TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  const clips = (node) => node && node !== document.body && (
    getComputedStyle(node).overflowX !== "visible" || clips(node.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter(
    (node) => node.checkVisibility() && node.getBoundingClientRect().right > limit
      && !clips(node.parentElement));
  return ["page", ...wide.slice(0, 5).map((node) => node.outerHTML.slice(0, 120))];
}"""

FOCUSED = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  const ringed = [node, node.closest(".choice")].filter(Boolean).map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const main = ["button--primary", "button--danger", "button"].map((one) => `main .${one}`)
    .concat("main [type=submit]", "main .choice input", "main a[href]")
    .map((one) => [...document.querySelectorAll(one)].find((node) => node.checkVisibility()))
    .find(Boolean) ?? null;
  return {
    name: (node.innerText || node.name || node.id || node.tagName).trim().slice(0, 60),
    seen: ringed && inside,
    atMain: main === null || node === main
      || (node.type === "radio" && node.name === main.name),
    lost: node === document.body,
  };
}"""


class Scale:
    """Weighs what one tab is sent over the wire, headers included, until it is put away."""

    def __init__(self, tab) -> None:
        self._kinds: dict[str, str] = {}
        self._weights: dict[str, float] = {}
        self._wire = tab.context.new_cdp_session(tab)
        self._wire.on("Network.responseReceived", self._received)
        self._wire.on("Network.loadingFinished", self._finished)
        self._wire.send("Network.enable")

    def put_away(self) -> None:
        """Or a tab that shows a hundred pages tells a hundred scales about each byte."""
        self._wire.detach()

    @property
    def page(self) -> int:
        return round(sum(self._weights.values()))

    @property
    def scripts(self) -> int:
        is_script = (self._kinds.get(id) == "Script" for id in self._weights)
        weights = zip(is_script, self._weights.values(), strict=True)
        return round(sum(weight for is_one, weight in weights if is_one))

    @property
    def excess(self) -> list[str]:
        """What is heavier than a first page may be."""
        wrongs = [f"page of {self.page} bytes"] if self.page > HEAVIEST_PAGE else []
        return wrongs + ([f"scripts of {self.scripts}"] if self.scripts > HEAVIEST_SCRIPTS else [])

    def _received(self, event: dict) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict) -> None:
        self._weights[event["requestId"]] = event["encodedDataLength"]


def forget(tab, picture: str) -> None:
    """Make a used tab like one of a new browser on a phone: no cookies, no cache, nothing kept.

    It leaves its page for the address of a picture of the same site: from an empty tab the next
    page would come in a new process, where axe-core is compiled anew (1.2 s a page, so 0.7 s).
    """
    tab.goto(picture)
    tab.context.clear_cookies()
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.clearBrowserCache")
    wire.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    wire.detach()
    tab.set_viewport_size(PHONE_SIZE)
    tab.emulate_media(color_scheme="no-preference", reduced_motion="no-preference")


def violations(page, options: dict = ALL_RULES) -> list[str]:
    """What axe-core finds: rule, element, advice. The script is put in once a document."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    rules = page.evaluate("options => axe.run(options).then((found) => found.violations)", options)
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for rule in rules
        for node in rule["nodes"]
    ]


@contextmanager
def double_letters(page):
    """What the setting for large text does in Chrome: rem and em grow, pixels do not."""
    wire = page.context.new_cdp_session(page)
    wire.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield
    wire.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    wire.detach()


def too_wide(page) -> list[str]:
    """Elements because of which the page scrolls sideways."""
    return page.evaluate(TOO_WIDE)


def lost_on_the_keyboard(page, most: int = 120) -> list[str]:
    """Tab from the skip link to the page's main action; every stop must be visible on the way."""
    wrongs = []
    page.keyboard.press("Tab")
    if "Langsung ke isi" not in page.evaluate(FOCUSED)["name"]:
        wrongs.append("the first stop is not the skip link")
    page.keyboard.press("Enter")
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["lost"]:
            return [*wrongs, "the focus left the page before its main action"]
        if not stop["seen"]:
            wrongs.append(f"focus cannot be seen on: {stop['name']}")
        if stop["atMain"]:
            page.evaluate("document.activeElement.blur()")
            return wrongs
    return [*wrongs, f"the main action is more than {most} stops away"]
