"""A lesson as everybody finds it."""

from app.catalog.courses import InlineCase, Lesson, Prose
from app.catalog.model import Catalog
from app.catalog.terms import Phase
from app.learning.outlines import Spot, outlines_of
from tests import bank

TWINS = bank.scenario("kembar")
ALONE = bank.scenario("sendiri", always=bank.ALLOWED)
BEFORE, AFTER = InlineCase("kembar", Phase.BEFORE), InlineCase("kembar", Phase.AFTER)


def outline(*blocks):
    lesson = Lesson("satu", 1, "Satu", 6, "Singkat.", (), blocks)
    course = bank.course(lessons=(lesson,))
    catalog = Catalog({}, {one.id: one for one in (TWINS, ALONE)}, {course.slug: course}, {}, {})
    return outlines_of(catalog)[course.slug, 1]


def test_blocks_stand_in_the_order_of_the_page_and_prose_that_nothing_parts_is_one():
    laid_out = outline(Prose("<p>a</p>"), Prose("<p>b</p>"), BEFORE, AFTER, Prose("<p>c</p>"))
    shown = [one.key if isinstance(one, Spot) else one for one in laid_out.blocks]
    assert shown == [
        '<div class="prose"><p>a</p></div>\n<div class="prose"><p>b</p></div>',
        "kembar@sebelum-penetapan",
        "kembar@sesudah-penetapan",
        '<div class="prose"><p>c</p></div>',
    ]


def test_a_case_that_comes_twice_is_counted_once():
    laid_out = outline(BEFORE, InlineCase("sendiri", Phase.BEFORE), BEFORE)
    assert [(spot.place, spot.total) for spot in laid_out.spots.values()] == [(1, 2), (2, 2)]
    assert laid_out.blocks[0] is laid_out.blocks[2]


def test_a_spot_knows_the_same_story_in_another_phase():
    laid_out = outline(BEFORE, InlineCase("sendiri", Phase.AFTER), AFTER)
    twins = {spot.key: spot.other_phases for spot in laid_out.spots.values()}
    assert twins == {
        "kembar@sebelum-penetapan": {"kembar@sesudah-penetapan"},
        "sendiri@semua": frozenset(),
        "kembar@sesudah-penetapan": {"kembar@sebelum-penetapan"},
    }


def test_no_two_outlines_are_equal_however_alike():
    assert outline(BEFORE) != outline(BEFORE)
