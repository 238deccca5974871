"""Which case practice brings next."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.model import Draw
from app.catalog.terms import Topic
from app.learning.practice import Seen, next_case
from tests import bank

CASES = bank.cases_of(*bank.bank(12))
KEYS = [case.key for case in CASES]
seeds = st.integers(0, 2**32)
histories = st.lists(st.builds(Seen, st.sampled_from(KEYS), st.booleans()), max_size=40)


@given(histories, seeds)
@settings(max_examples=150)
def test_unseen_cases_come_first(history, seed):
    chosen = next_case(CASES, history, seed)
    last = history[-1].key.partition("@")[0] if history else None
    met = {seen.key for seen in history}
    unseen = [case for case in CASES if case.key not in met and case.scenario.id != last]
    if unseen:
        assert chosen.key not in met


@given(histories.filter(bool), seeds)
@settings(max_examples=150)
def test_a_scenario_never_comes_twice_in_a_row(history, seed):
    assert next_case(CASES, history, seed).scenario.id != history[-1].key.partition("@")[0]


@given(seeds)
def test_when_all_are_known_the_oldest_come_back(seed):
    history = [Seen(key, True) for key in KEYS]
    oldest = KEYS[: len(KEYS) // 4 + 1]
    assert next_case(CASES, history, seed).key in oldest


@given(histories, seeds)
def test_the_same_seed_and_history_bring_the_same_case(history, seed):
    assert next_case(CASES, history, seed) == next_case(CASES, history, seed)


def test_a_single_case_is_repeated_rather_than_nothing():
    (case,) = bank.cases_of(bank.scenario("satu", always=bank.ALLOWED))
    assert next_case([case], [Seen(case.key, True)], 1) == case


def draws_by_topic(history) -> Counter:
    return Counter(next_case(CASES, history, seed).scenario.topic for seed in range(400))


def test_a_topic_that_went_wrong_comes_more_often_until_it_goes_right():
    mistakes = [case for case in CASES if case.scenario.topic is Topic.PHOTOS][:2]
    wrong = [Seen(case.key, False) for case in mistakes]
    mended = wrong + [Seen(case.key, True) for case in mistakes]
    assert draws_by_topic(wrong)[Topic.PHOTOS] > 1.4 * draws_by_topic(mended)[Topic.PHOTOS]


def test_cases_that_left_the_bank_are_forgotten():
    history = [Seen("kasus-hilang@semua", False), *(Seen(key, True) for key in KEYS)]
    assert next_case(CASES, history, 5).key in KEYS


def test_kinds_of_case_come_as_often_as_the_quiz_draws_them():
    draws = (Draw((Topic.SOCIAL_MEDIA,), 3), Draw((Topic.PHOTOS, Topic.FAMILY), 1))
    came = Counter(next_case(CASES, [], seed, draws).scenario.topic for seed in range(800))
    assert came[Topic.SOCIAL_MEDIA] / 800 == pytest.approx(0.75, abs=0.05)
