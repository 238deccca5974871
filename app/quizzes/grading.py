"""Judge a paper. Pure: walks the questions, never the answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.quizzes.paper import Paper, Question


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with what was chosen; None was left blank."""

    number: int
    question: Question
    choice: str | None

    @property
    def is_right(self) -> bool:
        return self.choice == self.question.key


@dataclass(frozen=True, slots=True)
class Grade:
    lines: tuple[Marked, ...]
    passing_percent: int

    @property
    def right(self) -> int:
        return sum(line.is_right for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def score_percent(self) -> int:
        """Share of questions answered right, rounded down to a whole percent."""
        return self.right * 100 // self.total

    @property
    def passed(self) -> bool:
        return self.score_percent >= self.passing_percent


def grade(paper: Paper, answers: Mapping[str, str | None]) -> Grade:
    """Mark every question of the paper.

    A question left blank is wrong, and an answer to what is not on the paper counts for nothing.
    `answers` go by question id.
    """
    lines = tuple(
        Marked(number, question, answers.get(question.id))
        for number, question in enumerate(paper.questions, start=1)
    )
    return Grade(lines, paper.passing_percent)
