"""What the frame of every page promises: a menu without JavaScript, little weight, clean paper."""

import re

import pytest

from tests.databases import DATABASES
from tests.journeys.conftest import DESK, PHONE

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", DATABASES[:1], indirect=True),
]

KILOBYTE = 1000


@pytest.fixture
def weighed(open_browser, site):
    """`weighed(path)` loads a page into an empty phone: address → bytes of its body."""

    def weigh(path: str) -> dict[str, int]:
        tab = open_browser(base_url=site.url, **PHONE).new_page()
        loaded = []
        tab.on("response", lambda response: loaded.append(response))
        tab.goto(path, wait_until="networkidle")
        return {response.url: len(response.body()) for response in loaded}

    return weigh


def test_the_menu_opens_without_javascript(town, phone_without_js):
    tab = phone_without_js.new_page()
    tab.goto("/")
    menu = tab.get_by_role("navigation", name="Menu utama")
    assert not menu.is_visible()

    tab.get_by_text("Menu", exact=True).click()
    menu.get_by_role("link", name="Verifikasi").click()

    assert tab.get_by_role("heading", level=1).inner_text() == "Verifikasi dokumen"


def test_one_menu_only_is_read_out_at_either_size(town, open_browser):
    for settings in (PHONE, DESK):
        tab = open_browser(base_url=town.url, **settings).new_page()
        tab.goto("/masuk")
        names = [nav.get_attribute("aria-label") for nav in tab.get_by_role("navigation").all()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("path", ["/", "/masuk", "/verifikasi"])
def test_a_first_page_weighs_little(weighed, path):
    weights = weighed(path)
    scripts = sum(size for address, size in weights.items() if ".js" in address)
    assert sum(weights.values()) <= 100 * KILOBYTE
    assert scripts <= 30 * KILOBYTE
    assert len(weights) <= 8


def test_a_shared_link_shows_a_title_and_a_picture_and_no_person(town, client):
    head = client.get("/verifikasi").text.partition("</head>")[0]
    shown = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', head))
    assert shown["title"] == "Verifikasi dokumen"
    with client.get(shown["image"]) as picture:
        assert picture.mimetype == "image/png"
        assert len(picture.data) <= 300 * KILOBYTE


def test_paper_carries_no_menu_and_no_buttons(town, phone):
    tab = phone.new_page()
    tab.goto("/masuk")
    tab.emulate_media(media="print")
    assert not tab.locator(".bar").is_visible()
    assert not tab.locator(".foot").is_visible()
    assert not tab.get_by_role("button", name="Masuk", exact=True).is_visible()
