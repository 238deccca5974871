"""A lesson as everybody finds it: its prose and its cases, in the order of the page. Pure.

Made once for every lesson of a catalog. What a reader has answered is all that is left to ask.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from app.catalog.model import Case, Catalog, Course, InlineCase, Lesson, Prose


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A case in its place on the page. No other equals it, so that it is a key in itself."""

    case: Case
    key: str
    #: Counted from 1.
    place: int
    total: int
    #: Keys of what the same page asks of the same story in another phase.
    other_phases: frozenset[str]

    @property
    def anchor(self) -> str:
        return f"{self.case.scenario.id}-{self.case.phase}"


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """No other equals it, either."""

    course: Course
    lesson: Lesson
    #: By the key of the case, in the order of the page; a case that comes twice stands here once.
    spots: Mapping[str, Spot]
    blocks: tuple[Spot | Markup, ...]


def outlines_of(catalog: Catalog) -> dict[tuple[str, int], Outline]:
    """Every lesson, by the slug of its course and its number."""
    return {
        (course.slug, lesson.number): _outline(course, lesson, catalog)
        for course in catalog.courses.values()
        for lesson in course.lessons
    }


def _outline(course: Course, lesson: Lesson, catalog: Catalog) -> Outline:
    cases = {one: catalog.case(one.scenario_id, one.phase) for one in lesson.cases}
    spots = _spots({case.key: case for case in cases.values()})
    keys = {one: case.key for one, case in cases.items()}
    blocks = _blocks(lesson, {one: spots[key] for one, key in keys.items()})
    return Outline(course, lesson, spots, tuple(blocks))


def _spots(cases: Mapping[str, Case]) -> dict[str, Spot]:
    return {
        key: Spot(case, key, place, len(cases), _other_phases(case, cases.values()))
        for place, (key, case) in enumerate(cases.items(), start=1)
    }


def _other_phases(case: Case, cases: Collection[Case]) -> frozenset[str]:
    same_story = {one.key for one in cases if one.scenario.id == case.scenario.id}
    return frozenset(same_story - {case.key})


def _blocks(lesson: Lesson, spots: Mapping[InlineCase, Spot]) -> Iterator[Spot | Markup]:
    """Prose that no case parts is one block."""
    for kind, run in groupby(lesson.blocks, type):
        if kind is Prose:
            yield _drawn(block for block in run if isinstance(block, Prose))
        else:
            yield from (spots[block] for block in run if isinstance(block, InlineCase))


def _drawn(run: Iterator[Prose]) -> Markup:
    return Markup("\n".join(f'<div class="prose">{prose.html}</div>' for prose in run))  # noqa: S704  our own content
