"""What a round came to, from counts alone; nothing below five answers."""

from dataclasses import replace

import pytest

from app.catalog.terms import Phase
from app.core import clock
from app.live.models import LiveQuestion, LiveRun
from app.live.results import asked_in, misunderstood, twice
from tests.webinars import papers


def run(question, counts, round=1, sure=(), phase=Phase.BEFORE, is_revealed=True):
    tally = {"counts": dict(zip(CHOICES, counts, strict=True)), "sure": dict(sure)}
    revealed_at = clock.now() if is_revealed else None
    row = LiveRun(phase=phase, round=round, tally=tally, revealed_at=revealed_at)
    row.question, row.question_id = question, question.id
    return row


CHOICES = ("boleh", "tidak-boleh", "bergantung")


@pytest.fixture(scope="module")
def questions():
    return [
        LiveQuestion(id=place, place=place, paper=paper.freeze())
        for place, paper in enumerate(papers(3), start=1)
    ]


def test_a_question_is_told_with_its_rounds_shares_and_confusion(questions):
    runs = [
        run(questions[0], (6, 3, 1), sure={"boleh": 4, "tidak-boleh": 2}),
        run(questions[0], (1, 9, 0), round=2),
        run(questions[1], (0, 10, 0)),
        run(questions[2], (5, 5, 0), is_revealed=False),
    ]
    first, second = asked_in(runs)
    assert [bar.percent for bar in first.first.bars] == [60, 30, 10]
    assert (first.first.right_percent, first.first.sure_wrong, first.first.sure_wrong_percent) == (
        30,
        4,
        40,
    )
    assert first.first.confused_with == "Boleh"
    assert second.first.confused_with is None
    assert [one.place for one in misunderstood([second, first])] == [1]
    ((asked, before, after),) = twice([first, second])
    assert (asked.place, before.right_percent, after.right_percent) == (1, 30, 90)


def test_below_five_answers_nothing_is_split(questions):
    (four,) = asked_in([run(questions[0], (3, 1, 0)), run(questions[0], (0, 4, 0), round=2)])
    assert four.first.bars == []
    assert misunderstood([four]) == []
    assert twice([four]) == []
    (five,) = asked_in([run(questions[0], (4, 1, 0))])  # control
    assert len(five.first.bars) == 3


def test_the_other_phase_is_no_second_round(questions):
    (one,) = asked_in(
        [run(questions[0], (5, 5, 0)), run(questions[0], (0, 10, 0), phase=Phase.AFTER)]
    )
    assert one.again is None
    assert replace(one, rounds=(*one.rounds, one.rounds[0])).again is not None
