"""What a graded attempt teaches: a line a question, and the lessons to read again. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.catalog.labels import QUIZ_OPTIONS, violation_label
from app.catalog.model import Catalog, Course, Lesson
from app.catalog.terms import Violation
from app.quizzes.grading import Grade, Marked

_WORDS = {option.value: words for option, words in QUIZ_OPTIONS.items()}
BLANK = "Tidak dijawab"


@dataclass(frozen=True, slots=True)
class Line:
    """One question after submission, with everything that it teaches."""

    number: int
    phase: str
    situation_html: str
    question: str
    is_right: bool
    chosen_label: str
    right_label: str
    verdict: str
    violation_label: str | None
    reason_html: str
    safe_act_html: str
    cites: tuple[tuple[str, str], ...]
    act: str | None


def lines(grade: Grade) -> tuple[list[Line], list[Line]]:
    """Wrong ones and right ones, each in the order of the paper."""
    every = [_line(marked) for marked in grade.lines]
    return [line for line in every if not line.is_right], [line for line in every if line.is_right]


def _line(marked: Marked) -> Line:
    question = marked.question
    violation = Violation(question.violation)
    return Line(
        number=marked.number,
        phase=question.phase,
        situation_html=question.situation_html,
        question=question.question,
        is_right=marked.is_right,
        chosen_label=_WORDS.get(marked.choice or "", BLANK),
        right_label=_WORDS[question.key],
        verdict=question.verdict,
        violation_label=violation_label(violation),
        reason_html=question.reason_html,
        safe_act_html=question.safe_act_html,
        cites=tuple((law.label, law.url) for law in question.cites),
        act=question.act,
    )


def lessons_to_reread(grade: Grade, course: Course, catalog: Catalog) -> list[Lesson]:
    """The lessons that teach what went wrong: those with cases of the missed topics."""
    missed = {line.question.topic for line in grade.lines if not line.is_right}
    return [lesson for lesson in course.lessons if not missed.isdisjoint(_topics(lesson, catalog))]


def _topics(lesson: Lesson, catalog: Catalog) -> Iterable[str]:
    return {catalog.scenario(case.scenario_id).topic.value for case in lesson.cases}
