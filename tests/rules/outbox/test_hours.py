"""Nobody's phone rings at night, in whichever zone, and no failure is tried for ever."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.outbox.hours import CLOSES, OPENS, PAUSES, again_after, next_open

ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
MOMENTS = st.integers(0, 525_600).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(MOMENTS, ZONES)
def test_what_goes_out_goes_out_by_day_and_within_half_a_day(moment, zone):
    opens = next_open(moment, zone)
    assert OPENS <= opens.astimezone(ZoneInfo(zone)).hour < CLOSES
    assert timedelta(0) <= opens - moment <= timedelta(hours=12)


def test_each_wait_is_longer_and_then_it_is_given_up():
    now = datetime(2026, 11, 30, 2, tzinfo=UTC)
    waits = [again_after(n, now, "Asia/Jakarta") for n in range(1, len(PAUSES) + 2)]
    assert waits[-1] is None
    assert waits[:-1] == sorted(waits[:-1])
