"""The frozen objects that content becomes at boot. Nobody changes them; anybody may share them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.catalog.cases import Case, Ruling, Scenario, Twin
from app.catalog.courses import (
    AtLeast,
    Blueprint,
    Course,
    Draw,
    InlineCase,
    Lesson,
    Prose,
    Timing,
    pool,
)
from app.catalog.law import Citation, Provision, Regulation, cite
from app.catalog.lexicon import Lexicon
from app.catalog.staleness import StaleLaw
from app.catalog.terms import Phase, Reader
from app.core.errors import NotFound

__all__ = [
    "AtLeast",
    "Blueprint",
    "Case",
    "Catalog",
    "Citation",
    "Counts",
    "Course",
    "Draw",
    "Guide",
    "InlineCase",
    "Lesson",
    "Pledge",
    "Prose",
    "Provision",
    "Regulation",
    "Ruling",
    "Scenario",
    "Timing",
]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pledge:
    """One edition of the pakta integritas: plain text, the same on screen and on paper."""

    edition: str
    title: str
    opening: str
    points: tuple[str, ...]
    closing: str
    consent: str
    cites: tuple[Citation, ...]
    valid_from: date


@dataclass(frozen=True, slots=True)
class Guide:
    slug: str
    title: str
    roles: tuple[Reader, ...]
    html: str


@dataclass(frozen=True, slots=True)
class Counts:
    regulations: int
    provisions: int
    scenarios: int
    verdicts: int
    courses: int
    lessons: int
    pledges: int

    def __str__(self) -> str:
        return ", ".join(f"{name} {getattr(self, name)}" for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All content, by id."""

    regulations: Mapping[str, Regulation]
    scenarios: Mapping[str, Scenario]
    courses: Mapping[str, Course]
    pledges: Mapping[str, Pledge]
    guides: Mapping[str, Guide]
    lexicon: Lexicon = field(default_factory=Lexicon)
    stale: StaleLaw = field(default_factory=StaleLaw)
    #: Only in the preview of an editor; nobody else ever sees a draft.
    shows_drafts: bool = False

    def regulation(self, id: str) -> Regulation:
        return _found(self.regulations, id)

    def scenario(self, id: str) -> Scenario:
        return _found(self.scenarios, id)

    @property
    def on_show(self) -> tuple[Scenario, ...]:
        """The cases that anybody may read, in the order of their ids."""
        ordered = sorted(self.scenarios.values(), key=lambda s: s.id)
        return tuple(scenario for scenario in ordered if self._is_on_show(scenario))

    def shown(self, id: str) -> Scenario:
        """One of them. NotFound for a draft."""
        scenario = self.scenario(id)
        if not self._is_on_show(scenario):
            raise NotFound
        return scenario

    def forbidden_twin(self, scenario: Scenario, phase: Phase) -> Twin | None:
        """The case next door that is forbidden in `phase` though this one is allowed."""
        twin = self.scenarios.get(scenario.twin or "")
        if twin is None or not self._is_on_show(twin) or twin.act is None:
            return None
        act = twin.act[0].lower() + twin.act[1:]
        return Twin(twin.id, act) if scenario.allows_over(twin, phase) else None

    def _is_on_show(self, scenario: Scenario) -> bool:
        return self.shows_drafts or scenario.is_published

    def course(self, slug: str) -> Course:
        return _found(self.courses, slug)

    def pledge(self, edition: str) -> Pledge:
        return _found(self.pledges, edition)

    def guide(self, slug: str) -> Guide:
        return _found(self.guides, slug)

    def provision(self, ref: str) -> Provision:
        """`pp-94-2021#5-n-6`."""
        id, _, anchor = ref.partition("#")
        return self.regulation(id).provision(anchor)

    def citation(self, ref: str, *, is_historical: bool = False) -> Citation:
        """`pp-94-2021#5-n-6`, with label `PP 94/2021 Pasal 5 huruf n angka 6`, text and url."""
        id, _, anchor = ref.partition("#")
        return cite(self.regulation(id), anchor, is_historical=is_historical)

    def case(self, scenario_id: str, phase: Phase) -> Case:
        """A scenario in one phase, published or not."""
        scenario = self.scenario(scenario_id)
        return Case(scenario, scenario.ruling_for(phase))

    def pool(self, course: Course, draw: Draw) -> tuple[Case, ...]:
        """Every case that a blueprint line may draw, in the stable order of ids."""
        return pool(self.scenarios.values(), course.audience, draw)

    @property
    def counts(self) -> Counts:
        return Counts(
            regulations=len(self.regulations),
            provisions=sum(len(r.provisions) for r in self.regulations.values()),
            scenarios=len(self.scenarios),
            verdicts=sum(len(s.rulings) + len(s.others) for s in self.scenarios.values()),
            courses=len(self.courses),
            lessons=sum(len(c.lessons) for c in self.courses.values()),
            pledges=len(self.pledges),
        )


def _found(things: Mapping[str, T], key: str) -> T:
    try:
        return things[key]
    except KeyError:
        raise NotFound from None
