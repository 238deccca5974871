"""The content that ships: sound, in the shape that the product promises, and quick to read."""

import time

import pytest

from app.catalog import load, report
from app.catalog.terms import Topic, Verdict
from app.config import PROJECT

CONTENT = PROJECT / "content"


@pytest.fixture(scope="module")
def catalog():
    return load(CONTENT)


def test_the_content_has_no_error():
    assert [
        str(mistake) for mistake in report(CONTENT).mistakes if mistake.severity == "error"
    ] == []


def test_there_are_lessons_and_cases_enough(catalog):
    assert len(catalog.course("netralitas-inti").lessons) >= 6
    assert len([s for s in catalog.scenarios.values() if s.is_published]) >= 40


def test_every_topic_has_a_case(catalog):
    assert {scenario.topic for scenario in catalog.scenarios.values()} == set(Topic)


def test_a_third_of_the_verdicts_teach_judgement_and_not_fear(catalog):
    verdicts = [r.verdict for s in catalog.scenarios.values() for r in s.rulings]
    assert sum(v is not Verdict.FORBIDDEN for v in verdicts) * 3 >= len(verdicts)


def test_every_lesson_asks_its_reader(catalog):
    for course in catalog.courses.values():
        assert all(lesson.cases for lesson in course.lessons)


def test_reading_everything_takes_less_than_a_boot_may(catalog):
    begun = time.perf_counter()
    load(CONTENT)
    assert time.perf_counter() - begun < 1.5
