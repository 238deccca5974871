"""A document without end is ended, and the worker goes on."""

import signal
from dataclasses import replace

import pytest

from app.core import bounded
from app.credentials import operations
from app.credentials.deeds import ask_for_file
from app.credentials.press import TooMuch
from app.jobs.models import State
from app.printing import rendering
from app.printing.facts import Kind
from tests.operations.credentials.test_credentials import SOURCE, facts_for

SMALL = replace(rendering.BOUNDS, cpu=2, seconds=30)


@pytest.fixture
def press(app, monkeypatch):
    """Laid out as the worker does it, with less time than it has."""
    monkeypatch.setattr(rendering, "BOUNDS", SMALL)
    press = app.extensions["press"]
    monkeypatch.setattr(press, "is_apart", True)
    return press


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_a_document_without_end_fails_and_the_next_one_is_made(db, cast, press):
    ordinary = facts_for(cast.budi, Kind.PLEDGE)
    endless = replace(facts_for(cast.sari, Kind.PLEDGE), points=ordinary.points * 3_000)
    jobs = [
        ask_for_file(operations.issue(person, SOURCE, facts))
        for person, facts in ((cast.sari, endless), (cast.budi, ordinary))
    ]
    db.commit()
    for job in jobs:
        db.refresh(job)
    assert [job.state for job in jobs] == [State.FAILED, State.DONE]
    assert jobs[0].failure == TooMuch.message


@pytest.mark.parametrize(
    ("bounds", "deed"),
    [
        (replace(SMALL, memory=2**26), lambda: bytes(2**28)),
        (replace(SMALL, seconds=1), lambda: signal.pause()),
        (SMALL, lambda: 1 / 0),
    ],
    ids=["memory", "clock", "fault"],
)
def test_whatever_goes_beyond_its_bounds_gives_nothing(bounds, deed, capfd):
    with pytest.raises(bounded.Unfinished):
        bounded.made(deed, bounds)


def test_what_stays_within_them_comes_back_whole():
    """Control, of more than a pipe holds."""
    assert bounded.made(lambda: bytes(300_000), SMALL) == bytes(300_000)
