"""What stage of an election a day falls into, and what comes next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.elections import calendars
from app.elections.calendars import Dates, Election, Stage

PILKADA = Dates(
    opens_on=date(2027, 1, 4),
    candidates_fixed_on=date(2027, 9, 22),
    campaign_from=date(2027, 9, 25),
    campaign_until=date(2027, 11, 23),
    voting_on=date(2027, 11, 27),
    closes_on=date(2027, 12, 16),
)


def day(month: int, number: int) -> date:
    return date(2027, month, number)


@pytest.mark.parametrize(
    ("first", "last", "stage"),
    [
        (date(2026, 1, 1), day(1, 3), Stage.NOT_BEGUN),
        (day(1, 4), day(9, 21), Stage.BEFORE_FIXING),
        (day(9, 22), day(9, 24), Stage.AFTER_FIXING),
        (day(9, 25), day(11, 23), Stage.CAMPAIGN),
        (day(11, 24), day(11, 26), Stage.QUIET),
        (day(11, 27), day(11, 27), Stage.VOTING),
        (day(11, 28), day(12, 16), Stage.COUNTING),
        (day(12, 17), date(2029, 1, 1), Stage.OVER),
    ],
)
def test_each_stage_has_its_first_and_its_last_day(first, last, stage):
    assert calendars.stage_on(PILKADA, first) is stage
    assert calendars.stage_on(PILKADA, last) is stage


def test_the_next_change_is_named_with_its_day():
    assert calendars.changes_after(PILKADA, day(9, 21)) == (day(9, 22), Stage.AFTER_FIXING)
    assert calendars.changes_after(PILKADA, day(9, 22)) == (day(9, 25), Stage.CAMPAIGN)
    assert calendars.changes_after(PILKADA, day(12, 16)) == (day(12, 17), Stage.OVER)
    assert calendars.changes_after(PILKADA, day(12, 17)) is None


def test_without_an_opening_day_everything_before_the_fixing_is_before_it():
    open_ended = replace(PILKADA, opens_on=None)
    assert calendars.stage_on(open_ended, date(2020, 1, 1)) is Stage.BEFORE_FIXING
    now = calendars.now_of("Pilkada", Election.REGIONAL, open_ended, day(9, 1))
    assert now.since is None


def test_a_short_election_leaves_out_the_stages_that_have_no_day():
    """Campaign from the very day of the fixing, no quiet days, the result on the evening."""
    short = Dates(day(5, 1), day(5, 1), day(5, 3), day(5, 4), day(5, 4))
    stages = [calendars.stage_on(short, day(5, number)) for number in range(1, 6)]
    assert stages == [Stage.CAMPAIGN] * 3 + [Stage.VOTING, Stage.OVER]
    assert calendars.changes_after(short, day(4, 30)) == (day(5, 1), Stage.CAMPAIGN)


def test_candidates_are_fixed_from_that_day_to_the_end():
    said = {
        when: calendars.now_of("Pilkada", Election.REGIONAL, PILKADA, when).is_fixed
        for when in (day(9, 21), day(9, 22), day(12, 16))
    }
    assert list(said.values()) == [False, True, True]


def test_what_is_over_says_nothing():
    assert calendars.now_of("Pilkada", Election.REGIONAL, PILKADA, day(12, 17)) is None


def test_fixed_candidates_press_most_then_what_changes_soonest():
    def now(name: str, moved: int, when: date):
        shift = timedelta(days=moved)
        dates = Dates(**{key: value + shift for key, value in vars(PILKADA).items()})
        return calendars.now_of(name, Election.REGIONAL, dates, when)

    today = day(9, 1)
    found = [now("jauh", 90, today), now("dekat", 3, today), now("tetap", -22, today)]
    ordered = calendars.most_pressing_first(found)
    assert [one.name for one in ordered] == ["tetap", "dekat", "jauh"]


gaps = st.integers(min_value=0, max_value=40)


@given(st.lists(gaps, min_size=6, max_size=6), st.booleans(), st.integers(-20, 260))
def test_every_day_has_one_stage_until_the_day_that_was_announced(gap, is_open_ended, offset):
    opens = date(2027, 1, 1)
    at = [opens + timedelta(days=sum(gap[:count]) + count) for count in range(1, 6)]
    dates = Dates(at[0], at[1], at[2], at[3], at[4], None if is_open_ended else opens)
    assert calendars.mistakes(dates) == {}
    today = opens + timedelta(days=offset)
    change = calendars.changes_after(dates, today)
    if change is None:
        assert calendars.stage_on(dates, today) is Stage.OVER
        return
    next_on, next_stage = change
    stages = list(Stage)
    now = calendars.stage_on(dates, today)
    assert stages.index(now) < stages.index(next_stage)
    assert calendars.stage_on(dates, next_on) is next_stage
    assert calendars.stage_on(dates, next_on - timedelta(days=1)) is now


@pytest.mark.parametrize(
    ("name", "value", "blamed", "word"),
    [
        ("opens_on", day(9, 22), "candidates_fixed_on", "sesudah hari tahapan dimulai"),
        ("campaign_from", day(9, 21), "campaign_from", "penetapan calon"),
        ("campaign_until", day(9, 24), "campaign_until", "mendahului"),
        ("voting_on", day(11, 23), "voting_on", "sesudah hari terakhir kampanye"),
        ("closes_on", day(11, 26), "closes_on", "pemungutan suara"),
        ("closes_on", date.max, "closes_on", "tidak lazim"),
        ("opens_on", date.min, "opens_on", "tidak lazim"),
    ],
)
def test_a_date_that_cannot_be_is_named_in_one_sentence(name, value, blamed, word):
    found = calendars.mistakes(replace(PILKADA, **{name: value}))
    assert list(found) == [blamed]
    assert word in found[blamed]


def test_everything_has_a_name_that_people_read():
    for kind in (Election, Stage):
        assert all(one.label and one.label[0].isupper() for one in kind)
