"""Every page, on a small phone and on a desk, in light and in dark, for eyes, fingers and keys."""

import pytest

from tests.databases import DATABASES, empty
from tests.journeys import checks, stage
from tests.journeys.checks import (
    CONTRAST,
    PHONE_SIZE,
    Scale,
    double_letters,
    forget,
    lost_on_the_keyboard,
    too_wide,
    violations,
)
from tests.journeys.conftest import INDONESIAN, PATIENCE, serving
from tests.journeys.pages import NOT_PAGES, PAGES, Page
from tests.journeys.watch import Watch
from tests.nudged import waiting_jobs

pytestmark = [
    pytest.mark.journey,
    # What a page looks like does not depend on the database.
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]

SMALLEST_SIZE = {"width": 320, "height": 640}
PICTURE = "/static/emblem.svg"
DESK_SIZE = {"width": 1280, "height": 800}
#: 1280 pixels at 200 percent; there the letters are doubled once more.
ZOOMED_SIZE = {"width": 640, "height": 400}


@pytest.fixture(scope="module")
def staged(built_app):
    """A live site with somebody at every point of the way; its pages are only read."""
    with built_app.app_context():
        empty()
    places = stage.set_up(built_app)
    # A file that is asked for stays unmade: no worker runs.
    with waiting_jobs(built_app), serving(built_app) as live:
        live.places = places
        live.cookies = {}
        yield live


@pytest.fixture(scope="module")
def window(staged, chromium):
    """One tab for all pages: a new browser for each would compile axe-core anew, which costs more
    than all that is asked of it."""
    context = chromium.new_context(
        base_url=staged.url, viewport=PHONE_SIZE, has_touch=True, **INDONESIAN
    )
    context.set_default_timeout(PATIENCE)
    context.watch = Watch(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(staged, window):
    """`opened(page)` is that page in the browser of whoever may see it, and its weight."""

    def open_page(page: Page):
        forget(window, PICTURE)
        if page.who:
            window.context.add_cookies([_cookie(staged, page.who)])
        scale = Scale(window)
        answer = window.goto(page.path.format(**staged.places))
        scale.put_away()
        assert answer.status == page.status
        return window, scale

    yield open_page
    assert window.context.watch.take() == []


def _cookie(staged, who: str) -> dict:
    if who not in staged.cookies:
        staged.cookies[who] = stage.cookie_of(staged.app, who)
    name = staged.app.config["SESSION_COOKIE_NAME"]
    return {"name": name, "value": staged.cookies[who], "url": staged.url}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_for_everybody(opened, page):
    tab, scale = opened(page)
    _note_weight(page.name, scale)
    wrongs = {"weight": scale.excess, "keyboard": lost_on_the_keyboard(tab)}
    if page.act:
        page.act(tab)
    _look(tab, wrongs, page.name, "ponsel")
    for name, size in (("320 px", SMALLEST_SIZE), ("zoom", ZOOMED_SIZE)):
        tab.set_viewport_size(size)
        wrongs[f"sideways at {name}"] = too_wide(tab)
    with double_letters(tab):
        wrongs["sideways with double letters"] = too_wide(tab)
    tab.set_viewport_size(DESK_SIZE)
    _look(tab, wrongs, page.name, "meja")
    assert {where: found for where, found in wrongs.items() if found} == {}


def _note_weight(name: str, scale: Scale) -> None:
    if checks.SCREENSHOTS:
        with (checks.SCREENSHOTS / "berat.tsv").open("a") as table:
            table.write(f"{name}\t{scale.page}\t{scale.scripts}\n")


def _look(tab, wrongs: dict, name: str, device: str) -> None:
    """Light in full, dark for its colours: nothing else differs between the two."""
    wrongs[f"sideways on {device}"] = too_wide(tab)
    for scheme, options in (("light", checks.ALL_RULES), ("dark", CONTRAST)):
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        wrongs[f"axe on {device}, {scheme}"] = violations(tab, options)
        if checks.SCREENSHOTS:
            words = {"light": "terang", "dark": "gelap"}[scheme]
            path = checks.SCREENSHOTS / f"{name}-{device}-{words}.png"
            tab.screenshot(path=path, full_page=True)


def test_every_address_is_a_page_of_the_list_or_says_why_not(staged):
    """A new page must be looked at, too: it joins tests/journeys/pages.py or names a reason."""
    addresses = staged.app.url_map
    served = {rule.endpoint for rule in addresses.iter_rules() if "GET" in rule.methods}
    finder = addresses.bind("127.0.0.1")
    real = [page.path.format(**staged.places).split("?")[0] for page in PAGES]
    listed = {finder.match(path)[0] for path in real if path != "/tidak-ada"}
    assert served - listed - NOT_PAGES.keys() == set(), "not looked at"
    assert NOT_PAGES.keys() - served == set(), "gone"
    assert listed & NOT_PAGES.keys() == set(), "both"


#: Pixels from the top of a phone of 360 × 640: what one sees without scrolling, with room to spare.
FIRST_SCREEN = 600
ANSWERED = [
    "/bolehkah?q=like+postingan+cabup+di+ig+boleh+ga",
    "/bolehkah?q=pasang+stiker+calon+di+mobil+pribadi",
    "/bolehkah/suka-unggahan-akun-pemenangan",
    "/bolehkah/bingkisan-di-meja-dapur",
]


@pytest.mark.parametrize("who", [None, "sari"])
@pytest.mark.parametrize("path", ANSWERED)
def test_the_verdict_of_today_stands_in_the_first_screen(opened, path, who):
    tab, _ = opened(Page("jawaban", path, who))
    pill = tab.locator("main .verdict").first
    box = pill.bounding_box()
    assert box["y"] + box["height"] < FIRST_SCREEN, pill.text_content()
    phase = tab.locator("main .ruling").first
    assert "Hari ini" in phase.text_content() or tab.locator(".ruling--today").count() == 0


def test_todays_stage_opens_on_a_tap_and_without_javascript(staged, open_browser):
    settings = {"viewport": PHONE_SIZE, "java_script_enabled": False, **INDONESIAN}
    context = open_browser(base_url=staged.url, **settings)
    context.add_cookies([_cookie(staged, "sari")])
    tab = context.new_page()
    tab.goto("/bolehkah")
    stage = tab.locator(".today")
    assert stage.bounding_box()["height"] < 60
    assert not stage.locator("p").first.is_visible()
    stage.locator("summary").click()
    assert stage.locator("p").first.is_visible()
