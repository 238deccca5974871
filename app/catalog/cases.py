"""Scenarios, their rulings, and what a quiz may ask of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.catalog.dilemmas import Dilemma
from app.catalog.law import Citation
from app.catalog.quiz_options import QuizOption, option_for
from app.catalog.terms import (
    Facet,
    Footing,
    PersonStatus,
    Phase,
    Pressure,
    Status,
    Topic,
    Verdict,
    Violation,
)
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds for a scenario in one phase, and on which law."""

    phase: Phase
    verdict: Verdict
    violation: Violation
    cites: tuple[Citation, ...]
    #: Whom it holds for, and why it differs; empty for the people whom the scenario is about.
    persons: tuple[PersonStatus, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The forbidden deed next door to an allowed one."""

    id: str
    #: Inside a sentence: “menyukai unggahan tim”.
    act: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation as it happens to people, judged for each phase."""

    id: str
    topic: Topic
    question: str
    applies_to: tuple[PersonStatus, ...]
    rulings: tuple[Ruling, ...]
    pressure: Pressure
    difficulty: int
    confidence: Footing
    asked_like: tuple[str, ...]
    situation_html: str
    reason_html: str
    safe_act_html: str
    author: str
    reviewer: str | None
    reviewed_on: date | None
    status: Status
    #: What holds for other people in the same situation, where law treats them differently.
    others: tuple[Ruling, ...] = ()
    dilemma: Dilemma | None = None
    #: The deed as it is said beside its verdict, "Menyukai unggahan tim"; None only in a draft.
    act: str | None = None
    #: The id of the case next door whose verdict differs: the forbidden deed beside the allowed.
    twin: str | None = None
    #: What tells the case from its twins, in a reader's words.
    facets: Mapping[Facet, str] = field(default_factory=dict)

    @property
    def is_published(self) -> bool:
        return self.status is Status.PUBLISHED

    def verdicts_in(self, phase: Phase) -> set[Verdict]:
        """What is said of `phase`; of every phase where that is `ALWAYS`."""
        both = Phase.ALWAYS, phase
        rulings = [one for one in self.rulings if one.phase in both or phase is Phase.ALWAYS]
        return {ruling.verdict for ruling in rulings}

    def allows_over(self, other: "Scenario", phase: Phase) -> bool:
        """Whether this may be done in `phase`, in which `other` may not."""
        is_allowed = self.verdicts_in(phase) == {Verdict.ALLOWED}
        return is_allowed and other.verdicts_in(phase) == {Verdict.FORBIDDEN}

    def ruling_for(self, phase: Phase) -> Ruling:
        """The ruling of `phase`, or the one for all phases. NotFound when there is neither."""
        for ruling in self.rulings:
            if ruling.phase in (phase, Phase.ALWAYS):
                return ruling
        raise NotFound


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario as it stands in one phase: what one quiz question asks."""

    scenario: Scenario
    ruling: Ruling

    @property
    def phase(self) -> Phase:
        return self.ruling.phase

    @property
    def key(self) -> str:
        """Names the case in papers and answers: `<scenario id>@<phase>`."""
        return f"{self.scenario.id}@{self.ruling.phase}"

    @property
    def option(self) -> QuizOption | None:
        return option_for(self.ruling.verdict, self.ruling.violation)
