"""The answers that every quiz question offers, and which one is right. Their words: `labels`."""

from enum import StrEnum

from app.catalog.terms import Verdict, Violation


class QuizOption(StrEnum):
    """The five answers of every quiz question, always in this order."""

    ALLOWED = "boleh"
    ETHICS = "kode-etik"
    DISCIPLINE = "disiplin"
    ADMINISTRATIVE = "administratif"
    DEPENDS = "bergantung"


#: A violation that is a crime and nothing else fits none of the options.
_OPTIONS_OF_VIOLATION = {
    Violation.ETHICS: QuizOption.ETHICS,
    Violation.MODERATE: QuizOption.DISCIPLINE,
    Violation.SEVERE: QuizOption.DISCIPLINE,
    Violation.DISMISSAL: QuizOption.DISCIPLINE,
    Violation.ADMINISTRATIVE: QuizOption.ADMINISTRATIVE,
}


def option_for(verdict: Verdict, violation: Violation) -> QuizOption | None:
    """The right answer to a question on a ruling; None when a quiz must not draw it."""
    if violation is Violation.CRIMINAL:
        return None
    if verdict is Verdict.ALLOWED:
        return QuizOption.ALLOWED
    if verdict is Verdict.DEPENDS:
        return QuizOption.DEPENDS
    return _OPTIONS_OF_VIOLATION.get(violation)
