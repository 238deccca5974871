"""Which case comes next in practice. Pure: chance comes in as a seed."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.catalog.model import Case, Draw
from app.catalog.terms import Topic

#: What one wrong answer in a topic adds to the weight of its cases, and the most it can add up to.
WEIGHT_OF_MISS, MOST_MISSES = 2, 3


@dataclass(frozen=True, slots=True)
class Seen:
    """A case that was judged, oldest first in a history."""

    key: str
    is_right: bool


def next_case(
    cases: Sequence[Case], history: Sequence[Seen], seed: int, draws: Sequence[Draw] = ()
) -> Case:
    """A case not met yet; when all are known, one of those met longest ago.

    Within that choice, kinds of case come as often as the quiz draws them, and topics that went
    wrong lately weigh more. The scenario of the last turn does not come twice in a row unless
    there is no other.
    """
    last_met = {seen.key: turn for turn, seen in enumerate(history)}
    open_to_choice = _without_last_scenario(cases, history)
    candidates = [case for case in open_to_choice if case.key not in last_met]
    if not candidates:
        by_age = sorted(open_to_choice, key=lambda case: last_met[case.key])
        candidates = by_age[: max(1, len(by_age) // 4)]
    misses = _misses(cases, history)
    shares = _shares(cases, draws)
    weights = [
        shares[case.key] * (1 + WEIGHT_OF_MISS * misses[case.scenario.topic]) for case in candidates
    ]
    return random.Random(seed).choices(candidates, weights)[0]  # noqa: S311 - no secret


def _shares(cases: Sequence[Case], draws: Sequence[Draw]) -> dict[str, float]:
    """How often each case should come, so that together they come as a blueprint has it."""
    if not draws:
        return {case.key: 1.0 for case in cases}
    shares = {case.key: 0.0 for case in cases}
    for draw in draws:
        about = [case for case in cases if draw.is_about(case.scenario, case.ruling)]
        for case in about:
            shares[case.key] += draw.count / len(about)
    return shares


def _without_last_scenario(cases: Sequence[Case], history: Sequence[Seen]) -> list[Case]:
    last = history[-1].key.partition("@")[0] if history else None
    return [case for case in cases if case.scenario.id != last] or list(cases)


def _misses(cases: Sequence[Case], history: Sequence[Seen]) -> Counter[Topic]:
    """Wrong answers a topic, as each case stands now: a later right answer clears it."""
    topics = {case.key: case.scenario.topic for case in cases}
    standing = {seen.key: seen.is_right for seen in history}
    missed = Counter(topics[key] for key, right in standing.items() if not right and key in topics)
    return Counter({topic: min(count, MOST_MISSES) for topic, count in missed.items()})
