"""Whoever waits hears for how long, in round words, and is not made to ask too often."""

import pytest

from app.core.dates import about
from app.credentials.waiting import Place


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "beberapa detik"),
        (8, "beberapa detik"),
        (8.1, "kira-kira 10 detik"),
        (11, "kira-kira 20 detik"),
        (50, "kira-kira 50 detik"),
        (50.1, "kira-kira 1 menit"),
        (89, "kira-kira 1 menit"),
        (91, "kira-kira 2 menit"),
        (300, "kira-kira 5 menit"),
    ],
)
def test_a_time_is_said_in_round_words(seconds, words):
    assert about(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "again"), [(0, 2), (1.9, 2), (2.1, 3), (17.2, 18), (30, 30), (300, 30)]
)
def test_the_page_asks_again_when_it_is_worth_it(seconds, again):
    assert Place(1, seconds).again == again
