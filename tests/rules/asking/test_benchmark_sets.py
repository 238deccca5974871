"""The questions that the search is measured by are not pasted into the bank."""

from pathlib import Path

import yaml

from app.asking.search.words import plain

SETS = Path(__file__).parents[2] / "benchmarks"
FILES = ("bolehkah", "questions", *(f"blind-2026-{n}" for n in range(11, 17)))
#: What everybody types in so few words, blind writers type too.
SHORT = 4


def said(text: str) -> str:
    """The words of a text in no order: “dukung calon boleh?” and “boleh dukung calon” are one."""
    return " ".join(sorted(plain(text)))


def measured() -> set[str]:
    files = (yaml.safe_load((SETS / f"{name}.yaml").read_text()) for name in FILES)
    rows = (row for file in files for rows in file.values() for row in rows)
    asked = (said(row if isinstance(row, str) else row["ask"]) for row in rows)
    return {question for question in asked if len(question.split()) > SHORT}


def test_no_phrasing_is_a_question_that_is_measured(catalog):
    pasted = measured().intersection(
        said(phrasing) for case in catalog.scenarios.values() for phrasing in case.asked_like
    )
    assert pasted == set()


def test_the_same_words_in_another_order_are_the_same_question():
    assert said("Dukung calon, boleh?") == said("boleh dukung calon")
    assert len(measured()) > 800
