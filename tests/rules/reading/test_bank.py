"""The content that ships: sound, in the shape that the product promises, and quick to read."""

import pytest

from app.catalog.terms import PersonStatus, Pressure, Topic, Verdict
from app.config import PROJECT

CONTENT = PROJECT / "content"


def test_the_content_has_no_error(catalog):
    """Or the catalog would not have been read, and every mistake stood here."""
    assert catalog.counts.scenarios == len(list((CONTENT / "scenarios").rglob("*.md")))


def everything_judged(catalog):
    return [r for s in catalog.on_show for r in (*s.rulings, *s.others)]


def test_the_bank_is_as_large_as_promised(catalog):
    assert len(catalog.on_show) >= 160
    assert len(everything_judged(catalog)) >= 300
    assert {scenario.topic for scenario in catalog.on_show} == set(Topic)


def test_a_third_of_the_verdicts_teach_judgement_and_not_fear(catalog):
    verdicts = [ruling.verdict for ruling in everything_judged(catalog)]
    assert sum(verdict is not Verdict.FORBIDDEN for verdict in verdicts) * 3 >= len(verdicts)


def test_family_and_superiors_press_as_they_do_in_life(catalog):
    pressing = {Pressure.FAMILY, Pressure.SUPERIOR}
    assert sum(scenario.pressure in pressing for scenario in catalog.on_show) >= 40


def test_there_are_dilemmas_in_most_topics(catalog):
    dilemmas = [scenario for scenario in catalog.on_show if scenario.dilemma]
    assert len(dilemmas) >= 15
    assert len({scenario.topic for scenario in dilemmas}) >= 8


def test_the_core_course_asks_as_often_as_things_go_wrong(catalog):
    """KASN 2020, of the five kinds together (81.9 percent of all violations)."""
    partisan = {Topic.FACILITIES, Topic.DECISIONS, Topic.SERVICE, Topic.SUPERIORS}
    real = {
        frozenset({Topic.SOCIAL_MEDIA}): 30.4,
        frozenset(partisan): 22.4,
        frozenset({Topic.PHOTOS}): 12.6,
        frozenset({Topic.CAMPAIGNS}): 10.9,
        frozenset({Topic.PARTIES}): 5.6,
    }
    draws = catalog.course("netralitas-inti").blueprint.draws
    asked = {
        kind: sum(draw.count for draw in draws if kind.issuperset(draw.topics)) for kind in real
    }
    for kind, share in real.items():
        ours = asked[kind] / sum(asked.values())
        assert ours == pytest.approx(share / sum(real.values()), abs=0.06), kind


def test_every_course_has_a_pledge_of_its_own_and_lessons_that_ask(catalog):
    courses = catalog.courses.values()
    assert len({course.pledge_edition for course in courses}) == len(courses) >= 6
    for course in courses:
        assert all(lesson.cases for lesson in course.lessons)
        assert all(5 <= lesson.minutes <= 8 for lesson in course.lessons)


def test_everybody_has_a_course(catalog):
    audiences = [set(course.audience) for course in catalog.courses.values()]
    assert set().union(*audiences) == set(PersonStatus)
