"""What is spent is owed, by whoever spent it, and leaks away."""

import pytest

from app.accounts import costs
from app.accounts.costs import FORGIVEN, FREE, Ledger


@pytest.fixture
def now():
    return [1000.0]


@pytest.fixture
def ledger(now):
    return Ledger(clock=lambda: now[0])


def test_so_much_is_free_and_then_one_waits_until_it_has_leaked_away(ledger, now):
    ledger.charge("a", FREE)
    assert ledger.wait("a") == 0
    ledger.charge("a", 1)
    assert ledger.wait("a") == 1 / FORGIVEN
    now[0] += 1 / FORGIVEN - 0.01
    assert ledger.wait("a") == 1
    now[0] += 0.01
    assert ledger.wait("a") == 0


def test_nobody_pays_for_another(ledger):
    ledger.charge("a", 2 * FREE)
    assert ledger.wait("b") == 0


def test_what_was_long_ago_buys_nothing_in_advance(ledger, now):
    ledger.charge("a", 1)
    now[0] += 3600
    ledger.charge("a", FREE + 1)
    assert ledger.wait("a") == 1 / FORGIVEN


def test_a_thousand_cheap_ones_pass_where_thirty_dear_ones_wait(ledger):
    for _ in range(1000):
        ledger.charge("cheap", 0.01)
    for _ in range(30):
        ledger.charge("dear", 1)
    assert (ledger.wait("cheap"), ledger.wait("dear") > 30) == (0, True)


def test_debts_that_have_leaked_away_are_swept_out(ledger, now, monkeypatch):
    monkeypatch.setattr(costs, "MANY", 10)
    ledger._sweep_at = 10
    for number in range(10):
        ledger.charge(f"old {number}", 1)
    now[0] += 60
    ledger.charge("new", 1)
    assert list(ledger._debts) == ["new"]


def test_what_a_deed_spends_is_charged_even_where_it_fails(ledger):
    def deed():
        with ledger.measured("a"):
            sum(range(100_000))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()
    assert ledger._debts["a"][0] > 0
