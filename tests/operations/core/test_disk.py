"""Power cuts, kills and a disk that refuses, under the real schema: what was told stays true.

Of SQLite's own file; PostgreSQL is killed as a whole (`make bench NAME=kills`). All deeds, and two
hundred cuts while many are under way: `make bench NAME=faults`.
"""

from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from tests import disk, trials

pytestmark = pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
STORY = ("saves_an_answer", "imports", "signs", "submits")


@pytest.fixture
def file(app):
    return Path(app.instance_path) / "rambu.db"


@pytest.fixture
def story(ready, file):
    """`story("FULL")` gives the files before, and what came after."""

    def tell(how):
        all_of_them = [ready(name) for name in STORY]
        with trials.story_on(file, how) as (start, log):
            for deed, sender in all_of_them:
                assert deed.sent_by(sender).status_code < 400
                log.append(trials.told(deed))
        return start, log

    return tell


def test_a_power_cut_takes_nothing_that_was_told(story, file, tmp_path):
    start, log = story("FULL")
    chance = Random(1)
    for _ in range(8):
        steps = log[: chance.randrange(len(log) + 1)]
        left = disk.after_power_cut(start, steps, chance)
        assert trials.lost(left, steps, file, tmp_path) == 0
    assert {step.kind for step in log} >= {"write", "sync", "told"}
    assert any(step.path in start for step in log)  # and not its journal alone


def test_control_where_nothing_is_synced_a_power_cut_takes_what_was_told(story, file, tmp_path):
    start, log = story("OFF")
    with pytest.raises((AssertionError, sa.exc.DatabaseError)):
        assert trials.lost(disk.after_power_cut(start, log, Random(1)), log, file, tmp_path) == 0


def test_killed_after_any_step_it_is_as_before_or_done_never_between(ready, file, tmp_path):
    assert trials.killed_after_every_step(*ready("submits"), file, tmp_path) > 10


@pytest.mark.parametrize("name", ["saves_an_answer", "signs"])
def test_a_full_disk_is_said_keeps_what_was_and_leaves_pages_open(ready, name):
    trials.disk_is_full(*ready(name))


def test_whichever_step_the_disk_refuses_nothing_is_half_done_or_falsely_told(ready):
    assert trials.every_step_is_refused(*ready("saves_an_answer")) > 10


def test_control_a_commit_that_nobody_looks_at_is_found(ready, monkeypatch):
    """On a full disk, and where the disk refuses."""
    deed, sender = ready("saves_an_answer")
    trials.takes_any_answer_for_a_yes(monkeypatch)
    with pytest.raises(AssertionError):
        trials.disk_is_full(deed, sender)
    with pytest.raises(AssertionError):
        trials.every_step_is_refused(*ready("saves_an_answer"))


def test_control_a_deed_in_two_transactions_is_found_between(ready, file, tmp_path, monkeypatch):
    """A commit in the middle of a signature, and a process that dies there."""
    deed, sender = ready("signs")
    trials.commits_amid_a_signature(monkeypatch)
    with pytest.raises(AssertionError):
        trials.killed_after_every_step(deed, sender, file, tmp_path)
