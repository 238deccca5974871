"""Whatever fails once, and wherever: the deed is done whole, or not at all, and that is said.

All deeds, on both databases: `make bench NAME=faults`.
"""

import pytest

from tests import trials
from tests.databases import DATABASES

OF_LEARNERS = ("saves_an_answer", "submits", "signs", "signs_in")
OF_OFFICERS = ("imports", "lets_somebody_leave")
CELLS = [
    (database, name)
    for database in DATABASES
    for name in (*OF_LEARNERS, *OF_OFFICERS)
    if database == "sqlite" or name == "signs"
]


@pytest.mark.parametrize(("built_app", "name"), CELLS, indirect=["built_app"])
def test_whichever_call_to_the_database_fails_nothing_is_half_done_or_falsely_told(ready, name):
    assert trials.every_call_fails(*ready(name)) > 1


@pytest.mark.skipif("postgresql" not in DATABASES, reason="this run does without PostgreSQL")
@pytest.mark.parametrize("built_app", ["postgresql"], indirect=True)
def test_a_database_that_dies_under_a_deed_leaves_none_half_and_the_next_request_goes_on(ready):
    """Nobody but the one whose connection it was is told to come back."""
    assert trials.the_database_dies(*ready("submits")) > 5


@pytest.mark.skipif("postgresql" not in DATABASES, reason="this run does without PostgreSQL")
@pytest.mark.parametrize("built_app", ["postgresql"], indirect=True)
def test_control_a_deed_that_dies_between_two_transactions_is_found(ready, monkeypatch):
    deed, sender = ready("signs")
    trials.commits_amid_a_signature(monkeypatch)
    with pytest.raises(AssertionError):
        trials.the_database_dies(deed, sender, first=1)


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_a_reply_of_the_database_that_is_lost_is_no_lie(ready):
    trials.every_call_fails(*ready("signs"), too_late=True)


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_control_a_commit_in_the_middle_is_found(ready, monkeypatch):
    deed, sender = ready("signs")
    trials.commits_amid_a_signature(monkeypatch)
    with pytest.raises(AssertionError):
        trials.every_call_fails(deed, sender)
