"""Item statistics by Moodle's formulas, against sums worked out by hand."""

import pytest

from app.quizzes.items import Item, Mark, verdict_on

#: Six papers: x = 1 1 1 0 0 0, R = 5 4 3 4 2 0. Means 1/2 and 3; Σdxdr = ½(2+1+0−1+1+3) = 3;
#: Σdx² = 3/2; Σdr² = 4+1+0+1+1+9 = 16. DI = 3/√24 = 61.2 %. Sorted, 0 0 0 1 1 1 meets
#: 0 2 3 4 4 5: ½(3+1+0+1+1+2) = 4, so DE = 3/4.
SIX = Item(
    "boleh",
    (Mark("boleh", 5, 1), Mark("boleh", 4, 1), Mark("boleh", 3, 1),
     Mark("disiplin", 4, 1), Mark("disiplin", 2, 1), Mark("", 0, 1)),
)  # fmt: skip


def test_six_papers_worked_out_by_hand():
    assert SIX.facility == 50
    assert SIX.discrimination == pytest.approx(61.2372, abs=1e-4)
    assert SIX.efficiency == pytest.approx(75)
    assert SIX.shares() == {
        "boleh": 50, "disiplin": pytest.approx(100 / 3), "": pytest.approx(100 / 6)
    }  # fmt: skip


def test_counts_stand_for_papers():
    tenfold = Item("boleh", tuple(Mark(m.choice, m.rest, 10) for m in SIX.marks))
    assert tenfold.papers == 60
    assert tenfold.discrimination == pytest.approx(SIX.discrimination)
    assert tenfold.efficiency == pytest.approx(SIX.efficiency)


def test_where_all_answer_alike_nothing_can_be_said():
    alike = Item("boleh", (Mark("boleh", 3, 20), Mark("boleh", 9, 20)))
    assert (alike.facility, alike.discrimination, alike.efficiency) == (100, None, None)


def test_a_key_that_the_best_get_wrong_is_noticed_and_not_of_few():
    turned = (Mark("boleh", 2, 20), Mark("disiplin", 9, 20))
    assert Item("boleh", turned).discrimination == pytest.approx(-100)
    assert "periksa kunci" in verdict_on(Item("boleh", turned))
    assert verdict_on(Item("boleh", tuple(Mark(m.choice, m.rest, 10) for m in turned))) == ""
