"""How a bank is written, counted: the habits by which readers stop reading.

The first bank opened a third of its reasons with the same apology, named a stranger and a job in
nearly every situation, and gave the wrong choice away by its caution.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from app.catalog.cases import Scenario
from app.reading.checks.giveaways import hedged_shares

_APOLOGY = re.compile(r"(?:Kami tidak menemukan|Dalam aturan yang kami baca)", re.I)
_SAFE = re.compile(r"Praktik aman", re.I)
#: "Riko, ajudan di …": a name, a comma, and what the person is.
_NAME_AND_JOB = re.compile(r"\b[A-Z][a-z]+, (?:seorang )?[a-z][\w -]{2,60}[,.]")
_SOMEBODY = re.compile(r"\btokoh(?:nya)?\b", re.I)


@dataclass(frozen=True, slots=True)
class Habit:
    """How often something is done: `count` of `of`, and at most how often it should be."""

    name: str
    count: int
    of: int
    most: float

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def is_kept(self) -> bool:
        return self.share <= self.most


def habits(scenarios: Iterable[Scenario]) -> list[Habit]:
    """Of published cases; shares at most as the bank's own aim has them."""
    ours = [scenario for scenario in scenarios if scenario.is_published]
    return [
        _counted("alasan dibuka dengan “Kami tidak menemukan …”", ours, 0.10, _apologises),
        _counted("anjuran dibuka dengan “Praktik aman”", ours, 0.10, _opens_safe),
        _counted("situasi berpola “Nama, jabatan,”", ours, 0.50, _introduces),
        _counted("kasus yang menyebut “tokoh”", ours, 0.30, _names_nobody),
    ]


def hedges(scenarios: Iterable[Scenario]) -> tuple[float, float]:
    """The share of right choices in dilemmas that hedge, and of wrong ones."""
    dilemmas = [scenario.dilemma for scenario in scenarios if scenario.dilemma]
    return hedged_shares(step for dilemma in dilemmas for step in dilemma.steps)


def _counted(
    name: str, scenarios: list[Scenario], most: float, does: Callable[[Scenario], bool]
) -> Habit:
    return Habit(name, sum(map(does, scenarios)), len(scenarios), most)


def _text(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704  read, never shown


def _apologises(scenario: Scenario) -> bool:
    return _APOLOGY.match(_text(scenario.reason_html)) is not None


def _opens_safe(scenario: Scenario) -> bool:
    return _SAFE.match(_text(scenario.safe_act_html)) is not None


def _introduces(scenario: Scenario) -> bool:
    return _NAME_AND_JOB.search(_text(scenario.situation_html)) is not None


def _names_nobody(scenario: Scenario) -> bool:
    parts = (scenario.situation_html, scenario.reason_html, scenario.safe_act_html)
    return any(_SOMEBODY.search(_text(part)) for part in (scenario.question, *parts))
