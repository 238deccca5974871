"""Spans of time as people read them."""

import pytest

from app.core.dates import span


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 detik"),
        (90, "90 detik"),
        (91, "1 menit 31 detik"),
        (120, "2 menit"),
        (602, "10 menit 2 detik"),
    ],
)
def test_what_is_left_is_said_in_minutes_and_seconds(seconds, said):
    assert span(seconds) == said
