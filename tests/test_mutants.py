"""`make mutants` judges what it was told to judge: pure rules, all of them there."""

import importlib.util
import tomllib
from collections import Counter

import pytest

from app.config import PROJECT

SPEC = importlib.util.spec_from_file_location("mutants", PROJECT / ".ci" / "mutants.py")
mutants = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(mutants)
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]


def test_what_is_changed_and_what_should_notice_is_there():
    places = [*SETTINGS["only_mutate"], *SETTINGS["pytest_add_cli_args_test_selection"]]
    assert len(places) > 15
    assert [place for place in places if not (PROJECT / place).exists()] == []


@pytest.mark.parametrize(
    ("found", "is_enough"),
    [
        ({"a": {1: 90, 0: 10}, "b": {1: 85, 24: 1, 0: 14}}, True),
        ({"a": {1: 84, 0: 16}}, False),
        ({"a": {1: 999, 0: 1}, "b": {1: 7, 33: 3}}, False),  # b has too few tests
        ({"a": {0: 10}}, False),
        ({}, False),  # nothing was run
    ],
)
def test_rules_whose_tests_notice_too_little_are_refused(found, is_enough):
    counted = {module: Counter(codes) for module, codes in found.items()}
    lines, judgement = mutants.judged(counted)
    assert judgement is is_enough
    assert len(lines) == len(found) + 1
