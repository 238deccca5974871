"""Controls: every check of tests/journeys/checks.py notices a page that is bad in its own way."""

from itertools import count
from threading import Thread

import pytest
from werkzeug.serving import make_server

from tests.journeys.checks import (
    CONTRAST,
    HEAVIEST_PAGE,
    HEAVIEST_SCRIPTS,
    Scale,
    double_letters,
    forget,
    lost_on_the_keyboard,
    too_wide,
    violations,
)

pytestmark = pytest.mark.journey

SKIP = '<a href="#isi">Langsung ke isi</a>'
GOOD = (
    f'<!doctype html><html lang="id"><head><title>Baik</title></head><body>{SKIP}'
    '<main id="isi" tabindex="-1"><h1>Baik</h1>'
    '<button class="button button--primary" style="outline: 3px solid">Lanjut</button>'
    "</main></body></html>"
)
SMALL = '<button style="width: 9px; height: 9px; padding: 0" aria-label="kecil"></button>'
PALE = '<p style="color: #888; background: #fff">pucat</p>'


@pytest.fixture
def tab(open_browser):
    return open_browser(viewport={"width": 640, "height": 400}).new_page()


def bad(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_page_passes_every_check(tab):
    tab.set_content(GOOD)
    found = [*violations(tab), *violations(tab, CONTRAST), *too_wide(tab)]
    assert [*found, *lost_on_the_keyboard(tab)] == []


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        (bad("<h1>", '<img src="data:,"><h1>'), "image-alt"),
        (bad(' lang="id"', ""), "html-has-lang"),
        (bad("</h1>", "</h1><input>"), "label"),
        (bad("</h1>", f"</h1>{SMALL}{SMALL}"), "target-size"),
        (bad("</h1>", f"</h1>{PALE}"), "color-contrast"),
    ],
)
def test_axe_notices(tab, html, rule):
    tab.set_content(html)
    assert any(found.startswith(f"{rule}: ") for found in violations(tab))


def test_pale_letters_are_noticed_when_only_colours_are_checked(tab):
    tab.set_content(bad("</h1>", f"</h1>{PALE}"))
    assert len(violations(tab, CONTRAST)) == 1


def test_sideways_scrolling_is_noticed_and_names_the_culprit(tab):
    tab.set_content(bad("</h1>", '</h1><p style="width: 700px">lebar</p>'))
    assert "lebar" in str(too_wide(tab))


def test_what_scrolls_in_its_own_box_is_fine(tab):
    inside = '<div style="overflow-x: auto"><p style="width: 700px">lebar</p></div>'
    tab.set_content(bad("</h1>", f"</h1>{inside}"))
    assert too_wide(tab) == []


def test_what_fits_only_with_small_letters_is_noticed(tab):
    tab.set_content(bad("</h1>", '</h1><p style="width: 30rem">lebar</p>'))
    assert too_wide(tab) == []
    with double_letters(tab):
        assert too_wide(tab) != []


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        (bad(SKIP, ""), "the first stop is not the skip link"),
        (bad("outline: 3px solid", "outline: 0"), "focus cannot be seen on: Lanjut"),
        (bad("<button ", '<button tabindex="-1" '), "the focus left the page"),
        (bad("</h1>", "</h1>" + '<a href="/">x</a> ' * 130), "the main action is more than"),
    ],
)
def test_a_page_that_keys_cannot_use_is_noticed(tab, html, wrong):
    tab.set_content(html)
    assert any(found.startswith(wrong) for found in lost_on_the_keyboard(tab))


def test_a_used_tab_forgets_who_was_there(tab):
    server = make_server("127.0.0.1", 0, _once_a_browser, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.port}/"
    tab.goto(address)
    tab.evaluate("localStorage.setItem('kunci', 'nilai'); document.cookie = 'siapa=sari'")
    tab.goto(f"{address}lagi")
    kept = "() => [document.body.innerText, localStorage.getItem('kunci'), document.cookie]"
    tab.goto(address)
    assert tab.evaluate(kept) == ["1", "nilai", "siapa=sari"]  # control: it is the same browser
    forget(tab, f"{address}lagi")
    tab.goto(address)
    assert tab.evaluate(kept) == ["2", None, ""]
    server.shutdown()
    server.server_close()


_visits = count(1)


def _once_a_browser(environ, start_response):
    """A page that a browser may keep for ever, and that says how often it was sent."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "max-age=9999")])
    return [str(next(_visits)).encode() if environ["PATH_INFO"] == "/" else b"lagi"]


@pytest.mark.parametrize(
    ("page", "script", "wrongs"),
    [
        (HEAVIEST_PAGE, 10, ["page of"]),
        (10, HEAVIEST_SCRIPTS, ["scripts of"]),
        (HEAVIEST_PAGE // 2, HEAVIEST_SCRIPTS // 2, []),
    ],
)
def test_a_heavy_page_is_noticed(tab, page, script, wrongs):
    def serve(environ, start_response):
        is_script = environ["PATH_INFO"] == "/a.js"
        body = b"//" + b"x" * script if is_script else b"<script src=a.js></script>" + b"x" * page
        kind = "text/javascript" if is_script else "text/html"
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    server = make_server("127.0.0.1", 0, serve, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    scale = Scale(tab)
    tab.goto(f"http://127.0.0.1:{server.port}/")
    server.shutdown()
    server.server_close()
    assert [
        found[: len(wrong)] for found, wrong in zip(scale.excess, wrongs, strict=True)
    ] == wrongs
