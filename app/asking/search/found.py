"""What Bolehkah? makes of a question. Pure."""

from dataclasses import dataclass

from app.asking.search.choosing import Choice
from app.catalog.cases import Scenario


@dataclass(frozen=True, slots=True)
class Answer:
    """A case that is near; `score` is from 0 to 1, and falls from answer to answer."""

    scenario: Scenario
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The nearest cases, best first; none where nothing is near."""

    answers: tuple[Answer, ...] = ()
    #: The same as choices, where none of them may be opened unasked; else empty.
    choices: tuple[Choice, ...] = ()

    @property
    def asks_back(self) -> bool:
        return bool(self.choices)
