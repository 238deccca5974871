"""What the rounds of a session came to: shares, confusion, first round against last. Pure.

All of it follows from the counts that were frozen at each reveal, so that it outlives the choices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.catalog.labels import PHASES, VERDICTS
from app.catalog.terms import Verdict
from app.live.models import LiveRun
from app.live.paper import Key, Paper, thaw
from app.live.tallies import Tally, tally_from

#: Below so many right in a hundred, a first round shows a rule that is misunderstood.
UNDERSTOOD = 75
#: Questions that are named as the most misunderstood.
WORST = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer: what it says, how many gave it, and whether it is right."""

    choice: str
    words: str
    count: int
    percent: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Round:
    """One opening of a question that was revealed."""

    number: int
    phase: str
    key: Key
    tally: Tally

    @property
    def total(self) -> int:
        return self.tally.total

    @property
    def may_be_shown(self) -> bool:
        return self.tally.may_be_shown

    @property
    def bars(self) -> list[Bar]:
        """None of them where so few answered that it would tell who chose what."""
        if not self.may_be_shown:
            return []
        counts, right = self.tally.counts, self.key.verdict
        return [
            Bar(verdict.value, words, counts.get(verdict, 0), self.tally.percent(verdict),
                verdict.value == right)
            for verdict, words in VERDICTS.items()
        ]  # fmt: skip

    @property
    def right_percent(self) -> int:
        return self.tally.percent(self.key.verdict)

    @property
    def sure_wrong(self) -> int:
        """Who was sure, and wrong."""
        return sum(n for choice, n in self.tally.sure.items() if choice != self.key.verdict)

    @property
    def sure_wrong_percent(self) -> int:
        return round(100 * self.sure_wrong / self.total) if self.total else 0

    @property
    def confused_with(self) -> str | None:
        """The wrong answer that most gave, in words; None where nobody was wrong."""
        wrong = {c: n for c, n in self.tally.counts.items() if c != self.key.verdict and n}
        return VERDICTS[Verdict(max(wrong, key=lambda one: wrong[one]))] if wrong else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its rounds, in the order in which they were opened."""

    place: int
    paper: Paper
    rounds: tuple[Round, ...]

    @property
    def first(self) -> Round:
        return self.rounds[0]

    @property
    def again(self) -> Round | None:
        """The last round in the phase of the first, where there was a second one."""
        same = [one for one in self.rounds if one.phase == self.first.phase]
        return same[-1] if len(same) > 1 else None


def asked_in(runs: Iterable[LiveRun]) -> list[Asked]:
    """The questions of runs that count and were revealed, in the order in which they were asked."""
    papers: dict[int, Paper] = {}
    places: dict[int, int] = {}
    rounds: dict[int, list[Round]] = {}
    for run in runs:
        if run.revealed_at is None:
            continue
        id_ = run.question_id
        if id_ not in papers:
            papers[id_], places[id_] = thaw(run.question.paper), run.question.place
        rounds.setdefault(id_, []).append(_round(run, papers[id_]))
    return [Asked(places[id_], papers[id_], tuple(some)) for id_, some in rounds.items()]


def misunderstood(asked: Sequence[Asked]) -> list[Asked]:
    """The questions that most got wrong at first, the worst first."""
    wrong = [
        one for one in asked if one.first.may_be_shown and one.first.right_percent < UNDERSTOOD
    ]
    return sorted(wrong, key=lambda one: one.first.right_percent)[:WORST]


def twice(asked: Sequence[Asked]) -> list[tuple[Asked, Round, Round]]:
    """Questions that were asked again after they had been discussed: first and last round."""
    return [
        (one, one.first, one.again)
        for one in asked
        if one.again is not None and one.first.may_be_shown and one.again.may_be_shown
    ]


def _round(run: LiveRun, paper: Paper) -> Round:
    key = paper.key(run.phase)
    return Round(run.round, PHASES[run.phase], key, tally_from(run.tally))
