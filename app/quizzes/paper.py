"""A paper: the questions of one sitting, drawn from a blueprint and frozen whole.

Pure: chance comes in as a seed, cases come in as pools. A paper holds its key and explanations;
`Sheet` is the only part of a question that may reach a browser before the paper is submitted.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.catalog.courses import seat
from app.catalog.model import Blueprint, Case, Course

#: Raised when a field changes its meaning; then `thaw` learns to read both.
SCHEMA = 2
#: Draws tried before giving up on a floor like "at least four that are allowed or depend".
TRIES = 300


class BlueprintUnfillable(ValueError):
    """The pools cannot fill the blueprint. The content checker refuses such a course at boot."""


@dataclass(frozen=True, slots=True)
class Law:
    """A citation as it read on the day of the draw."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person sees of a question before the answer is locked."""

    number: int
    total: int
    phase: str
    situation_html: str
    question: str


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    case: str
    topic: str
    phase: str
    situation_html: str
    question: str
    key: str
    verdict: str
    violation: str
    reason_html: str
    safe_act_html: str
    cites: tuple[Law, ...]
    #: The deed that the verdict is said with; papers of schema 1 have none.
    act: str | None = None

    @property
    def scenario(self) -> str:
        return self.case.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Paper:
    course: str
    edition: str
    title: str
    passing_percent: int
    questions: tuple[Question, ...]

    def sheet(self, number: int) -> Sheet:
        """The face of a question, by its place from 1."""
        question = self.questions[number - 1]
        return Sheet(
            number=number,
            total=len(self.questions),
            phase=question.phase,
            situation_html=question.situation_html,
            question=question.question,
        )

    def freeze(self) -> dict[str, Any]:
        """Plain JSON for the attempt."""
        questions = [
            {**asdict(question), "cites": [asdict(law) for law in question.cites]}
            for question in self.questions
        ]
        return {"schema": SCHEMA, **asdict(self), "questions": questions}


def thaw(frozen: dict[str, Any]) -> Paper:
    """The paper as it was frozen. Raises ValueError for a schema newer than this program."""
    if frozen["schema"] > SCHEMA:
        raise ValueError(f"paper of schema {frozen['schema']}; this program reads up to {SCHEMA}")
    plain = {key: value for key, value in frozen.items() if key != "schema"}
    questions = tuple(
        Question(**{**row, "cites": tuple(Law(**law) for law in row["cites"])})
        for row in plain.pop("questions")
    )
    return Paper(**plain, questions=questions)


def draw(
    course: Course, pools: Sequence[Sequence[Case]], seed: int, asked: Collection[str] = ()
) -> Paper:
    """A paper by the course's blueprint: no scenario twice, order mixed, ids that mean nothing.

    `pools[i]` are the cases that line i of the blueprint may take. `asked` are keys of cases that
    this person has met on earlier papers; they come again only when nothing else is left.
    """
    rng = random.Random(seed)  # noqa: S311 - a reproducible draw; the seed is the secret
    cases = _choose(course.blueprint, pools, rng, frozenset(asked))
    rng.shuffle(cases)
    ids = rng.sample(range(16**8), len(cases))
    return Paper(
        course=course.slug,
        edition=course.edition,
        title=course.title,
        passing_percent=course.passing_percent,
        questions=tuple(_question(f"{id:08x}", case) for id, case in zip(ids, cases, strict=True)),
    )


def _choose(
    blueprint: Blueprint,
    pools: Sequence[Sequence[Case]],
    rng: random.Random,
    asked: frozenset[str],
) -> list[Case]:
    """Cases for every seat. Late tries put first what the floors still want."""
    scenarios = {key.partition("@")[0] for key in asked}
    wanted = {verdict for floor in blueprint.at_least for verdict in floor.verdicts}
    counts = [line.count for line in blueprint.draws]
    for attempt in range(TRIES):
        eager = attempt >= TRIES // 2

        def rank(case: Case, eager: bool = eager) -> tuple[bool, bool, bool]:
            late = eager and case.ruling.verdict not in wanted
            return late, case.key in asked, case.scenario.id in scenarios

        mixed = [sorted(rng.sample(pool, len(pool)), key=rank) for pool in pools]
        chosen = _seat(mixed, counts)
        if len(chosen) == blueprint.questions and _reaches(blueprint, chosen):
            return chosen
    raise BlueprintUnfillable("the pools cannot fill the blueprint")


def _seat(pools: Sequence[Sequence[Case]], counts: Sequence[int]) -> list[Case]:
    """As many cases as there are seats, no scenario twice; of twins in a line the first one."""
    first = [{case.scenario.id: case for case in reversed(pool)} for pool in pools]
    lines = [dict.fromkeys(case.scenario.id for case in pool) for pool in pools]
    return [first[line][name] for name, line in seat(lines, counts).items()]


def _reaches(blueprint: Blueprint, cases: list[Case]) -> bool:
    return all(
        sum(case.ruling.verdict in floor.verdicts for case in cases) >= floor.count
        for floor in blueprint.at_least
    )


def _question(id: str, case: Case) -> Question:
    scenario, ruling, right = case.scenario, case.ruling, case.option
    assert right is not None, "a pool holds only what a quiz can ask"
    return Question(
        id=id,
        case=case.key,
        topic=scenario.topic.value,
        phase=ruling.phase.value,
        situation_html=scenario.situation_html,
        question=scenario.question,
        key=right.value,
        verdict=ruling.verdict.value,
        violation=ruling.violation.value,
        reason_html=scenario.reason_html,
        safe_act_html=scenario.safe_act_html,
        cites=tuple(Law(cite.label, cite.url) for cite in ruling.cites),
        act=scenario.act,
    )
