"""Which cases a room is asked: spread over topics and verdicts, from easy to hard. Pure.

A list of nothing but "tidak boleh" teaches a room to press one button, so what has been taken least
is taken next: first the topic, then the verdict.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from app.catalog.cases import Scenario
from app.catalog.courses import Course
from app.catalog.terms import Phase, Topic, Verdict


@dataclass(frozen=True, slots=True)
class Wish:
    """What a host asks for. No topics: any; no phase: any."""

    count: int
    topics: tuple[Topic, ...] = ()
    phase: Phase | None = None

    def fits(self, case: Scenario) -> bool:
        is_timely = self.phase is None or any(
            ruling.phase in (self.phase, Phase.ALWAYS) for ruling in case.rulings
        )
        return is_timely and (not self.topics or case.topic in self.topics)


def askable(cases: Iterable[Scenario]) -> list[Scenario]:
    """What may be asked at all: published, and with a deed to say the verdict with."""
    return [one for one in cases if one.is_published and one.act]


def drawn(cases: Iterable[Scenario], wish: Wish, chance: Random) -> list[Scenario]:
    """As many as wished, or all there are; in the order in which they are asked."""
    left = sorted((one for one in askable(cases) if wish.fits(one)), key=lambda one: one.id)
    chance.shuffle(left)
    topics, verdicts = Counter[Topic](), Counter[Verdict]()
    taken: list[Scenario] = []
    while left and len(taken) < wish.count:
        one = min(left, key=lambda one: (topics[one.topic], verdicts[_verdict(one, wish)]))
        left.remove(one)
        taken.append(one)
        topics[one.topic] += 1
        verdicts[_verdict(one, wish)] += 1
    return from_easy_to_hard(taken)


def misjudged(
    cases: Iterable[Scenario], by_share: Sequence[str], wish: Wish, chance: Random
) -> tuple[list[Scenario], int]:
    """The cases of `by_share` (ids, most often misjudged first) that fit, filled up with drawn ones
    where they are too few; and how many of them were misjudged."""
    known = {one.id: one for one in askable(cases) if wish.fits(one)}
    wrong = [known[id] for id in by_share if id in known][: wish.count]
    missing = Wish(wish.count - len(wrong), wish.topics, wish.phase)
    rest = [one for one in known.values() if one not in wrong]
    return [*wrong, *drawn(rest, missing, chance)], len(wrong)


def of_course(course: Course, cases: Iterable[Scenario]) -> list[Scenario]:
    """The cases of a course's lessons, in the order in which the lessons ask them."""
    known = {one.id: one for one in askable(cases)}
    ids = dict.fromkeys(case.scenario_id for lesson in course.lessons for case in lesson.cases)
    return [known[id] for id in ids if id in known]


def from_easy_to_hard(cases: Iterable[Scenario]) -> list[Scenario]:
    """Easy ones first: a room has to dare to answer."""
    return sorted(cases, key=lambda one: one.difficulty)


def _verdict(case: Scenario, wish: Wish) -> Verdict:
    """What counts as its verdict in the wished phase; the first there is, where none is wished."""
    timely = [one for one in case.rulings if one.phase in (wish.phase, Phase.ALWAYS)]
    return (timely or case.rulings)[0].verdict
