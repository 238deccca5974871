"""Whether the nearest case is opened at once, or its reader is asked which one she means. Pure.

A wrong case that is opened is believed: people read the pill. A choice costs one tap. So nothing is
opened where a “boleh” would stand before a “tidak boleh” that is near, and where we are not sure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.catalog.cases import Scenario
from app.catalog.terms import Facet, Phase, Verdict

#: Choices at most.
MOST = 5
#: The share of the first's score from which a “tidak boleh” is near to a “boleh”, and from which a
#: sibling of the first is as likely meant.
NEAR_NO, NEAR_SIBLING = 0.6, 0.9
#: What each sign of being right counts, and how much is enough: logistic regression over the blind
#: sets of tests/benchmarks, each asked of a bank without what was learnt from it, rounded. That the
#: near ones agree in their verdict is no sign, nor is who asks.
AHEAD, AGREED, LIKENESS, NEARNESS, COVERED, ENOUGH = 3, 0.9, 0.9, 0.8, 1.8, 5.15
#: How like one of its phrasings a question must be for a “boleh” to be opened. What we have no case
#: for is like none, and a wrong green is the worst answer.
LIKE_ENOUGH_FOR_YES = 0.5

PHASES = (Phase.BEFORE, Phase.AFTER)

Near = tuple[Scenario, float]
Kin = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Signs:
    """How sure the search is of the first case; shares, but for `nearness`."""

    #: How far the first is ahead of the second.
    ahead: float
    #: The ways of being near by which the first is the nearest.
    agreed: float
    #: How like the question is to the phrasing of the first case that is most like it.
    likeness: float
    #: How near the first is, by all ways together.
    nearness: float
    #: What the first case speaks of, of all that the question says.
    covered: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that may be meant, and what tells it from the others, where that is written."""

    scenario: Scenario
    apart: str | None


def must_ask(near: Sequence[Near], signs: Signs, kin: Kin) -> bool:
    """Whether nothing may be opened; `near` is best first."""
    return is_far_from_yes(near[0][0], signs) or (
        len(near) > 1 and (hides_a_no(near) or is_unsure(signs) or is_between_siblings(near, kin))
    )


def is_far_from_yes(first: Scenario, signs: Signs) -> bool:
    """Whether a “boleh” would be opened to a question that none of its phrasings is like."""
    return signs.likeness < LIKE_ENOUGH_FOR_YES and any(
        first.ruling_for(phase).verdict is Verdict.ALLOWED for phase in PHASES
    )


def is_unsure(signs: Signs) -> bool:
    sure = (
        AHEAD * signs.ahead
        + AGREED * signs.agreed
        + LIKENESS * signs.likeness
        + NEARNESS * signs.nearness
        + COVERED * signs.covered
    )
    return sure < ENOUGH


def hides_a_no(near: Sequence[Near]) -> bool:
    """Whether a “boleh” would be opened though a “tidak boleh” for the same phase is near."""
    (first, best), *others = near
    return any(
        score >= NEAR_NO * best and allows_what_is_forbidden(first, other)
        for other, score in others
    )


def is_between_siblings(near: Sequence[Near], kin: Kin) -> bool:
    """Whether a sibling is as likely meant, and says something else: else a tap gains nothing."""
    (first, best), *others = near
    siblings = kin.get(first.id, frozenset())
    return any(
        score >= NEAR_SIBLING * best and other.id in siblings and differs(first, other)
        for other, score in others
    )


def differs(one: Scenario, other: Scenario) -> bool:
    return any(
        one.ruling_for(phase).verdict is not other.ruling_for(phase).verdict for phase in PHASES
    )


def allows_what_is_forbidden(one: Scenario, other: Scenario) -> bool:
    """Whether `one` may be done in a phase in which `other` may not."""
    return any(one.allows_over(other, phase) for phase in PHASES)


def kin_of(scenarios: Iterable[Scenario]) -> Kin:
    """The siblings of each case: its twin, those whose twin it is, and theirs."""
    families: dict[str, frozenset[str]] = {}
    for scenario in scenarios:
        if scenario.twin is not None:
            pair = scenario.id, scenario.twin
            family = frozenset(pair).union(*(families.get(id, ()) for id in pair))
            families |= dict.fromkeys(family, family)
    return {id: family - {id} for id, family in families.items()}


def choices(near: Sequence[Near], kin: Kin) -> list[Choice]:
    """The cases to choose from, each with what tells it apart."""
    cases = [scenario for scenario, _ in near][:MOST]
    return [Choice(one, told_apart(one, cases, kin)) for one in cases]


def told_apart(one: Scenario, cases: Iterable[Scenario], kin: Kin) -> str | None:
    """The facet by which a case differs from a sibling, else from any other; else its act."""
    others = [other for other in cases if other is not one and other.facets]
    siblings = [other for other in others if other.id in kin.get(one.id, ())]
    for group in (siblings, others):
        for facet in Facet:
            said = one.facets.get(facet)
            if said and any(other.facets.get(facet, said) != said for other in group):
                return said
    return one.act
