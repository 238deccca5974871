"""A case as it is shown: its face, and what it teaches once the answer is locked. Pure.

An open card is built without a verdict, reason, citation or safe act in it, so that no template
can betray what it does not have.
"""

from collections.abc import Collection
from dataclasses import dataclass

from app.catalog.cases import Twin
from app.catalog.labels import label, violation_label
from app.catalog.model import Case, Ruling
from app.catalog.terms import Footing, Verdict
from app.learning.models import CaseAnswer
from app.learning.progress import Answer


@dataclass(frozen=True, slots=True)
class OtherPhase:
    """The verdict of the same case in the other phase."""

    phase: str
    verdict: Verdict
    violation_label: str | None


@dataclass(frozen=True, slots=True)
class Insight:
    """What a locked answer reveals."""

    right: bool
    chosen_label: str
    verdict: Verdict
    violation_label: str | None
    #: The deed that is judged, and the forbidden case next door where this one is allowed.
    act: str | None
    twin: Twin | None
    cites: tuple[tuple[str, str], ...]
    #: None while the same case waits below in another phase: the reason would answer that one too.
    reason_html: str | None
    safe_act_html: str
    others: tuple[OtherPhase, ...]
    footing_label: str | None
    #: Whether the same case can be lived through step by step.
    has_dilemma: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    scenario: str
    phase: str
    situation_html: str
    question: str
    insight: Insight | None

    @property
    def is_open(self) -> bool:
        return self.insight is None


def card(
    case: Case,
    answer: Answer | CaseAnswer | None,
    waiting: Collection[str] = (),
    twin: Twin | None = None,
) -> Card:
    """A case with the answer to it, if there is one.

    `twin` is the forbidden case next door; `waiting` are keys of cases on the same page that are
    not answered yet.
    """
    locked = answer if answer is not None and answer.is_locked else None
    return Card(
        id=f"{case.scenario.id}-{case.phase}",
        scenario=case.scenario.id,
        phase=case.phase.value,
        situation_html=case.scenario.situation_html,
        question=case.scenario.question,
        insight=_insight(case, locked, waiting, twin) if locked else None,
    )


def _insight(
    case: Case, answer: Answer | CaseAnswer, waiting: Collection[str], twin: Twin | None
) -> Insight:
    assert answer.choice is not None, "it is locked"
    assert answer.is_right is not None, "it was judged when it was locked"
    scenario, ruling = case.scenario, case.ruling
    others = [other for other in scenario.rulings if other.phase is not case.phase]
    is_held_back = any(Case(scenario, other).key in waiting for other in others)
    is_unruled = scenario.confidence is Footing.SAFE_PRACTICE
    return Insight(
        right=answer.is_right,
        chosen_label=label(Verdict(answer.choice)),
        verdict=ruling.verdict,
        violation_label=violation_label(ruling.violation),
        act=scenario.act,
        twin=twin,
        cites=tuple((cite.label, cite.url) for cite in ruling.cites),
        reason_html=None if is_held_back else scenario.reason_html,
        safe_act_html="" if is_held_back else scenario.safe_act_html,
        others=() if is_held_back else tuple(_other(ruling) for ruling in others),
        footing_label=label(scenario.confidence) if is_unruled else None,
        has_dilemma=scenario.dilemma is not None and not is_held_back,
    )


def _other(ruling: Ruling) -> OtherPhase:
    return OtherPhase(ruling.phase.value, ruling.verdict, violation_label(ruling.violation))
