"""Forty kinds of dirty spreadsheets: nothing wrong comes in, nothing is refused needlessly."""

from dataclasses import replace

import pytest

from tests import dirt
from tests.dirt import CANARIES, KINDS, measured, workers

PEOPLE = workers(31)


@pytest.mark.parametrize("name", KINDS)
def test_of_every_kind_only_what_is_true_comes_in_and_all_of_it(name):
    found = measured(KINDS[name](PEOPLE))
    assert (found.wrong, found.needless) == (0, 0), found.sentence


def test_there_are_forty_kinds():
    assert len(KINDS) >= 40


def test_the_measure_sees_a_row_that_is_wrong_and_one_that_is_missing():
    """The control: a file that says otherwise than the truth is told by it."""
    dirty = KINDS["as_the_template_has_it"](PEOPLE)
    elsewhere = replace(PEOPLE[0], unit=dirt.BY_NAME["Dinas Sosial"])
    found = measured(replace(dirty, people=[elsewhere, *PEOPLE[1:]]))
    assert (found.wrong, found.needless) == (1, 1)
    spoiled = KINDS["unit_unknown"](PEOPLE)
    assert measured(replace(spoiled, refused={2})).wrong == 1


@pytest.mark.parametrize("name", ["private_columns", "siasn_with_69_columns", "a_nik_for_a_nip"])
def test_nothing_private_is_found_again_in_what_was_read(name):
    dirty = KINDS[name](PEOPLE)
    found = measured(dirty)
    told = repr((found.roster, found.plan)) + repr(
        [table.rows for table in dirt.read_tables(dirty.data, "x").tables]
    )
    assert [canary for canary in CANARIES if canary in told] == []
    assert PEOPLE[0].number in told


def test_an_address_is_read_only_when_asked_for():
    dirty = KINDS["siasn_with_69_columns"](PEOPLE)
    without = dirt.read_tables(dirty.data, "x")
    asked = dirt.read_tables(dirty.data, "x", with_email=True)
    emails = [
        {entry.email for entry in dirt.read_roster(source, dirt.TODAY).entries}
        for source in (without, asked)
    ]
    assert emails == [{""}, {"kenari@contoh.id"}]
