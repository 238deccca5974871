"""Courses, lessons, the blueprint of a quiz, and the pools that it draws from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.catalog.cases import Case, Ruling, Scenario
from app.catalog.law import Citation
from app.catalog.terms import PersonStatus, Phase, Topic, Verdict
from app.core.errors import NotFound

#: The place of a course that names none.
LAST = 100


@dataclass(frozen=True, slots=True)
class Prose:
    html: str


@dataclass(frozen=True, slots=True)
class InlineCase:
    """A case that the reader answers inside a lesson."""

    scenario_id: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class Lesson:
    slug: str
    number: int
    title: str
    minutes: int
    summary: str
    cites: tuple[Citation, ...]
    blocks: tuple[Prose | InlineCase, ...]

    @property
    def cases(self) -> tuple[InlineCase, ...]:
        return tuple(block for block in self.blocks if isinstance(block, InlineCase))


@dataclass(frozen=True, slots=True)
class Draw:
    """One line of a blueprint: so many cases of these topics, phase and difficulty (None: any)."""

    topics: tuple[Topic, ...]
    count: int
    phase: Phase | None = None
    difficulty: int | None = None

    def is_about(self, scenario: Scenario, ruling: Ruling) -> bool:
        """Topic and phase. A ruling for all phases counts as of either."""
        is_timely = self.phase is None or ruling.phase in (self.phase, Phase.ALWAYS)
        return is_timely and scenario.topic in self.topics


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A floor for a whole paper: at least `count` cases with one of these verdicts."""

    verdicts: tuple[Verdict, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Blueprint:
    """How the server draws a paper."""

    questions: int
    draws: tuple[Draw, ...]
    at_least: tuple[AtLeast, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Where a course's minutes go; together they justify its JP."""

    lessons: int
    practice: int
    quiz: int


@dataclass(frozen=True, slots=True)
class Course:
    slug: str
    title: str
    summary: str
    edition: str
    jp: int
    minutes: int
    timing: Timing
    audience: tuple[PersonStatus, ...]
    lessons: tuple[Lesson, ...]
    blueprint: Blueprint
    passing_percent: int
    max_attempts: int
    cool_down_minutes: int
    pledge_edition: str
    valid_months: int
    diklat_kind: str
    rests_on: tuple[str, ...]
    #: Its place in lists, least first.
    order: int = LAST

    @property
    def phase(self) -> Phase | None:
        """The one phase that its quiz asks about; None for a course of every phase."""
        phases = {draw.phase for draw in self.blueprint.draws}
        return phases.pop() if len(phases) == 1 else None

    def lesson(self, number: int) -> Lesson:
        """A lesson by its place, from 1."""
        for lesson in self.lessons:
            if lesson.number == number:
                return lesson
        raise NotFound


def pool(
    scenarios: Iterable[Scenario], audience: Sequence[PersonStatus], draw: Draw
) -> tuple[Case, ...]:
    """Every case that `draw` may take: published, for somebody of the audience, fit for a quiz."""
    return tuple(
        Case(scenario, ruling)
        for scenario in sorted(scenarios, key=lambda s: s.id)
        if scenario.is_published
        and draw.difficulty in (None, scenario.difficulty)
        and not set(audience).isdisjoint(scenario.applies_to)
        for ruling in scenario.rulings
        if draw.is_about(scenario, ruling) and Case(scenario, ruling).option is not None
    )


def seat(pools: Sequence[Iterable[str]], counts: Sequence[int]) -> dict[str, int]:
    """Who sits where when as many seats as can be are filled at once: the line of every key seated.

    `pools[i]` are the keys that line i may seat, the dearest first; `counts[i]` its seats. No key
    sits twice. A maximum bipartite matching by augmenting paths (Kuhn 1955); earlier lines are
    never emptied for later ones.
    """
    seated: dict[str, int] = {}

    def place(line: int, tried: set[str]) -> bool:
        for key in pools[line]:
            if key in tried:
                continue
            tried.add(key)
            if key not in seated or place(seated[key], tried):
                seated[key] = line
                return True
        return False

    for line, count in enumerate(counts):
        for _ in range(count):
            place(line, set())
    return seated
