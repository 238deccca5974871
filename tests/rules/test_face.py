"""What the face promises before any browser opens: contrast, weight, and nothing from elsewhere."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from app.config import PROJECT
from app.core.styles import joined

STATIC = PROJECT / "app" / "static"
TEMPLATES = sorted((PROJECT / "app" / "templates").rglob("*.html"))
TOKENS = (STATIC / "css" / "tokens.css").read_text()
LIGHT = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.partition("@media")[0]))
DARK = LIGHT | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.partition("@media")[2]))

TEXT_ON = [
    *itertools.product(("ink", "ink-soft", "teal"), ("paper", "surface", "sunken")),
    *itertools.product(("ink",), ("teal-wash", "good-wash", "gold-wash", "bad-wash")),
    *itertools.product(("bad",), ("paper", "surface", "bad-wash")),
    *itertools.product(("gold-ink",), ("paper", "surface", "gold-wash")),
    *itertools.product(("on-bar", "on-bar-soft"), ("bar",)),
    *itertools.product(("on-teal",), ("teal", "teal-deep")),
    ("teal", "teal-wash"),
    ("teal-deep", "teal-wash"),
    ("ink-soft", "teal-wash"),
    ("good", "good-wash"),
    ("good", "surface"),
]
EDGE_ON = [
    *itertools.product(("edge", "teal", "focus"), ("paper", "surface", "sunken")),
    *itertools.product(("focus",), ("teal-wash", "gold-wash", "bad-wash")),
    ("bad", "surface"),
    ("gold-ink", "gold-wash"),
]


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_reaches_four_and_a_half_and_every_edge_three(scheme):
    poor = [pair for pair in TEXT_ON if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5]
    faint = [pair for pair in EDGE_ON if contrast(scheme[pair[0]], scheme[pair[1]]) < 3]
    assert (poor, faint) == ([], [])


def test_the_style_sheets_and_scripts_stay_small():
    assert len(joined(STATIC / "css").encode()) <= 26_000
    assert sum(path.stat().st_size for path in (STATIC / "js").glob("*.js")) <= 30_000


def test_no_template_carries_an_inline_style_or_script():
    inline = re.compile(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)|javascript:")
    pages = [path for path in TEMPLATES if "printing" not in path.parts]
    assert [path.name for path in pages if inline.search(path.read_text())] == []


def test_nothing_on_a_page_comes_from_another_place():
    foreign = re.compile(r"(?:src|href)=[\"'](?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import")
    files = [*TEMPLATES, *(STATIC / "css").glob("*.css"), *STATIC.glob("*.svg")]
    assert [path.name for path in files if foreign.search(path.read_text())] == []


def test_the_emblem_is_plain_shapes_that_any_renderer_draws():
    tags = {
        element.tag.split("}")[1] for element in ElementTree.parse(STATIC / "emblem.svg").iter()
    }
    assert tags <= {"svg", "rect", "path", "circle"}


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        name for path in TEMPLATES for name in re.findall(r'icon\("([\w-]+)"', path.read_text())
    }
    assert named <= drawn
