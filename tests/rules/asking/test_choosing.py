"""Whether a case is opened or asked back, and by what the choices are told apart."""

from dataclasses import replace

import pytest

from app.asking.search.choosing import (
    Signs,
    choices,
    hides_a_no,
    is_between_siblings,
    is_unsure,
    kin_of,
    must_ask,
    told_apart,
)
from app.catalog.terms import Facet
from tests.bank import ALLOWED, DEPENDS, SEVERE, scenario

SURE = Signs(ahead=0.4, agreed=1, likeness=1, nearness=4, covered=1)
UNSURE = replace(SURE, ahead=0.02, agreed=0.2, nearness=2)
YES = scenario("menolak", always=ALLOWED)
NO = scenario("menerima", before=SEVERE, after=SEVERE)
LATER = scenario("nanti", before=DEPENDS, after=SEVERE)


def test_a_clear_no_is_opened():
    assert not must_ask([(NO, 1.0), (YES, 0.7)], SURE, {})


def test_a_yes_before_a_no_that_is_near_is_never_opened():
    assert must_ask([(YES, 1.0), (LATER, 0.5), (NO, 0.7)], SURE, {})
    assert hides_a_no([(YES, 1.0), (LATER, 0.8)])


@pytest.mark.parametrize("other", [(NO, 0.3), (scenario("lain", always=ALLOWED), 0.9)])
def test_a_yes_is_opened_where_no_no_is_near(other):
    assert not must_ask([(YES, 1.0), other], SURE, {})


def test_what_is_doubtful_is_asked_back_but_never_with_one_choice():
    assert is_unsure(UNSURE)
    assert must_ask([(NO, 1.0), (LATER, 0.9)], UNSURE, {})
    assert not must_ask([(NO, 1.0)], UNSURE, {})


@pytest.mark.parametrize("near", [[(YES, 1.0)], [(YES, 1.0), (LATER, 0.2)]])
def test_a_yes_that_no_phrasing_is_like_is_not_opened_even_alone(near):
    assert must_ask(near, replace(SURE, likeness=0.4), {})
    assert not must_ask(near, replace(SURE, likeness=0.6), {})
    assert not must_ask([(NO, 1.0)], replace(SURE, likeness=0.4), {})


@pytest.mark.parametrize(
    ("sign", "more"),
    [("ahead", 0.3), ("agreed", 0.9), ("likeness", 1), ("nearness", 4), ("covered", 1)],
)
def test_every_sign_counts(sign, more):
    almost = Signs(ahead=0.15, agreed=0.4, likeness=0.6, nearness=3, covered=0.7)
    assert is_unsure(almost)
    assert not is_unsure(replace(almost, **{sign: more}))


def test_siblings_that_are_as_near_are_asked_back():
    kin = kin_of([replace(YES, twin="menerima"), NO])
    assert is_between_siblings([(NO, 1.0), (YES, 0.95)], kin)
    assert not is_between_siblings([(NO, 1.0), (YES, 0.6)], kin)
    assert not is_between_siblings([(NO, 1.0), (LATER, 0.95)], kin)


def test_between_siblings_that_say_the_same_a_tap_would_gain_nothing():
    same = scenario("menerima-sembako", before=SEVERE, after=SEVERE)
    kin = kin_of([replace(NO, twin="menerima-sembako"), same])
    assert not is_between_siblings([(NO, 1.0), (same, 0.95)], kin)


def test_kin_are_all_who_hang_together_by_twins():
    kin = kin_of([replace(YES, twin="menerima"), NO, replace(LATER, twin="menerima")])
    assert kin["menolak"] == {"menerima", "nanti"}
    assert kin["nanti"] == {"menerima", "menolak"}


def test_a_choice_is_told_by_the_facet_in_which_it_differs_from_its_sibling():
    one = replace(YES, twin="menerima", facets={Facet.DOER: "saya", Facet.DIRECTION: "menolak"})
    other = replace(NO, facets={Facet.DOER: "saya", Facet.DIRECTION: "menerima"})
    kin = kin_of([one, other])
    assert [c.apart for c in choices([(one, 1.0), (other, 0.9)], kin)] == ["menolak", "menerima"]


def test_without_a_facet_that_differs_the_act_is_said_and_without_one_nothing():
    assert told_apart(replace(YES, act="Menolak uang"), [YES, NO], {}) == "Menolak uang"
    assert told_apart(YES, [YES, NO], {}) is None


def test_there_are_five_choices_at_most():
    near = [(scenario(f"kasus-{n}"), 1.0) for n in range(9)]
    assert len(choices(near, {})) == 5
