"""Any order of deeds: Hypothesis studies, answers, signs, revokes, replaces, leaves and returns.

Whatever order it finds, refusals undo themselves and nothing is half done (tests/whole.py).
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import learners, machine

#: The same orders in each run: what is found by chance belongs to `make bench NAME=orders`.
FEW = settings(
    max_examples=5,
    stateful_step_count=25,
    derandomize=True,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_no_order_of_deeds_leaves_anything_half_done(app, db):
    run_state_machine_as_test(lambda: machine.Office(app), settings=FEW)


@pytest.mark.parametrize("built_app", ["sqlite"], indirect=True)
def test_control_an_operation_that_does_half_is_found(app, db, monkeypatch):
    """The certificate is forgotten. One short order, since chance may take another one tomorrow."""
    ordinary = machine.credentials.issue

    def forgetful(holder, source, facts, actor=None):
        if facts.kind.value == "certificate":
            return None
        return ordinary(holder, source, facts, actor)

    monkeypatch.setattr(machine.credentials, "issue", forgetful)
    office = machine.Office(app)
    office.begins(before=learners.passed)
    office.signs()
    with pytest.raises(AssertionError, match="documents"):
        office.teardown()
