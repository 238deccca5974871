"""Hostile values anywhere in a request, by whoever: an answer, never a fault.

A few hundred here, the same in each run; twenty thousand others by `make bench NAME=fuzz`.
"""

from itertools import islice
from random import Random

import pytest
from flask import request

from app.accounts.access import PUBLIC, open_to
from tests import fuzz, learners

REQUESTS = 80


@pytest.fixture
def browsers(app, db, cast, laras, sign_in):
    """A visitor, a learner who has signed, both kinds of officer, an auditor, an editor."""
    learners.signed(app, cast.sari)
    db.commit()
    who = [cast.sari, cast.rina, cast.dewi, cast.auditor, laras]
    return [app.test_client(), *map(sign_in, who)]


def faults(app, browsers, count, **only):
    """What was answered as it should not be, and how it was asked."""
    found, chance = [], Random(57)
    for asked in islice(fuzz.requests(app, chance, **only), count):
        try:
            status = asked.sent_by(chance.choice(browsers)).status_code
        except Exception as error:  # noqa: BLE001  whatever it is, it is a fault
            status = repr(error)
        if status not in range(500):
            found.append((status, asked))
    return found


def test_no_request_is_a_fault(app, browsers):
    assert faults(app, browsers, REQUESTS) == []


def test_control_a_page_that_trusts_what_it_is_asked_is_found(app, browsers, monkeypatch):
    """Whatever it is asked: which names a page has may change, and with them every request."""
    trusting = open_to(PUBLIC)(lambda: str(sum(map(int, request.args.values()))))
    monkeypatch.setitem(app.view_functions, "asking.ask", trusting)
    assert faults(app, browsers, 60, only="asking.ask")
