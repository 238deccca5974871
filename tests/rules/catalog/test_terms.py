"""Every term has words for its reader, and every ruling its place among the four options."""

import pytest

from app.catalog import terms
from app.catalog.labels import QUIZ_OPTIONS, label
from app.catalog.quiz_options import QuizOption, option_for
from app.catalog.terms import Phase, Verdict, Violation

LABELLED = (
    terms.Phase,
    terms.Verdict,
    terms.Violation,
    terms.Topic,
    terms.Pressure,
    terms.PersonStatus,
    terms.Confidence,
    terms.Footing,
    terms.Kind,
    terms.Reader,
    QuizOption,
)


@pytest.mark.parametrize("term", [term for terms_of in LABELLED for term in terms_of], ids=repr)
def test_every_term_has_a_label(term):
    assert label(term)


def test_terms_of_the_same_spelling_keep_their_own_labels():
    assert label(Verdict.ALLOWED) == "Boleh"
    assert label(Violation.ETHICS) != label(QuizOption.ETHICS)
    assert label(Phase.BEFORE) == "Sebelum penetapan calon"
    assert list(QUIZ_OPTIONS) == list(QuizOption)


@pytest.mark.parametrize(
    ("verdict", "violation", "option"),
    [
        (Verdict.ALLOWED, Violation.NONE, QuizOption.ALLOWED),
        (Verdict.FORBIDDEN, Violation.ETHICS, QuizOption.ETHICS),
        (Verdict.FORBIDDEN, Violation.MODERATE, QuizOption.DISCIPLINE),
        (Verdict.FORBIDDEN, Violation.SEVERE, QuizOption.DISCIPLINE),
        (Verdict.FORBIDDEN, Violation.DISMISSAL, QuizOption.DISCIPLINE),
        (Verdict.DEPENDS, Violation.NONE, QuizOption.DEPENDS),
        (Verdict.DEPENDS, Violation.SEVERE, QuizOption.DEPENDS),
        (Verdict.FORBIDDEN, Violation.CRIMINAL, None),
        (Verdict.FORBIDDEN, Violation.ADMINISTRATIVE, QuizOption.ADMINISTRATIVE),
        (Verdict.DEPENDS, Violation.ADMINISTRATIVE, QuizOption.DEPENDS),
    ],
)
def test_a_ruling_has_one_option_or_is_not_drawn(verdict, violation, option):
    assert option_for(verdict, violation) is option
